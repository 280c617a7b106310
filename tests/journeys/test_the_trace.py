"""What leaves a trace: a correction read in public, a second look that moves alpha, the log."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.desk.cli import command
from mobilizer.findings.models import Finding
from tests.journeys.people import Coordinator, Mentor, Mobilizer, Reader

pytestmark = pytest.mark.browser

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
WHY = "Vendimi është i një viti tjetër."
SAID = "Words that say what was seen, where, when and by whom."
NAMES = {who: f"{who}@desk.example" for who in ("mira", "cora", "hana", "fara")}


@pytest.fixture
def people(site):
    """A mobilizer of Polog, her mentor, one from far away, and the coordinator."""
    site.moment = NOW
    with site.data() as make, clock.at(NOW):
        mentor = make.mentor("Polog", sign_in_name=NAMES["hana"], language="en")
        make.mobilizer("Polog", mentor=mentor, sign_in_name=NAMES["mira"], language="en")
        make.mentor("Vardar", sign_in_name=NAMES["fara"], language="en")
        make.coordinator(sign_in_name=NAMES["cora"], language="en")
        make.vouched()
    return NAMES


def known(name):
    return db.session.scalars(db.select(User).where(User.sign_in_name == NAMES[name])).one()


@pytest.fixture
def approved(site, people):
    """An approved report of hers that says "kept"."""
    with site.data() as make, clock.at(NOW):
        promise = make.promise("We will build ten schools.", titles={"en": "Ten schools"})
        hers = make.assignment(known("mira"), mentor=known("hana"), promise=promise)
        entry = make.report(hers, "kept", month="2026-11", value_1="10")
        make.decision(entry, "approve", by=known("hana"))
        return entry.id


def mends(mira):
    """The mobilizer reads why it came back, and says how things stand."""
    mira.opens("/field/")
    mira.sees(WHY)
    mira.follows("Answer and send again")
    mira.follows("Answer and send again")
    mira.chooses("What is the state today?", "In progress")
    mira.types("Reason for the rating", SAID)
    for _ in range(3):
        mira.presses("Next")
    mira.types("Why does the rating stand all the same?", SAID)
    mira.presses("Send to mentor")
    mira.reads("Sent to your mentor.")


def approves(window):
    """Her mentor approves the only report that waits."""
    hana = Mentor(window, "en", java_script_enabled=False)
    hana.signs_in(NAMES["hana"])
    hana.takes_the_oldest()
    hana.approves()
    hana.reads("Nothing waits for you")


def test_a_correction_shows_in_public_with_its_history(site, window, people, approved):
    cora = Coordinator(window, "en")
    cora.signs_in(people["cora"])
    cora.opens(f"/desk/review/{approved}")
    cora.types("Why it is corrected", WHY)
    cora.presses("Reopen")
    cora.reads("Reopened. The finding stays public until a newer one corrects it.")
    mira = Mobilizer(window, "en", java_script_enabled=False)
    mira.signs_in(people["mira"])
    mends(mira)
    approves(window)

    reader = Reader(window, "en")
    reader.opens("/en/corrections")
    reader.sees(WHY)
    reader.follows_title("Ten schools")
    for words in ("corrects finding 1", "corrected by finding 2", WHY):
        reader.sees(words)
    assert not reader.has_cookies
    with site.app.app_context():
        found = db.session.scalars(db.select(Finding).order_by(Finding.number)).all()
        told = [(one.rating.value, one.corrects) for one in found]
        db.session.remove()
    assert told == [("kept", None), ("in_progress", 1)]


def test_a_report_looked_at_twice_changes_how_far_two_agree(site, window, people):
    with site.data() as make, clock.at(NOW):
        mira, hana, fara = known("mira"), known("hana"), known("fara")
        for rating in ("kept", "kept", "partly_kept", "partly_kept", "broken", "stalled") * 2:
            entry = make.odd_report(make.assignment(mira, mentor=hana), rating)
            make.second(entry, rating, by=fara)
            make.decision(entry, "approve", by=hana)
        entry = make.odd_report(make.assignment(mira, mentor=hana), "kept")
        look = make.drawn(entry).id
    reader = Reader(window, "en")
    reader.opens("/en/method")
    reader.sees("Krippendorff's alpha (ordinal): 1")

    fara = Mentor(window, "en", java_script_enabled=False)
    fara.signs_in(people["fara"])
    fara.opens(f"/desk/second/{look}")
    fara.chooses("Your own rating", "Broken")
    fara.types("What shows it?", "The photo shows an empty field.")
    fara.presses("Record my rating")
    approves(window)

    reader.opens("/en/method")
    reader.sees("13 reports were rated twice; 12 of them the same")
    reader.sees("Krippendorff's alpha (ordinal): 0.")


def verified(site):
    """What the operator's command says."""
    with site.app.app_context():
        return site.app.test_cli_runner().invoke(command)


def test_a_row_of_the_log_that_somebody_changed_is_named(site, window, people):
    cora = Coordinator(window, "en")
    cora.signs_in(people["cora"])
    cora.goes_to("Audit log")
    cora.sees("signed in")
    assert verified(site).exit_code == 0

    with site.app.app_context(), db.engine.begin() as insider:
        row = insider.execute(text("SELECT max(id) FROM audit_event")).scalar()
        insider.execute(text("DROP TRIGGER audit_event_no_update"))
        change = text("UPDATE audit_event SET verb = 'entry.approve' WHERE id = :row")
        insider.execute(change, {"row": row})

    answer = verified(site)
    assert answer.exit_code == 1
    assert f"audit row {row}: " in answer.output
