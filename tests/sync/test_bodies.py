"""A body that trickles in is waited for before a transaction begins, not inside one."""

from io import BytesIO

import pytest

from mobilizer.core.bodies import MOST, read_first


class Trickle(BytesIO):
    """A body that notes how many statements had been sent by the time it was read."""

    def __init__(self, content, statements):
        super().__init__(content)
        self.statements = statements
        self.seen = []

    def read(self, *size):
        self.seen.append(len(self.statements))
        return super().read(*size)


def test_nothing_is_asked_of_the_database_before_the_body_is_there(app, make, page, queries):
    page.sign_in(make.mobilizer())
    with queries.counted() as statements:
        body = Trickle(b"{}", statements)
        answer = page.client.put(
            "/sync/promises/5f0e7ad0-7dfb-4f5e-8a4f-0e7a4c0c9a11",
            input_stream=body,
            headers={"Content-Length": "2"},
            buffered=True,
        )
    assert answer.get_json()["error"] == "token"
    assert body.seen
    assert set(body.seen) == {0}
    assert statements


@pytest.mark.parametrize(
    ("path", "length"),
    [("/desk/", "2"), ("/sync/x", str(MOST + 1)), ("/sync/x", "²"), ("/sync/x", ""), ("", "x")],
)
def test_what_is_larger_or_elsewhere_is_left_for_whoever_asks_for_it(path, length):
    body = BytesIO(b"{}")
    given = {"PATH_INFO": path, "CONTENT_LENGTH": length, "wsgi.input": body}
    assert read_first(lambda environ, _: environ["wsgi.input"])(given, None) is body
