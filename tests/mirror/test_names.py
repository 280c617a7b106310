"""What an address is called as a file, and how pages are written anew: pure rules."""

import posixpath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.mirror.rules.addresses import file_of, is_closed, relative
from mobilizer.mirror.rules.markup import links, pointed

STEPS = st.lists(st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("address", "mimetype", "file"),
    [
        ("/sq/", "text/html", "sq/index.html"),
        ("/sq/topics/", "text/html", "sq/topics/index.html"),
        ("/sq/topics/roads", "text/html", "sq/topics/roads.html"),
        ("/sq/topics/roads?page=2&cycle=x", "text/html", "sq/topics/roads~cycle=x~page=2.html"),
        ("/sq/corrections.atom", "application/atom+xml", "sq/corrections.atom"),
        ("/api/v1/promises/7", "application/json", "api/v1/promises/7.json"),
        ("/api/v1/promises.csv?page=2", "text/csv", "api/v1/promises~page=2.csv"),
        ("/static/mobilizer.css?v=ab12", "text/css", "static/mobilizer~v=ab12.css"),
        ("/", "text/html", "index.html"),
    ],
)
def test_a_file_is_called_as_its_address(address: str, mimetype: str, file: str) -> None:
    assert file_of(address, mimetype) == file


def test_no_address_leads_out_of_the_folder_or_to_a_name_that_cannot_be_written() -> None:
    for address in ("/../../etc/passwd", "/sq/%2e%2e/x", "/sq/a%3Ab", "/sq/ц", "/sq/" + "a" * 300):
        steps = file_of(address, "text/html").split("/")
        assert ".." not in steps
        assert all(step.isascii() and len(step) < 160 and ":" not in step for step in steps)


def test_a_value_that_cannot_be_written_is_told_from_another_one() -> None:
    assert file_of("/sq/?cycle=a/b", "text/html") != file_of("/sq/?cycle=a:b", "text/html")


@given(STEPS, STEPS)
def test_a_relative_address_leads_from_one_file_to_the_other(
    one: list[str], two: list[str]
) -> None:
    here, there = "/".join(one) + ".html", "/".join(two) + "~page=2.html"
    pointing = unquote(relative(here, there))
    assert posixpath.normpath(posixpath.join(posixpath.dirname(here), pointing)) == there


def test_what_is_typed_or_chosen_has_no_end_and_is_left_out() -> None:
    assert is_closed("/sq/promises/?page=2&cycle=x")
    assert not is_closed("/sq/promises/?q=school")
    assert not is_closed("/sq/promises/?page=2&topic=roads")
    assert is_closed("/sq/data/check?by=topic&cycle=x&key=roads")
    for asked in ("as_of=2026-10-31", "one=topic:a", "before=40", "lang=mk", "key=a&q=b"):
        assert not is_closed(f"/sq/data/check?{asked}")


PAGE = """<!doctype html><html lang="sq"><head><script type="module" src="/static/a.js"></script>
<link rel="stylesheet" href="/static/m.css?v=1"></head><body><main id="content">
<p title='5 < 6 & "so"'>a &amp; b &#34;c&#34; <a href="/sq/x?a=1&amp;b=2" hidden>x</a><br>
<img src="/media/a.jpg" srcset="/media/a.jpg 400w, /media/b.jpg 800w"><!-- no -->
</main></body></html>
"""


def test_every_link_of_a_page_is_found_but_those_to_scripts() -> None:
    assert links(PAGE) == [
        "/static/m.css?v=1",
        "/sq/x?a=1&b=2",
        "/media/a.jpg",
        "/media/a.jpg",
        "/media/b.jpg",
    ]


def test_only_addresses_are_replaced_and_scripts_in_files_left_out() -> None:
    written = pointed(PAGE, lambda address: f"new?{address[1:3]}&z", str)
    assert written == PAGE.replace(
        '<script type="module" src="/static/a.js"></script>', ""
    ).replace("/static/m.css?v=1", "new?st&amp;z").replace(
        "/sq/x?a=1&amp;b=2", "new?sq&amp;z"
    ).replace("/media/a.jpg", "new?me&amp;z").replace("/media/b.jpg", "new?me&amp;z")


def test_a_note_stands_before_the_content() -> None:
    assert '<p>Copy</p><main id="content">' in pointed(PAGE, str, str, "<p>Copy</p>")


def test_nothing_that_somebody_typed_becomes_a_tag() -> None:
    typed = '<p>&lt;a href=&#34;/x&#34;&gt; "/y" <a href="/z&quot;&gt;&lt;script&gt;">z</a></p>'
    assert links(typed) == ['/z"><script>']
    assert pointed(typed, str, str) == typed.replace("&quot;", "&quot;")


def test_a_form_is_sent_to_the_site_for_no_file_answers_what_is_typed() -> None:
    page = '<form action="/en/topics/"><a href="/en/topics/"></a></form>'
    written = pointed(page, lambda _: "index.html", lambda to: f"https://site.example{to}")
    assert 'action="https://site.example/en/topics/"' in written
    assert 'href="index.html"' in written
