"""A number in an address is written in one way: of other digits, signs and noughts there is no end.

Each would be a page of its own to whoever keeps pages, ours and all that stand between.
"""

from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import quote
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound
from werkzeug.routing import AnyConverter, BaseConverter, RequestRedirect, UUIDConverter

from mobilizer.core.numbers import LARGEST, Number, in_address
from mobilizer.core.policy import ANYONE, PUBLIC, declared
from tests.ground.test_numbers_and_months import replaced
from tests.ground.test_roles import views
from tests.support.page import Page, apart
from tests.support.world import World

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def odd(number: str) -> Iterator[str]:
    """Other ways in which a number could be written."""
    yield from (f"0{number}", f"00{number}", f"+{number}", f"-{number}", f"{number}.0")
    yield from (f" {number}", f"{number} ", f"{number}\n", f"{number[0]}_{number}")
    yield from (number.translate(ARABIC), number.replace(number[0], chr(0xFF10 + int(number[0]))))


def some(converter: BaseConverter) -> object:
    """Something that may stand in a part of an address, without the digit 7."""
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    known = {Number: 7, UUIDConverter: UUID(int=1)}
    return known.get(type(converter), "x")


def test_no_address_with_a_number_takes_it_written_otherwise(app: Flask) -> None:
    """Of all views, whoever may open them; a part beside it may take what the number does not."""
    addresses, tried = app.url_map.bind("localhost"), 0
    for rule in app.url_map.iter_rules():
        values = {name: some(one) for name, one in rule._converters.items()}
        if 7 not in values.values():
            continue
        method = min(rule.methods - {"HEAD", "OPTIONS"})
        address = addresses.build(rule.endpoint, values, method=method)
        assert addresses.match(address, method)[1] == values
        for one in odd("7"):
            tried += 1
            with suppress(NotFound, RequestRedirect):
                assert addresses.match(address.replace("7", one), method)[1] != values, address
    assert tried > 400


def test_no_public_page_answers_to_a_number_written_otherwise(page: Page, world: World) -> None:
    """Also where a part may be a code as well: frames, pictures, feeds, who follows and asks."""
    tried, wrong = 0, []
    for view in views("GET"):
        if declared(page.app.view_functions[view]) not in (PUBLIC, ANYONE):
            continue
        values = world.values(view)
        for address in odd_addresses(page, view, values):
            tried += 1
            came = apart(lambda address=address: page.client.get(address).status_code)
            wrong += [f"{address}: {came}"] * (came != 404)
    assert not wrong, "\n".join(wrong)
    assert tried > 80


def odd_addresses(page: Page, view: str, values: dict[str, object]) -> Iterator[str]:
    for value in map(str, values.values()):
        address = page.address(view, **values)
        if value.isdigit() and value in address:  # The first of some lists stands without it.
            for one in odd(value):
                yield replaced(address, value, quote(one))


@pytest.mark.parametrize("part", ["7", "1", "10", str(LARGEST)])
def test_a_number_that_may_be_a_code_as_well_is_read_in_one_way(part: str) -> None:
    assert in_address(part) == int(part)
    assert not [one for one in odd(part) if in_address(one) is not None]


@pytest.mark.parametrize("part", ["0", "", "x", "²", str(LARGEST + 1), "9" * 5000])
def test_what_is_no_number_of_a_record_is_none(part: str) -> None:
    assert in_address(part) is None
