"""What is typed and taken on the phone: kept while typing, small, and told of in the line."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.evidence.films import film
from tests.journeys.faults import portal
from tests.journeys.field import NOVEMBER
from tests.journeys.field_phone import FieldPhone, picture

pytestmark = pytest.mark.browser

HIDDEN = """() => {
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
LEFT = "dispatchEvent(new Event('pagehide'))"
#: A phone whose memory holds no whole photo, and one that can make none smaller.
NO_WHOLE = """() => {
  const decode = createImageBitmap;
  window.createImageBitmap = (file, how) => how?.resizeWidth
    ? decode(file, how) : Promise.reject(new DOMException("", "InvalidStateError"));
}"""
NOTHING = """() => {
  window.createImageBitmap = () => Promise.reject(new DOMException("", "InvalidStateError"));
}"""


def types_with_a_stopped_clock(phone, field):
    """The report is open, and time passes only where the test says so."""
    phone.opens(f"{field.address}/state")
    phone.tab.get_by_label("Reason for the rating").first.press("Control+End")
    phone.tab.clock.pause_at(NOVEMBER + timedelta(hours=1))


def keeps(phone, end):
    """Wait until the draft ends so: what is written to the phone is there a moment later."""
    phone.waits_for(
        lambda: [one["fields"]["rating_reason"][-3:] for one in phone.kept("drafts")] == [end]
    )


def test_who_types_without_a_pause_is_kept_all_the_same(field, phone):
    types_with_a_stopped_clock(phone, field)
    for key in "abcd":
        phone.tab.keyboard.type(key)
        phone.tab.clock.run_for(300)
    keeps(phone, "abc")


@pytest.mark.parametrize("event", [HIDDEN, LEFT], ids=["hidden", "left"])
def test_what_was_typed_is_kept_when_the_page_goes(field, phone, event):
    types_with_a_stopped_clock(phone, field)
    phone.tab.keyboard.type("xyz")
    assert phone.kept("drafts") == []
    phone.tab.evaluate(event)
    keeps(phone, "xyz")


def choose(phone, photo, name="IMG_1.jpg", kind="image/jpeg"):
    phone.tab.locator('input[name="photo"]').set_input_files(
        {"name": name, "mimeType": kind, "buffer": photo}
    )


def test_a_photo_too_large_for_the_memory_is_made_small_while_it_is_read(field, phone):
    phone.opens(f"{field.address}/evidence")
    phone.tab.evaluate(NO_WHOLE)
    phone.adds_photo(picture())
    sent = phone.bytes_of_photo()
    assert b"SecretPhoneMaker" not in sent
    with Image.open(BytesIO(sent)) as image:
        assert max(image.size) <= 1600


@pytest.mark.parametrize("kind", ["image/jpeg", "image/heic"])
def test_a_photo_that_cannot_be_redrawn_does_not_leave_the_phone(field, phone, kind):
    phone.opens(f"{field.address}/evidence")
    phone.tab.evaluate(NOTHING)
    choose(phone, picture(800, 600), kind=kind)
    phone.sees("This phone could not make the photo smaller.")
    assert phone.kept("media") == []


def test_heic_is_known_by_its_bytes_and_kept_as_it_is(field, phone):
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"x" * 100
    phone.opens(f"{field.address}/evidence")
    choose(phone, heic, name="IMG_1.jpg")
    expect(phone.tab.locator("#added li")).to_have_count(1)
    assert phone.bytes_of_photo() == heic


def test_a_photo_full_of_detail_gets_smaller_rather_than_stay_large(field, phone):
    file = BytesIO()
    Image.effect_noise((1600, 1600), 200).convert("RGB").save(file, "JPEG", quality=90)
    phone.opens(f"{field.address}/evidence")
    phone.adds_photo(file.getvalue())
    sent = phone.bytes_of_photo()
    with Image.open(BytesIO(sent)) as image:
        assert max(image.size) in (1280, 1024)


def test_an_ordinary_photo_keeps_1600_points(field, phone):
    file = BytesIO()
    Image.linear_gradient("L").resize((2400, 1800)).convert("RGB").save(file, "JPEG")
    phone.opens(f"{field.address}/evidence")
    phone.adds_photo(file.getvalue())
    with Image.open(BytesIO(phone.bytes_of_photo())) as image:
        assert max(image.size) == 1600


def test_the_line_counts_what_is_begun_and_says_sent_only_after_a_sending(field, phone):
    line = phone.tab.locator("#line")
    expect(line).to_have_text("")
    phone.opens(f"{field.address}/state")
    phone.types("Reason for the rating", "Begun.")
    phone.line_says("1 report begun on this phone")
    field.sign_out_everywhere()
    phone.window.expect("401")
    phone.sends()
    phone.line_says("1 report begun on this phone · you are not signed in: sign in to send")


def test_the_first_pack_fills_the_page_when_it_comes_late(site, field, window):
    phone = FieldPhone(window, field)
    phone.signs_in()

    def between(environ, ask):
        return portal(environ, ask) if environ["PATH_INFO"] == "/sync/pack" else ask()

    site.between = between
    phone.opens("/field/phone/en")
    phone.sees("Open this page once with a network")
    site.between = None
    phone.sends()
    expect(phone.card(field.titles[0])).to_be_visible()


@pytest.mark.parametrize("network", ["cellular", "wifi"])
def test_a_clip_goes_by_itself_only_where_it_costs_nothing(field, phone, network):
    phone.loses_network()
    phone.tab.context.add_init_script(
        f"Object.defineProperty(navigator, 'connection', {{ value: {{ type: '{network}' }} }})"
    )
    phone.opens(f"{field.address}/evidence")
    clip = {"name": "a.mp4", "mimeType": "video/mp4", "buffer": film()}
    phone.tab.locator('input[name="clip"]').set_input_files(clip)
    expect(phone.tab.locator("#added li")).to_have_count(1)
    phone.opens(f"{field.address}/state")
    phone.changes_the_state()
    phone.taps("Next")
    phone.taps("Send to mentor")
    phone.line_says("1 report saved on this phone")
    phone.finds_network()
    costs = network == "cellular"
    phone.line_says("Sent; clips wait for a network" if costs else "Everything is sent")
    assert len(phone.kept("media")) == costs
