"""The people of the story, and what each of them does on her pages."""

from dataclasses import dataclass
from datetime import date

from playwright.sync_api import expect

from mobilizer.accounts.rules import Role
from mobilizer.cycles.rules import Level
from mobilizer.monitoring.rules.words import Answer, Light, Step
from mobilizer.promises.rules import Method, SourceKind, Testability
from mobilizer.review.rules import Verdict
from mobilizer.scoring.rules import Rating
from tests.builders import PASSWORD
from tests.journeys.visitor import Visitor


@dataclass(frozen=True)
class Promised:
    """A promise as a mobilizer finds it in a programme."""

    words: str
    title: str
    title_mk: str
    party: str
    topic: str
    region: str
    town: str


@dataclass(frozen=True)
class Found:
    """What she finds in a month."""

    rating: Rating
    value: str
    light: Light
    reason: str
    finding: str
    video: str
    note: str


class Colleague(Visitor):
    """Whoever has an account."""

    def signs_in(self, name: str) -> None:
        """Go in at the door."""
        self.opens("/account/sign-in")
        self.types("E-mail address or user name", name)
        self.types("Password", PASSWORD)
        self.presses("Sign in")


class Coordinator(Colleague):
    """She invites, publishes and assigns."""

    def invites_a_mobilizer(self, region: str, cycle: str, *, language: str) -> None:
        """Make an invitation; its card is then on her screen."""
        self.goes_to("People")
        self.follows("Invite somebody")
        self.chooses("Role", Role.MOBILIZER.label)
        self.picks("Cycle", cycle)
        self.picks("Region", region)
        self.chooses("Language of the invitation", language)
        self.presses("Make the invitation")

    def link_on_the_card(self) -> str:
        """What she could read out."""
        return self.tab.locator(".card .address code").inner_text()

    def code_on_the_card(self) -> bytes:
        """What a phone held against her screen would see."""
        return self.tab.locator("svg.qr").screenshot()

    def publishes(self, title: str) -> None:
        """Make a checked promise public."""
        self.goes_to("Promises")
        self.follows_title(title)
        self.presses("Publish")

    def assigns(self, title: str, *, to: str, place: str) -> None:
        """Put a promise into somebody's hands, for all months."""
        self.goes_to("Assignments")
        self.follows("Assign a promise")
        self.follows_title(title)
        self.picks("Mobilizer", to)
        self.picks("Place", place)
        self.presses("Assign")
        self.reads("%(name)s now follows this promise.", name=to)


class Mobilizer(Colleague):
    """She logs what was promised and reports, month by month, what became of it."""

    def accepts(self, link: str, *, name: str, alias: str, full_name: str) -> None:
        """Make her account from the link she was given."""
        self.opens(link)
        self.types("E-mail address or user name", name)
        self.types("Password", PASSWORD)
        self.types("Alias", alias)
        self.types("Your name", full_name)
        self.presses("Make my account")
        self.reads("Welcome. You are signed in.")

    def logs(self, promised: Promised) -> None:
        """Log a promise on the short screens."""
        self.goes_to("Log a promise")
        self.types("Exact words of the promise", promised.words)
        self.types("Short title in the language of the source", promised.title)
        self.unfolds("Titles in other languages")
        self.types("Short title in Macedonian", promised.title_mk)
        self.types("Party or coalition", promised.party)
        self.presses("Next")

        self.chooses("Where the promise was made", SourceKind.PROGRAMME.label)
        self.types("Title of the source", "Programi 2025")
        self.types("Date of the source", "1.10.2025")
        self.types("Page or minute", "f. 12")
        self.presses("Next")

        self.picks("Topic", promised.topic)
        self.chooses("Level of government", Level.LOCAL.label)
        self.unfolds("Municipalities: %(region)s", region=promised.region)
        self.ticks(promised.town)
        self.types("Responsible institution", "Komuna e Tetovës")
        self.presses("Next")

        self.types("Indicator", "Shkolla të ndërtuara", within="First indicator")
        self.types("Baseline", "0", within="First indicator")
        self.types("Target as promised", "10", within="First indicator")
        self.chooses("How information is collected", Method.VISIT.label, within="First indicator")
        self.types("Source of information", "Komuna", within="First indicator")
        self.presses("Next")

        self.sees(promised.words)
        self.presses("Save")

    def files(self, found: Found, month: date) -> None:
        """Go through the screens of the month, and send."""
        self.opens("/field/")
        self._waits_for_her_phone()
        self.follows("File %(month)s", month=self.says.month(month))
        self._tells_the_state(found)
        self._tells_the_value(found)
        for question in (*(step.label for step in Step), WEBSITE):
            self.chooses(question, Answer.YES.label)
        self.chooses("Citizens took part in decisions", Answer.NO.label)
        self.presses("Next")
        self.types("Link to a video or page", found.video)
        self.presses("Add, and stay here")
        self.presses("Next")
        self.types("Note to the mentor (not published)", found.note)
        self.presses("Send to mentor")
        self._sees_it_sent()

    def mends(self, found: Found, *, answering: str) -> None:
        """Change what was asked about, answer, and send again."""
        self.opens("/field/")
        self._waits_for_her_phone()
        self.reads("Sent back by your mentor")
        self.follows("Answer and send again")
        self.follows("Answer and send again")
        self.types("Your answer", answering)
        self._tells_the_state(found)
        self._tells_the_value(found)
        self.presses("Next")
        self.presses("Next")
        self.presses("Send to mentor")
        self._sees_it_sent()

    def _waits_for_her_phone(self) -> None:
        """With a script, filing goes by the page that needs no network, once it is there."""
        if self.has_script:
            expect(self.tab.locator("#phone")).to_have_attribute("data-ready", "yes")

    def _sees_it_sent(self) -> None:
        if not self.has_script:
            return self.reads("Sent to your mentor.")
        expect(self.tab.locator("h1")).to_have_text(self.says("My month"))
        phone = self.tab.locator("#phone[data-status=ok][data-unsent='0']")
        return expect(phone).to_be_attached()

    def _tells_the_state(self, found: Found) -> None:
        self.chooses("What is the state today?", found.rating.label)
        self.types("Reason for the rating", found.reason)
        self.types("Your next step", "Të vizitoj shkollat.")
        self.presses("Next")

    def _tells_the_value(self, found: Found) -> None:
        self.types("Current value", found.value)
        self.chooses("Light", found.light.label)
        self.types("What did you find?", found.finding)
        self.presses("Next")


WEBSITE = "Information is on the website or social networks"


class Mentor(Colleague):
    """She checks promises and reviews reports."""

    def finds_testable(self, words: str) -> None:
        """Check the promise that waits longest."""
        self.goes_to("Promises")
        self.follows("Check the next one")
        self.sees(words)
        self.chooses("Can anybody tell whether it is kept?", Testability.TESTABLE.label)
        self.presses("Save and show the next one")
        self.reads("Everything is checked")

    def takes_the_oldest(self) -> None:
        """Open the report that waits longest."""
        self.goes_to("Review")
        self.follows("Begin with the oldest")

    def returns(self, *, field: str, comment: str) -> None:
        """Send the report back with a comment on one field."""
        label = self.says("Comment on “%(field)s”", field=self.says(field))
        self.tab.locator("summary", has_text=label).click()
        self.tab.get_by_label(label, exact=True).fill(comment)
        self.chooses("Your decision", Verdict.RETURN.label)
        self.presses("Record the decision")
        self.reads("Sent back to the mobilizer with your comments.")

    def approves(self) -> None:
        """Let the report be published."""
        self.chooses("Your decision", Verdict.APPROVE.label)
        self.presses("Record the decision")


class Reader(Visitor):
    """Anybody: she has no account."""

    def looks_at_the_topic(self, code: str) -> None:
        self.opens(f"/{self.language}/topics/{code}")

    @property
    def score(self) -> str:
        """The number as hero."""
        return " ".join(self.tab.locator(".figure").inner_text().split())

    @property
    def sentence(self) -> str:
        """What stands beside the number."""
        return self.tab.locator(".score p").inner_text().strip()

    @property
    def has_cookies(self) -> bool:
        return bool(self.tab.context.cookies())
