"""Addresses without a language."""

from tests.support.page import Page


def test_robots_may_read_what_is_public_and_nothing_else(page: Page) -> None:
    told, sitemap = page.get("/robots.txt").text.split(" Sitemap: ")
    agent, *closed = told.split(" Disallow: ")
    assert agent == "User-agent: *"
    assert set(closed) == {"/account", "/desk", "/field", "/sync"}
    assert sitemap == "http://localhost/sitemap.xml"


def test_the_sign_of_the_site_is_where_old_programs_look(page: Page) -> None:
    assert "/icons/favicon.svg" in (page.get("/favicon.ico", expect=302).location or "")
