"""What the site may be told at its start, and what it refuses to start with."""

from pathlib import Path

import pytest
from flask import request

import config
from config import NotConfigured
from mobilizer.factory import create_app

KEPT = {"SECRET_KEY": "kept elsewhere", "SITE_URL": "https://promises.example"}
IN_PRODUCTION = {"MOBILIZER_ENV": "production", **KEPT}


@pytest.mark.parametrize("missing", ["SECRET_KEY", "SITE_URL"])
def test_production_does_not_start_without_a_key_and_an_address(missing: str) -> None:
    with pytest.raises(NotConfigured, match=f"^Set {missing}: "):
        config.settings({**IN_PRODUCTION, missing: ""})


def test_in_production_only_the_sites_own_name_is_answered() -> None:
    assert config.settings(IN_PRODUCTION)["TRUSTED_HOSTS"] == ["promises.example"]
    assert "localhost" in config.settings(KEPT)["TRUSTED_HOSTS"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", "promises"),
        ("LANGUAGES", "en,fr"),
        ("DEFAULT_LANGUAGE", "fr"),
        ("PROXIES", "-1"),
        ("PROXIES", "many"),
        ("PROXIES", "10"),
        ("MAIL_URL", "mail.example"),
        ("MAIL_URL", "smtp:"),
        ("MAIL_URL", "smtp://mail.example:many"),
        ("MAIL_URL", "https://mail.example"),
        ("MAIL_FROM", "Mobilizer"),
        ("VAPID_KEY", "secret"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(NotConfigured, match=name):
        config.settings({**KEPT, name: value})


def test_the_default_language_is_one_of_those_offered() -> None:
    assert config.settings({**KEPT, "LANGUAGES": "sq, mk"})["DEFAULT_LANGUAGE"] == "sq"
    with pytest.raises(NotConfigured, match="DEFAULT_LANGUAGE"):
        config.settings({**KEPT, "LANGUAGES": "sq,mk", "DEFAULT_LANGUAGE": "en"})


@pytest.mark.parametrize(
    ("proxies", "address"),
    [("0", "127.0.0.1"), ("1", "203.0.113.7"), ("2", "198.51.100.1")],
)
def test_a_visitors_address_is_what_the_last_trusted_proxies_say(
    tmp_path: Path, proxies: str, address: str
) -> None:
    url = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    site = create_app(**config.settings({**KEPT, "DATABASE_URL": url, "PROXIES": proxies}))
    said = {"X-Forwarded-For": "192.0.2.9, 198.51.100.1, 203.0.113.7"}
    with site.test_client() as client:
        client.get("/healthz", headers=said, base_url="https://promises.example")
        assert request.remote_addr == address
