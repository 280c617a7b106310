"""What the papers say is there is there."""

import re
import tomllib
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale, gettext

from checks import ROOT, docs
from mobilizer.accounts.rules import Role
from mobilizer.core import seed
from mobilizer.core.language import LOCALES
from mobilizer.imports.rules.mapping import FIELDS, read_mapping
from mobilizer.imports.rules.shape import LINES
from mobilizer.scoring.rules import Rating

PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("seed/**/*.md")])


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_every_link_within_the_project_leads_somewhere(paper: Path) -> None:
    text = paper.read_text("utf-8")
    links = re.findall(r'\]\(([^)#\s]+)|src="([^"]+)"', text)
    for link in filter(None, (one or other for one, other in links)):
        if "://" not in link:
            assert (paper.parent / link).exists(), link


def test_the_readme_names_every_feature() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    for folder in (ROOT / "mobilizer").iterdir():
        if (folder / "__init__.py").exists():
            assert f"`{folder.name}`" in text


def test_the_readme_tells_the_layers_in_which_features_stand() -> None:
    held = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = held["contracts"][0]["layers"]
    table = (ROOT / "README.md").read_text("utf-8").partition("| feature |")[2].partition("\n\n")[0]
    told = [name for row in table.splitlines() for name in re.findall(r"`(\w+)`", row[:60])]
    assert told == [name for name in layers if name in told]
    assert set(told) == set(layers)


def test_the_mapping_that_the_paper_on_imports_shows_can_be_read_and_shows_all() -> None:
    text = (ROOT / "docs" / "import.md").read_text("utf-8")
    shown = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert shown
    mapping = read_mapping(shown[1])
    assert set(mapping.fields) == set(FIELDS)
    assert all(f"[{table}]" in shown[1] for table in LINES)


def test_printed_papers_are_as_printed() -> None:
    assert list(docs.faults()) == []


@pytest.mark.parametrize("language", ["sq", "mk", "sr"])
def test_pages_use_the_words_of_the_glossary(app: Flask, language: str) -> None:
    terms = {row["code"]: row[f"name_{language}"] for row in seed.all_rows("glossary.csv")}
    with app.test_request_context(), force_locale(LOCALES[language]):
        for word in (*Rating, Role.MENTOR, Role.COORDINATOR):
            assert gettext(word.label).casefold() == terms[word.value]
