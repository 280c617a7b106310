"""In the strict suite nobody is shown English who asked for another language."""

import pytest
from flask_babel import gettext, ngettext

from tests.support.messages import Untranslated, refuse_untranslated

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.mark.parametrize("language", ["sq", "mk", "sr"])
def test_a_message_without_a_translation_is_refused(app, monkeypatch, language):
    refuse_untranslated(monkeypatch)

    with app.test_request_context(f"/{language}/"):
        with pytest.raises(Untranslated, match="Nobody says this"):
            gettext("Nobody says this")
        with pytest.raises(Untranslated, match="One of these"):
            ngettext("One of these", "%(num)d of these", 3)


def test_english_needs_no_translation(app, monkeypatch):
    refuse_untranslated(monkeypatch)

    with app.test_request_context("/en/"):
        assert gettext("Nobody says this") == "Nobody says this"
