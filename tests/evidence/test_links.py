"""Links as evidence: recognised, reduced to one form, free of what follows people."""

from urllib.parse import urlsplit

import pytest

from mobilizer.core.errors import RuleBroken
from mobilizer.evidence.rules.links import EvidenceKind, Link, Provider, recognise
from mobilizer.evidence.rules.videos import EMBED_HOSTS
from tests.evidence.others import LINKS, REFUSED
from tests.evidence.videos import VIDEOS, YOUTUBE, YT

VIDEO_ROWS = [(provider, *row) for provider, rows in VIDEOS.items() for row in rows]

# --- what is recognised


def test_the_corpus_is_large_enough():
    assert len(VIDEO_ROWS) + len(LINKS) + len(REFUSED) >= 120


@pytest.mark.parametrize(("provider", "pasted", "kept"), VIDEO_ROWS)
def test_a_video_is_recognised_and_reduced_to_one_form(provider, pasted, kept):
    link = recognise(pasted)

    assert link.url == kept
    assert link.kind is EvidenceKind.VIDEO
    assert link.provider is Provider(provider)
    assert recognise(link.url) == link


@pytest.mark.parametrize(("pasted", "kept"), LINKS)
def test_another_link_is_kept_as_a_web_link(pasted, kept):
    link = recognise(pasted)

    assert link.url == kept
    assert (link.kind, link.provider) == (EvidenceKind.LINK, None)
    assert (link.video_id, link.embed_url) == (None, None)
    assert recognise(link.url) == link


@pytest.mark.parametrize(("typed", "reason"), REFUSED)
def test_everything_else_is_refused_beside_the_field_with_its_reason(typed, reason):
    with pytest.raises(RuleBroken) as refusal:
        recognise(typed)

    assert refusal.value.field == "url"
    assert reason in str(refusal.value)


def test_the_same_video_from_everywhere_is_one():
    plain = {recognise(pasted).url for pasted, kept in YOUTUBE if "t=" not in kept}

    assert plain == {f"https://www.youtube.com/watch?v={YT}"}


def test_an_address_may_have_two_thousand_characters_and_no_more():
    fitting = "https://vlada.mk/" + "a" * (2000 - len("https://vlada.mk/"))

    assert recognise(fitting).url == fitting
    with pytest.raises(RuleBroken):
        recognise(fitting + "a")


def test_what_follows_people_is_dropped_however_long_it_is():
    short = recognise("https://vlada.mk/?id=5&fbclid=" + "a" * 1900)

    assert short.url == "https://vlada.mk/?id=5"


# --- what is shown and played

FB_VIDEO = "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com"
FB_POST = "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com"


@pytest.mark.parametrize(
    ("pasted", "video_id", "embed_url"),
    [
        (f"youtu.be/{YT}?t=5", YT, f"https://www.youtube-nocookie.com/embed/{YT}?start=5"),
        (f"youtu.be/{YT}", YT, f"https://www.youtube-nocookie.com/embed/{YT}"),
        (
            "https://vimeo.com/76979871/8272103f6e#t=5",
            "76979871",
            "https://player.vimeo.com/video/76979871?dnt=1&h=8272103f6e#t=5s",
        ),
        (
            "https://fb.com/watch?v=10153231379946729",
            "10153231379946729",
            f"{FB_VIDEO}%2Fwatch%2F%3Fv%3D10153231379946729&show_text=false",
        ),
        (
            "https://fb.com/a/posts/451016937058647",
            "451016937058647",
            f"{FB_POST}%2Fa%2Fposts%2F451016937058647%2F&show_text=false",
        ),
        (
            "https://www.facebook.com/reel/123456789012345",
            "123456789012345",
            f"{FB_VIDEO}%2Freel%2F123456789012345%2F&show_text=false",
        ),
        ("https://fb.watch/3zYsXdnxjf/", "3zYsXdnxjf", None),
        ("https://www.facebook.com/share/v/1AbCdEfGhI/", "1AbCdEfGhI", None),
        (
            "https://www.instagram.com/reels/CxYz12AbCdE/",
            "CxYz12AbCdE",
            "https://www.instagram.com/reel/CxYz12AbCdE/embed/",
        ),
        ("https://www.instagram.com/share/reel/BAxYz12AbC", "BAxYz12AbC", None),
        (
            "https://www.tiktok.com/@a/video/7106594312292453675",
            "7106594312292453675",
            "https://www.tiktok.com/player/v1/7106594312292453675",
        ),
        ("https://vm.tiktok.com/ZMNnX3abc/", "ZMNnX3abc", None),
        (
            "https://x.com/a/status/1460323737035677698",
            "1460323737035677698",
            "https://platform.twitter.com/embed/Tweet.html?id=1460323737035677698&dnt=true",
        ),
        ("https://example.mk/v.mp4", None, "https://example.mk/v.mp4"),
        ("http://example.mk/v.mp4", None, None),
    ],
)
def test_a_tap_loads_the_providers_own_player_with_least_following(pasted, video_id, embed_url):
    link = recognise(pasted)

    assert (link.video_id, link.embed_url) == (video_id, embed_url)


@pytest.mark.parametrize(("provider", "pasted", "kept"), VIDEO_ROWS)
def test_a_player_is_on_a_site_the_security_policy_names(provider, pasted, kept):
    link = recognise(pasted)

    if link.embed_url and link.provider is not Provider.FILE:
        assert urlsplit(link.embed_url).hostname in EMBED_HOSTS
        assert link.embed_url.startswith("https://")


@pytest.mark.parametrize(
    ("pasted", "host"),
    [
        ("https://Vlada.MK/", "vlada.mk"),
        ("https://škola.rs/", "škola.rs"),
        ("https://xn--kola-f6a.rs/", "škola.rs"),
        ("https://Shkollë.al/", "shkollë.al"),
        ("https://школа.мкд/", "школа.мкд"),
        ("https://школа.mk/", "xn--80atdl2c.mk"),  # Cyrillic under a Latin ending
        ("https://аррӏе.com/", "xn--80ak6aa92e.com"),  # looks like apple
        ("https://fаcebook.com/", "xn--fcebook-2fg.com"),  # one Cyrillic letter
        ("https://paypaƖ.com/", "xn--paypa-8nc.com"),
        (f"youtu.be/{YT}", "www.youtube.com"),
    ],
)
def test_letters_that_look_alike_never_make_one_site_look_like_another(pasted, host):
    assert recognise(pasted).host == host


def test_a_link_is_a_plain_value():
    assert recognise(f"youtu.be/{YT}") == Link(
        kind=EvidenceKind.VIDEO,
        provider=Provider.YOUTUBE,
        url=f"https://www.youtube.com/watch?v={YT}",
        video_id=YT,
        embed_url=f"https://www.youtube-nocookie.com/embed/{YT}",
        host="www.youtube.com",
    )
    assert [kind.value for kind in EvidenceKind] == [
        "video",
        "link",
        "photo",
        "document",
        "request",
    ]
