"""One of everything, everybody who may ask for it, and the address of every view.

Records are told by plain values, so that they outlive the session they were made in.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from mobilizer.core import clock
from mobilizer.core.sessions import WebSession, hashed
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.rules import FIRST_CYCLE_QUOTAS
from mobilizer.monitoring.rules.draft import Draft
from mobilizer.promises.actions import keep_copy
from mobilizer.promises.forms.typed import typed_of
from mobilizer.promises.models import PromiseDraft
from mobilizer.promises.rules import PromiseState
from tests.builders import Builders
from tests.support import replies, requests
from tests.support.addresses import ADDRESSES, WORDS
from tests.support.talk import talk

#: The month has opened on the 20th and is due on the 28th.
NOVEMBER = datetime(2026, 11, 22, 10, tzinfo=UTC)

#: Everybody there is, and what nobody is called. "Her" records are those of the mobilizer.
NOBODY = "nobody"
WHO = (
    NOBODY,
    "other mobilizer",
    "other mentor",
    "other coordinator",
    "administrator",
    "mobilizer",
    "mentor",
    "coordinator",
)


@dataclass
class World:
    """The records by name, and the people's ids by who they are."""

    records: dict[str, Any] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    def values(self, view: str) -> dict[str, Any]:
        """What stands in a view's address."""
        known = {**WORDS, **self.records}
        return {key: known[name] for key, name in ADDRESSES.get(view, {}).items()}

    def filled(self, fields: dict[str, str]) -> dict[str, str]:
        """What is typed, with the ids of records in place of ``{their names}``."""
        named = self.records
        return {key.format_map(named): text.format_map(named) for key, text in fields.items()}


def build(make: Builders, *, photo: bytes | None = None) -> World:
    """Make everything; the clock should stand in ``NOVEMBER``."""
    cycle = make.cycle(
        "local",
        first_month="2026-09",
        last_month="2027-06",
        quotas=FIRST_CYCLE_QUOTAS.as_data(),
    )
    make.topic("spare", cycle=cycle)
    people = _people(make, cycle)
    her = people["mobilizer"]
    shown = _shown(make, cycle)  # First: no finding is of a day before the last one's.
    world = World(people={who: person.id for who, person in people.items()})
    world.records = {
        "cycle": cycle.code,
        "spare": "spare",
        "topic": "education",
        "cycle_id": cycle.id,
        "region": make.region("Polog").code,
        "region_id": make.region("Polog").id,
        "far_id": make.region("Vardar").id,
        "east_id": make.region("East").id,
        "her": her.id,
        "her_name": her.sign_in_name,
        "other_id": people["other mobilizer"].id,
        "posting": her.postings[0].id,
        **_absence(make, people),
        **_invitation(make),
        **_session(make, her),
        "way back": make.way_back(her),
        "page of an alias": shown,
        **_promises(make, her),
        **_reports(make, her, photo),
        **replies.records(make),
        **_followers(make, cycle),
    }
    world.records |= requests.records(make, world.records["published"])
    world.records |= make.drawn_elsewhere(people["mentor"], world.records)
    make.extension(her, cycle=cycle, given_by=people["coordinator"])
    return world


def _shown(make: Builders, cycle: Cycle) -> str:
    """The page of a mobilizer who wants one, among three of a region who have published."""
    town, mentor = make.municipality("Berovo", region="East"), make.mentor("East", cycle=cycle)
    wants = {"alias": "White Duck", "public_page": "white-duck"}
    for chosen in (wants, {}, {}):
        her = make.mobilizer("East", cycle=cycle, mentor=mentor, **chosen)
        with clock.at(NOVEMBER.replace(month=10)):
            entry = make.report(
                make.assignment(her, promise=make.promise(places=[town]), place=town),
                month="2026-10",
                state="approved",
            )
            make.finding(
                entry.assignment.promise,
                place=town,
                month=entry.month,
                revision_id=entry.revisions[-1].id,
            )
    return wants["public_page"]


def _followers(make: Builders, cycle: Cycle) -> dict[str, Any]:
    follower, own = make.follower(cycle=cycle)
    _, wish = make.wish()
    return {"follower": own, "wish": wish, "followed_id": follower.followed[0].id}


def _people(make: Builders, cycle: Cycle) -> dict[str, Any]:
    mentor = make.mentor("Polog", cycle=cycle)
    elsewhere = make.cycle("elsewhere")
    return {
        "mobilizer": make.mobilizer("Polog", cycle=cycle, mentor=mentor),
        "mentor": mentor,
        "coordinator": make.coordinator(cycle=cycle),
        "other mobilizer": make.mobilizer("Polog", cycle=cycle, mentor=mentor),
        "other mentor": make.mentor("Vardar", cycle=cycle),
        "other coordinator": make.coordinator(cycle=elsewhere),
        "administrator": make.administrator(),
    }


def _absence(make: Builders, people: dict[str, Any]) -> dict[str, Any]:
    posting, other = people["mentor"].postings[0], people["other mentor"]
    stand_in = make.stand_in(posting, other, first="2027-01-10", last="2027-01-20")
    return {"mentor posting": posting.id, "stand-in": stand_in.id, "other mentor": other.id}


def _invitation(make: Builders) -> dict[str, Any]:
    invitation, token = make.invitation()
    return {"invitation": invitation.id, "token": token}


def _session(make: Builders, her: Any) -> dict[str, Any]:
    key, now = hashed("another phone of hers"), clock.now()
    make._keep(WebSession(token_hash=key, user_id=her.id, content={}, created_at=now, seen_at=now))
    return {"session": key}


def _promises(make: Builders, her: Any) -> dict[str, Any]:
    town = make.municipality("Tetovo", region="Polog")
    with clock.at(NOVEMBER.replace(month=10)):
        make.promise("We will plant trees in Tetovo.", places=[town])
    draft, checked = (
        make.promise(
            f"We will mend the {what} of Tetovo.",
            state=state,
            logged_by=her,
            places=[town],
            institution="Municipality of Tetovo",
        )
        for what, state in (("road", PromiseState.DRAFT), ("bridge", PromiseState.CHECKED))
    )
    for one in (*draft.indicators, *checked.indicators):
        one.data_source = "Municipality of Tetovo"
    keep_copy(draft, b"%PDF-1.7 what was promised", by=her)
    logging = make._keep(
        PromiseDraft(
            id="0b0e7ad0-7dfb-4f5e-8a4f-0e7a4c0c9a11",
            author_id=her.id,
            cycle_id=draft.cycle_id,
            typed=typed_of(checked) | {"exact_words": ["We will paint every school of Tetovo."]},
            updated_at=clock.now(),
        )
    )
    return {
        "municipality": town.code,
        "town_id": town.id,
        "draft": draft.number,
        "checked": checked.number,
        "draft mark": draft.mark,
        "checked mark": checked.mark,
        "logging": logging.id,
    }


def _reports(make: Builders, her: Any, photo: bytes | None) -> dict[str, Any]:
    town = make.municipality("Tetovo", region="Polog")
    reported, begun, returned = (
        make.assignment(her, promise=make.promise(places=[town]), place=town) for _ in range(3)
    )
    first = make.entry(reported, month="2026-09", state="submitted")
    shown = make.photo(first, photo, has_consent=True, caption="The new school")
    make.evidence(first, kind="video", address="https://youtu.be/dQw4w9WgXcQ", provider="x")
    filmed = make.clip(first, has_consent=True, caption="The new school, inside")
    make.revision(first, "kept", value_1="10", light_1="green")
    make.decision(first, "approve")
    waiting = make.report(reported, month="2026-10")
    sent_back = make.report(returned, month="2026-11", state="returned")
    return {
        "published": reported.promise.number,
        "party": reported.promise.party.code,
        "reported": reported.id,
        "begun": begun.id,
        "returned": returned.id,
        "approved": first.id,
        "handable": make.assignment(her, promise=make.promise(places=[town]), place=town).id,
        "waiting": waiting.id,
        "late": _late(make, begun).id,
        "draft entry": _begun(make, begun).id,
        "sent back": sent_back.id,
        **talk(make, waiting, sent_back),
        "photo": shown.id,
        "sha256": shown.media_sha256,
        "clip": filmed.id,
        "clip sha256": filmed.media_sha256,
    }


def _late(make: Builders, assignment: Any) -> Any:
    entry = make.report(assignment, month="2026-10")
    entry.is_quarantined = True
    return entry


def _begun(make: Builders, assignment: Any) -> Any:
    entry = make.entry(assignment, month="2026-11")
    proof = make.evidence(entry)
    entry.draft = Draft(make._answers(entry), (proof.id,)).as_data
    entry.draft_saved_at = clock.now()
    return entry
