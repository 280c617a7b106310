"""What search engines are told in their own words (schema.org), and when a verdict is told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mobilizer.scoring.rules import POINTS, Rating

CONTEXT = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"

#: The ratings that are a verdict on a promise. The others say how far things have come: a review
#: of a claim that is "in progress" would be read as a judgement that nobody has made.
VERDICTS = (Rating.KEPT, Rating.PARTLY_KEPT, Rating.BROKEN)


@dataclass(frozen=True)
class Reading:
    """A promise's latest finding in one place, as far as a verdict depends on it."""

    published_on: date
    imported_from: str


def verdict_applies(rating: Rating, readings: Iterable[Reading], *, invented: bool) -> bool:
    """Whether a promise's rating may be told as a review of a claim.

    Only a verdict, only one that our own mentors have checked in every place that it rests on,
    never another tracker's, and never one of a demonstration.
    """
    found = list(readings)
    ours = bool(found) and not any(reading.imported_from for reading in found)
    return rating in VERDICTS and ours and not invented


@dataclass(frozen=True)
class Said:
    """A promise as it was made: its words, who gave them, where they stand, and when, if known."""

    words: str
    party: str
    source: str
    said_on: date | None


def review(
    said: Said,
    rating: Rating,
    label: str,
    published_on: date,
    *,
    address: str,
    site: str,
    language: str,
) -> dict[str, Any]:
    """A ClaimReview: who promised what where, and what is found about it."""
    claim: dict[str, Any] = {
        "@type": "Claim",
        "author": {"@type": "Organization", "name": said.party},
        "text": said.words,
    }
    if said.said_on:
        claim["datePublished"] = said.said_on.isoformat()
    if said.source:
        claim["appearance"] = {"@type": "CreativeWork", "url": said.source}
    return {
        "@context": CONTEXT,
        "@type": "ClaimReview",
        "url": address,
        "inLanguage": language,
        "datePublished": published_on.isoformat(),
        "author": {"@type": "Organization", "name": "Mobilizer", "url": site},
        "claimReviewed": said.words,
        "itemReviewed": claim,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": float(POINTS[rating]),
            "worstRating": 0,
            "bestRating": 1,
            "alternateName": label,
        },
    }


def dataset(
    *,
    address: str,
    site: str,
    language: str,
    name: str,
    description: str,
    months: tuple[date, date],
    country: str,
    files: Mapping[str, str],
) -> dict[str, Any]:
    """A Dataset: what the page of data offers, by the addresses of the files and their kinds."""
    first, last = months
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": name,
        "description": description,
        "url": address,
        "inLanguage": language,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": "Mobilizer", "url": site},
        "temporalCoverage": f"{first:%Y-%m}/{last:%Y-%m}",
        "spatialCoverage": country,
        "distribution": [
            {"@type": "DataDownload", "contentUrl": file, "encodingFormat": kind}
            for file, kind in files.items()
        ],
    }
