"""What an import takes in, what it changes the second time, and what it lets be."""

import json
from datetime import date

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.desk.queries.contents import forged
from mobilizer.findings.models import Finding
from mobilizer.promises.models import Promise, PromiseChange
from mobilizer.scoring.rules import Rating
from tests.builders import Builders
from tests.imports.conftest import HEAD, ROW, Run
from tests.support.page import Page

OTHER = "2,We will plant trees.,Trees,Bridge Party,,June 2020,Half,https://example.org/a,\n"


def promises() -> list[Promise]:
    return list(db.session.scalars(db.select(Promise).order_by(Promise.number)))


def findings() -> list[Finding]:
    return list(db.session.scalars(db.select(Finding).order_by(Finding.number)))


def test_a_file_becomes_promises_of_the_mappings_cycle(run: Run) -> None:
    result = run(HEAD + ROW + OTHER)

    bridge, trees = promises()
    assert result.exit_code == 0
    assert result.output.startswith("2 new")
    assert (bridge.exact_words, bridge.titles) == ("We will build a bridge.", {"en": "A bridge"})
    assert (bridge.cycle.code, bridge.party.names) == ("their-cycle", {"en": "Bridge Party"})
    assert (bridge.topic.names, trees.topic.names) == ({"en": "Roads"}, {"en": "Other"})
    assert (trees.due_raw, trees.due_precision.value) == ("June 2020", "month")
    assert (bridge.due_on, trees.due_on) == (date(2020, 6, 30), date(2020, 6, 30))
    assert findings() == []


def test_published_verdicts_say_whose_they_are(run: Run, page: Page) -> None:
    run(HEAD + ROW + OTHER, "--publish")

    kept, partly = findings()
    assert (kept.rating, partly.rating) == (Rating.KEPT, Rating.PARTLY_KEPT)
    assert kept.imported_from == "A Tracker"
    shown = page.get("scorecards.promise", lang="en", number=partly.promise.number)
    assert "imported from A Tracker" in shown
    assert "“Half”" in shown
    assert shown.query('a[href="https://example.org/a"]')


def test_the_second_run_changes_nothing(run: Run) -> None:
    run(HEAD + ROW + OTHER, "--publish")
    before = [(p.number, p.version) for p in promises()], len(findings())

    result = run(HEAD + ROW + OTHER, "--publish")

    db.session.expire_all()
    assert "0 new, 0 changed, 2 the same" in result.output
    assert ([(p.number, p.version) for p in promises()], len(findings())) == before
    assert db.session.scalars(db.select(PromiseChange)).all() == []


def test_a_changed_row_becomes_an_update_with_its_history(run: Run) -> None:
    run(HEAD + ROW, "--publish")

    result = run(HEAD + ROW.replace("a bridge.", "two bridges.").replace("Done", "No"), "--publish")

    db.session.expire_all()
    assert "0 new, 1 changed" in result.output
    (change,) = promises()[0].changes
    assert (change.field, change.before) == ("exact_words", "We will build a bridge.")
    assert "A Tracker" in change.reason
    assert list(forged()) == [], "the log vouches for what came in, and for its change"
    assert [finding.rating for finding in findings()] == [Rating.KEPT, Rating.BROKEN]


def test_a_dry_run_changes_nothing(run: Run) -> None:
    result = run(HEAD + ROW, "--publish", "--dry-run")

    assert result.exit_code == 0
    assert "1 new" in result.output
    assert promises() == []
    assert db.session.scalars(db.select(Cycle)).all() == []


def test_a_promise_written_by_hand_keeps_what_was_written(run: Run, make: Builders) -> None:
    cycle = make.cycle("their-cycle", country="US")
    by_hand = make.promise("We will build a bridge.", cycle=cycle, titles={"en": "Ours"})

    run(HEAD + ROW, "--publish")

    db.session.refresh(by_hand)
    assert by_hand.titles == {"en": "Ours"}
    assert len(promises()) == 2


def test_an_imported_promise_that_somebody_rewrote_is_let_be(run: Run, make: Builders) -> None:
    run(HEAD + ROW)
    (promise,) = promises()
    promise.exact_words = "We will build a wide bridge."
    db.session.add(
        PromiseChange(
            promise=promise, changed_at=promise.logged_at, by_id=make.user().id,
            field="exact_words", reason="A word was missing.",
        )
    )  # fmt: skip
    db.session.commit()

    result = run(HEAD + ROW)

    db.session.expire_all()
    assert "1 kept as rewritten here" in result.output
    assert promises()[0].exact_words == "We will build a wide bridge."


def test_a_finding_of_our_own_stands_against_a_verdict_known_already(
    run: Run, make: Builders
) -> None:
    run(HEAD + ROW, "--publish")
    (promise,) = promises()
    make.finding(promise, Rating.BROKEN, place=make.country("US"))
    db.session.commit()

    run(HEAD + ROW, "--publish")

    assert [finding.rating for finding in findings()] == [Rating.KEPT, Rating.BROKEN]


def test_json_lines_come_in_like_a_table(run: Run) -> None:
    line = (
        '{"id": 7, "words": "We will dig a well.", "title": null, "who": "Bridge Party", "topic": '
        '"Water", "due": "", "status": "No", "links": ["https://example.org/a"], "updates": ""}\n'
    )

    result = run(line, "--publish", name="file.jsonl")

    assert result.output.startswith("1 new")
    assert promises()[0].titles == {"en": "We will dig a well."}


def test_links_in_updates_become_evidence_and_their_text_stays(run: Run, page: Page) -> None:
    update = '"2020-02-01: It [began](https://example.org/began). | Nothing dated."'
    run(HEAD + ROW.replace(",Done,,", f",Done,,{update}"), "--publish")

    (finding,) = findings()
    assert finding.content["updates"] == [
        {"on": "2020-02-01", "text": "It began."},
        {"on": "", "text": "Nothing dated."},
    ]
    shown = page.get("scorecards.promise", lang="en", number=promises()[0].number)
    assert "It began." in shown
    assert shown.query('a[href="https://example.org/began"]')


def test_a_cycle_that_is_there_keeps_its_settings(run: Run, make: Builders) -> None:
    cycle = make.cycle("their-cycle", country="US", is_public=False)

    run(HEAD + ROW, "--publish")

    db.session.refresh(cycle)
    assert not cycle.is_public


def test_parties_are_told_apart_by_all_of_their_names(run: Run) -> None:
    names = ["Ένωση", "Σύνδεσμος", f"{'Union ' * 9}One", f"{'Union ' * 9}Two"]
    rows = [f"{at},We will.,T,{name},{name},,Done,,\n" for at, name in enumerate(names)]

    result = run(HEAD + "".join(rows))

    assert result.exit_code == 0
    assert [promise.party.names["en"] for promise in promises()] == names
    assert [promise.topic.names["en"] for promise in promises()] == names
    assert all(len(promise.party.code) <= 40 for promise in promises())


def test_a_line_of_json_may_hold_the_signs_that_break_lines_elsewhere(run: Run) -> None:
    cells = {"id": "1", "words": "We will\u2028build.", "who": "P", "status": "Done"}

    result = run(json.dumps(cells, ensure_ascii=False) + "\r\n", name="file.jsonl")

    assert result.exit_code == 0
    assert [promise.exact_words for promise in promises()] == [cells["words"]]
