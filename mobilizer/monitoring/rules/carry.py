"""From last month to this: what is offered again, and what has changed."""

from mobilizer.monitoring.rules.matrix import Answers, Matrix


def carried(matrix: Matrix, before: Answers) -> Answers:
    """Last month's answers as this month's beginning.

    What belongs to one month only (a contact, a note to the mentor) is left out, and so is
    what the matrix no longer asks.
    """
    return {
        name: before[name]
        for name, field in matrix.fields.items()
        if field.is_carried and name in before
    }


def changed(before: Answers, after: Answers) -> list[str]:
    """The names of the fields that differ, in the order of the matrix as it was answered."""
    names = dict.fromkeys([*after, *before])
    return [name for name in names if before.get(name) != after.get(name)]
