"""A name of one long word, which every form takes, on a phone."""

import pytest

from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.sessions import COOKIE, WebSession, hashed
from tests.support.browser import PHONE, Window, assert_fits
from tests.support.site import Site

LONG = "M" * 80


@pytest.mark.browser
def test_a_name_of_one_long_word_makes_no_page_wider(site: Site, window: Window) -> None:
    with site.data() as make:
        nora = make.coordinator(full_name=LONG, alias=LONG)
        other = make.mobilizer("Polog", full_name=LONG, alias=LONG)
        topic = make.topic()
        topic.names = {"en": LONG}
        record(nora, "topic.rename", topic, changed={"names": {"from": {}, "to": {"en": LONG}}})
        make._keep(
            WebSession(
                token_hash=hashed("nora"),
                user_id=nora.id,
                content={"_user_id": str(nora.id), "_fresh": True},
                created_at=clock.now(),
                seen_at=clock.now(),
            )
        )
        code = topic.cycle.code
        pages = ["", "people/", f"people/{other.id}", f"cycles/{code}/topics", "audit/"]
    phone = window.open(PHONE)
    phone.context.add_cookies([{"name": COOKIE, "value": "nora", "url": site.url}])

    for page in pages:
        phone.goto(f"/desk/{page}")
        assert_fits(phone)
