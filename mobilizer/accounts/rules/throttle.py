"""How often somebody may try at a door."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address


class Door(StrEnum):
    """Where tries are counted, and by what."""

    SIGN_IN_NAME = "sign in by name"
    SIGN_IN_ADDRESS = "sign in by address"
    OWN_PASSWORD = "own password"  # noqa: S105  # names a door
    REPLY_LINK = "reply by link"
    REPLY_ADDRESS = "reply by address"
    FOLLOW_NETWORK = "follow by network"
    FOLLOW_ADDRESS = "follow by e-mail address"
    #: A public request: by network, by all together, by the e-mail address that is to be told.
    ASK_NETWORK = "ask by network"
    ASK_ALL = "ask by all"
    ASK_PLAIN_NETWORK = "ask without work by network"
    ASK_PLAIN_ALL = "ask without work by all"
    ASK_MAIL = "ask by e-mail address"


@dataclass(frozen=True)
class Limit:
    """So many failed tries within a window; then the door stays shut until the window ends."""

    tries: int
    window: timedelta

    def wait(self, tries: int, began_at: datetime, now: datetime) -> timedelta | None:
        """How long the door is still shut; None when it is open."""
        ends_at = began_at + self.window
        return ends_at - now if tries >= self.tries and now < ends_at else None

    def is_over(self, began_at: datetime, now: datetime) -> bool:
        """Whether the window has ended, so that counting begins anew."""
        return now >= began_at + self.window


_WINDOW = timedelta(minutes=15)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)

#: A whole workshop may sit behind one address, mistyping: so it is given more.
LIMITS: Mapping[Door, Limit] = {
    Door.SIGN_IN_NAME: Limit(10, _WINDOW),
    Door.SIGN_IN_ADDRESS: Limit(60, _WINDOW),
    Door.OWN_PASSWORD: Limit(10, _WINDOW),
    Door.REPLY_LINK: Limit(60, _WINDOW),
    Door.REPLY_ADDRESS: Limit(60, _WINDOW),
    Door.FOLLOW_NETWORK: Limit(60, timedelta(hours=1)),
    # Anybody can type anybody's address: so few letters ask for a confirmation.
    Door.FOLLOW_ADDRESS: Limit(5, timedelta(days=3)),
    # A whole village may sit behind one address of its phone company.
    Door.ASK_NETWORK: Limit(20, _HOUR),
    Door.ASK_ALL: Limit(600, _HOUR),
    Door.ASK_PLAIN_NETWORK: Limit(3, _HOUR),
    Door.ASK_PLAIN_ALL: Limit(30, _HOUR),
    Door.ASK_MAIL: Limit(5, _DAY),
}


def network(address: str) -> str:
    """What counts as one address: of version 6 a household has 2^64, so they count together."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return f"{int(parsed) >> 64:016x}::/64"
