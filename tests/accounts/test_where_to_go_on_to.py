from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.utils import redirect

from mobilizer.core.web import safe_next
from tests.builders import PASSWORD


def sign_in(page, name, **data):
    typed = {"sign_in_name": name, "password": PASSWORD, **data}
    return page.post("accounts.sign_in", data=typed)


GOOD_NEXT = ("/desk/", "/field/months/2026-11", "/desk/people/?q=mira&page=2", "/account/")
BAD_NEXT = (
    "//evil", "///evil", "/\\evil", "\\\\evil", "/%09/evil", "/\t/evil", "/\n/evil", "/%0a/evil",
    "/%2f/evil", "/%5cevil", "https://evil", "http:evil", "javascript:alert(1)", "evil", "",
    "/desk/..//evil", "/.//evil", "/desk//evil", " /desk/", "/desk/ ", "/@evil", "/desk\x01",
    "/desk/?next=//evil", "/desk/?q=\r\nSet-Cookie:a", "//evil.example", "/;//evil", "/：//evil",
    "/desk/#//evil", "https:///evil", "/\u2028/evil", "/evil.example:80", "data:text/html,x",
)  # fmt: skip


@pytest.mark.parametrize("address", GOOD_NEXT)
def test_an_address_of_this_site_is_gone_on_to(make, page, address):
    assert sign_in(page, make.mentor().sign_in_name, next=address).location == address


@pytest.mark.parametrize("address", BAD_NEXT)
def test_no_other_address_is_gone_on_to(make, page, address):
    assert sign_in(page, make.mentor().sign_in_name, next=address).location == "/desk/"
    assert page.get("accounts.sign_in", next=address, expect=302).location == "/desk/"


def test_who_asks_for_a_page_first_comes_to_it_after_signing_in(make, page):
    door = page.get("/account/sessions", expect=302).location

    page.get(door)

    typed = {"sign_in_name": make.mobilizer().sign_in_name, "password": PASSWORD}
    assert page.post("/account/sign-in", data=typed).location == "/account/sessions"


@given(st.text(st.sampled_from("/\\.:@%#?&= \t\r\n\x00evilEVIL0259af;_-") | st.characters()))
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_gone_on_to_a_browser_stays_here(address):
    safe = safe_next(address)
    if safe is None:
        return
    location = redirect(safe).location
    as_browsers_read = location.replace("\\", "/").replace("\t", "").replace("\n", "").strip()
    went_to = urlsplit(urljoin("http://localhost/account/sign-in", as_browsers_read))
    assert (went_to.scheme, went_to.netloc) == ("http", "localhost")
    assert location.isascii()
    assert location.isprintable()
