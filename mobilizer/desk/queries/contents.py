"""Whether the records that the log vouches for are what its steps tell of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, inspect, select

from mobilizer.audit.models import AuditEvent
from mobilizer.audit.queries import STRIDE, steps
from mobilizer.audit.rules import Step, difference
from mobilizer.core.database import db
from mobilizer.desk.queries.fitting import misfits
from mobilizer.desk.queries.kinds import BY_TABLE, KINDS, Kind
from mobilizer.desk.queries.reading import readable

Key = int | str


@dataclass(frozen=True)
class Fault:
    """A record that is not what was logged."""

    name: str
    number: Key
    says: str


@dataclass(frozen=True)
class Telling:
    """What one step tells of one record: which it is, under which key it stands, and what."""

    step: int
    verb: str
    about: str
    kind: Kind
    key: Key
    told: Mapping[str, Any]

    @property
    def is_end(self) -> bool:
        """Whether it tells that the record is gone."""
        return bool(self.told.get("gone"))


def number_of(kind: Kind) -> int:
    """How many records of a kind there are."""
    return db.session.scalar(_of(kind, func.count()).select_from(kind.model)) or 0


def forged() -> Iterator[Fault]:
    """Walk all records that the log vouches for and tell every fault, with bounded memory.

    First those that are not what it tells, or of which it tells nothing; then those of which it
    tells and that are not there; then those that do not fit each other.
    """
    for kind in KINDS:
        yield from _different(kind)
    yield from _missing()
    for name, number, says in misfits():
        yield Fault(name, number, says)


def _of(kind: Kind, *columns: Any) -> Select[Any]:
    return select(*columns).where(*kind.where)


def _placed(kind: Kind) -> Select[Any]:
    """Its records by their keys, each with that under which the steps stand that tell of it."""
    return _of(kind, kind.key, kind.about_key.label("about"))


def _different(kind: Kind) -> Iterator[Fault]:
    after = None
    while about := _abouts(kind, after):
        keys = list(about)
        told = _told(kind, about)
        kept = {_key(one): one for one in readable(keys, lambda some: _records(kind, some))}
        for key in keys:
            record = kept.get(key)
            if says := _says(kind, record, told[key]):
                number = record.number if record and kind.is_numbered else key
                yield Fault(kind.name, number, says)
        after = keys[-1]


def _says(kind: Kind, record: Any, told: Sequence[Telling]) -> str:
    if _goes_on(kind, told):
        return "the log tells of it anew after its last step"
    if told and told[-1].is_end:
        return "the log tells that it is gone; it is there"
    if told and told[0].verb not in kind.makers:
        return "no step of the log tells how it was made"
    return difference(
        record.as_told() if record else None,
        [one.told for one in told],
        may_change=bool(kind.changers),
    )


def _goes_on(kind: Kind, told: Sequence[Telling]) -> bool:
    """Whether a step tells of a record after one that is the last of all."""
    return any(one.verb in kind.finals for one in told[:-1])


def _abouts(kind: Kind, after: Key | None) -> dict[Key, str]:
    following = _placed(kind).order_by(kind.key)
    if after is not None:
        following = following.where(kind.key > after)
    return dict(db.session.execute(following.limit(STRIDE)).all())


def _key(record: Any) -> Any:
    return inspect(record).identity[0]


def _records(kind: Kind, keys: list[Key]) -> list[Any]:
    found = select(kind.model).where(kind.key.in_(keys)).options(*kind.with_)
    return list(db.session.scalars(found))


def _told(kind: Kind, about: Mapping[Key, str]) -> Mapping[Key, list[Telling]]:
    """What the steps tell of each of these records, the latest last.

    Not what was told where the record does not stand, nor of one that is gone and whose key this
    one was given; unless that one could not go any more.
    """
    found: dict[Key, list[Telling]] = defaultdict(list)
    for one in _tellings(_telling(kind, kind.verbs, set(about.values()))):
        if one.kind is kind and about.get(one.key) == one.about:
            mine = found[one.key]
            if mine and mine[-1].is_end and not _goes_on(kind, mine):
                mine.clear()
            mine.append(one)
    return found


def _telling(kind: Kind, verbs: tuple[str, ...], about: Iterable[str]) -> list[int]:
    """The steps with these verbs that are about these records."""
    telling = select(AuditEvent.id).where(
        AuditEvent.subject_kind == kind.about,
        AuditEvent.subject_key.in_(about),
        AuditEvent.verb.in_(verbs),
    )
    return list(db.session.scalars(telling.order_by(AuditEvent.id)))


def _tellings(ids: list[int]) -> Iterator[Telling]:
    """What these steps tell. Unreadable ones the log's walk names."""
    for step in readable(ids, lambda some: list(steps(db.session(), some))):
        yield from _contents(step)


def _contents(step: Step) -> Iterator[Telling]:
    contents = step.details.get("content") if isinstance(step.details, dict) else None
    for told in contents if isinstance(contents, list) else []:
        kind = BY_TABLE.get(told.get("of", "")) if isinstance(told, dict) else None
        if kind is not None:
            key = kind.key_of(str(told.get("key")))
            yield Telling(step.id, step.verb, step.subject_key, kind, key, told)


def _missing() -> Iterator[Fault]:
    """Records of which a step tells and that are not there: taken out, or cut off an end.

    One that was moved to where another step tells of it is not where the first step told.
    """
    verbs = {verb for kind in KINDS for verb in (*kind.makers, *kind.changers)}
    telling = select(AuditEvent.id).where(AuditEvent.verb.in_(verbs)).order_by(AuditEvent.id)
    after, named = 0, set[tuple[str, Key]]()
    while ids := list(db.session.scalars(telling.where(AuditEvent.id > after).limit(STRIDE))):
        wanted: dict[Kind, dict[tuple[Key, str], int]] = defaultdict(dict)
        for one in _tellings(ids):
            if one.key == 0:
                yield Fault("audit row", one.step, f"tells of a {one.kind.name} that cannot be")
            elif not one.is_end:
                wanted[one.kind][one.key, one.about] = one.step
        for kind, places in wanted.items():
            fresh = {(kind.name, key) for key, _ in _gone(kind, places)} - named
            yield from (
                Fault(*one, "the log tells of it; it is not there") for one in sorted(fresh)
            )
            named |= fresh
        after = ids[-1]


def _gone(kind: Kind, places: Mapping[tuple[Key, str], int]) -> set[tuple[Key, str]]:
    """Those that are not there, each by its key and where it stood; without whose end is told.

    What took its last step does not go any more, whatever is told later.

    Args:
        kind: what they are.
        places: with the step that tells of them.
    """
    there = _placed(kind).where(kind.key.in_({key for key, _ in places}))
    gone = set(places) - {(key, about) for key, about in db.session.execute(there)}
    if gone and kind.enders:
        verbs, stays = (*kind.enders, *kind.finals), set[tuple[Key, str]]()
        for one in _tellings(_telling(kind, verbs, {about for _, about in gone})):
            place = one.key, one.about
            if one.verb in kind.finals:
                stays.add(place)
            elif one.is_end and place not in stays and one.step > places.get(place, one.step):
                gone.discard(place)
    return gone
