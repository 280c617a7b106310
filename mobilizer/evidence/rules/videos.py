"""Videos: the addresses of the platforms they are on, each reduced to one form.

Every address is built anew from the few parts that name the video, so that nothing else of
what was pasted can stay in it. Identifiers are matched by what they may consist of.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from mobilizer.core import addresses
from mobilizer.core.addresses import Address
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_, Word


class Provider(Word):
    """Where a video is. The names of platforms are not translated."""

    YOUTUBE = "youtube", "YouTube"
    VIMEO = "vimeo", "Vimeo"
    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    TIKTOK = "tiktok", "TikTok"
    X = "x", "X"
    FILE = "file", N_("Video file")


#: The sites whose players may be loaded after a tap: for the security policy's ``frame-src``.
EMBED_HOSTS = (
    "www.youtube-nocookie.com",
    "player.vimeo.com",
    "www.facebook.com",
    "www.instagram.com",
    "www.tiktok.com",
    "platform.twitter.com",
)

#: Endings of files that browsers play.
FILE_ENDINGS = (".mp4", ".webm", ".mov", ".m4v", ".ogv")


@dataclass(frozen=True)
class Video:
    """A video at its canonical address. A file has no identifier but its address."""

    provider: Provider
    url: str
    video_id: str | None
    embed_url: str | None


def video_at(address: Address) -> Video | None:
    """The video an address leads to; None where it leads to something else."""
    platform = _PLATFORMS.get(_PREFIX.sub("", address.host)) if address.port is None else None
    if platform:
        return platform(address)
    if address.path.lower().endswith(FILE_ENDINGS):
        playable = address.url if address.scheme == "https" else None
        return Video(Provider.FILE, address.url, None, playable)
    return None


#: Front doors of the same house: for phones, for languages, for music.
_PREFIX = re.compile(r"^(?:www|m|mobile|music|gaming|mbasic|touch|web|[a-z]{2}-[a-z]{2})\.")

_TIME = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?", re.ASCII)
#: No video starts after a hundred hours, in seconds.
_TOO_LATE = 360_000

_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
#: Words that look like identifiers of videos after ``/embed/``.
_NOT_YOUTUBE_IDS = {"videoseries", "live_stream"}
_VIMEO = re.compile(
    r"(?:video/|channels/[\w-]+/|groups/[\w-]+/videos/|(?:album|showcase)/\d+/video/|manage/videos/"
    r"|ondemand/[\w-]+/)?(?P<id>\d{4,12})(?:/(?P<hash>[0-9a-f]{8,16}))?",
    re.ASCII,
)
_VIMEO_HASH = re.compile(r"[0-9a-f]{8,16}")

_FACEBOOK_ID = re.compile(r"[0-9]{5,20}")
_FACEBOOK_VIDEO = re.compile(r"[^/]+/videos/(?:[^/]+/)?(?P<id>[0-9]{5,20})")
_FACEBOOK_CLIP = re.compile(r"(?P<kind>reel|share/v|share/r)/(?P<id>[A-Za-z0-9_-]{5,32})")
_FACEBOOK_POST = re.compile(
    r"(?P<where>groups/[\w.-]+|[\w.-]+)/(?:posts|permalink)/(?:[^/]+/)?"
    r"(?P<id>[0-9]{5,20}|pfbid[A-Za-z0-9]{10,120})",
    re.ASCII,
)
_FACEBOOK_STORY = re.compile(r"[0-9]{5,20}|pfbid[A-Za-z0-9]{10,120}")

_INSTAGRAM = re.compile(
    r"(?:(?P<share>share/)|[\w.]+/)?(?P<kind>p|reel|reels|tv)/(?P<id>[A-Za-z0-9_-]{8,64})(?:/embed(?:/captioned)?)?",
    re.ASCII,
)
_TIKTOK = re.compile(r"(?:@|%40)(?P<user>[\w.-]{0,40})/video/(?P<id>[0-9]{8,22})", re.ASCII)
_TIKTOK_EMBED = re.compile(r"(?:embed(?:/v[0-9])?/|player/v1/|v/)(?P<id>[0-9]{8,22})(?:\.html)?")
_CODE = re.compile(r"[A-Za-z0-9_-]{5,32}")
_X = re.compile(
    r"(?P<user>i|i/web|\w{1,20})/status(?:es)?/(?P<id>[0-9]{2,20})(?:/.*)?",
    re.ASCII,
)


def _youtube(address: Address) -> Video | None:
    first, second = (*address.segments, "", "")[:2]
    if _PREFIX.sub("", address.host) == "youtu.be":
        video_id = first
    elif first == "watch":
        video_id = address.value("v")
    elif first in ("shorts", "live", "embed", "v", "e"):
        video_id = second
    else:
        return None
    if not _YOUTUBE_ID.fullmatch(video_id) or video_id in _NOT_YOUTUBE_IDS:
        return None
    start = _seconds(address, "t", "start", "time_continue")
    return Video(
        Provider.YOUTUBE,
        f"https://www.youtube.com/watch?v={video_id}" + (f"&t={start}" if start else ""),
        video_id,
        f"https://www.youtube-nocookie.com/embed/{video_id}" + (f"?start={start}" if start else ""),
    )


def _vimeo(address: Address) -> Video | None:
    found = _VIMEO.fullmatch("/".join(address.segments))
    if not found:
        return None
    private = found["hash"] or address.value("h")
    private = private if _VIMEO_HASH.fullmatch(private) else ""
    start = _seconds(address, "t")
    moment = f"#t={start}s" if start else ""
    return Video(
        Provider.VIMEO,
        f"https://vimeo.com/{found['id']}" + (f"/{private}" if private else "") + moment,
        found["id"],
        f"https://player.vimeo.com/video/{found['id']}?dnt=1"
        + (f"&h={private}" if private else "")
        + moment,
    )


def _facebook(address: Address) -> Video | None:
    path = "/".join(address.segments)
    if path == "plugins/video.php":
        return _inside(address.value("href"), Provider.FACEBOOK)
    if path in ("watch", "watch/live", "video.php", "video/embed"):
        return _facebook_video(address.value("v", "video_id"))
    if path in ("story.php", "permalink.php"):
        return _facebook_story(address.value("story_fbid"), address.value("id"))
    if found := _FACEBOOK_VIDEO.fullmatch(path):
        return _facebook_video(found["id"])
    if found := _FACEBOOK_CLIP.fullmatch(path):
        url = f"https://www.facebook.com/{found['kind']}/{found['id']}/"
        embed = _facebook_player("video", url) if found["kind"] == "reel" else None
        return Video(Provider.FACEBOOK, url, found["id"], embed)
    if found := _FACEBOOK_POST.fullmatch(path):
        word = "permalink" if found["where"].startswith("groups/") else "posts"
        url = f"https://www.facebook.com/{found['where']}/{word}/{found['id']}/"
        return Video(Provider.FACEBOOK, url, found["id"], _facebook_player("post", url))
    return None


def _facebook_video(video_id: str) -> Video | None:
    if not _FACEBOOK_ID.fullmatch(video_id):
        return None
    url = f"https://www.facebook.com/watch/?v={video_id}"
    return Video(Provider.FACEBOOK, url, video_id, _facebook_player("video", url))


def _facebook_story(story: str, page: str) -> Video | None:
    if not _FACEBOOK_STORY.fullmatch(story) or not _FACEBOOK_ID.fullmatch(page):
        return None
    url = f"https://www.facebook.com/permalink.php?story_fbid={story}&id={page}"
    return Video(Provider.FACEBOOK, url, story, _facebook_player("post", url))


def _facebook_player(kind: str, url: str) -> str:
    return f"https://www.facebook.com/plugins/{kind}.php?href={quote(url, safe='')}&show_text=false"


def _facebook_short(address: Address) -> Video | None:
    return _short(address, Provider.FACEBOOK, "https://fb.watch/{}/")


def _instagram(address: Address) -> Video | None:
    found = _INSTAGRAM.fullmatch("/".join(address.segments))
    if not found:
        return None
    kind = "reel" if found["kind"] == "reels" else found["kind"]
    url = f"https://www.instagram.com/{found['share'] or ''}{kind}/{found['id']}/"
    return Video(Provider.INSTAGRAM, url, found["id"], None if found["share"] else url + "embed/")


def _tiktok(address: Address) -> Video | None:
    path = "/".join(address.segments)
    if found := _TIKTOK.fullmatch(path):
        url = f"https://www.tiktok.com/@{found['user']}/video/{found['id']}"
    elif found := _TIKTOK_EMBED.fullmatch(path):
        url = f"https://www.tiktok.com/embed/v2/{found['id']}"
    elif len(address.segments) == 2 and address.segments[0] == "t":
        return _short(address, Provider.TIKTOK, "https://www.tiktok.com/t/{}/")
    else:
        return None
    player = f"https://www.tiktok.com/player/v1/{found['id']}"
    return Video(Provider.TIKTOK, url, found["id"], player)


def _tiktok_short(address: Address) -> Video | None:
    return _short(address, Provider.TIKTOK, f"https://{address.host}/{{}}/")


def _x(address: Address) -> Video | None:
    found = _X.fullmatch("/".join(address.segments))
    if not found:
        return None
    user = "i" if found["user"] == "i/web" else found["user"]
    url = f"https://x.com/{user}/status/{found['id']}"
    player = f"https://platform.twitter.com/embed/Tweet.html?id={found['id']}&dnt=true"
    return Video(Provider.X, url, found["id"], player)


def _short(address: Address, provider: Provider, url: str) -> Video | None:
    """A short address whose video only the platform knows: kept short, and not embedded."""
    code = address.segments[-1] if address.segments else ""
    return Video(provider, url.format(code), code, None) if _CODE.fullmatch(code) else None


def _inside(text: str, provider: Provider) -> Video | None:
    """The video an embedding code is about, if it is one of the same platform."""
    try:
        video = video_at(addresses.read(text))
    except RuleBroken:
        return None
    return video if video and video.provider is provider else None


def _seconds(address: Address, *names: str) -> int:
    """The moment at which a video is to start, in seconds; 0 where none or not a time."""
    fragment = address.fragment.partition("t=")[2] if address.fragment.startswith("t=") else ""
    found = _TIME.fullmatch(address.value(*names) or fragment)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    start = hours * 3600 + minutes * 60 + seconds
    return start if start < _TOO_LATE else 0


_PLATFORMS: dict[str, Callable[[Address], Video | None]] = {
    "youtube.com": _youtube,
    "youtube-nocookie.com": _youtube,
    "youtu.be": _youtube,
    "vimeo.com": _vimeo,
    "player.vimeo.com": _vimeo,
    "facebook.com": _facebook,
    "fb.com": _facebook,
    "fb.watch": _facebook_short,
    "instagram.com": _instagram,
    "instagr.am": _instagram,
    "tiktok.com": _tiktok,
    "vm.tiktok.com": _tiktok_short,
    "vt.tiktok.com": _tiktok_short,
    "x.com": _x,
    "twitter.com": _x,
}
