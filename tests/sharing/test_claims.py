"""When a verdict is told to search engines: rarely, and never somebody else's."""

from datetime import date

import pytest

from mobilizer.scoring.rules import Rating
from mobilizer.sharing.rules.claims import Reading, Said, review, verdict_applies
from mobilizer.sharing.rules.embeds import WIDTH, code, within
from mobilizer.sharing.rules.sitemap import Entry, index, pages

OURS = Reading(date(2026, 5, 1), "")
THEIRS = Reading(date(2026, 5, 1), "another tracker")


@pytest.mark.parametrize("rating", Rating)
def test_only_a_verdict_is_a_review(rating: Rating) -> None:
    is_verdict = rating in (Rating.KEPT, Rating.PARTLY_KEPT, Rating.BROKEN)
    assert verdict_applies(rating, [OURS], invented=False) is is_verdict


def test_a_verdict_that_rests_on_another_tracker_is_none_of_ours() -> None:
    assert not verdict_applies(Rating.KEPT, [THEIRS], invented=False)
    assert not verdict_applies(Rating.KEPT, [OURS, THEIRS], invented=False)


def test_no_verdict_of_a_demonstration_is_told() -> None:
    assert not verdict_applies(Rating.KEPT, [OURS], invented=True)


def test_a_rating_without_a_finding_is_no_verdict() -> None:
    assert not verdict_applies(Rating.BROKEN, [], invented=False)


def test_a_review_tells_only_what_is_known() -> None:
    told = review(
        Said("We will.", "Bridge Party", "", None),
        Rating.PARTLY_KEPT,
        "Partly kept",
        date(2026, 5, 1),
        address="https://here.example/en/promises/1",
        site="https://here.example",
        language="en",
    )
    assert told["reviewRating"]["ratingValue"] == 0.5
    assert told["itemReviewed"] == {
        "@type": "Claim",
        "author": {"@type": "Organization", "name": "Bridge Party"},
        "text": "We will.",
    }


def test_a_frame_is_never_larger_than_was_asked_for() -> None:
    assert within(None, WIDTH) == 600
    assert within(300, WIDTH) == 300
    assert within(9000, WIDTH) == 600
    assert within(-1, WIDTH) == 600


def test_the_code_of_a_frame_cannot_be_broken_out_of() -> None:
    written = code('https://here.example/?a="&b', '"><script>alert(1)</script>', 500)
    assert "<script>" not in written
    assert written.count('"') == 2 * written.count('="')


def test_the_code_of_a_frame_is_as_wide_as_there_is_room_and_brings_no_style() -> None:
    """A careful page's policy refuses styles that stand in it."""
    written = code("https://here.example/", "Health", 640)
    assert 'width="100%" height="640" frameborder="0"' in written
    assert "style" not in written


def test_a_sitemap_tells_every_page_in_every_language_with_the_others_beside_it() -> None:
    named = {"en": "https://here.example/en/?a=1&b=2", "sr-Latn": "https://here.example/sr/"}
    told = pages([Entry(named, "https://here.example/", date(2026, 5, 1))])
    assert told.count("<url>") == 2
    assert told.count("<loc>https://here.example/en/?a=1&amp;b=2</loc>") == 1
    assert told.count('hreflang="sr-Latn"') == told.count('hreflang="x-default"') == 2
    assert told.count("<lastmod>2026-05-01</lastmod>") == 2


def test_an_index_names_its_parts() -> None:
    assert index(["https://here.example/a.xml"]).count("<sitemap>") == 1
