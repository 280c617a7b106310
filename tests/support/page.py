"""A visitor without a screen: asks for pages, sends forms, and checks all that comes back."""

from collections.abc import Callable, Mapping
from contextvars import Context
from itertools import chain
from typing import Any, TypeVar

from flask import Flask, has_app_context
from werkzeug.http import parse_cookie

from mobilizer.accounts.models import User
from mobilizer.accounts.views.frame import let_in
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.sessions import COOKIE
from tests.support.answers import Answer, hidden_values

Result = TypeVar("Result")

#: Pages with a form on it, for who is signed in and for who is not.
DOORS = ("/account/", "/account/sign-in")


class Page:
    """One visitor's browser, as far as HTTP goes.

    ``page.get("accounts.sign_in")`` and ``page.post("accounts.sign_in", data={…})`` take the name
    of a view with its values, or a path. Both return an ``Answer`` after checking its status and,
    if it is a page, its HTML.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.last: Answer | None = None

    def sign_in(self, user: User) -> None:
        """Sign a person in as the door does once it knows her; the door has tests of its own.

        Typing a password on a checked page costs ten times as much, and most tests sign in.
        """
        self.sign_out()
        user_id = user.id
        self.client.set_cookie(COOKIE, apart(lambda: self._let_in(user_id)))

    def _let_in(self, user_id: int) -> str:
        with self.app.test_request_context("/account/", method="POST"):
            person = db.session.get(User, user_id)
            assert person is not None
            let_in(person)
            response = self.app.process_response(self.app.make_response(""))
        return parse_cookie(response.headers["Set-Cookie"])[COOKIE]

    def sign_out(self) -> None:
        """Forget who it was: the cookie is gone, as in another browser."""
        self.client.delete_cookie(COOKIE)
        self.last = None

    def get(
        self,
        view: str,
        *,
        expect: int = 200,
        headers: Mapping[str, str] | None = None,
        **values: Any,
    ) -> Answer:
        """Ask for a page."""
        return self._send("GET", self.address(view, **values), expect, headers=headers)

    def post(
        self,
        view: str,
        *,
        data: Mapping[str, Any] | None = None,
        expect: int = 302,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
        **values: Any,
    ) -> Answer:
        """Send a form.

        What the form hides (its token, the revision it is about) comes from the page that was
        looked at last, else from the page at the same address; so a browser would do it. What is
        in ``data`` replaces it. Values can be lists and files: ``(stream, "name.jpg")``.

        Args:
            view: where the form is sent to.
            data: what is typed and chosen.
            expect: the status that must come back.
            token: in place of the form's own, to try a forged one.
            headers: to send along.
            values: parts of the address.
        """
        address = self.address(view, **values)
        fields = {**self._hidden(address), **(data or {})}
        if token is not None:
            fields["csrf_token"] = token
        return self._send("POST", address, expect, data=fields, headers=headers)

    def address(self, view: str, **values: Any) -> str:
        """The path of a view; a path is its own."""
        if view.startswith("/"):
            return view
        return self.app.url_map.bind("localhost").build(view, values)

    def _hidden(self, address: str) -> dict[str, Any]:
        path = address.partition("?")[0]
        form = self.last.form_to(path) if self.last else None
        if form is None and self._can_be_asked_for(path):
            form = self._send("GET", address, None).form_to(path)
        return self._token() if form is None else hidden_values(form)

    def _token(self) -> dict[str, str]:
        """A token of hers from any page that has one: she sends a form she was not shown."""
        asked = (self._send("GET", door, None) for door in DOORS)
        for page in chain([self.last], asked):
            for field in page.query("input[name=csrf_token]") if page and page.is_html else ():
                return {"csrf_token": field.attrs["value"]}
        return {}

    def _can_be_asked_for(self, path: str) -> bool:
        return "GET" in self.app.url_map.bind("localhost").allowed_methods(path)

    def _send(self, method: str, address: str, expect: int | None, **with_: Any) -> Answer:
        answer = apart(
            lambda: Answer(self.client.open(address, method=method, **with_, buffered=True))
        )
        is_other = expect not in (None, answer.status)
        said = answer.source[:1500] if is_other and answer.body else ""
        assert not is_other, f"{method} {address} answered {answer.status}, not {expect}. {said}"
        faults = "\n".join(answer.faults)
        assert not faults, f"{method} {address}:\n{faults}"
        if answer.is_html:
            self.last = answer
        return answer


def apart(call: Callable[[], Result]) -> Result:
    """Call as a server would: with nothing of the test around it but its clock.

    What the test has changed is stored first, and what it holds is read anew afterwards.
    """
    if has_app_context():
        db.session.commit()
    moment = clock.now()

    def called() -> Result:
        with clock.at(moment):
            return call()

    return Context().run(called)
