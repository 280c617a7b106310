"""JSON as it is sent and answered."""

from typing import Any

from flask.json.provider import DefaultJSONProvider


class Jsons(DefaultJSONProvider):
    """Flask's own, in the order things were written; nested without end it is no JSON at all."""

    sort_keys = False

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """What was sent.

        Raises:
            ValueError: it is no JSON, or nested deeper than Python reads.
        """
        try:
            return super().loads(s, **kwargs)
        except RecursionError as endless:
            raise ValueError("nested too deeply") from endless
