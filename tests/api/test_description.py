"""The description of the API is held to what the API does, by schemathesis: both ways.

It makes questions that fit the description, and ones that do not, for every operation; each
answer has to be one that is described. What is generated is the same in each run.
"""

import os
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from mobilizer.api.rules.openapi import PATHS
from mobilizer.api.tasks import look, pack
from mobilizer.core.database import db
from mobilizer.jobs.tasks import Worker
from tests.api.test_export import told
from tests.builders import Builders
from tests.support.page import apart

#: Not among them: that all that fits is found. Of codes and numbers only some are there.
CHECKS = [
    content_type_conformance,
    negative_data_rejection,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
]
#: The client does not unpack what is packed.
PLAIN = {"Accept-Encoding": "identity"}
#: More of them where there is time: MOBILIZER_EXAMPLES=500.
EXAMPLES = int(os.environ.get("MOBILIZER_EXAMPLES", "12"))


@pytest.fixture
def described(app: Flask, make: Builders) -> schemathesis.BaseSchema:
    """The description of an API with something of each kind in it."""
    cycle = told(make)
    make.published_reply(make.finding(make.promise(cycle=cycle)))
    db.session.commit()
    apart(lambda: _packed(app))
    return apart(lambda: schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app))


def _packed(app: Flask) -> None:
    with app.app_context():
        worker = Worker({"api.pack": pack}, often=[look])
        worker.look()
        worker.drain()


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # One is enough: it takes a while.
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_answer_is_as_it_is_described(
    described: schemathesis.BaseSchema, mode: GenerationMode
) -> None:
    failed = {}
    for path, operation in PATHS.items():
        if mode is GenerationMode.NEGATIVE and not operation["get"]["parameters"]:
            continue  # Nothing can be asked wrongly.
        asked = _questions(described[path]["GET"].as_strategy(generation_mode=mode))
        try:
            asked()
        except FailureGroup as failures:
            failed[path] = str(failures)
    assert failed == {}, "\n".join(failed.values())


def _questions(cases: SearchStrategy[schemathesis.Case[Any]]) -> Callable[[], None]:
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(cases)
    def asked(case: schemathesis.Case[Any]) -> None:
        apart(lambda: case.call_and_validate(headers=PLAIN, checks=CHECKS))

    return asked
