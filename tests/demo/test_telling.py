"""What `mobilizer demo` makes: the whole of it once, a part of it on both databases."""

import json
import re
from collections import Counter
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import func, select

from mobilizer.accounts.actions.passwords import is_right
from mobilizer.accounts.models import StandIn, User
from mobilizer.accounts.rules import Role
from mobilizer.assignments.models import Assignment, Handover
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.rules import Timeliness
from mobilizer.demo.actions import tell
from mobilizer.demo.actions.telling import whole_story
from mobilizer.demo.cli import PASSWORD, command
from mobilizer.demo.rules.story import Story
from mobilizer.desk.queries.contents import forged
from mobilizer.elections.models import Party
from mobilizer.evidence.models import Evidence
from mobilizer.evidence.rules.links import EvidenceKind
from mobilizer.findings.models import Finding
from mobilizer.findings.queries import broken_links, head
from mobilizer.jobs.models import Job
from mobilizer.monitoring.models import Comment, Entry, Revision
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.replies.models import HeldFinding, Reply
from mobilizer.replies.rules import PUBLISH, Ruling
from mobilizer.review.models import Decision
from mobilizer.review.queries.case import case
from mobilizer.review.queries.together import together
from mobilizer.scorecards.queries import scores
from mobilizer.scorecards.rules import By
from mobilizer.scoring.rules import Rating
from mobilizer.sync.rules.reading import UID
from tests.demo.conftest import MOMENT
from tests.support.page import Page, apart

#: When the story ends.
EVE = MOMENT.replace(hour=0, minute=0) - timedelta(hours=1)
LANGUAGES = ("en", "sq", "mk", "sr")
SAYS_SO = {"en": "invented", "sq": "trilluar", "mk": "измислен", "sr": "izmišljen"}


def count(model: type, *where: object) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0


def test_seventeen_mobilizers_eight_mentors_sixty_promises_twelve_topics_and_months(
    demo: Flask,
) -> None:
    cycle = db.session.scalars(select(Cycle)).one()
    roles = Counter(next(iter(user.roles)) for user in db.session.scalars(select(User)))
    assert roles == {
        Role.MOBILIZER: 17,
        Role.MENTOR: 8,
        Role.COORDINATOR: 2,
        Role.ADMINISTRATOR: 1,
    }
    assert cycle.is_demonstration
    assert cycle.is_public
    assert cycle.is_current
    assert len(cycle.topics) == 12
    assert 55 <= count(Promise) <= 65
    assert 60 <= count(Assignment) <= 100
    assert db.session.scalar(select(func.count(func.distinct(Entry.month)))) == 12


def test_one_party_replied_in_public_and_the_reply_of_another_waits(demo: Flask) -> None:
    found = {
        reply.language: reply.ruling
        for reply in db.session.scalars(select(Reply).order_by(Reply.id))
    }
    assert set(found) == {"mk", "sq"}
    assert found["mk"] is not None
    assert found["mk"].ruling is Ruling.PUBLISH
    assert found["sq"] is None


def test_nobody_is_told_of_what_is_only_a_story(demo: Flask) -> None:
    assert count(Decision) > 0
    assert set(db.session.scalars(select(Job.kind))) == {PUBLISH}, "what waits is published"
    assert count(Job, Job.due_at < EVE) == 0


def test_a_rule_was_changed_and_since_then_findings_wait_for_a_reply(demo: Flask) -> None:
    cycle = db.session.scalars(select(Cycle)).one()
    shown = Page(demo).get("/en/method")

    assert "“Days for a reply before publication” was 0 and is now" in shown
    assert cycle.reply_days > 0
    waiting = HeldFinding.ended_at.is_(None)
    assert count(HeldFinding, waiting, HeldFinding.publish_at > MOMENT) > 0
    assert count(HeldFinding, waiting, HeldFinding.told_at.is_(None)) > 0, "one body to tell"
    assert count(HeldFinding, HeldFinding.finding_number.is_not(None)) > 0
    assert count(HeldFinding, waiting, HeldFinding.publish_at < EVE) == 0


def test_a_mentor_is_away_and_another_one_has_decided_for_her(demo: Flask) -> None:
    named = db.session.scalars(select(StandIn)).one()
    stood_in = select(Decision).where(Decision.stands_in_for_id.is_not(None))
    found = set(
        db.session.execute(stood_in.with_only_columns(Decision.by_id, Decision.stands_in_for_id))
    )

    assert found == {(named.user_id, named.posting.user_id)}
    assert named.ends_at > MOMENT


def test_a_report_that_contradicts_itself_waits_for_its_mentor(demo: Flask) -> None:
    odd = select(Entry).join(Entry.revisions).where(Revision.contradiction_reason != "")
    waiting = odd.where(Entry.state == EntryState.SUBMITTED).order_by(Entry.id)
    entry = db.session.scalars(waiting).first()
    assert entry is not None

    found = case(entry.assignment.mentor, entry.id)

    assert found.contradictions
    assert found.bar is None


def test_every_state_of_a_report_and_of_a_promise_occurs(demo: Flask) -> None:
    assert set(db.session.scalars(select(Entry.state))) == set(EntryState)
    assert set(db.session.scalars(select(Promise.state))) == set(PromiseState)
    assert set(db.session.scalars(select(Revision.kind))) == set(RevisionKind)
    timely = {Timeliness.ON_TIME, Timeliness.LATE, Timeliness.AFTER_CLOSE}
    assert timely <= set(db.session.scalars(select(Entry.timeliness)))
    assert count(Entry, Entry.is_quarantined) > 0
    assert count(Comment) > 0
    assert count(Revision, Revision.contradiction_reason != "") > 0
    kinds = set(db.session.scalars(select(Evidence.kind)))
    assert {EvidenceKind.VIDEO, EvidenceKind.PHOTO, EvidenceKind.REQUEST} <= kinds


def test_a_handful_that_says_the_same_waits_to_be_approved_together(demo: Flask) -> None:
    people = list(db.session.scalars(select(User).order_by(User.id)))
    hers = {
        user.sign_in_name: together(user)
        for user in people
        if user.roles & {Role.MENTOR, Role.COORDINATOR}
    }
    printed = [one.sign_in_name for one in whole_story().of(Role.MENTOR)]

    assert 3 <= hers[printed[-1]].total <= 25, "the last mentor whose sign-in is printed"
    for page in hers.values():
        assert page.total == 0 or any(line.bar is None for line in page.rows)
    assert sum(page.total > 0 for page in hers.values()) >= 6


def test_one_promise_passes_from_hand_to_hand_and_goes_on(demo: Flask) -> None:
    made = db.session.scalars(select(Handover)).one()
    ids = (made.ended_id, made.begun_id)
    rows = db.session.execute(
        select(Entry.assignment_id, Entry.month).where(Entry.assignment_id.in_(ids))
    ).all()
    assert {one for one, month in rows if month >= made.first_month} == {made.begun_id}
    assert {one for one, month in rows if month < made.first_month} == {made.ended_id}


def test_all_eight_ratings_stand_in_public_and_some_regions_have_no_score_yet(demo: Flask) -> None:
    cycle = db.session.scalars(select(Cycle)).one()
    (whole,) = scores(cycle)
    assert all(whole["counts"][rating.value] for rating in Rating)
    assert 35 <= whole["score"]["percent"] <= 45
    percents = [row["score"]["percent"] for row in scores(cycle, By.REGION)]
    assert None in percents
    assert sum(percent is not None for percent in percents) >= 5


def test_only_invented_parties_promise_anything(demo: Flask) -> None:
    promising = select(Party).where(Party.id.in_(select(Promise.party_id)))
    assert all(party.invented for party in db.session.scalars(promising))
    assert count(Party, Party.invented, Party.code.not_like("MK-DEMO-%")) == 0


def test_the_chain_of_findings_holds(demo: Flask) -> None:
    assert list(broken_links()) == []
    newest = head()
    assert newest is not None
    assert newest.number > 300
    assert newest.published_at < MOMENT


def test_the_log_vouches_for_all_of_it(demo: Flask) -> None:
    assert list(forged()) == []


def test_the_password_that_is_printed_opens_every_account(demo: Flask) -> None:
    hashes = set(db.session.scalars(select(User.password_hash)))
    assert len(hashes) == 1
    assert is_right(hashes.pop(), PASSWORD)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_every_kind_says_that_it_is_a_demonstration(demo: Flask, language: str) -> None:
    page = Page(demo)
    pages = "topics/ topics/education parties/ parties/MK-DEMO-WALNUT regions/ regions/MK008"
    pages += " municipalities/ municipalities/MK-609 promises/ promises/1 promises/4 method data"
    for path in ("", *pages.split(), "corrections", "promises/?q=kopsht", "cycles/demo"):
        answer = page.get(f"/{language}/{path}")
        assert SAYS_SO[language] in answer.query(".banner")[0].to_text(), path


def test_no_link_of_the_public_site_leads_nowhere(demo: Flask) -> None:
    client, seen, waiting = demo.test_client(), set[str](), ["/sq/"]
    while waiting:
        path = waiting.pop()
        # Apart: pages made in one context would be told alike, and be kept for the next test.
        answer = apart(lambda path=path: client.get(path))
        assert answer.status_code == 200, path
        if not path.startswith("/sq/") or "?" in path:
            continue
        assert SAYS_SO["sq"] in answer.text, path
        found = {unescape(link) for link in re.findall(r'href="(/sq/[^"#]*)"', answer.text)}
        waiting += found - seen
        seen |= found
    assert len(seen) > 100


def test_every_account_opens_its_own_home(demo: Flask) -> None:
    page = Page(demo)
    for user in db.session.scalars(select(User).order_by(User.id)).all():
        name, home = user.sign_in_name, "/field/" if "mobilizer" in user.sign_in_name else "/desk/"
        page.sign_in(user)
        assert page.get(home).status == 200, name


def test_where_there_is_a_cycle_nothing_is_told_again(demo: Flask) -> None:
    before = count(Finding)
    db.session.remove()
    run = demo.test_cli_runner().invoke(command, ["--if-empty"])
    assert run.exit_code == 0
    assert PASSWORD in run.output
    db.session.remove()
    again = demo.test_cli_runner().invoke(command)
    assert again.exit_code == 1
    assert "There is a cycle already" in again.output
    assert count(Finding) == before


def test_production_is_asked_twice(demo: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(demo.config, "IS_PRODUCTION", True)
    db.session.remove()
    refused = demo.test_cli_runner().invoke(command, ["--if-empty"])
    assert refused.exit_code == 2
    assert "--yes" in refused.output
    agreed = demo.test_cli_runner().invoke(command, ["--if-empty", "--yes"])
    assert agreed.exit_code == 0
    assert PASSWORD not in agreed.output


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # what is told does not depend on it
def test_told_twice_on_one_day_it_is_the_same(app: Flask, short_story: Story) -> None:
    heads = []
    for _ in range(2):
        with clock.at(MOMENT):
            tell("not a hash", short_story)
            newest = head()
            assert newest is not None
            heads.append((newest.number, newest.hash, _all_that_is_said()))
            assert list(broken_links()) == list(forged()) == []
        db.session.rollback()
        db.session.remove()
    assert heads[0] == heads[1]


def _all_that_is_said() -> list[str]:
    rows = select(Entry.id, Revision.number, Revision.received_at, Revision.answers)
    sent = db.session.execute(rows.join(Revision.entry).order_by(Entry.id, Revision.number))
    return [json.dumps([*map(str, row[:3]), row[3]], sort_keys=True) for row in sent]


def test_records_are_named_as_phones_name_them(demo: Flask) -> None:
    """Else no phone could send anything about them."""
    named = (Entry.id, Assignment.id, Evidence.id)
    ids = [uid for column in named for uid in db.session.scalars(select(column))]
    assert [uid for uid in ids if not UID.fullmatch(uid)] == []


def test_one_finding_turned_out_wrong_and_is_corrected_in_public(demo: Flask) -> None:
    [mended] = db.session.scalars(select(Finding).where(Finding.corrects.is_not(None)))
    assert mended.content["correction"]["reason"]
    shown = Page(demo).get("/mk/corrections")
    assert mended.content["correction"]["reason"] in shown
    # Nor does its reason say what is said of a report that only lacked a page number.
    sent_back = [said["mended"] for said in whole_story().phrases.values()]
    assert mended.content["reason"] not in sent_back
