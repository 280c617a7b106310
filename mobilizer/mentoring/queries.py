"""Which records of meetings a person may read, and about whom a mentor keeps them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import joinedload, lazyload

from mobilizer.accounts.models import Posting, StandIn, User
from mobilizer.accounts.queries import Absent, standing_in, stood_in_for_her
from mobilizer.accounts.rules import Role
from mobilizer.audit.models import AuditEvent
from mobilizer.core.database import db
from mobilizer.mentoring.models import Meeting


def visible_to(user: User) -> Select[Meeting]:
    """A mentor's own; for a coordinator all of her cycles, but for those about herself.

    While a mentor stands in for another, also what that one has shared with her mobilizers; and
    a mentor who was away, what was shared with hers on those days by who stood in for her.
    """
    return select(Meeting).where(
        or_(
            _by(user),
            _taken_over(user),
            _handed_back(user),
            and_(
                Meeting.cycle_id.in_(user.cycle_ids(Role.COORDINATOR)),
                Meeting.mobilizer_id != user.id,
            ),
        )
    )


def written_by(user: User) -> Select[Meeting]:
    """Those that she may change: her own, about whom she mentors now.

    What was shared is read by the mobilizer: who no longer looks after her does not write to her.
    """
    still_hers = _mentored_by(user).where(
        Posting.user_id == Meeting.mobilizer_id, Posting.cycle_id == Meeting.cycle_id
    )
    return select(Meeting).where(_by(user), still_hers.correlate(Meeting).exists())


def shared_with(user: User) -> Select[Meeting]:
    """What a mobilizer's mentors have shared with her."""
    return select(Meeting).where(
        Meeting.mobilizer_id == user.id,
        Meeting.is_shared.is_(True),
        Meeting.cycle_id.in_(user.cycle_ids(Role.MOBILIZER)),
    )


def listed(meetings: Select[Meeting]) -> Select[Meeting]:
    """The same with who met whom, the latest first."""
    nobodys = lazyload(User.postings)
    return meetings.order_by(Meeting.met_on.desc(), Meeting.created_at.desc(), Meeting.id).options(
        joinedload(Meeting.mentor).options(nobodys),
        joinedload(Meeting.mobilizer).options(nobodys),
        joinedload(Meeting.cycle),
    )


def open_steps(user: User) -> Select[Meeting]:
    """The next steps that a mentor agreed on and that are not taken yet, the most urgent first."""
    still_open = and_(Meeting.next_step != "", Meeting.done_at.is_(None))
    found = listed(written_by(user).where(still_open)).order_by(None)
    return found.order_by(Meeting.next_step_on, Meeting.id)


def minutes_of(meetings: Select[Meeting]) -> int:
    """How much time all these meetings took."""
    inside = meetings.order_by(None).with_only_columns(Meeting.minutes).subquery()
    return db.session.scalar(select(func.sum(inside.c.minutes))) or 0


def mobilizers_of(user: User) -> Sequence[Posting]:
    """Whom she mentors, by name: those given to her, and those of her regions.

    On the days on which she stands in for another mentor, those of that one too.
    """
    found = (
        _mentored_by(user)
        .join(User, User.id == Posting.user_id)
        .order_by(func.lower(User.full_name), User.alias, Posting.id)
        .options(joinedload(Posting.user).options(lazyload(User.postings)))
    )
    return db.session.scalars(found).all() if user.cycle_ids(Role.MENTOR) else ()


def history(meeting: Meeting) -> Sequence[AuditEvent]:
    """The steps taken on a record, the latest first."""
    return db.session.scalars(
        select(AuditEvent)
        .where(AuditEvent.subject_kind == "meeting", AuditEvent.subject_key == meeting.id)
        .order_by(AuditEvent.id.desc())
        .limit(50)
    ).all()


def _mentored_by(user: User) -> Select[Posting]:
    """The mobilizers who are a mentor's now: by name, by region, or on the days of a stand-in."""
    hers = [
        and_(
            Posting.cycle_id == cycle_id,
            or_(
                Posting.mentor_id == user.id,
                Posting.region_id.in_(user.region_ids(Role.MENTOR, cycle_id)),
            ),
        )
        for cycle_id in sorted(user.cycle_ids(Role.MENTOR))
    ]
    return select(Posting).where(
        Posting.role == Role.MOBILIZER,
        Posting.ended_at.is_(None),
        Posting.user_id != user.id,
        or_(false(), *hers, _stood_in_for(user)),
    )


def _stood_in_for(user: User) -> ColumnElement[bool]:
    """The mobilizers of an absent mentor, on the days on which another looks after them."""
    covered = standing_in(user).where(_is_mentored())
    return covered.with_only_columns(StandIn.id).correlate(Posting).exists()


def _taken_over(user: User) -> ColumnElement[bool]:
    """What an absent mentor shared with the mobilizers whom another now looks after."""
    return _shared_with_hers(standing_in(user), user, Meeting.mentor_id == Absent.user_id)


def _handed_back(user: User) -> ColumnElement[bool]:
    """What a stand-in shared with an absent mentor's mobilizers, on the days of the absence.

    It is read by the mentor to whom the mobilizer belongs, as long as she is hers.
    """
    return _shared_with_hers(
        stood_in_for_her(user),
        user,
        Meeting.mentor_id == StandIn.user_id,
        Meeting.created_at >= StandIn.begins_at,
        Meeting.created_at < StandIn.ends_at,
    )


def _shared_with_hers(
    absences: Select[StandIn], reader: User, *written: ColumnElement[bool]
) -> ColumnElement[bool]:
    """What was shared in these absences with the absent mentor's mobilizers, not with the reader.

    Args:
        absences: with the absent mentor's posting as ``Absent``.
        reader: who asks.
        written: by whom it was noted, and when.
    """
    shared = absences.join(Posting, _is_mentored()).where(
        Posting.role == Role.MOBILIZER,
        Posting.ended_at.is_(None),
        Posting.user_id == Meeting.mobilizer_id,
        Posting.user_id != reader.id,
        Meeting.cycle_id == Absent.cycle_id,
        Meeting.is_shared.is_(True),
        *written,
    )
    return shared.with_only_columns(StandIn.id).correlate(Meeting).exists()


def _is_mentored() -> ColumnElement[bool]:
    """A mobilizer's posting is the absent mentor's to look after."""
    region, given = Posting.region_id == Absent.region_id, Posting.mentor_id == Absent.user_id
    return and_(Posting.cycle_id == Absent.cycle_id, or_(region, given))


def _by(user: User) -> ColumnElement[bool]:
    return and_(Meeting.mentor_id == user.id, Meeting.cycle_id.in_(user.cycle_ids(Role.MENTOR)))
