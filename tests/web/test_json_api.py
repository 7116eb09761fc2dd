"""The documents that scripts ask for keep to their description, whatever is sent: no fault of ours.

The app is called in-process. What is recorded lands in one journal that lasts for all examples.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from browsing import App

DESCRIBED = yaml.safe_load((Path(__file__).with_name("json_api.yaml")).read_text(encoding="utf-8"))
EXAMPLES = 12 if settings().max_examples < 100 else 300
"""For each document; many more by night."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
TOKEN = "t" * 32
AS_THE_PAGE: dict[str, Any] = {
    "headers": {"X-CSRFToken": TOKEN, "Accept-Encoding": "identity"},
    "cookies": {"csrftoken": TOKEN},
}
"""A script's request comes with its page's token."""

documents = schemathesis.openapi.from_dict(DESCRIBED)


@lru_cache(maxsize=1)
def app_itself() -> Any:
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


documents.app = lambda environ, start: app_itself()(environ, start)


@pytest.fixture
def ready(marathoner: App, with_player: None) -> str:
    """The mark of somebody who answered the questions before the next session."""
    practice = marathoner.practice
    asked = practice.bundle(practice.next_slot()).asks
    practice.answer_readiness({one.id: False for one in asked})
    return practice.history().mark


@documents.parametrize()
@settings(suppress_health_check=list(HealthCheck), max_examples=EXAMPLES, deadline=None)
def test_every_document_keeps_to_its_description(case: Any, ready: str) -> None:
    if isinstance(case.body, dict) and case.body.get("mark") == "MINE":
        case.body["mark"] = ready
    case.call_and_validate(**AS_THE_PAGE, checks=CHECKS)
