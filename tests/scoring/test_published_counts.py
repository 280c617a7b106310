"""The rule of scoring held against what other trackers published."""

import csv
import re
from collections import Counter

import pytest

from mobilizer.scoring.rules import Counts, as_number, score
from tests.support.shared import shared_folder

ROW = re.compile(
    r"^\| (?P<source>.+?) \| (?P<kept>\d+) \| (?P<partly>\d+) \| (?P<rated>\d+) "
    r"\| (?P<numerator>[\d.]+)/(?P<denominator>\d+) = (?P<percent>\d+) % \|$"
)
TABLE = [
    match.groupdict()
    for line in (shared_folder() / "real" / "README.md").read_text("utf-8").splitlines()
    if (match := ROW.match(line))
]

#: What the second file's own words mean here.
TRUMPTRACKER = {
    "Achieved": "kept",
    "Compromised": "partly_kept",
    "In progress": "in_progress",
    "Not started": "not_started",
    "Broken": "broken",
}


def test_the_whole_table_was_read():
    assert len(TABLE) == 6


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["source"])
def test_a_published_score_comes_out_as_published(row):
    kept, partly, rated = (int(row[name]) for name in ("kept", "partly", "rated"))

    result = score(Counts(kept=kept, partly_kept=partly, in_progress=rated - kept - partly))

    assert as_number(result.numerator) == float(row["numerator"])
    assert result.denominator == int(row["denominator"])
    assert result.percent == int(row["percent"])


def test_the_statuses_of_a_real_file_score_as_its_table_says():
    with (shared_folder() / "real" / "usa-trumptracker.csv").open(encoding="utf-8") as file:
        found = Counter(TRUMPTRACKER[row["status_raw"]] for row in csv.DictReader(file))

    result = score(Counts(**found))

    assert (as_number(result.numerator), result.denominator, result.percent) == (25, 174, 14)
