"""The pages on which a coordinator sets up a cycle."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_login import current_user

from mobilizer.accounts.rules import Role
from mobilizer.core import clock, seed
from mobilizer.core.database import db, locked
from mobilizer.core.errors import RuleBroken
from mobilizer.core.formats import month as month_words
from mobilizer.core.forms import Form
from mobilizer.core.language import said
from mobilizer.core.policy import requires
from mobilizer.cycles import actions, queries
from mobilizer.cycles.forms import CycleForm, ExtensionForm, RenameForm, TopicForm, form_for
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.cycles.rules import Quotas, months_between
from mobilizer.elections.models import Election
from mobilizer.elections.queries import elections
from mobilizer.history.queries import happened
from mobilizer.places.models import Place
from mobilizer.places.queries import regions
from mobilizer.places.rules import COUNTRIES

bp = Blueprint("cycles", __name__, url_prefix="/desk/cycles")


def find(code: str) -> Cycle:
    return db.one_or_404(queries.visible_to(current_user).where(Cycle.code == code))


def find_own(code: str) -> Cycle:
    """A cycle that she coordinates; what is sent to change it waits for whoever was first."""
    own = queries.run_by(current_user).where(Cycle.code == code)
    return db.one_or_404(locked(own) if request.method == "POST" else own)


def done(form: Form, act: Callable[[], Any], says: str) -> bool:
    """Act and commit; where a rule forbids it, say so in the form and store nothing."""
    try:
        act()
        db.session.commit()
    except RuleBroken as error:
        db.session.rollback()
        form.strike(error)
        return False
    flash(says, "ok")
    return True


@bp.get("/")
@requires("cycle.read")
def index() -> ResponseReturnValue:
    cycles = db.session.scalars(queries.visible_to(current_user)).all()
    return render_template("cycles/index.html", cycles=cycles)


@bp.get("/<code>")
@requires("cycle.read")
def show(code: str) -> ResponseReturnValue:
    cycle = find(code)
    today = clock.today(cycle.time_zone)
    there = db.session.scalars(queries.regions_of(cycle)).all()
    quotas = Quotas.from_data(cycle.quotas)
    is_own = cycle.id in current_user.cycle_ids(Role.COORDINATOR)
    return render_template(
        "cycles/show.html",
        cycle=cycle,
        quotas=quotas,
        planned_in_all=quotas.of_all(region.code for region in there),
        months=queries.months(cycle),
        month_now=queries.month_now(cycle, today),
        today=today,
        regions=there,
        is_own=is_own,
        history=happened(cycle) if is_own else None,
    )


@bp.route("/new", methods=["GET", "POST"])
@requires("cycle.make")
def new() -> ResponseReturnValue:
    chosen = request.args.get("country", "").upper()
    code = chosen if chosen in COUNTRIES else COUNTRIES[0]
    there = db.session.scalars(regions(code)).all()
    known = db.session.scalars(elections(code)).all()
    form = form_for(there, is_new=True)
    form.offer(known)
    if wants_saving(form) and done(
        form,
        lambda: actions.make(form.code.data or "", code, form.settings(known), by=current_user),
        gettext("The cycle is made. Its topics come next."),
    ):
        is_hers = Role.COORDINATOR in current_user.roles
        return redirect(url_for(".topics", code=form.code.data) if is_hers else url_for(".index"))
    offered = [(name, url_for(".new", country=key), key == code, None) for key, name in named()]
    return page_of("cycles/new.html", form, there, countries=offered)


@bp.route("/<code>/edit", methods=["GET", "POST"])
@requires("cycle.write")
def edit(code: str) -> ResponseReturnValue:
    if request.method == "POST":  # Which one is shown first is among the settings.
        actions.hold_all()
    cycle = find_own(code)
    there = db.session.scalars(queries.regions_of(cycle)).all()
    known: Sequence[Election] = db.session.scalars(elections(cycle.country)).all()
    form, stands = form_for(there, is_new=False), form_for(there, is_new=False, formdata=None)
    form.offer(known, cycle.time_zone)
    stands.offer(known, cycle.time_zone)
    stands.show(cycle)
    if request.method == "GET":
        form.show(cycle)
        form.know()
    if (
        wants_saving(form)
        and not form.is_overtaken(stands)
        and done(
            form,
            lambda: actions.change(cycle, form.settings(known), by=current_user),
            gettext("The settings are saved."),
        )
    ):
        return redirect(url_for(".show", code=code))
    return page_of("cycles/edit.html", form, there, cycle=cycle)


def wants_saving(form: CycleForm) -> bool:
    """Whether the form was sent to be saved, and is in shape; else it only shows its dates."""
    return form.validate_on_submit() and not form.show_dates.data


def page_of(
    template: str, form: CycleForm, there: Sequence[Place], **more: Any
) -> ResponseReturnValue:
    return render_template(template, form=form, regions=there, dates=form.dates(), **more)


def named() -> list[tuple[str, str]]:
    """The countries a cycle can be set up for, with their names, loaded yet or not."""
    rows = seed.all_rows("countries.csv")
    return [(row["code"], str(said(seed.names(row)))) for row in rows]


@bp.route("/<code>/topics", methods=["GET", "POST"])
@requires("cycle.write")
def topics(code: str) -> ResponseReturnValue:
    cycle = find_own(code)
    form = TopicForm()
    if form.validate_on_submit() and done(
        form,
        lambda: actions.add_topic(cycle, form.names, by=current_user),
        gettext("The topic is added."),
    ):
        return redirect(url_for(".topics", code=code))
    there = {topic.code for topic in cycle.topics}
    ready = [row for row in actions.ready_topics() if row["code"] not in there]
    return render_template("cycles/topics.html", cycle=cycle, form=form, ready=ready)


@bp.post("/<code>/topics/ready")
@requires("cycle.write")
def add_ready_topics(code: str) -> ResponseReturnValue:
    added = actions.add_ready_topics(find_own(code), by=current_user)
    db.session.commit()
    flash(ngettext("%(num)s topic added.", "%(num)s topics added.", len(added)), "ok")
    return redirect(url_for(".topics", code=code))


@bp.route("/<code>/topics/<topic_code>", methods=["GET", "POST"])
@requires("cycle.write")
def topic(code: str, topic_code: str) -> ResponseReturnValue:
    cycle = find_own(code)
    found = db.one_or_404(queries.topic(cycle, topic_code))
    form, stands = RenameForm(), naming(found)
    if request.method == "GET":
        form = stands
    if (
        form.validate_on_submit()
        and not form.is_overtaken(stands)
        and done(
            form,
            lambda: actions.rename_topic(found, form.names, by=current_user),
            gettext("The topic is renamed."),
        )
    ):
        return redirect(url_for(".topics", code=code))
    return render_template("cycles/topic.html", cycle=cycle, topic=found, form=form)


def naming(topic: Topic) -> RenameForm:
    """A form with the names that a topic has."""
    form = RenameForm(formdata=None)
    form.show_names(topic.names)
    form.know()
    return form


@bp.post("/<code>/topics/<topic_code>/remove")
@requires("cycle.write")
def remove_topic(code: str, topic_code: str) -> ResponseReturnValue:
    cycle = find_own(code)
    found = db.session.scalars(queries.topic(cycle, topic_code)).one_or_none()
    if found is None:  # The button was pressed twice.
        return redirect(url_for(".topics", code=code))
    form = naming(found)
    if done(
        form,
        lambda: actions.remove_topic(found, by=current_user),
        gettext("The topic is removed."),
    ):
        return redirect(url_for(".topics", code=code))
    return render_template("cycles/topic.html", cycle=cycle, topic=found, form=form), 409


@bp.route("/<code>/extensions", methods=["GET", "POST"])
@requires("entry.extend")
def extensions(code: str) -> ResponseReturnValue:
    cycle = find_own(code)
    people = db.session.scalars(queries.posted(cycle, Role.MOBILIZER)).all()
    form = ExtensionForm()
    months = months_between(cycle.first_month, cycle.last_month)
    form.offer(people, [(month, month_words(month)) for month in reversed(months)])
    given = db.session.scalars(queries.extensions(cycle)).all()
    if request.method == "GET":
        form.know(given)
    if (
        form.validate_on_submit()
        and not form.is_overtaken(given)
        and done(
            form,
            lambda: actions.extend(cycle, *form.given_to(people), by=current_user),
            gettext("The extension is given."),
        )
    ):
        return redirect(url_for(".extensions", code=code))
    return render_template("cycles/extensions.html", cycle=cycle, form=form, given=given)
