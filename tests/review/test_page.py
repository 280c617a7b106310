"""What the page of one report says."""

import pytest

from mobilizer.monitoring.rules.workflow import RevisionKind
from mobilizer.promises.rules import Unit


def test_indicators_of_yes_or_no_are_told_in_words(make, page):
    promise = make.promise(indicators=0)
    make.indicator(promise, unit=Unit.YES_NO, baseline="no", target="yes")
    make.indicator(promise, baseline="", target="40")
    entry = make.report(make.assignment(promise=promise))
    page.sign_in(entry.assignment.mentor)

    told = page.get("review.show", entry_id=entry.id).texts(".in-view li")

    assert ": No → Yes" in told[0]
    assert ": unknown → 40" in told[1]


def test_comments_on_what_several_indicators_ask_are_told_apart(make, page):
    one, two = (
        make.report(make.assignment(promise=make.promise(indicators=count))) for count in (1, 2)
    )
    page.sign_in(one.assignment.mentor)
    alone = page.get("review.show", entry_id=one.id).texts("label[for=comment_value_1]")
    assert alone == ["Comment on “Current value”"]

    page.sign_in(two.assignment.mentor)
    shown = page.get("review.show", entry_id=two.id)
    for position in (1, 2):
        (label,) = shown.texts(f"label[for=comment_value_{position}]")
        assert label == f"Comment on “Current value ({position})”"


@pytest.mark.parametrize("who", ["mentor", "coordinator", "mobilizer", "administrator"])
def test_the_page_on_the_steps_of_a_report_has_the_menu_of_who_reads_it(make, page, who):
    home = "/field/" if who == "mobilizer" else "/desk/"
    page.sign_in(getattr(make, who)())

    shown = page.get("review.how")

    menus = shown.query("nav")
    assert menus
    assert any(nav.query(f'a[href="{home}"]') for nav in menus)
    assert shown.query('a[href="/account/"]') or shown.query('form[action="/account/sign-out"]')


def test_what_could_not_be_found_out_is_not_told_as_changed(make, page):
    assignment = make.assignment()
    make.report(assignment, month="2026-10", state="approved", next_step="Ask again.")
    entry = make.entry(assignment, month="2026-11", state="submitted")
    make.revision(entry, kind=RevisionKind.NOT_FOUND_OUT, evidence=[], because="no_reply")
    page.sign_in(assignment.mentor)

    shown = page.get("review.show", entry_id=entry.id)

    assert shown.texts(".compare .was, .compare .changed") == []
    assert "Ask again." not in shown.texts(".compare")[0]
    assert "What was said in October 2026" in shown
    assert "Ask again." in shown.texts("[aria-labelledby=matrix] details dd")


def test_what_was_left_out_this_month_is_told_as_changed(make, page):
    assignment = make.assignment()
    make.report(assignment, month="2026-10", state="approved", next_step="Ask again.")
    entry = make.report(assignment, month="2026-11")
    page.sign_in(assignment.mentor)

    assert "Ask again." in page.get("review.show", entry_id=entry.id).texts(".changed .was")
