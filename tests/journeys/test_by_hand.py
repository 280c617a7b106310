"""What a phone cannot send is carried to the desk as a file, and nothing of it comes in twice."""

from io import BytesIO
from pathlib import Path

import pytest

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from tests.journeys.field import NOVEMBER, receipts
from tests.journeys.field_phone import picture
from tests.support.page import Page

pytestmark = pytest.mark.browser


@pytest.fixture
def coordinator(site, field):
    """Somebody at the desk of the same programme."""
    with clock.at(NOVEMBER), site.data() as make:
        cycle = db.session.scalars(db.select(Cycle)).one()
        return make.coordinator(cycle=cycle, sign_in_name="desk@field.example").id


def hand_in(site, who, file):
    """What the desk is told of a phone's file."""
    page = Page(site.app)
    with site.app.app_context(), clock.at(NOVEMBER):
        page.sign_in(db.session.get(User, who))
        told = page.post("parcels.take", data={"parcel": (BytesIO(file), "phone.zip")}, expect=200)
        return told.texts("tbody td")


def test_the_file_of_a_phone_is_taken_in_and_the_phone_finds_it_there(
    site, field, phone, coordinator
):
    phone.loses_network()
    phone.opens()
    phone.files(field.titles[0], photo=picture())
    phone.opens("/field/phone/en#/outbox")
    with phone.tab.expect_download() as saved:
        phone.taps("Save what is unsent as a file")
    file = Path(saved.value.path()).read_bytes()

    assert hand_in(site, coordinator, file) == ["Taken in"]
    assert field.arrived_once()
    assert hand_in(site, coordinator, file) == ["It was there already"]

    phone.finds_network()
    phone.line_says("Everything is sent")
    assert receipts(field) == 1
    assert field.arrived_once()
    assert phone.kept("outbox") == [] == phone.kept("media")
