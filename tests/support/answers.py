"""What came back from a request, and the checks that every answer must pass."""

import re
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from justhtml import JustHTML
from werkzeug.test import TestResponse

from mobilizer.core.language import TAGS
from mobilizer.core.sessions import PLACES
from tests.support import html


class Answer:
    """One response, read as a person or a browser would."""

    def __init__(self, response: TestResponse) -> None:
        self.status = response.status_code
        self.headers = response.headers
        self.path = response.request.path
        self.location = response.location
        self.body = response.data
        #: A page that people see: what a redirect says nobody reads.
        self.is_html = response.mimetype == "text/html" and self.location is None
        self.json = response.get_json(silent=True)

    @cached_property
    def source(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")

    @cached_property
    def page(self) -> JustHTML:
        """The parsed page."""
        return html.parsed(self.source)

    @cached_property
    def text(self) -> str:
        """All that the page's body says, with single spaces."""
        return html.text(self.page.query("body")[0])

    def query(self, selector: str) -> list[Any]:
        """The elements a CSS selector finds."""
        return self.page.query(selector)

    def texts(self, selector: str) -> list[str]:
        """What these elements say."""
        return [html.text(element) for element in self.query(selector)]

    def __contains__(self, words: str) -> bool:
        """Whether the page says this."""
        return words in self.text

    def form_to(self, path: str) -> Any | None:
        """The form of this page that is sent to a path, if there is one."""
        if not self.is_html:
            return None
        for form in self.query("form"):
            target = urljoin(self.path, form.attrs.get("action") or self.path)
            if urlsplit(target).path == path and form.attrs.get("method", "").lower() == "post":
                return form
        return None

    @property
    def faults(self) -> list[str]:
        """What no answer may do, whoever asked for it."""
        found = []
        policy = self.headers.get("Content-Security-Policy", "")
        if "default-src" not in policy or "unsafe" in policy:
            found.append(f"its content security policy is {policy!r}")
        if not self.path.startswith(PLACES) and "Set-Cookie" in self.headers:
            found.append("a public page sets a cookie")
        if self.is_html and self.body:
            found += html.faults(self.source)
            found += self._language_faults()
        return found

    def _language_faults(self) -> list[str]:
        named = re.match(r"/(en|sq|mk|sr)(/|$)", self.path)
        said = [element.attrs.get("lang") for element in self.query("html")]
        if named and said != [TAGS.get(named[1], named[1])]:
            return [f"the page at {self.path} says its language is {said}"]
        return []


def hidden_values(form: Any) -> dict[str, list[str]]:
    """What a browser sends of a form without anybody typing."""
    values: dict[str, list[str]] = {}
    for field in form.query("input[type=hidden]"):
        values.setdefault(field.attrs["name"], []).append(field.attrs.get("value") or "")
    return values
