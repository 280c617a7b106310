"""What anybody may want without end is shared out: places, and turns."""

from mobilizer.core.fair import Places, Rounds


def test_nobody_holds_more_places_than_a_share_and_all_together_no_more_than_there_are() -> None:
    places = Places(most=4, most_of_one=2)
    hers = [places.take("her") for _ in range(3)]
    assert [bool(one) for one in hers] == [True, True, False]

    his = places.take("him")
    assert his
    assert places.take("them")
    assert places.take("others") is None

    his()
    assert places.take("her") is None
    assert places.take("others")


def test_where_nothing_is_said_of_shares_one_may_hold_all_places() -> None:
    places = Places(most=3)
    held = [places.take("") for _ in range(4)]
    assert [bool(one) for one in held] == [True, True, True, False]
    for leave in held[:3]:
        leave()
    assert not places._held  # Nothing is kept of who has gone.


def test_in_each_round_everybody_has_a_turn() -> None:
    rounds = Rounds()
    flood = [rounds.next_of("flood") for _ in range(5)]
    assert flood == [0, 1, 2, 3, 4]
    assert rounds.next_of("outsider") == 0

    rounds.begin(2)
    assert rounds.next_of("another") == 2
    assert rounds.next_of("flood") == 5
    assert rounds.next_of("outsider") == 2


def test_of_whose_turns_are_over_nothing_is_kept() -> None:
    rounds = Rounds()
    for number in range(100):
        rounds.begin(rounds.next_of(str(number)))
    rounds.begin(rounds.next_of("0") + 1)
    assert not rounds._last
