"""Stored script stays words: whatever somebody types, no browser runs it."""

import pytest
from playwright.sync_api import Page as Tab

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.sessions import COOKIE
from tests.builders import Builders
from tests.support.browser import DESKTOP, Window
from tests.support.page import Page
from tests.support.site import Site
from tests.support.world import NOVEMBER

pytestmark = pytest.mark.browser

#: Each is short enough for an alias. What runs says so in ``window.ran``, or opens a dialog.
PAYLOADS = (
    "<script>window.ran=1;alert(1)</script>",
    '"><img src=x onerror=window.ran=1;alert(1)>',
    "'><svg onload=window.ran=1;alert(1)></svg>",
    "</textarea></title></script><script>window.ran=1</script>",
    '<iframe srcdoc="<script>parent.ran=1</script>"></iframe>',
    '<a href="javascript:window.ran=1">x</a><style>*{display:none}</style>',
    "{{ 7*191 }} ${7*191} {% raw %}",
)
#: What no page of ours has, and a payload that got through would leave behind.
FOREIGN = "script:not([src]), style, iframe, [onerror], [onload], a[href^='javascript:']"
PUBLIC = ("/en/", "/en/topics/", "/en/topics/education", "/en/parties/", "/en/promises/")
DESK = ("/desk/", "/desk/promises/", "/desk/review/", "/desk/people/", "/desk/assignments/")
SETTINGS = ("/desk/audit/", "/desk/cycles/script", "/desk/cycles/script/topics")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_was_typed_is_shown_and_never_run(site: Site, window: Window, payload: str) -> None:
    site.moment = NOVEMBER
    with clock.at(NOVEMBER), site.data() as make:
        paths = planted(make, payload)
    for who, addresses in paths.items():
        tab = window.open(DESKTOP)
        tab.on("dialog", lambda dialog: window.faults.append(f"a dialog: {dialog.message}"))
        sign_in(tab, site, who)
        shown = 0
        for address in addresses:
            tab.goto(address)
            shown += is_harmless(tab, payload)
        assert shown, f"{who or 'the public'} was shown none of it: nothing was tested"


def test_a_likely_duplicate_shown_while_typing_is_harmless(site: Site, window: Window) -> None:
    """Here a script of ours puts a piece of a page into the page."""
    payload = PAYLOADS[1]
    words = f"We will build four new schools in Tetovo. {payload}"
    site.moment = NOVEMBER
    with clock.at(NOVEMBER), site.data() as make:
        make.cycle("script", first_month="2026-11", last_month="2027-06")
        make.promise(words, titles={"en": payload})
        her = make.mobilizer("Polog").id
    tab = window.open(DESKTOP)
    sign_in(tab, site, her)
    tab.goto("/field/promises/new")
    tab.get_by_label("Exact words of the promise").fill(words)
    tab.locator("[data-alike-notice]").wait_for(state="visible")
    assert is_harmless(tab, payload)


def is_harmless(tab: Tab, payload: str) -> bool:
    """Hold a page to what it may do, and tell whether the payload stands on it as words."""
    assert tab.evaluate("window.ran") is None, f"it ran at {tab.url}"
    assert tab.locator(FOREIGN).count() == 0, f"it became part of the page at {tab.url}"
    text = tab.evaluate("document.documentElement.textContent")
    assert "1337" not in text, f"a template was filled in at {tab.url}"
    return payload in text


def sign_in(tab: Tab, site: Site, who: int) -> None:
    if not who:
        return
    visitor = Page(site.app)
    with site.app.app_context(), clock.at(NOVEMBER):
        visitor.sign_in(db.session.get(User, who))
    cookie = visitor.client.get_cookie(COOKIE)
    assert cookie is not None
    tab.context.add_cookies([{"name": COOKIE, "value": cookie.value, "url": site.url}])


def planted(make: Builders, payload: str) -> dict[int, tuple[str, ...]]:
    """The payload in every text there is; who looks at which pages, 0 for the public."""
    cycle = make.cycle(
        "script",
        names={"en": payload},
        topics=(),
        first_month="2026-10",
        last_month="2027-06",
    )
    make.topic("education", cycle=cycle).names = {"en": payload}
    mentor = make.mentor("Polog", full_name=payload, alias=payload)
    her = make.mobilizer("Polog", full_name=payload, alias=payload, mentor=mentor)
    coordinator = make.coordinator(full_name=payload)
    said = {
        "titles": {"en": payload},
        "party": make.party(payload),
        "source": make.source(title=payload),
        "source_spot": payload,
        "speaker": payload,
        "institution": payload,
        "focus": payload,
        "due_raw": payload,
    }
    promise = make.promise(payload, **said)
    promise.indicators[0].text = promise.indicators[0].data_source = payload
    draft = make.promise(payload, state="draft", logged_by=her, **said)
    assignment = make.assignment(her, promise=promise)
    long = f"{payload} was seen on the wall of the new school."
    texts = {"rating_reason": long, "finding_1": long, "next_step": payload, "note_mentor": payload}
    first = make.entry(assignment, month="2026-10", state="submitted")
    make.evidence(first, caption=payload)
    make.revision(first, **texts)
    make.decision(first, "approve")
    second = make.report(assignment, month="2026-11", **texts)
    make.comment(second, "rating", payload)
    make.comment(second, "", payload)
    number, unchecked = promise.number, draft.number
    report = f"/field/reports/{assignment.id}/2026-11/"
    return {
        0: (*PUBLIC, f"/en/promises/{number}", f"/en/parties/{promise.party.code}"),
        her.id: ("/field/", report, f"{report}state", f"/desk/promises/{number}"),
        mentor.id: (f"/desk/review/{second.id}", f"/desk/promises/{unchecked}/check"),
        coordinator.id: (
            *DESK,
            *SETTINGS,
            f"/desk/promises/{number}",
            f"/desk/people/{her.id}",
            f"/desk/assignments/{assignment.id}",
        ),
    }
