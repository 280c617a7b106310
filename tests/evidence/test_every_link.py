"""What holds for every link, whatever is pasted."""

from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from mobilizer.core.errors import RuleBroken
from mobilizer.evidence.rules.links import recognise
from tests.evidence.videos import YT

#: The sites of one owner: the only ones a canonical form may move between.
HOUSES = [
    {"youtube.com", "youtu.be", "youtube-nocookie.com"},
    {"vimeo.com"},
    {"facebook.com", "fb.com", "fb.watch"},
    {"instagram.com", "instagr.am"},
    {"tiktok.com"},
    {"x.com", "twitter.com"},
]

#: Names that must never survive, listed apart from the rule's own list.
FOLLOWING = ["utm_source", "utm_id", "fbclid", "gclid", "msclkid", "igsh", "igshid", "si", "mc_eid"]


def owner(host):
    """The house a site belongs to; the site itself where it is nobody's we know."""
    plain = host.lower().removesuffix(".")
    ending = ".".join(plain.split(".")[-2:])
    return next((index for index, house in enumerate(HOUSES) if ending in house), plain)


hosts = st.sampled_from(
    [
        "www.youtube.com",
        "YouTu.be",
        "vimeo.com",
        "m.facebook.com",
        "fb.watch",
        "www.instagram.com",
        "www.tiktok.com",
        "vm.tiktok.com",
        "twitter.com",
        "vlada.mk",
        "школа.мкд",
        "youtube.com.evil.mk",
        "l.facebook.com",
        "evil.mk.",
    ]
)
paths = st.sampled_from(
    [
        "/watch",
        f"/{YT}",
        f"/shorts/{YT}",
        "/76979871/8272103f6e",
        "/watch/",
        "/a/videos/10153231379946729/",
        "/story.php",
        "/permalink.php",
        "/reel/CxYz12AbCdE/",
        "/@a/video/7106594312292453675",
        "/i/status/1460323737035677698",
        "/plugins/video.php",
        "/l.php",
        "/v.mp4",
        "",
    ]
) | st.text(max_size=12).map("/".__add__)
nested = st.sampled_from(
    [
        "https%3A%2F%2Fvlada.mk%2F%3Ffbclid%3Da%26id%3D2",
        "https%3A%2F%2Fwww.facebook.com%2Freel%2F123456789012345",
        "http://evil.mk/?utm_source=b",
        YT,
        "10153231379946729",
        "1m2s",
        "https://a.mk/?u=https://b.mk/?si=1",
    ]
)
names = st.sampled_from(["v", "t", "u", "href", "id", "story_fbid", "h", "q", *FOLLOWING])
pieces = st.tuples(names, nested | st.text(max_size=6)).map("=".join)
parts = st.tuples(
    st.sampled_from(["https://", "http://", "HTTPS://", ""]),
    hosts,
    paths,
    st.lists(pieces, max_size=5).map("&".join).map("?".__add__),
    st.sampled_from(["", "#t=90", "#kraj", "#utm_source=x", "#a=1&fbclid=2"]),
)
built = parts.map("".join)
mangled = st.builds(
    lambda text, at, more: text[:at] + more + text[at:],
    built,
    st.integers(0, 60),
    st.text(max_size=3),
)


def kept(text):
    try:
        return recognise(text)
    except RuleBroken:
        return None


@given(built | mangled | st.text(max_size=40).map("https://vlada.mk/".__add__))
def test_a_canonical_form_is_its_own_canonical_form(text):
    if link := kept(text):
        assert recognise(link.url) == link


@given(built | mangled)
def test_a_canonical_form_is_safe_to_keep_and_to_show(text):
    if link := kept(text):
        assert link.url.isascii()
        assert len(link.url) <= 2000
        assert urlsplit(link.url).scheme in ("https", "http")
        assert not set(link.url) & set(" \"'<>\\`{}|^\r\n\t\x00")
        assert "@" not in urlsplit(link.url).netloc


@given(built)
def test_a_canonical_form_never_carries_what_follows_people(text):
    if link := kept(text):
        parts = urlsplit(link.url)
        given_names = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
        given_names |= {name.lower() for name, _ in parse_qsl(parts.fragment)}
        for value in dict(parse_qsl(parts.query)).values():
            if value.lower().startswith(("http://", "https://")):
                given_names |= {name for name, _ in parse_qsl(urlsplit(value).query)}
        assert not given_names & set(FOLLOWING)


@given(parts)
def test_a_canonical_form_never_moves_to_another_owner(typed):
    if link := kept("".join(typed)):
        host = typed[1].lower().encode("idna").decode()
        assert owner(urlsplit(link.url).hostname) == owner(host)


@given(st.text(max_size=80) | mangled)
def test_whatever_is_typed_is_kept_or_refused_as_a_rule(text):
    link = kept(text)

    assert link is None or link.url
