"""A few promises about schools and roads, to be found by words and by filters."""

from datetime import date
from typing import Any

from mobilizer.cycles.models import Cycle
from tests.builders import Builders
from tests.support.answers import Answer

REGISTER = "scorecards.promises"


def schools_and_roads(make: Builders) -> Cycle:
    """A public cycle with a few promises about schools and roads."""
    cycle: Cycle = make.cycle(is_public=True)
    tetovo = make.municipality("Tetovo", region="Polog")
    bitola = make.municipality("Bitola", region="Pelagonia")
    education, roads = (
        make.topic(cycle=cycle, code="education"),
        make.topic(cycle=cycle, code="roads"),
    )
    bridge, hill = (
        make.party("Bridge Party", code="bridge-party"),
        make.party("Hill Party", code="hill-party"),
    )
    told: dict[str, Any] = {"cycle": cycle, "language": "mk"}
    first = make.promise("Ќе изградиме патишта", topic=roads, party=bridge, places=[tetovo], **told)
    make.promise("Ново училиште во Тетово", topic=education, party=hill, places=[tetovo], **told)
    make.promise("Десет училишта", topic=education, party=bridge, places=[bitola], **told)
    content = {"language": "mk", "kind": "full", "reason": "До новите училишта нема пат."}
    make.finding(first, "broken", place=tetovo, month=date(2026, 10, 1), content=content)
    return cycle


def titles(shown: Answer) -> list[str]:
    """What the register lists, in its order."""
    return shown.texts("main article h3 a")
