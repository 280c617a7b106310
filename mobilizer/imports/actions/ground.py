"""What an imported promise stands on: its cycle, country, party, topic and source."""

from babel import Locale
from sqlalchemy import select

from mobilizer.audit.actions import record
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.language import LOCALES
from mobilizer.core.words import N_
from mobilizer.cycles import actions as cycles
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.cycles.queries import by_code
from mobilizer.elections.models import Party
from mobilizer.imports.rules.codes import coded
from mobilizer.imports.rules.mapping import Mapping
from mobilizer.imports.rules.reading import Imported
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Source


def cycle_of(code: str, mapping: Mapping) -> Cycle:
    """The cycle with this code; the mapping's, if there is none yet.

    Raises:
        RuleBroken: there is none, and the mapping does not say how to make it.
    """
    found = db.session.scalar(by_code(code))
    if found is not None:
        return found
    wanted = mapping.cycle
    if wanted is None:
        raise RuleBroken(
            N_("There is no cycle “%(code)s”, and the mapping has no [cycle] to make it from."),
            code=code,
        )
    settings = cycles.Settings(
        names=wanted.names,
        level=wanted.level,
        first_month=wanted.first_month,
        last_month=wanted.last_month,
        time_zone=wanted.time_zone,
        is_public=wanted.is_public,
    )
    return cycles.make(code, wanted.country, settings, by=None)


def country_of(cycle: Cycle) -> Place:
    """The country of a cycle; one the project brings nothing along for is named by Babel."""
    found = db.session.scalar(select(Place).where(Place.code == cycle.country))
    if found is not None:
        return found
    names = {
        language: name
        for language, locale in LOCALES.items()
        if (name := Locale.parse(locale).territories.get(cycle.country))
    }
    country = Place(code=cycle.country, country=cycle.country, kind=PlaceKind.COUNTRY, names=names)
    db.session.add(country)
    record(None, "place.import", country, code=country.code)
    return country


def party_of(imported: Imported, cycle: Cycle, mapping: Mapping) -> Party:
    """Who promised it, known by the name the tracker gives."""
    code = f"{cycle.country}-{coded(imported.party, 37).upper()}"
    found = db.session.scalar(select(Party).where(Party.code == code))
    if found is not None:
        return found
    party = Party(
        code=code,
        country=cycle.country,
        kind=mapping.party_kind,
        names={imported.language: imported.party},
    )
    db.session.add(party)
    record(None, "party.import", party, vouches=party, code=code)
    return party


def topic_of(imported: Imported, cycle: Cycle, mapping: Mapping) -> Topic:
    """The topic under which the tracker has it; else the mapping's default."""
    name = imported.topic or mapping.default_topic or N_("Other")
    code = coded(name, 64)
    found = db.session.scalar(select(Topic).where(Topic.cycle_id == cycle.id, Topic.code == code))
    if found is not None:
        return found
    topic = Topic(cycle=cycle, code=code, names={imported.language: name})
    db.session.add(topic)
    record(None, "topic.import", topic, vouches=topic, code=code)
    return topic


def source_of(cycle: Cycle, mapping: Mapping) -> Source:
    """The document the tracker took its promises from: one for a mapping."""
    known = select(Source).where(Source.cycle_id == cycle.id, Source.title == mapping.source_title)
    found = db.session.scalars(known.order_by(Source.id).limit(1)).first()
    if found is not None:
        return found
    source = Source(cycle_id=cycle.id, kind=mapping.source_kind, title=mapping.source_title)
    db.session.add(source)
    record(None, "source.import", source)
    return source
