"""A promise as a phone sends it."""

from typing import Any

from mobilizer.elections.models import Party
from tests.builders import Builders


def promise(make: Builders, **changed: Any) -> dict[str, Any]:
    """One that has nothing wrong with it; ``field=None`` leaves one out."""
    if make._first(Party, code="MK-ROAD") is None:
        make.party(names={"en": "Road Party", "mk": "Партија за патишта"}, code="MK-ROAD")
    fields = {
        "exact_words": ["Ќе изградиме десет нови училишта во секоја општина."],
        "language": ["mk"],
        "title": ["Десет училишта"],
        "party": ["партија за патишта"],
        "source": [""],
        "kind": ["programme"],
        "source_title": ["Програма 2024"],
        "said_on": ["4.2024"],
        "topic": [make.topic().code],
        "level": ["central"],
        "places": [make.region("Polog").code],
        "due": ["mandate"],
        "institution": ["Министерство за образование"],
        "in_power": ["yes"],
        "indicators-0-text": ["Изградени училишта"],
        "indicators-0-unit": ["number"],
        "indicators-0-target": ["10"],
        "indicators-0-methods": ["documents", "visit"],
        "indicators-0-data_source": ["Министерство"],
        "indicators-0-frequency": ["monthly"],
    }
    typed = {name: value for name, value in {**fields, **changed}.items() if value is not None}
    return {
        "cycle": make.the_cycle().code,
        "fields": typed,
        "saved_at": "2026-11-22T10:30:00+01:00",
    }
