"""A month that is reported and published through the pages, with a mark in every private field."""

from io import BytesIO
from typing import Any

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment
from mobilizer.core.database import db
from mobilizer.monitoring.models import Entry
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import Unit
from tests.builders import PASSWORD, Builders
from tests.evidence import pictures
from tests.promises.screens import begin, fill
from tests.support.page import Page
from tests.support.world import NOVEMBER

#: What may be found nowhere: who she is, whom she met, where she goes next, what was said inside.
NAME, ALSO_NAMED = "Мирјана Тајновска", "Jovana Secretova"
PRIVATE = {
    "her name": NAME,
    "her sign-in name": "hidden.signin@marks.example",
    "her e-mail": "hidden-mail@marks.example",
    "the invitation's note": "marked-note-on-invitation",
    "the mentor's name": "Marked Mentorova",
    "the mentor's sign-in name": "mentor@marks.example",
    "the coordinator's name": "Marked Coordinatorova",
    "the focus of her monitoring": "marked-focus-of-monitoring",
    "contact with officials": "marked-contact-with-the-mayor",
    "date of the contact": "2026-11-13",
    "her next step": "marked-next-step-at-the-school",
    "date of the next step": "2027-03-17",
    "date of a request": "2026-11-03",
    "number of a request": "marked-number-of-a-request",
    "day of a visit": "2026-11-17",
    "her note to the mentor": "marked-note-to-the-mentor",
    "the mentor's comment": "marked-comment-of-the-mentor",
    "her answer to it": "marked-answer-to-the-mentor",
    "the reason of an extension": "marked-reason-of-an-extension",
    "the reason of a withdrawal": "marked-reason-of-a-withdrawal",
    "the text of a declined reply": "marked-words-of-a-declined-reply",
    "the reason it is declined": "marked-reason-of-a-declined-reply",
    "a party's address": "marked-party@marks.example",
    "where a letter goes": "marked-letter@marks.example",
    "the photo's file name": ALSO_NAMED,
    "the name a phone gave": "IMG_20261122_103723",
    "the tracker": "marked-share-id",
    "her password": PASSWORD,
}
MENTOR, COORDINATOR = PRIVATE["the mentor's sign-in name"], "coordinator@marks.example"
SHOWN = "Two schools are open, we saw them, and two are being built."


def publish(make: Builders, page: Page) -> None:
    """Walk the whole way: invite, log, check, publish, assign, file, return, mend, approve."""
    coordinator = make.coordinator(full_name=PRIVATE["the coordinator's name"])
    mentor = make.mentor("Polog", sign_in_name=MENTOR, full_name=PRIVATE["the mentor's name"])
    make.municipality("Tetovo")
    make.party("Road Party")
    make.the_cycle().first_month = NOVEMBER.date().replace(day=1)
    accept(page, invited(page, make, coordinator))
    promise = logged(page)
    checked(page, promise, mentor, coordinator)
    assigned(page, make, promise, coordinator)
    reported(page)
    returned_and_mended(page, mentor)
    page.sign_in(mentor)
    decide(page, verdict="approve")
    withdrawn(page, make, coordinator)
    replied(page, make, promise)
    page.sign_out()


def replied(page: Page, make: Builders, promise: Promise) -> None:
    """The coordinator, who is signed in, asks twice, and declines what comes back."""
    address, language = f"address_{promise.party_id}", f"language_{promise.party_id}"
    kept = {address: PRIVATE["a party's address"], language: "en"}
    page.post("replies.contacts", code=make.the_cycle().code, data=kept)
    ask = {"about": "1", "kind": "party", "addressee": "Road Party", "language": "en", "days": "7"}
    letter = {"address": PRIVATE["where a letter goes"]}
    page.post("replies.make", number=promise.number, data=ask | letter)
    made = page.post("replies.make", number=promise.number, data=ask, expect=200)
    there = made.texts(".address code")[0].partition("localhost")[2]
    text = PRIVATE["the text of a declined reply"]
    page.post(there, data={"text": text, "body": "Road Party", "language": "en", "consent": "y"})
    reason = PRIVATE["the reason it is declined"]
    declined = {"ruling": "decline", "ground": "personal", "reason": reason}
    page.post("replies.decide", reply_id=1, data=declined)


def invited(page: Page, make: Builders, coordinator: User) -> str:
    page.sign_in(coordinator)
    made = page.post(
        "people.invite",
        data={
            "role": "mobilizer",
            "cycle": str(make.the_cycle().id),
            "region": str(make.region("Polog").id),
            "mentor": "",
            "note": PRIVATE["the invitation's note"],
            "language": "en",
            "days": "7",
        },
        expect=200,
    )
    return made.texts(".address code")[0].partition("localhost")[2]


def accept(page: Page, address: str) -> None:
    page.sign_out()
    page.post(
        address,
        data={
            "language": "en",
            "sign_in_name": PRIVATE["her sign-in name"],
            "password": PASSWORD,
            "alias": "Eyes of Polog",
            "full_name": NAME,
        },
    )
    her().email = PRIVATE["her e-mail"]


def her() -> User:
    like = {"sign_in_name": PRIVATE["her sign-in name"]}
    return db.session.scalars(db.select(User).filter_by(**like)).one()


def logged(page: Page) -> Promise:
    fill(
        page,
        {
            "words": {
                "exact_words": "We will build four new schools in Tetovo by 2027.",
                "language": "en",
                "title": "Four schools",
                "party": "Road Party",
            },
            "source": {
                "source": "",
                "kind": "programme",
                "source_title": "Programme 2025",
                "said_on": "2025",
            },
            "about": {
                "topic": "education",
                "level": "central",
                "places": ["MK-POLOG-TETOVO"],
                "due": "mandate",
                "institution": "Municipality",
                "in_power": "yes",
                "focus": PRIVATE["the focus of her monitoring"],
            },
            "measure": {
                "indicators-0-text": "Schools built",
                "indicators-0-unit": Unit.NUMBER.value,
                "indicators-0-baseline": "0",
                "indicators-0-target": "4",
                "indicators-0-methods": ["visit"],
                "indicators-0-data_source": "Municipality",
                "indicators-0-frequency": "monthly",
            },
        },
        key := begin(page),
    )
    page.post("promises.finish", key=key)
    return db.session.scalars(db.select(Promise)).one()


def checked(page: Page, promise: Promise, mentor: User, coordinator: User) -> None:
    number = promise.number
    page.sign_in(mentor)
    page.post("promises.decide", number=number, data={"testability": "testable"})
    page.sign_in(coordinator)
    page.get("promises.show", number=number)
    page.post("promises.publish", number=number)


def assigned(page: Page, make: Builders, promise: Promise, coordinator: User) -> None:
    town = make.municipality("Tetovo")
    give = {
        "mobilizer": str(her().id),
        "place": str(town.id),
        "first_month": "2026-11",
        "last_month": "2026-12",
        "mentor": "",
    }
    cycle = make.the_cycle()
    page.post("assignments.new", promise=promise.number, cycle=cycle.code, data=give)
    extension = {
        "user": give["mobilizer"],
        "month": "2026-11-01",
        "until": "2026-12-20",
        "reason": PRIVATE["the reason of an extension"],
    }
    page.post("cycles.extensions", code=cycle.code, data=extension)


def reported(page: Page) -> None:
    page.sign_in(her())
    screen(page, "state", STATE)
    screen(page, "indicator-1", {"value_1": "2", "light_1": "yellow", "finding_1": SHOWN})
    name = f"{ALSO_NAMED} {PRIVATE['the name a phone gave']}.jpg"
    stood = {"origin": "visit", "taken_on": PRIVATE["day of a visit"]}
    photo = (BytesIO(pictures.jpeg()), name)
    evidence(page, photo=photo, has_consent="y", go="add", **stood)
    evidence(page, request_number=PRIVATE["number of a request"], go="add")
    evidence(
        page,
        link=f"https://youtu.be/dQw4w9WgXcQ?si={PRIVATE['the tracker']}",
        contact=PRIVATE["contact with officials"],
        contact_on=PRIVATE["date of the contact"],
        foi="waiting",
        foi_sent_on=PRIVATE["date of a request"],
    )
    send(page)


STATE = {
    "rating": "in_progress",
    "rating_reason": "Two of four schools are open since September.",
    "next_step": PRIVATE["her next step"],
    "next_step_on": PRIVATE["date of the next step"],
}


def returned_and_mended(page: Page, mentor: User) -> None:
    page.sign_in(mentor)
    decide(page, verdict="return", comment_rating=PRIVATE["the mentor's comment"])
    page.sign_in(her())
    screen(page, "state", STATE | {"reply_rating": PRIVATE["her answer to it"]})
    send(page)


def report() -> dict[str, str]:
    assignment = db.session.scalars(db.select(Assignment)).one()
    return {"assignment_id": assignment.id, "month": "2026-11"}


def screen(page: Page, name: str, typed: dict[str, str]) -> None:
    page.post("monitoring.save", screen=name, **report(), data=typed)


def evidence(page: Page, **typed: Any) -> None:
    page.get("monitoring.screen", screen="evidence", **report())
    page.post("monitoring.save_evidence", **report(), data=typed)


def send(page: Page) -> None:
    page.get("monitoring.check", **report())
    page.post(
        "monitoring.send",
        **report(),
        data={"note_mentor": PRIVATE["her note to the mentor"]},
    )


def decide(page: Page, **typed: str) -> None:
    entry = db.session.scalars(db.select(Entry)).one()
    page.get("review.show", entry_id=entry.id)
    page.post("review.decide", entry_id=entry.id, data=typed)


def withdrawn(page: Page, make: Builders, coordinator: User) -> None:
    page.sign_in(coordinator)
    reason = {"reason": PRIVATE["the reason of a withdrawal"]}
    page.post("assignments.withdraw", assignment_id=report()["assignment_id"], data=reason)
