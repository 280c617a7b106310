"""A browser's own long description of itself, in two words."""

#: What stands in a user agent, and its name; the first that is found counts.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device(user_agent: str) -> str:
    """Such as "Firefox, Android"; empty when it says nothing we know."""
    found = (_first(kinds, user_agent) for kinds in (_BROWSERS, _SYSTEMS))
    return ", ".join(name for name in found if name)


def _first(kinds: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for sign, name in kinds if sign in user_agent), "")
