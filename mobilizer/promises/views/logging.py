"""The short screens on which a promise is logged or changed."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from mobilizer.core.database import db, locked, new_uid
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.core.language import gettext
from mobilizer.core.policy import requires
from mobilizer.cycles.models import Cycle
from mobilizer.promises import actions, queries
from mobilizer.promises.forms import SCREENS, Screen, screens, typed_of, values_of
from mobilizer.promises.forms.desk import FinishForm
from mobilizer.promises.models import PromiseDraft
from mobilizer.promises.queries.duplicates import Likely
from mobilizer.promises.rules.drafts import mark
from mobilizer.promises.views.blueprint import address, bp, find_to_change

STEPS = tuple(SCREENS)
STEP = "/field/promises/<uuid:key>/<any(words, source, about, measure):step>"
#: Where the buttons that do not go on lead.
WITHOUT_CHECKING = ("back", "later")


def find_draft(key: UUID) -> PromiseDraft:
    return db.one_or_404(locked(queries.draft_of(current_user, str(key))))


@bp.get("/field/promises/")
@requires("promise.write")
def mine() -> ResponseReturnValue:
    drafts = db.session.scalars(queries.drafts_of(current_user)).all()
    return render_template("promises/mine.html", drafts=drafts, titled=draft_title)


@bp.get("/field/promises/new")
@requires("promise.write")
def new() -> ResponseReturnValue:
    cycles = db.session.scalars(queries.cycles_of(current_user, "promise.write")).all()
    asked = [cycle for cycle in cycles if cycle.code == request.args.get("cycle")]
    chosen = asked or cycles
    if len(chosen) != 1:
        return render_template("promises/choose_cycle.html", cycles=cycles)
    form = SCREENS["words"](chosen[0], None)
    return show_screen(form, "words", UUID(new_uid()), chosen[0])


@bp.get(STEP)
@requires("promise.write")
def step(key: UUID, step: str) -> ResponseReturnValue:
    draft = db.one_or_404(queries.draft_of(current_user, str(key)))
    if draft.promise is not None:
        return redirect(address(draft.promise))
    return show_screen(SCREENS[step](draft.cycle, draft.typed), step, key, draft.cycle, draft)


@bp.post(STEP)
@requires("promise.write")
def keep(key: UUID, step: str) -> ResponseReturnValue:
    draft = db.session.scalars(locked(queries.draft_of(current_user, str(key)))).one_or_none()
    if draft is None:
        draft = actions.begin(str(key), asked_cycle(), by=current_user)
    if draft.promise is not None:
        return redirect(address(draft.promise))
    form = SCREENS[step](draft.cycle, request.form)
    try:
        actions.keep(draft, form.typed(request.form), knew=request.form.get("knew"))
    except actions.Outdated as outdated:
        form.strike(outdated)
        return show_screen(form, step, key, draft.cycle, draft), 409
    go = request.form.get("go", "")
    if go in WITHOUT_CHECKING or form.validate():
        db.session.commit()
        return redirect(next_address(draft, step, go))
    db.session.commit()
    return show_screen(form, step, key, draft.cycle, draft), 422


@bp.get("/field/promises/<uuid:key>/check")
@requires("promise.write")
def overview(key: UUID) -> ResponseReturnValue:
    draft = db.one_or_404(queries.draft_of(current_user, str(key)))
    if draft.promise is not None:
        return redirect(address(draft.promise))
    return show_overview(draft, FinishForm())


@bp.post("/field/promises/<uuid:key>/check")
@requires("promise.write")
def finish(key: UUID) -> ResponseReturnValue:
    draft = find_draft(key)
    form = FinishForm()
    if draft.promise is not None:
        return redirect(address(draft.promise))
    filled = screens(draft.cycle, draft.typed)
    if not (form.validate() and all(screen.validate() for screen in filled.values())):
        return show_overview(draft, form), 422
    try:
        values = values_of(draft.cycle, filled)
        promise = actions.finish(
            draft, values, by=current_user, reason=form.reason.data or "", seen=form.version
        )
    except RuleBroken as broken:
        db.session.rollback()
        form.strike(broken)
        return show_overview(find_draft(key), form), 422
    db.session.commit()
    flash(gettext("Promise number %(number)s is saved.", number=promise.number), "ok")
    return redirect(address(promise))


@bp.post("/field/promises/<uuid:key>/discard")
@requires("promise.write")
def discard(key: UUID) -> ResponseReturnValue:
    actions.discard(find_draft(key))
    db.session.commit()
    flash(gettext("What you had begun is thrown away."), "ok")
    return redirect(url_for(".mine"))


@bp.post("/field/promises/<int(max=999999999):number>/change")
@requires("promise.write")
def change(number: int) -> ResponseReturnValue:
    promise = find_to_change(number)
    draft = actions.begin_change(promise, typed_of(promise), by=current_user)
    db.session.commit()
    return redirect(url_for(".overview", key=draft.id))


@bp.get("/field/promises/alike")
@requires("promise.write")
def alike() -> ResponseReturnValue:
    """Answer with a piece of a page: the likely duplicates of what is being typed."""
    text = request.args.get("text", "")[:2000]
    likely = queries.likely_duplicates(current_user, asked_cycle().id, text)
    return render_template("promises/alike.html", likely=likely) if likely else ("", 204)


def asked_cycle() -> Cycle:
    """The cycle that a form or an address names, if she logs in it."""
    mine = db.session.scalars(queries.cycles_of(current_user, "promise.write"))
    for cycle in mine:
        if cycle.code == request.values.get("cycle"):
            return cycle
    raise NotVisible


def next_address(draft: PromiseDraft, step: str, go: str) -> str:
    at = STEPS.index(step)
    if go == "later":
        return url_for(".mine")
    if go == "back" and at > 0:
        return url_for(".step", key=draft.id, step=STEPS[at - 1])
    if go != "back" and (at + 1 == len(STEPS) or request.args.get("then") == "check"):
        return url_for(".overview", key=draft.id)
    return url_for(".step", key=draft.id, step=STEPS[at + 1] if go != "back" else step)


def likely_to(draft: PromiseDraft | None) -> list[Likely]:
    if draft is None:
        return []
    text = " ".join([*draft.typed.get("exact_words", ()), *draft.typed.get("title", ())])
    return queries.likely_duplicates(current_user, draft.cycle_id, text, but_for=draft.changes_id)


def show_screen(
    form: Screen, step: str, key: UUID, cycle: Cycle, draft: PromiseDraft | None = None
) -> str:
    return render_template(
        f"promises/steps/{step}.html",
        form=form,
        step=step,
        key=key,
        cycle=cycle,
        draft=draft,
        knew=mark(form.typed(MultiDict(draft.typed if draft else {}))),
        at=STEPS.index(step) + 1,
        likely=likely_to(draft) if step == "source" else [],
    )


def show_overview(draft: PromiseDraft, form: FinishForm) -> str:
    filled = screens(draft.cycle, draft.typed)
    unfinished = [name for name, screen in filled.items() if not screen.validate()]
    form.seen.data = str(draft.changes.version) if draft.changes else ""
    return render_template(
        "promises/steps/check.html",
        form=form,
        draft=draft,
        cycle=draft.cycle,
        key=draft.id,
        filled=filled,
        unfinished=unfinished,
        overtaken=overtaken(draft, filled),
        likely=likely_to(draft),
    )


def overtaken(draft: PromiseDraft, filled: dict[str, Screen]) -> list[tuple[str, str]]:
    """What else than what she typed stands in a promise that somebody changed meanwhile."""
    if draft.changes is None or draft.changes.version == draft.seen_version:
        return []
    hers = [line for screen in filled.values() for line in screen.lines()]
    stands = screens(draft.cycle, typed_of(draft.changes)).values()
    return [line for screen in stands for line in screen.lines() if line not in hers]


def draft_title(draft: PromiseDraft) -> str:
    texts = [*draft.typed.get("title", ()), *draft.typed.get("exact_words", ())]
    return next((text for text in texts if text.strip()), "")
