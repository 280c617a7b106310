"""Addresses without a language."""

from tests.support.page import Page


def test_the_sign_of_the_site_is_where_old_programs_look(page: Page) -> None:
    assert "/icons/favicon.svg" in (page.get("/favicon.ico", expect=302).location or "")
