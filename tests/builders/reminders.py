"""Browsers that take messages."""

from base64 import urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.reminders.models import PushSubscription
from tests.builders.review import ReviewBuilders

SECRET = bytes(range(16))


class ReminderBuilders(ReviewBuilders):
    """Who takes messages where."""

    def browser(self, user: User, **given: Any) -> PushSubscription:
        """A browser of hers that takes messages; ``key=`` opens them."""
        key = given.pop("key", None) or ec.generate_private_key(ec.SECP256R1())
        point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        values = {
            "endpoint": f"https://push.example/send/{next(self.numbers)}",
            "p256dh": urlsafe_b64encode(point).decode().rstrip("="),
            "auth": urlsafe_b64encode(SECRET).decode().rstrip("="),
            "created_at": clock.now(),
        }
        return self._keep(PushSubscription(user_id=user.id, **{**values, **given}))
