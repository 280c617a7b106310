"""Somebody with a browser of her own, who finds her way by what she reads on the page."""

import re
from typing import Any

from playwright.sync_api import Locator, expect

from tests.journeys.words import Catalogue
from tests.support.browser import PHONE, Window


class Visitor:
    """One person at her own phone.

    What she looks for is told by the English message, and found in her own language:
    ``visitor.presses("Next")``.
    """

    def __init__(self, window: Window, language: str, **options: Any) -> None:
        self.language = language
        self.has_script = options.get("java_script_enabled", True)
        self.says = Catalogue(language)
        self.tab = window.open(PHONE, locale=language, **options)

    # --- where she is

    def opens(self, address: str) -> None:
        """Type an address."""
        self.tab.goto(address)

    def follows(self, link: str, **params: Any) -> None:
        """Tap a link with these words."""
        self._named("link", link, **params).first.click()

    def goes_to(self, entry: str) -> None:
        """Tap an entry of the main menu."""
        menu = self.tab.get_by_role("navigation", name=self.says("Main"))
        link = menu.get_by_role("link", name=self.says(entry), exact=True, include_hidden=True)
        link.wait_for(state="attached")
        if not link.is_visible():  # What is opened less often is folded away.
            menu.locator("summary").click()
        link.click()

    def follows_title(self, title: str) -> None:
        """Tap a link whose words are content: the title of a promise, a topic's name."""
        self.tab.get_by_role("link", name=title).first.click()

    # --- what she does

    def presses(self, button: str, **params: Any) -> None:
        """Tap a button."""
        self._named("button", button, **params).first.click()

    def types(self, label: str, text: str, *, within: str = "") -> None:
        """Type into the field with this label."""
        self._labelled(label, within).fill(text)

    def picks(self, label: str, option: str) -> None:
        """Choose from a list that folds out."""
        self._labelled(label).select_option(label=option)

    def chooses(self, question: str, *answers: str, within: str = "") -> None:
        """Tap the answers to a question."""
        group = self._part(within).get_by_role("group", name=self._exactly(question))
        for answer in answers:
            group.get_by_label(self.says(answer), exact=True).check()

    def ticks(self, content: str) -> None:
        """Tick a box whose words are content: the name of a place."""
        self.tab.get_by_label(content, exact=True).check()

    def unfolds(self, summary: str, **params: Any) -> None:
        """Open what is folded away."""
        said = self.says(summary, **params)
        self.tab.locator("summary", has_text=said).first.click()

    # --- what she sees

    def reads(self, message: str, **params: Any) -> None:
        """See words of the site, wherever they stand on the page."""
        self.sees(self.says(message, **params))

    def sees(self, content: str) -> None:
        """See words that somebody wrote."""
        expect(self.tab.locator("body")).to_contain_text(content)

    # --- how she finds it

    def _named(self, role: Any, words: str, **params: Any) -> Locator:
        return self.tab.get_by_role(role, name=self.says(words, **params), exact=True)

    def _labelled(self, label: str, within: str = "") -> Locator:
        return self._part(within).get_by_label(self._exactly(label))

    def _part(self, within: str) -> Any:
        if not within:
            return self.tab
        return self.tab.get_by_role("group", name=self._exactly(within))

    def _exactly(self, label: str) -> re.Pattern[str]:
        """A label, whether or not it adds that the field may stay empty."""
        optional = re.escape(f"({self.says('optional')})")
        return re.compile(rf"^\s*{re.escape(self.says(label))}\s*({optional})?\s*$")
