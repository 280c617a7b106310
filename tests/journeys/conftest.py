"""The people of the journeys, each with a browser of her own."""

import pytest

from tests.journeys.field import Field
from tests.journeys.field_phone import FieldPhone
from tests.journeys.people import Coordinator, Mentor, Mobilizer, Reader
from tests.journeys.programme import Programme
from tests.support.browser import Window
from tests.support.site import Site


class Cast:
    """Brings people on: ``cast.mentor("mk")``."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def coordinator(self, language: str) -> Coordinator:
        return Coordinator(self.window, language)

    def mentor(self, language: str, **options: object) -> Mentor:
        return Mentor(self.window, language, **options)

    def mobilizer(self, language: str, **options: object) -> Mobilizer:
        return Mobilizer(self.window, language, **options)

    def reader(self, language: str, **options: object) -> Reader:
        return Reader(self.window, language, **options)


@pytest.fixture
def programme(site: Site) -> Programme:
    return Programme(site)


@pytest.fixture
def cast(programme: Programme, window: Window) -> Cast:
    return Cast(window)


@pytest.fixture
def field(site: Site) -> Field:
    return Field(site)


@pytest.fixture
def phone(window: Window, field: Field) -> FieldPhone:
    """A phone on which the site was opened once with a network."""
    phone = FieldPhone(window, field)
    phone.installs()
    return phone


@pytest.fixture
def waiting(field: Field, phone: FieldPhone) -> FieldPhone:
    """A phone on which one report waits for a network."""
    phone.loses_network()
    phone.opens()
    phone.files(field.titles[0])
    phone.line_says("1 report saved on this phone")
    return phone
