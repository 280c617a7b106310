"""Going through the screens of logging, as the tests do."""

from sqlalchemy import select

from mobilizer.core.database import db
from mobilizer.promises.models import Promise

WORDS = "Ќе изградиме десет нови училишта во Полог до 2027 година."
EVIL = '"><script>alert(1)</script>'


def begin(page):
    """Open the first screen and tell the key that its form carries."""
    form = page.get("promises.new").query("form[action*=words]")[0]
    return form.attrs["action"].split("/")[3]


def fill(page, typed, key, *, but=()):
    for step, fields in typed.items():
        if step not in but:
            page.post("promises.keep", key=key, step=step, data={**fields, "go": "next"})


def only_promise():
    return db.session.scalars(select(Promise)).one()


def cycle_code(page):
    return page.last.query("[name=cycle]")[0].attrs["value"]
