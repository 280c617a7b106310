"""The desk says how many follow, and of nobody who."""

from tests.follow.conftest import MIRA


def test_the_desk_counts_readers_once_each_and_names_none(make, cycle, page, follow):
    elsewhere = make.cycle("elsewhere")
    make.follower(cycle=cycle)
    make.follower(cycle=elsewhere)
    for what in ("all", "topics/health"):
        follow(what)
    page.sign_in(make.coordinator(cycle=cycle))

    shown = page.get("desk.home")

    assert "2 readers follow this cycle" in shown
    assert MIRA not in shown.source
    assert "mail.example" not in shown.source
