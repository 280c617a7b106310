"""Videos as people paste them: (what is pasted, what is kept). Identifiers are made up."""

YT = "dQw4w9WgXcQ"
_WATCH = f"https://www.youtube.com/watch?v={YT}"

YOUTUBE = [
    (f"https://www.youtube.com/watch?v={YT}", _WATCH),
    (f"http://youtube.com/watch?v={YT}", _WATCH),
    (f"youtube.com/watch?v={YT}", _WATCH),
    (f"www.youtube.com/watch?v={YT}", _WATCH),
    (f"HTTPS://WWW.YouTube.COM/watch?v={YT}", _WATCH),
    (f"  https://m.youtube.com/watch?v={YT}\n", _WATCH),
    (f"https://m.youtube.com/watch?app=desktop&v={YT}&feature=youtu.be", _WATCH),
    (f"https://music.youtube.com/watch?v={YT}&list=RDAMVM{YT}", _WATCH),
    (f"https://www.youtube.com/watch?v={YT}&list=PL123&index=4&pp=abc", _WATCH),
    (f"https://www.youtube.com/watch?v={YT}&t=90", _WATCH + "&t=90"),
    (f"https://www.youtube.com/watch?v={YT}&t=90s", _WATCH + "&t=90"),
    (f"https://www.youtube.com/watch?t=1h2m3s&v={YT}", _WATCH + "&t=3723"),
    (f"https://www.youtube.com/watch?v={YT}#t=1m30", _WATCH + "&t=90"),
    (f"https://www.youtube.com/watch?v={YT}&time_continue=12", _WATCH + "&t=12"),
    (f"https://www.youtube.com/watch?v={YT}&t=soon", _WATCH),
    (f"https://www.youtube.com/watch?v={YT}&t=0", _WATCH),
    (f"https://www.youtube.com/watch?v={YT}&t=360000", _WATCH),
    (f"https://www.youtube.com/watch?v={YT}&t=359999", _WATCH + "&t=359999"),
    (f"https://youtu.be/{YT}", _WATCH),
    (f"https://youtu.be/{YT}?si=AbCdEfGhIjKlMnOp", _WATCH),
    (f"https://youtu.be/{YT}?si=AbCdEfGhIjKlMnOp&t=42", _WATCH + "&t=42"),
    (f"youtu.be/{YT}", _WATCH),
    (f"https://www.youtube.com/shorts/{YT}?feature=share", _WATCH),
    (f"https://youtube.com/shorts/{YT}?si=xyz", _WATCH),
    (f"https://www.youtube.com/live/{YT}?si=xyz&t=100", _WATCH + "&t=100"),
    (f"https://www.youtube.com/embed/{YT}?start=30&autoplay=1", _WATCH + "&t=30"),
    (f"https://www.youtube-nocookie.com/embed/{YT}", _WATCH),
    (f"https://youtube-nocookie.com/embed/{YT}?si=1", _WATCH),
    (f"https://www.youtube.com/v/{YT}", _WATCH),
    (f"https://www.youtube.com:443/watch?v={YT}", _WATCH),
    (f"https://www.youtube.com/a/../watch?v={YT}", _WATCH),
    (f"https://www.youtube.com/watch?%76={YT}", _WATCH),
    (f"https://www.youtube.com/watch?v={YT}&v=another-one", _WATCH),
]

VIMEO = [
    ("https://vimeo.com/76979871", "https://vimeo.com/76979871"),
    ("http://www.vimeo.com/76979871?share=copy", "https://vimeo.com/76979871"),
    ("https://vimeo.com/76979871/8272103f6e", "https://vimeo.com/76979871/8272103f6e"),
    ("https://vimeo.com/76979871?h=8272103f6e", "https://vimeo.com/76979871/8272103f6e"),
    (
        "https://player.vimeo.com/video/76979871?h=8272103f6e&badge=0",
        "https://vimeo.com/76979871/8272103f6e",
    ),
    ("https://player.vimeo.com/video/76979871", "https://vimeo.com/76979871"),
    ("https://vimeo.com/76979871#t=1m5s", "https://vimeo.com/76979871#t=65s"),
    ("https://vimeo.com/channels/staffpicks/76979871", "https://vimeo.com/76979871"),
    ("https://vimeo.com/groups/motion/videos/76979871", "https://vimeo.com/76979871"),
    ("https://vimeo.com/showcase/123/video/76979871", "https://vimeo.com/76979871"),
    ("https://vimeo.com/manage/videos/76979871", "https://vimeo.com/76979871"),
    ("https://vimeo.com/76979871?h=../../evil", "https://vimeo.com/76979871"),
]

_FB = "https://www.facebook.com"
_PFBID = "pfbid02abcDEF123ghi"
FACEBOOK = [
    ("https://www.facebook.com/watch/?v=10153231379946729", f"{_FB}/watch/?v=10153231379946729"),
    ("https://www.facebook.com/watch?v=10153231379946729", f"{_FB}/watch/?v=10153231379946729"),
    (
        "https://m.facebook.com/watch/?v=10153231379946729&vanity=opstina&mibextid=Nif5oz",
        f"{_FB}/watch/?v=10153231379946729",
    ),
    (
        "https://www.facebook.com/watch/live/?ref=watch_permalink&v=10153231379946729",
        f"{_FB}/watch/?v=10153231379946729",
    ),
    (
        "https://www.facebook.com/opstina/videos/10153231379946729/?__cft__[0]=AZX&__tn__=R]-R",
        f"{_FB}/watch/?v=10153231379946729",
    ),
    (
        "https://www.facebook.com/opstina/videos/nov-pat/10153231379946729/",
        f"{_FB}/watch/?v=10153231379946729",
    ),
    (
        "https://mk-mk.facebook.com/opstina/videos/vb.1234/10153231379946729/?type=2",
        f"{_FB}/watch/?v=10153231379946729",
    ),
    (
        "https://web.facebook.com/video.php?v=10153231379946729&_rdc=1&_rdr",
        f"{_FB}/watch/?v=10153231379946729",
    ),
    (
        "https://www.facebook.com/video/embed?video_id=10153231379946729",
        f"{_FB}/watch/?v=10153231379946729",
    ),
    (
        f"{_FB}/plugins/video.php?width=9&href=https%3A%2F%2Ffb.com%2Fa%2Fvideos%2F10153231379946729",
        f"{_FB}/watch/?v=10153231379946729",
    ),
    ("https://www.facebook.com/reel/123456789012345", f"{_FB}/reel/123456789012345/"),
    (
        "https://m.facebook.com/reel/123456789012345/?mibextid=xyz&s=yWDuG2&fs=e",
        f"{_FB}/reel/123456789012345/",
    ),
    ("https://fb.watch/3zYsXdnxjf/", "https://fb.watch/3zYsXdnxjf/"),
    ("fb.watch/3zYsXdnxjf/?mibextid=qC1gEa", "https://fb.watch/3zYsXdnxjf/"),
    ("https://www.facebook.com/share/v/1AbCdEfGhI/?mibextid=w", f"{_FB}/share/v/1AbCdEfGhI/"),
    ("https://www.facebook.com/share/r/1AbCdEfGhI/", f"{_FB}/share/r/1AbCdEfGhI/"),
    (
        f"https://m.facebook.com/story.php?story_fbid={_PFBID}&id=100064512345678&mibextid=x",
        f"{_FB}/permalink.php?story_fbid={_PFBID}&id=100064512345678",
    ),
    (
        "https://www.facebook.com/permalink.php?id=100064512345678&story_fbid=451016937058647",
        f"{_FB}/permalink.php?story_fbid=451016937058647&id=100064512345678",
    ),
    (
        "https://www.facebook.com/opstina.gostivar/posts/451016937058647?ref=share",
        f"{_FB}/opstina.gostivar/posts/451016937058647/",
    ),
    (f"https://fb.com/opstina/posts/{_PFBID}", f"{_FB}/opstina/posts/{_PFBID}/"),
    (
        "https://www.facebook.com/groups/gostivar/permalink/451016937058647/",
        f"{_FB}/groups/gostivar/permalink/451016937058647/",
    ),
    (
        "https://www.facebook.com/groups/12345/posts/451016937058647/?comment_id=9",
        f"{_FB}/groups/12345/permalink/451016937058647/",
    ),
]

_IG = "https://www.instagram.com"
INSTAGRAM = [
    ("https://www.instagram.com/p/CxYz12AbCdE/", f"{_IG}/p/CxYz12AbCdE/"),
    ("https://instagram.com/p/CxYz12AbCdE?igshid=MzRlODBiNWFlZA==", f"{_IG}/p/CxYz12AbCdE/"),
    ("https://www.instagram.com/reel/CxYz12AbCdE/?igsh=abc==", f"{_IG}/reel/CxYz12AbCdE/"),
    ("https://www.instagram.com/reels/CxYz12AbCdE/", f"{_IG}/reel/CxYz12AbCdE/"),
    ("https://www.instagram.com/tv/CxYz12AbCdE/?utm_source=ig_web", f"{_IG}/tv/CxYz12AbCdE/"),
    ("https://www.instagram.com/opstina/reel/CxYz12AbCdE/", f"{_IG}/reel/CxYz12AbCdE/"),
    ("https://www.instagram.com/p/CxYz12AbCdE/embed/captioned/", f"{_IG}/p/CxYz12AbCdE/"),
    ("https://instagr.am/p/CxYz12AbCdE/", f"{_IG}/p/CxYz12AbCdE/"),
    ("https://www.instagram.com/share/reel/BAxYz12AbC", f"{_IG}/share/reel/BAxYz12AbC/"),
]

_TT = "https://www.tiktok.com/@opstina.mk/video/7106594312292453675"
TIKTOK = [
    (_TT, _TT),
    (f"{_TT}?is_from_webapp=1&sender_device=pc&web_id=7098", _TT),
    ("https://m.tiktok.com/@opstina.mk/video/7106594312292453675?_r=1&_t=8Z", _TT),
    ("https://www.tiktok.com/%40opstina.mk/video/7106594312292453675", _TT),
    ("https://vm.tiktok.com/ZMNnX3abc/", "https://vm.tiktok.com/ZMNnX3abc/"),
    ("https://vt.tiktok.com/ZSdabc123?k=1", "https://vt.tiktok.com/ZSdabc123/"),
    ("https://www.tiktok.com/t/ZTRabc123/", "https://www.tiktok.com/t/ZTRabc123/"),
    (
        "https://www.tiktok.com/embed/v2/7106594312292453675",
        "https://www.tiktok.com/embed/v2/7106594312292453675",
    ),
    (
        "https://m.tiktok.com/v/7106594312292453675.html?u_code=d1",
        "https://www.tiktok.com/embed/v2/7106594312292453675",
    ),
]

_X = "https://x.com/VladaMK/status/1460323737035677698"
X = [
    (_X, _X),
    (f"{_X}?s=20&t=AbCdEf", _X),
    ("https://twitter.com/VladaMK/status/1460323737035677698?ref_src=twsrc%5Etfw", _X),
    ("https://mobile.twitter.com/VladaMK/status/1460323737035677698", _X),
    ("https://www.twitter.com/VladaMK/statuses/1460323737035677698", _X),
    ("https://x.com/VladaMK/status/1460323737035677698/video/1", _X),
    (
        "https://twitter.com/i/web/status/1460323737035677698",
        "https://x.com/i/status/1460323737035677698",
    ),
]

FILES = [
    ("https://example.mk/snimka.mp4", "https://example.mk/snimka.mp4"),
    ("https://example.mk/A/Video.WEBM?utm_source=x", "https://example.mk/A/Video.WEBM"),
    ("https://cdn.example.mk/v.mov?key=1", "https://cdn.example.mk/v.mov?key=1"),
    ("http://example.mk/v.m4v", "http://example.mk/v.m4v"),
    ("https://example.mk:8443/v.ogv#t=10", "https://example.mk:8443/v.ogv#t=10"),
]

VIDEOS = {
    "youtube": YOUTUBE,
    "vimeo": VIMEO,
    "facebook": FACEBOOK,
    "instagram": INSTAGRAM,
    "tiktok": TIKTOK,
    "x": X,
    "file": FILES,
}
