"""Who sees which promises, and what the public sees."""

from mobilizer.core.database import db
from mobilizer.promises import queries
from mobilizer.promises.rules import PromiseState

DRAFT, CHECKED, PUBLISHED = PromiseState.DRAFT, PromiseState.CHECKED, PromiseState.PUBLISHED


def seen_by(person):
    return set(db.session.scalars(queries.visible_to(person)))


def test_a_mobilizer_sees_what_is_checked_and_her_own_drafts(make):
    mira = make.mobilizer()
    hers = make.promise(state=DRAFT, logged_by=mira)
    others = make.promise(state=DRAFT, logged_by=make.mobilizer())
    checked, published = make.promise(state=CHECKED), make.promise()
    foreign = make.promise(cycle=make.cycle(), logged_by=mira)
    assert seen_by(mira) == {hers, checked, published}
    assert others not in seen_by(mira)
    assert foreign not in seen_by(mira)


def test_mentors_and_coordinators_see_everything_of_their_cycles(make):
    promises = {make.promise(state=state) for state in PromiseState}
    make.promise(cycle=make.cycle())
    assert seen_by(make.mentor()) == promises
    assert seen_by(make.coordinator()) == promises


def test_an_administrator_and_a_person_without_posting_see_nothing(make):
    make.promise()
    assert seen_by(make.administrator()) == set()
    assert seen_by(make.user()) == set()


def test_a_posting_that_has_ended_shows_nothing_any_more(make):
    mira = make.mobilizer()
    make.promise(logged_by=mira)
    mira.postings[0].ended_at = mira.created_at
    db.session.flush()
    assert seen_by(mira) == set()


def test_the_public_sees_what_is_published(make):
    make.promise(state=DRAFT)
    make.promise(state=CHECKED)
    published = make.promise()
    make.promise(cycle=make.cycle())
    assert db.session.scalars(queries.public_promises(make.the_cycle())).all() == [published]


def test_parties_are_found_in_any_script_and_invented_ones_only_in_a_demonstration(make):
    cycle, demonstration = make.the_cycle(), make.cycle(is_demonstration=True)
    real = make.party(names={"mk": "Партија за патишта", "en": "Road Party"})
    made_up = make.party(names={"mk": "Мост", "en": "Bridge Party"}, invented=True)
    abroad = make.party(names={"en": "Bridge Club"}, country="XK")
    assert queries.known_parties(cycle, "patista") == [real]
    assert queries.known_parties(cycle, "ПАРТИ") == [real]
    assert queries.known_parties(cycle, real.code.lower()) == [real]
    assert queries.known_parties(cycle, "bridge") == []
    assert queries.known_parties(cycle, "") == []
    assert queries.known_parties(demonstration, "most") == [made_up]
    assert queries.known_parties(demonstration, "road") == []
    assert abroad not in queries.known_parties(demonstration, "bridge")


def test_a_full_name_means_one_party_even_where_others_begin_like_it(make):
    one = make.party(names={"en": "Union"})
    two = make.party(names={"en": "Union of Youth"})
    assert queries.known_parties(make.the_cycle(), "union") == [one]
    assert queries.known_parties(make.the_cycle(), "uni") == [one, two]
