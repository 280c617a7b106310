"""A month in a village without signal: everything arrives, each thing once."""

import pytest

from tests.journeys.field import Field, FieldPhone, picture, receipts

pytestmark = pytest.mark.browser


@pytest.fixture
def field(site):
    return Field(site)


@pytest.fixture
def phone(window, field):
    phone = FieldPhone(window, field)
    phone.installs()
    return phone


def test_three_reports_filed_without_a_network_arrive_once(field, phone):
    phone.loses_network()
    phone.opens()
    one, two, three = field.titles
    phone.files(one, photo=picture())
    phone.says_the_same(two)
    phone.files(three)
    phone.line_says("3 reports saved on this phone")

    phone.reopens()
    phone.line_says("3 reports saved on this phone")
    assert receipts(field) == 0

    phone.finds_network()
    phone.line_says("Everything is sent")
    assert receipts(field) == 3
    assert field.filed() == [(title, "submitted", 1) for title in field.titles]
    assert phone.kept("outbox") == [] == phone.kept("media")

    phone.reopens()
    phone.line_says("Everything is sent")
    assert receipts(field) == 3
