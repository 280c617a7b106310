"""What was published."""

from typing import Any

from mobilizer.findings.actions import Verdict, publish
from mobilizer.findings.models import Finding
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise
from mobilizer.scoring.rules import Rating
from tests.builders.promises import PromiseBuilders


class FindingBuilders(PromiseBuilders):
    """Findings, through the one door there is."""

    def finding(
        self,
        promise: Promise | None = None,
        rating: Rating | str = Rating.IN_PROGRESS,
        *,
        place: Place | None = None,
        **given: Any,
    ) -> Finding:
        """A published finding, about the whole country unless a place is said."""
        promise = promise or self.promise()
        values: dict[str, Any] = {
            "content": {"language": "en", "kind": "full", "reason": "The site was visited."}
        }
        verdict = Verdict(
            promise=promise,
            place=place or self.country(promise.cycle.country),
            rating=Rating(rating),
            **{**values, **given},
        )
        return self._keep(publish(verdict, by=None))
