"""A body reads all that the public reads of a finding, or will, and sees its photos."""

import pytest

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.monitoring.rules.workflow import EntryState
from tests.support.days import over

WHY = "The money came later."
CAPTION = "The bridge"


@pytest.fixture
def entry(make):
    """A report that waits, with a photo that may be shown."""
    entry = make.entry(state=EntryState.SUBMITTED)
    make.photo(entry, has_consent=True, caption=CAPTION)
    make.revision(
        entry, "stalled", value_1="10", stagnation_other="No money.", contradiction_reason=WHY
    )
    return entry


def words(shown, selector):
    return " ".join(shown.texts(selector)[0].split())


@pytest.mark.parametrize("is_out", [False, True])
def test_it_reads_what_the_public_reads(make, page, work, entry, is_out):
    held = make.held(entry)
    link, token = make.reply_link(held, days=60)
    with clock.at(over(10)):
        if is_out:
            work()
        theirs = words(page.get("reply.answer", secret=token), "main .card")
        public = page.get("scorecards.promise", lang="en", number=link.promise.number)

    assert all(said in theirs for said in (WHY, CAPTION, "The whole report", "No money."))
    if is_out:
        assert words(public, f"#finding-{held.finding_number} dl") in theirs


def test_the_moderator_reads_it_beside_the_reply(make, page, entry):
    reply = make.reply(make.held(entry))
    page.sign_in(make.coordinator())

    shown = page.get("replies.show", reply_id=reply.id)

    assert WHY in shown
    assert CAPTION in shown


def test_its_photos_are_shown_to_the_holder_of_its_link_alone(make, page, entry):
    (piece,) = entry.evidence
    _, token = make.reply_link(make.held(entry))
    _, other = make.reply_link(make.held())
    named = {"sha256": piece.media_sha256, "width": piece.media.widths[0], "ending": "jpg"}

    def status(view, **given):
        return page.client.get(page.address(view, **named, **given)).status_code

    assert f"/{token}/{piece.media_sha256}-" in page.get("reply.answer", secret=token).source
    assert status("reply.photo", secret=token) == 200
    assert status("reply.photo", secret=other) == 404
    assert status("reply.photo", secret="never-made") == 404
    assert status("open.photo") == 404

    # What was taken back may have been so for its photo.
    entry.state = EntryState.RETURNED
    db.session.commit()
    assert status("reply.photo", secret=token) == 404
    assert piece.media_sha256 not in page.get("reply.answer", secret=token).source
