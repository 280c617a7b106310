"""What is said of a column."""

from mobilizer.opendata.rules.shape import Field


def test_nought_at_least_is_told() -> None:
    least = Field("kept", "integer", "How many are kept.", required=True, least=0)
    assert least.described()["constraints"] == {"required": True, "minimum": 0}
    assert "constraints" not in Field("note", "string", "A note.").described()
