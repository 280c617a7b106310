"""What anybody asked about a promise, and what became of it."""

from typing import Any

from mobilizer.accounts.models import User
from mobilizer.promises.models import Promise
from mobilizer.requests.actions import Asked, Told, close, new_stamp, publish, receive, token_of
from mobilizer.requests.models import PublicRequest
from mobilizer.requests.rules import Outcome, RequestKind
from tests.builders.findings import FindingBuilders

WRITTEN: dict[str, Any] = {
    "kind": RequestKind.QUESTION,
    "text": "When does the school open?",
    "language": "en",
}


class RequestBuilders(FindingBuilders):
    """Requests from the public."""

    def request(
        self, promise: Promise | None = None, *, is_worked: bool = True, **given: Any
    ) -> tuple[PublicRequest, str]:
        """One that waits, and the secret of its link."""
        promise = promise or self.finding().promise
        stamp = new_stamp(promise.number)
        asked = Asked(**{**WRITTEN, **given})
        return self._keep(receive(promise, asked, stamp, is_worked=is_worked)), token_of(stamp)

    def closed_request(
        self,
        promise: Promise | None = None,
        outcome: str = "answer",
        answer: str = "In May.",
        *,
        by: User | None = None,
        **given: Any,
    ) -> tuple[PublicRequest, str]:
        """The same, closed by a coordinator."""
        sent, secret = self.request(promise, **given)
        told = Told(Outcome(outcome), answer, "en")
        self._keep(close(sent, told, by=by or self.coordinator()))
        return sent, secret

    def published_answer(
        self, promise: Promise | None = None, summary: str = "", **given: Any
    ) -> PublicRequest:
        """The same, answered in public."""
        sent, _ = self.closed_request(promise, **{"may_quote": True, **given})
        return self._keep(publish(sent, summary, by=self.coordinator()))
