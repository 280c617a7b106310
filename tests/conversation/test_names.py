"""Who speaks is named to the mobilizer, but never by what she signs in with."""

from mobilizer.core import clock
from mobilizer.core.database import db
from tests.support.world import NOVEMBER


def test_a_mobilizer_never_reads_what_somebody_of_the_desk_signs_in_with(make, page):
    with clock.at(NOVEMBER):
        nobody = make.coordinator(full_name="", alias="")
        her = make.mobilizer(mentor=make.mentor(full_name="", alias=""))
        entry = make.report(make.assignment(her), month="2026-11", state="returned")
        asked = make.comment(entry, "evidence", "Who said so?", author=nobody)
        make.comment(
            entry, "", "Well done.", author=nobody, resolved_at=clock.now(), resolved_by=nobody
        )
        db.session.commit()
        month = {"assignment_id": entry.assignment_id, "month": "2026-11"}
        page.sign_in(her)
        shown = [
            page.get("monitoring.show", **month),
            page.get("monitoring.screen", screen="evidence", **month),
            page.get("conversation.show", entry_id=entry.id),
            page.get("conversation.show", entry_id=entry.id, reply_to=asked.id),
            page.get("conversation.mine"),
        ]
        own = page.get("accounts.own")

        assert all("Somebody in the programme" in one for one in shown)
        assert not any("promises.example" in one.source for one in shown)
        assert her.postings[0].mentor.sign_in_name not in own.source
        page.sign_in(entry.assignment.mentor)
        assert nobody.sign_in_name in page.get("conversation.show", entry_id=entry.id)
