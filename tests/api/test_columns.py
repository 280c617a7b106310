"""The columns of a list as CSV: always the same, and nothing that is published is without one."""

import csv
import io
import json
from collections.abc import Iterator

import pytest

from mobilizer.api import queries
from mobilizer.api.rules.columns import OTHER, cells, columns
from mobilizer.api.rules.openapi import ROWS
from mobilizer.api.rules.schemas import FINDING, RATING, SCHEMAS, TEXT, record
from mobilizer.core.database import db
from mobilizer.findings.rules import Shown, public_content
from mobilizer.findings.rules.content import PUBLISHED
from mobilizer.promises.rules.values import MOST_INDICATORS
from tests.builders import Builders
from tests.support.page import Page

#: What may be asked of a list besides its first page; none but promises minds the latter two.
ASKED = ("", "page=2", "page=99", "q=school", "q=nobody+says+this", "rating=not_started")
#: Contents of which no two have the same parts; the last as no tracker of ours writes them.
CONTENTS = (
    {"kind": "full", "language": "sq", "answers": {"finding_1": "Two schools.", "foi": "yes"}},
    {"kind": "same", "summary": "=As before", "evidence": [{"kind": "link", "address": "a"}]},
    {"kind": "imported", "status": "Cumplida", "updates": [{"on": "", "text": "Era así."}]},
    {"kind": "full", "answers": {"step_plan": "no", "never_asked": ["a", "b"]}, "mood": "good"},
    {"kind": "full", "other": {"within": 1}},
)


@pytest.fixture
def told(make: Builders, page: Page, monkeypatch: pytest.MonkeyPatch) -> Page:
    """Promises with titles in other languages, findings of all kinds, a row a page."""
    monkeypatch.setattr(queries, "PER_PAGE", 1)
    cycle = make.cycle(is_public=True)
    make.promise(cycle=cycle, places=[make.municipality("Tetovo", region="Polog")])
    promise = make.promise(cycle=cycle)
    for titles in ({"sq": "Shkollë"}, {"sr": "Škola", "en": "School"}, {"tr": "Okul", "xx": "X"}):
        promise = make.promise(titles.get("sq", "School"), cycle=cycle)
        promise.titles = titles
    for content in CONTENTS:
        make.finding(promise, content=content)
    make.published_reply(make.finding(promise))
    db.session.commit()
    return page


def rows_of(page: Page, name: str) -> list[dict[str, object]]:
    """All rows of a list, as JSON tells them."""
    found = []
    for number in range(1, 20):
        more = page.get(f"/api/v1/{name}.json?page={number}").json
        if not more or more in found:
            break
        found.append(more)
    return [row for rows in found for row in rows]


@pytest.mark.parametrize("name", list(ROWS))
def test_a_list_has_the_same_columns_whatever_is_asked_for(told: Page, name: str) -> None:
    first = {told.get(f"/api/v1/{name}.csv?{asked}").source.split("\r\n")[0] for asked in ASKED}
    assert first == {",".join(columns(SCHEMAS[ROWS[name]]))}


@pytest.mark.parametrize("name", list(ROWS))
def test_every_value_of_a_row_stands_in_the_file(told: Page, name: str) -> None:
    rows = rows_of(told, name)
    assert rows or name == "releases"
    for number, row in enumerate(rows, 1):
        asked = f"?page={number}" if len(rows) > 1 else ""
        answer = told.get(f"/api/v1/{name}.csv{asked}").source
        (written,) = csv.DictReader(io.StringIO(answer))
        cells_of_it = " ".join(written.values())
        assert not [one for one in values(row) if one not in cells_of_it.replace('\\"', '"')]


def values(part: object) -> Iterator[str]:
    """Each text and number somewhere within a row."""
    if isinstance(part, dict):
        for one in part.values():
            yield from values(one)
    elif isinstance(part, list):
        for one in part:
            yield from values(one)
    elif part is not None and not isinstance(part, bool):
        yield str(part)


def test_what_has_no_column_stands_as_json_beside_its_like(told: Page) -> None:
    written = [
        next(csv.DictReader(io.StringIO(told.get(f"/api/v1/findings.csv?page={at}").source)))
        for at in (4, 5)
    ]
    assert json.loads(written[0]["content.answers.other"]) == {"never_asked": ["a", "b"]}
    assert json.loads(written[0]["content.other"]) == {"mood": "good"}
    assert json.loads(written[1]["content.other"]) == {"other": {"within": 1}}


def test_a_text_where_parts_are_told_apart_is_not_lost() -> None:
    found = cells(FINDING["properties"]["content"], {"answers": "as one", "kind": ["a", ["b"]]})
    assert found == {"kind": '["a", ["b"]]', OTHER: '{"answers": "as one"}'}


def test_all_that_we_publish_of_a_report_has_a_column_of_its_own() -> None:
    answers = {
        name.replace("#", str(position)): "said"
        for name in PUBLISHED
        for position in range(1, MOST_INDICATORS + 1)
    }
    content = public_content(
        kind="full",
        language="sq",
        answers=answers | {"rating_reason": "why"},
        evidence=[Shown("link", "https://records.example/1")],
        contradiction_reason="still",
    )
    mended = {"correction": {"reason": "A slip.", "language": "sq"}}

    found = cells(FINDING["properties"]["content"], content | mended)

    assert not [column for column in found if column.split(".")[-1] == OTHER]
    assert len(found) == len(answers) + 8


def test_a_row_with_more_than_its_schema_names_fails_and_loses_nothing() -> None:
    of_two = record(key=TEXT, rating=RATING)
    assert cells(of_two, {"key": "x", "rating": None}) == {"key": "x", "rating": None}
    with pytest.raises(LookupError, match="surprise"):
        cells(of_two, {"key": "x", "surprise": 1})
