"""The first page of the desk: for each role its own."""

from mobilizer.monitoring.rules.workflow import EntryState


def test_each_role_finds_its_own_work(make, page):
    entry = make.report()
    assignment = entry.assignment
    make.report(state=EntryState.APPROVED, assignment=assignment, month=assignment.last_month)

    page.sign_in(assignment.mentor)
    assert "1 report to review" in page.get("desk.home")
    page.sign_in(make.coordinator())
    assert "Polog" in page.get("desk.home")
    page.get("desk.audit")
    page.sign_in(make.administrator())
    assert "open accounts" in page.get("desk.home")
