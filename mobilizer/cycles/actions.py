"""Setting up cycles, their topics, and one person's extension of a month. The caller commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import available_timezones

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from mobilizer.accounts.models import Posting, User
from mobilizer.accounts.rules import Role
from mobilizer.audit.actions import record
from mobilizer.core import clock, seed
from mobilizer.core.database import Names, db, locked
from mobilizer.core.errors import RuleBroken
from mobilizer.core.text import slug
from mobilizer.core.words import N_
from mobilizer.cycles import queries
from mobilizer.cycles.models import Cycle, Extension, Topic, new_seed
from mobilizer.cycles.queries.changes import is_settled
from mobilizer.cycles.queries.held import held
from mobilizer.cycles.rules import (
    Level,
    Quotas,
    check_days,
    check_extension,
    check_months,
    months_between,
)
from mobilizer.cycles.rules.codes import check_code
from mobilizer.cycles.rules.held import FIXED, bears_on_past, check_held
from mobilizer.elections.models import Election

NOTHING_PLANNED = Quotas()

#: Words that stand in addresses where a cycle's or a topic's code stands.
TAKEN = ("new", "ready")


@dataclass(frozen=True)
class Settings:
    """All that a coordinator settles about a cycle, and may change later."""

    names: Names
    level: Level
    first_month: date
    last_month: date
    election: Election | None = None
    opens_day: int = 20
    due_day: int = 28
    closes_day: int = 5
    time_zone: str = "Europe/Skopje"
    quotas: Quotas = NOTHING_PLANNED
    least_rated: int = 5
    review_days: int = 7
    reply_days: int = 0
    answer_days: int = 15
    second_share: int = 10
    is_public: bool = False
    is_current: bool = False

    def check(self, country: str) -> None:
        """Hold the settings to the rules.

        Raises:
            RuleBroken: one of them cannot be.
        """
        if not any(self.names.values()):
            raise RuleBroken(N_("A name is needed in at least one language."), field="names")
        check_months(self.first_month, self.last_month)
        check_days(self.opens_day, self.due_day, self.closes_day)
        if self.time_zone not in available_timezones():
            raise RuleBroken(N_("There is no such time zone."), field="time_zone")
        if self.election is not None and self.election.country != country:
            raise RuleBroken(N_("This election was held in another country."), field="election")
        if self.is_current and not self.is_public:
            raise RuleBroken(
                N_("Only a cycle the public may see can be shown first."), field="is_current"
            )

    def columns(self) -> dict[str, object]:
        """The settings as a cycle stores them; whether it is shown first is set apart."""
        own = {name: getattr(self, name) for name in self.__dataclass_fields__}
        del own["election"], own["is_current"]
        election_id = self.election.id if self.election else None
        return {**own, "election_id": election_id, "quotas": self.quotas.as_data()}


# --- cycles


def make(
    code: str,
    country: str,
    settings: Settings,
    *,
    by: User | None,
    invented_seed: str = "",
) -> Cycle:
    """Make a cycle. A coordinator who makes it coordinates it; an administrator does not.

    Args:
        code: what it is called in addresses.
        country: where it is.
        settings: all else.
        by: who makes it.
        invented_seed: makes it a demonstration, whose second looks are drawn by this; else nobody
            knows by what.

    Raises:
        RuleBroken: the code is none or is taken, or a setting cannot be.
    """
    settings.check(country)
    check_code(code)
    if code in TAKEN or db.session.scalar(queries.by_code(code)) is not None:
        raise RuleBroken(N_("There is a cycle with this code already."), field="code")
    cycle = Cycle(
        code=code,
        country=country,
        drawing_seed=invented_seed or new_seed(),
        is_demonstration=bool(invented_seed),
        created_at=clock.now(),
        **settings.columns(),
    )
    _add(cycle, N_("There is a cycle with this code already."), "code")
    if by is not None and Role.COORDINATOR in by.roles:
        _post_coordinator(cycle, by)
    record(by, "cycle.make", cycle, vouches=cycle, code=code)
    if settings.is_current:
        show_first(cycle, by=by)
    return cycle


def _post_coordinator(cycle: Cycle, by: User) -> None:
    posting = Posting(
        user_id=by.id, cycle_id=cycle.id, role=Role.COORDINATOR, created_at=clock.now()
    )
    db.session.add(posting)
    record(by, "posting.add", posting, cycle=cycle.code, role=Role.COORDINATOR)


def change(cycle: Cycle, settings: Settings, *, by: User) -> None:
    """Change a cycle's settings. Its code and country stay: they stand in addresses and data.

    Raises:
        RuleBroken: a setting cannot be, or no longer be another one, or a month that holds
            reports would be none of the cycle's.
    """
    settings.check(cycle.country)
    check_held(settings.first_month, settings.last_month, held(cycle))
    today = clock.today(cycle.time_zone)
    if (name := bears_on_past(cycle, settings, today)) and is_settled(cycle):
        raise RuleBroken(FIXED, field=name)
    elections = _code(cycle.election), _code(settings.election)
    if changes := seed.update(cycle, **settings.columns()):
        if changes.pop("election_id", None):
            changes["election"] = dict(zip(("from", "to"), elections, strict=True))
        record(by, "cycle.change", cycle, vouches=cycle, changed=changes)
    if settings.is_current != cycle.is_current:
        if settings.is_current:
            show_first(cycle, by=by)
        else:
            _turn(cycle, to=False, by=by)


def _code(election: Election | None) -> str | None:
    return election.code if election else None


def hold_all() -> Sequence[Cycle]:
    """All cycles, held in one order: who may turn them begins here, before she holds her own."""
    return db.session.scalars(locked(select(Cycle).order_by(Cycle.id))).all()


def show_first(cycle: Cycle, *, by: User | None) -> None:
    """Make this the one cycle that the public first page shows."""
    for other in hold_all():
        if other.is_current and other is not cycle:
            # Told, and so stored, before the next one is: the database lets only one be first.
            _turn(other, to=False, by=by)
    _turn(cycle, to=True, by=by)


def _turn(cycle: Cycle, *, to: bool, by: User | None) -> None:
    cycle.is_current = to
    changed = {"is_current": {"from": not to, "to": to}}
    record(by, "cycle.show_first", cycle, vouches=cycle, changed=changed)


# --- topics


def ready_topics() -> list[seed.SeedRow]:
    """The topics the project brings along: fields of life that were monitored before."""
    return seed.all_rows("topics.csv")


def add_topic(cycle: Cycle, names: Names, *, by: User | None, code: str = "") -> Topic:
    """Add a topic; its code is made of its first name, unless one is given. Twice is once.

    Raises:
        RuleBroken: it has no name, or there is one of this name, called otherwise elsewhere.
    """
    first = next((name for name in names.values() if name), "")
    code = code or slug(first, 60)
    if not code or code in TAKEN:
        raise RuleBroken(N_("A name is needed in at least one language."), field="names")
    there = db.session.scalar(queries.topic(cycle, code))
    if there is not None and there.names == names:
        return there
    topic = Topic(cycle_id=cycle.id, code=code, names=names)
    _add(topic, N_("There is a topic of this name already."), "names")
    record(by, "topic.add", topic, vouches=topic, cycle=cycle.code, names=names)
    return topic


def add_ready_topics(cycle: Cycle, *, by: User | None) -> list[Topic]:
    """Add those of the ready topics that the cycle does not have yet."""
    have = set(db.session.scalars(select(Topic.code).where(Topic.cycle_id == cycle.id)))
    return [
        add_topic(cycle, seed.names(row), by=by, code=row["code"])
        for row in ready_topics()
        if row["code"] not in have
    ]


def rename_topic(topic: Topic, names: Names, *, by: User) -> None:
    """Change a topic's names. Its code stays: it stands in public addresses."""
    if changes := seed.update(topic, names=names):
        record(by, "topic.rename", topic, vouches=topic, changed=changes)


def remove_topic(topic: Topic, *, by: User) -> None:
    """Remove a topic that no promise uses.

    Raises:
        RuleBroken: promises use it; the database knows, and nothing here needs to.
    """
    try:
        with db.session.begin_nested():
            db.session.execute(delete(Topic).where(Topic.id == topic.id))
    except IntegrityError as error:
        raise RuleBroken(
            N_("Promises stand under this topic: give them another one before it is removed.")
        ) from error
    record(by, "topic.remove", topic, removes=topic, code=topic.code, names=topic.names)
    db.session.expunge(topic)


# --- extensions


def extend(
    cycle: Cycle, user: User, month: date, until: date, reason: str, *, by: User
) -> Extension:
    """Let one person file one month until a later day. Given again, it changes the end.

    Raises:
        RuleBroken: she does not mobilize in this cycle, the month is not one of it, there is
            no reason, or the end is too early or too late.
    """
    if month not in months_between(cycle.first_month, cycle.last_month):
        raise RuleBroken(N_("This month is not one of the cycle's."), field="month")
    mobilizers = queries.posted(cycle, Role.MOBILIZER).where(User.id == user.id)
    if db.session.scalar(mobilizers) is None:
        raise RuleBroken(N_("This person is not a mobilizer of the cycle."), field="user")
    check_extension(queries.window(cycle, month), until, reason)
    there = db.session.scalar(locked(queries.extension(cycle.id, user.id, month)))
    if there is not None:
        if changes := seed.update(there, until=until, reason=reason.strip()):
            there.given_by_id = by.id
            changes.pop("reason", None)  # What is said of her stays out of the log.
            record(by, "entry.extend", there, changed=changes)
        return there
    extension = Extension(
        cycle_id=cycle.id,
        user_id=user.id,
        month=month,
        until=until,
        reason=reason.strip(),
        given_by_id=by.id,
        created_at=clock.now(),
    )
    _add(extension, N_("She has an extension of this month already."), "month")
    record(by, "entry.extend", extension, month=month.isoformat(), until=until.isoformat())
    return extension


def _add(row: Cycle | Topic | Extension, taken: str, field: str) -> None:
    """Add a row, or say that there is one like it: also where two people do it at once."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as error:
        raise RuleBroken(taken, field=field) from error
