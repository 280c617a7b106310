"""Text into lines: nothing is wider than its room, nothing is lost unless it is told by "…"."""

from hypothesis import given
from hypothesis import strategies as st

from mobilizer.sharing.rules.fitting import ELLIPSIS, fitted, plain, wrapped

texts = st.text("abcч ћ-ё.", max_size=80).map(plain)
rooms = st.integers(min_value=1, max_value=30)


def width(text: str) -> float:
    return len(text)


@given(texts, rooms)
def test_no_line_is_wider_than_its_room_or_empty(text: str, room: int) -> None:
    lines = wrapped(text, room, width)
    assert all(0 < len(line) <= room for line in lines)


@given(texts, rooms)
def test_all_letters_stay_in_their_order(text: str, room: int) -> None:
    assert "".join(wrapped(text, room, width)).replace(" ", "") == text.replace(" ", "")


@given(texts)
def test_words_are_cut_only_where_a_line_cannot_hold_them(text: str) -> None:
    longest = max(map(len, text.split(" ")), default=0)
    assert " ".join(wrapped(text, max(longest, 1), width)) == text


@given(texts, rooms, st.integers(min_value=1, max_value=4))
def test_what_is_left_out_is_told(text: str, room: int, most: int) -> None:
    lines = fitted(text, room, most, width)
    assert len(lines) <= most
    assert all(len(line) <= max(room, 2) for line in lines)
    if len(wrapped(text, room, width)) > most:
        assert lines[-1].endswith(ELLIPSIS)
    else:
        assert lines == wrapped(text, room, width)


def test_a_number_and_its_sign_stay_together() -> None:
    assert plain("about 41\u00a0%  of\n all") == "about 41\u00a0% of all"
    assert wrapped("about 41\u00a0% of", 9, width) == ["about", "41\u00a0% of"]


def test_letters_with_loose_marks_are_composed_and_what_nobody_sees_is_left_out() -> None:
    assert plain("Va\u030c\u200bz\u030c\u202eno") == "Vǎžno"
