"""A sheet that is saved as a file leaves a step; one that is looked at leaves none."""

from mobilizer.audit.models import AuditEvent
from mobilizer.core.database import db
from tests.sheets.test_sheets import at, of_month, saved


def exports():
    told = db.select(AuditEvent).where(AuditEvent.verb == "sheet.export").order_by(AuditEvent.id)
    return [
        (one.by_id, one.subject_kind, one.subject_key, one.details)
        for one in db.session.scalars(told)
    ]


def test_a_workbook_that_is_taken_out_is_a_step(make, cycle, entry, page):
    cora = make.coordinator()
    page.sign_in(cora)

    page.get("progress.index", **of_month())
    saved(page, "sheets.month", **of_month(region="MK-POLOG"))
    page.get("sheets.show", **at(entry))
    saved(page, "sheets.one", **at(entry))

    month = {"month": "2026-10-01", "rows": 1}
    assert exports() == [
        (cora.id, "cycle", str(cycle.id), {**month, "only_region": "MK-POLOG"}),
        (cora.id, "assignment", entry.assignment_id, month),
    ]
    log = page.get("desk.audit")
    assert "saved as a file the filled matrix of" in log
    assert "Only the region: MK-POLOG" in log


def test_each_button_of_the_page_asks_for_its_own_region(make, entry, page):
    page.sign_in(make.coordinator())

    shown = page.get("progress.index", **of_month())

    to = page.address("sheets.month")
    asked = [
        form.attrs["action"].partition("?")[2] for form in shown.query(f"form[action^='{to}']")
    ]
    assert sorted(asked) == [
        "cycle=local&month=2026-10",
        "cycle=local&month=2026-10&region=MK-POLOG",
    ]


def test_what_is_refused_or_only_looked_at_leaves_no_step(make, entry, zana, page):
    page.sign_in(make.coordinator())
    page.get("sheets.show", **at(entry))
    page.get("sheets.one", expect=404, **at(entry))
    page.get("sheets.month", expect=404, **of_month())
    page.post("sheets.month", expect=404, **of_month(region="MK-NOWHERE"))
    page.post("sheets.month", token="forged", expect=409, **of_month())
    page.sign_in(zana)
    page.post("sheets.one", expect=403, **at(entry))

    assert exports() == []
