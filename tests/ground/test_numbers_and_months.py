"""Numbers nobody has so many of, and months nobody lives to see, in every address and form.

No database takes a number of thirty digits for a question, and no calendar a month after the last.
Whoever sends one is told that there is nothing of the kind, or what is wrong with it.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from mobilizer.core.numbers import LARGEST
from tests.ground.test_roles import enter, views
from tests.support.filled import DATA
from tests.support.page import Page, apart
from tests.support.world import NOBODY, World

HUGE = str(10**30)
NUMBERS = (HUGE, str(LARGEST), "-1")
MONTHS = ("9999-12", "0001-01", "10000-01", "2026-13", f"{HUGE}-01")
#: What stands behind the question mark of some page; no page minds what it does not know.
ASKED = ("page", "cycle", "region", "mobilizer", "month", "promise", "number", "held", "reply_to")
ASKED += ("topic", "of", "to", "about", "kind", "by", "who", "day", "first", "last", "as_of")
#: One of each kind of user: what they may open differs, what breaks does not depend on whose it is.
KINDS = (NOBODY, "mobilizer", "mentor", "coordinator", "administrator")


def odd_addresses(app: Flask, world: World, view: str) -> Iterator[str]:
    """The addresses of a view with each of their numbers and months in turn replaced."""
    adapter = app.url_map.bind("localhost")
    values = world.values(view)
    address = adapter.build(view, values)
    for name, value in values.items():
        odd = MONTHS if str(value)[:3] == "202" else NUMBERS if str(value).isdigit() else ()
        marked = adapter.build(view, {**values, name: value})
        if str(value) in marked:  # The first of some lists stands there without its number.
            yield from (replaced(marked, str(value), one) for one in odd)
    yield from (
        f"{address}?{'&'.join(f'{name}={one}' for name in ASKED)}" for one in (HUGE, "9999-12")
    )


def replaced(address: str, value: str, other: str) -> str:
    """An address with one of its parts replaced."""
    parts = [other if part == value else part for part in address.split("/")]
    odd = "/".join(parts)
    return odd if odd != address else address.replace(value, other)


def odd_forms(form: dict[str, str]) -> Iterator[dict[str, Any]]:
    """A form with all of its numbers, months and days too large or too early."""
    for number, month, day in (
        (HUGE, "9999-12", "9999-12-31"),
        ("-1", "0001-01", "0001-01-01"),
        (str(LARGEST + 1), f"{HUGE}-01", f"{HUGE}-01-01"),
    ):
        yield {
            name: number
            if text.isdigit()
            else (month, day)[len(text) > 7]
            if is_date(text)
            else text
            for name, text in form.items()
        }


def is_date(text: str) -> bool:
    return text[:2] == "20" and len(text) in (7, 10) and text[4] == "-"


def status(page: Page, address: str, form: dict[str, Any] | None = None) -> int:
    """What is answered. What the page says other tests read: that takes ten times as long."""
    method = "GET" if form is None else "POST"
    return apart(
        lambda: page.client.open(address, method=method, data=form, buffered=True).status_code
    )


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)  # the stricter of the two
@pytest.mark.parametrize("who", KINDS)
def test_no_number_and_no_month_of_an_address_breaks_a_page(
    app: Flask, page: Page, world: World, who: str
) -> None:
    enter(page, world, who)
    wrong = []
    for view in views("GET"):
        for address in odd_addresses(app, world, view):
            came = status(page, address)
            names_something = came == 200 and "?" not in address
            wrong += [f"{address}: {came}"] * (came >= 500 or names_something)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)  # the stricter of the two
@pytest.mark.parametrize("who", KINDS)
def test_no_number_and_no_month_of_a_form_breaks_anything(
    app: Flask, page: Page, world: World, who: str
) -> None:
    enter(page, world, who)
    token = page._token()
    wrong = []
    for view in views("POST"):
        address = page.address(view, **world.values(view))
        tries = [(address, form) for form in odd_forms(world.filled(DATA.get(view, {})))]
        tries += [(odd, {}) for odd in odd_addresses(app, world, view) if "?" not in odd]
        for where, form in tries:
            came = status(page, where, token | form)
            wrong += [f"{where} {form}: {came}"] * (came >= 500)
    assert not wrong, "\n".join(wrong)
