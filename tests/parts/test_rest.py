"""Words, evidence, lists, layouts and failures, as pages use them."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from mobilizer.accounts.models import User
from mobilizer.core.pages import Page
from mobilizer.core.words import Word
from mobilizer.evidence.models import Media
from mobilizer.scoring.rules import Rating
from tests.support.html import faults, text

WORDS = '{% from "parts/text.html" import badge, day, empty, month, notice, quote, said %}'
EVIDENCE = '{% from "parts/evidence.html" import clip, photo, video, weblink %}'
LISTS = '{% from "parts/lists.html" import compared, comparison, crumbs, pager, tabs, timeline %}'
MENU = '{% from "parts/menu.html" import entry, language_switch %}'
MEDIA = Media(width=640, height=480, has_webp=True, duration=900)


class State(Word):
    RETURNED = "returned", "Returned for changes"


def body(page):
    """All that is said."""
    return text(page.query("body")[0])


def test_content_in_another_language_says_so_and_is_marked(render):
    page = render(WORDS + "{{ said(names) }}", names={"sq": "Arsimi"})

    assert body(page) == "Arsimi (in Albanian)"
    assert page.query("span")[0].attrs["lang"] == "sq"


def test_content_in_the_pages_language_stands_plain(render):
    page = render(WORDS + "{{ said(names) }}", names={"sq": "Arsimi", "en": "Education"})

    assert body(page) == "Education"
    assert not page.query("span")


def test_serbian_is_marked_as_latin(render):
    page = render(WORDS + '{{ quote("Završićemo put.", "sr") }}')

    assert page.query("blockquote")[0].attrs["lang"] == "sr-Latn"


def test_days_and_months_are_told_in_words_and_in_a_form_machines_read(render):
    page = render(WORDS + "{{ day(d) }} · {{ month(d) }}{{ day(none) }}", d=date(2026, 11, 21))

    assert body(page) == "21 November 2026 · November 2026"
    assert [time.attrs["datetime"] for time in page.query("time")] == ["2026-11-21", "2026-11"]


def test_a_state_is_a_word_with_a_look(render):
    page = render(WORDS + "{{ badge(state) }}", state=State.RETURNED)

    assert page.query(".badge.returned")
    assert body(page) == "Returned for changes"


@pytest.mark.parametrize(
    ("tone", "role"), [("ok", "status"), ("warning", "status"), ("error", "alert")]
)
def test_a_notice_is_read_out(render, tone, role):
    page = render(WORDS + '{{ notice("Sent.", tone) }}', tone=tone)

    assert page.query(f'.notice.{tone}[role="{role}"]')
    assert body(page) == "Sent."


def test_an_empty_place_says_what_will_stand_there_and_what_to_do(render):
    page = render(
        WORDS
        + '{{ empty("No promises yet", "They will stand here.", url="/x", action="Log one") }}'
    )

    assert body(page) == "No promises yet They will stand here. Log one"
    assert page.query('a.button[href="/x"]')


def test_what_people_wrote_is_never_taken_for_html(render):
    bad = '<script>alert(1)</script>"onclick="x'
    page = render(
        WORDS + EVIDENCE + "{{ said({'en': bad}) }}{{ notice(bad) }}{{ quote(bad, 'en') }}"
        "{{ video(link, bad) }}{{ photo('open.photo', media, alt=bad, caption=bad, sha256='a') }}"
        "{{ clip('open.clip', 'open.photo', media, caption=bad, sha256='a') }}",
        bad=bad,
        media=MEDIA,
        link=SimpleNamespace(url=bad, host=bad, embed_url=bad),
    )

    assert not page.query("script")
    assert not page.query("[onclick]")


def test_a_video_is_a_plain_link_that_fetches_nothing(render):
    link = SimpleNamespace(
        url="https://www.youtube.com/watch?v=abc",
        host="youtube.com",
        embed_url="https://www.youtube-nocookie.com/embed/abc",
    )
    page = render(EVIDENCE + '{{ video(link, "At the turn") }}', link=link)
    (face,) = page.query("a")

    assert not page.query("iframe, img, video, script")
    assert face.attrs["href"] == link.url
    assert face.attrs["data-embed"] == link.embed_url
    assert set(face.attrs["rel"].split()) == {"noopener", "noreferrer", "nofollow"}
    assert body(page) == "At the turn Loads from youtube.com when you tap"


def test_a_video_that_cannot_be_played_here_says_where_it_opens(render):
    link = SimpleNamespace(url="https://fb.watch/x", host="facebook.com", embed_url=None)
    page = render(EVIDENCE + "{{ video(link) }}", link=link)

    assert "data-embed" not in page.query("a")[0].attrs
    assert body(page) == "Video Opens at facebook.com"


def test_a_photo_keeps_its_room_and_has_words(render):
    page = render(
        EVIDENCE + '{{ photo("open.photo", media, caption="Site board", sha256="a") }}', media=MEDIA
    )
    (image,) = page.query("img")

    assert (image.attrs["width"], image.attrs["height"]) == ("640", "480")
    assert image.attrs["alt"] == "Site board"


def test_a_pager_keeps_the_filters_and_has_no_way_beyond_its_ends(render):
    source = LISTS + "{{ pager(page) }}"
    middle = render(source, "/en/promises?topic=a&topic=b&page=2", page=Page([], 2, 25, 60))
    last = render(source, "/en/promises?page=3", page=Page([], 3, 25, 60))

    assert [link.attrs["href"] for link in middle.query("a")] == [
        "/en/promises?topic=a&topic=b&page=1",
        "/en/promises?topic=a&topic=b&page=3",
    ]
    assert [link.attrs["rel"] for link in last.query("a")] == ["prev"]
    assert body(render(source, page=Page([], 1, 25, 25))) == ""


def test_a_comparison_marks_what_changed_in_words(render):
    page = render(
        LISTS + '{% call comparison("October", "November") %}'
        '{{ compared("Value", "19", "21") }}{{ compared("Source", "Visit", "Visit") }}{% endcall %}'
    )

    assert [text(row) for row in page.query("tr.changed")] == ["Value 19 21 (changed)"]


def test_history_is_coloured_by_rating_where_there_is_one(render):
    items = [SimpleNamespace(rating=Rating.STALLED), SimpleNamespace(rating=None)]
    page = render(LISTS + "{% call(item) timeline(items) %}x{% endcall %}", items=items)

    assert [item.attrs.get("class") for item in page.query("li")] == ["is-stalled", None]


def test_tabs_and_crumbs_say_where_one_is(render):
    page = render(
        LISTS + '{{ crumbs([("Topics", "/t")]) }}'
        '{{ tabs([("All", "/a", True, 174), ("Kept", "/k", False, none)], "Views") }}'
    )

    assert text(page.query('[aria-current="page"]')[0]) == "All 174"
    assert len(page.query("nav[aria-label]")) == 2


@pytest.mark.parametrize("status", [403, 404, 409, 413, 429])
def test_failures_have_pages_that_need_no_session_and_no_database(templates, status):
    with templates.test_request_context("/en/nowhere"):
        source = templates.jinja_env.get_template(f"errors/{status}.html").render()

    assert faults(source) == []
    assert f"Error {status}" in source


@pytest.mark.parametrize("language", ["en", "sq", "mk", "sr"])
def test_the_page_of_a_crash_is_a_plain_file_in_every_language(templates, language):
    source = Path(templates.static_folder, f"errors/500.{language}.html").read_text("utf-8")

    assert faults(source) == []
    assert f'lang="{language}' in source
    assert "{" not in source


def test_the_stylesheet_is_one_small_file_kept_for_good(templates):
    visitor = templates.test_client()
    with templates.test_request_context("/en/"):
        address = templates.jinja_env.globals["stylesheet_address"]()
    answer = visitor.get(address, headers={"Accept-Encoding": "gzip"})

    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert len(answer.data) < 12_000
    assert b"@layer tokens" in visitor.get(address).data
    again = visitor.get("/static/mobilizer.css", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code in (200, 304)
    assert "immutable" not in again.headers["Cache-Control"]


def test_the_same_page_in_another_language_keeps_path_and_filters(render):
    source = MENU + "{{ language_switch() }}"

    public = render(source, path="/en/promises/?topic=a")
    elsewhere = render(source, path="/account/sign-in?next=/field/&lang=mk")

    assert public.query('[hreflang="sq"]')[0].attrs["href"] == "/sq/promises/?topic=a"
    assert public.query("[aria-current]")[0].attrs["lang"] == "en"
    assert (
        elsewhere.query('[hreflang="sr-Latn"]')[0].attrs["href"]
        == "/account/sign-in?next=%2Ffield%2F&lang=sr"
    )


@pytest.mark.parametrize(
    ("path", "section", "current"),
    [
        ("/desk/cycles/", "", "page"),
        ("/desk/cycles/new", "", "true"),
        ("/desk/people/", "", None),
        ("/desk/people/", "cycles.index", "true"),
    ],
)
def test_a_menu_shows_under_which_entry_a_page_stands(render, monkeypatch, path, section, current):
    monkeypatch.setattr(User, "may", lambda *_: True)
    page = render(
        MENU + '<ul>{{ entry("cycles.index", "x", section) }}</ul>',
        path,
        person=User(),
        section=section,
    )

    assert page.query("a")[0].attrs.get("aria-current") == current


def test_a_menu_hides_what_one_may_not_open_or_what_is_not_there(render):
    source = MENU + '<ul>{{ entry(endpoint, "x", values=values) }}</ul>'

    assert not render(source, "/desk/", endpoint="cycles.index", values={}).query("a")
    assert not render(source, "/en/", endpoint="nothing.here", values={}).query("a")
    public = render(source, "/en/", endpoint="scorecards.topics", values={"lang": "sq"})
    assert public.query('a[href="/sq/topics/"]')
