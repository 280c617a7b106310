"""What is kept of a package to be fetched: its files, and when they are made anew."""

from datetime import date, datetime, timedelta

from mobilizer.opendata.rules.counted import TABLES
from mobilizer.opendata.rules.description import FILE

#: The whole package in one file, and the workbook for people.
ZIP, XLSX = "package.zip", "package.xlsx"
#: How a file ends -> what it is.
KINDS = {
    "json": "application/json",
    "csv": "text/csv",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: Every file there is to fetch.
NAMES = (
    *(FILE, ZIP, XLSX),
    *(f"{table.name}.{ending}" for table in TABLES for ending in ("csv", "json")),
)
#: The other forms of what stands in the tables: made of these, and not checked themselves.
COPIES = frozenset({ZIP, XLSX, *(f"{table.name}.json" for table in TABLES)})
#: What is kept of a month for good: all tables stand in the one file.
NAMES_OF_MONTH = (FILE, ZIP)
#: Below this the files lie in the store, each under its own hash.
FOLDER = "packages"
#: What was published in so many seconds is packed together: on an election night approvals come
#: every second, and a package takes some.
TOGETHER = 60
#: A file that no package names any more stays so long for whoever is fetching it.
LINGERS = timedelta(hours=1)
#: So long after its end a month is packed: whatever was published in its last moment is written
#: down by then.
SETTLED = timedelta(minutes=10)


def kind_of(name: str) -> str:
    """What a file is, by its name."""
    return KINDS[name.rpartition(".")[2]]


def stored_as(name: str, sha256: str) -> str:
    """Where a file lies in the store."""
    return f"{FOLDER}/{sha256}.{name.rpartition('.')[2]}"


def is_newest(packed: tuple[int, date], now: tuple[int, date]) -> bool:
    """Whether nothing was published since a package was made, and it is still that day.

    Args:
        packed: the number of the publication and the day when it was made.
        now: the same, now.
    """
    return packed[0] >= now[0] and packed[1] >= now[1]


def gathered(moment: datetime) -> datetime:
    """The end of the span in which a moment lies: then all of it is packed."""
    whole = int(moment.timestamp()) // TOGETHER + 1
    return datetime.fromtimestamp(whole * TOGETHER, tz=moment.tzinfo)
