"""Writing the tallies of a cycle anew, from listings and findings alone."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from mobilizer.tallies.actions.writing import (
    write_beside,
    write_found,
    write_listings,
    write_sets,
    write_standings,
    write_tallies,
)
from mobilizer.tallies.models import FindingSet, NumberSet, SideTally, Standing, Tally
from mobilizer.tallies.queries.sources import published_ids, region_of, sources
from mobilizer.tallies.rules import Sum, spans
from mobilizer.tallies.rules.beside import Sums
from mobilizer.tallies.rules.found import About
from mobilizer.tallies.rules.sets import Turned


def rebuild(session: Session, cycle_id: int) -> int:
    """Write all standings and tallies of a cycle anew; tell of how many promises.

    What a promise counted under before it was changed is on record in its listings: those stay.
    """
    for model in (FindingSet, NumberSet, SideTally, Standing, Tally):
        session.execute(delete(model).where(model.cycle_id == cycle_id))
    regions = region_of(session)
    sums, beside, turned = Sum(regions), Sums(regions), Turned()
    about, many = About(regions), 0
    for _, some in sources(session, published_ids(session, cycle_id)):
        write_listings(session, some)
        stands = [spans(cycle_id, one.periods, one.found, regions) for one in some]
        write_standings(session, zip(some, stands, strict=True))
        for one, of_promise in zip(some, stands, strict=True):
            sums.add(of_promise)
            beside.add(cycle_id, one.periods, one.found)
            about.add(cycle_id, one.periods, one.found)
            turned.add(one.number, of_promise)
        many += len(some)
    write_tallies(session, cycle_id, sums.changes)
    write_beside(session, cycle_id, beside.added)
    write_sets(session, cycle_id, turned.turns)
    write_found(session, cycle_id, about.turns)
    return many
