"""Mira, who logs a promise, and what she types."""

import pytest

from tests.promises.screens import WORDS


@pytest.fixture
def typed(make):
    """What Mira types, screen by screen."""
    make.party(names={"en": "Road Party", "mk": "Партија за патишта"}, code="MK-ROAD")
    make.municipality("Tetovo", region="Polog")
    topic = make.topic("Schools")
    return {
        "words": {
            "exact_words": WORDS,
            "language": "mk",
            "title": "Десет училишта",
            "title_en": "Ten schools",
            "party": "партија за патишта",
        },
        "source": {
            "source": "",
            "kind": "programme",
            "source_title": "Програма 2024",
            "said_on": "4.2024",
            "link": "https://example.org/programme",
            "source_spot": "страна 47",
        },
        "about": {
            "topic": topic.code,
            "level": "central",
            "places": [make.region("Polog").code],
            "due": "date",
            "due_on": "2027",
            "due_raw": "до 2027 година",
            "institution": "Министерство за образование",
            "in_power": "yes",
        },
        "measure": {
            "indicators-0-text": "Изградени училишта",
            "indicators-0-unit": "number",
            "indicators-0-baseline": "0",
            "indicators-0-target": "10",
            "indicators-0-methods": ["documents", "visit"],
            "indicators-0-data_source": "Министерство",
            "indicators-0-frequency": "monthly",
        },
    }


@pytest.fixture
def mira(make, page):
    mobilizer = make.mobilizer("Polog")
    page.sign_in(mobilizer)
    return mobilizer
