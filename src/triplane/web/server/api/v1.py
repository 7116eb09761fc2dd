"""The first version of the API: its routes, its description, and what is raised on purpose as problems."""

from functools import cached_property
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.schema import NinjaGenerateJsonSchema
from ninja.security import HttpBearer
from pydantic import ValidationError as BadValue

from triplane.errors import UserError
from triplane.web.server.api import (
    acting,
    assisting,
    carrying,
    changing,
    choosing,
    grouping,
    looking_up,
    problems,
    reading,
    routes,
    safety,
    shared,
    telling,
)

SAYS = "What the pages do, for programs: each answer is a value as the coach hands it out."


PROBLEM = {"$ref": "#/components/responses/Problem"}

AS_SEEN = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "schema": {"type": "string", "title": "If-Match"},
    "description": "the ETag of any answer: refused as changed where anything was recorded since",
}

ANY = {"type": "object"}
"""Shape of the body of a fact, which is any value of ours."""


class Token(HttpBearer):
    """A personal token; whether it is good was decided at the door."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return request.account  # type: ignore[attr-defined]


class Shapes(NinjaGenerateJsonSchema):
    """Shapes of values. A time of a runner's own day has no zone, which the usual format asks for."""

    def time_schema(self, schema: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d\d:\d\d(:\d\d(\.\d+)?)?$"}


class Described(OpenAPISchema):
    """The description, in which a value has one name and one shape wherever it stands."""

    def _create_schema_from_model(
        self, model: Any, by_alias: bool = True, remove_level: bool = True, mode: Any = "validation"
    ) -> tuple[dict[str, Any], bool]:
        """Return the shape of what is sent or answered; a value may look otherwise where it is sent."""
        begins = "Told" if mode == "validation" else ""
        shape: dict[str, Any] = model.model_json_schema(
            ref_template=f"#/components/schemas/{begins}{{model}}",
            schema_generator=Shapes,
            mode=mode,
        )
        self.add_schema_definitions({begins + name: one for name, one in shape.pop("$defs", {}).items()})
        [(name, details)] = shape["properties"].items()
        return details, name in shape.get("required", ())

    def add_schema_definitions(self, definitions: dict[str, Any]) -> None:
        """Take shapes in; two of one name that differ are a fault of ours."""
        for name, told in definitions.items():
            shape = ANY if name == "Value" else told
            assert self.schemas.setdefault(name, shape) == shape, f"two values are called {name}"

    def methods(self, operations: list[Any]) -> dict[str, Any]:
        """Add what each answer may be instead."""
        found: dict[str, Any] = super().methods(operations)
        for method, told in found.items():
            told["responses"] |= dict.fromkeys(("4XX", "503"), PROBLEM)
            if method != "get":
                told["parameters"] = [*told["parameters"], AS_SEEN]
        return found

    def get_components(self) -> dict[str, Any]:
        shape = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        self.add_schema_definitions(shape.pop("$defs", {}))
        self.add_schema_definitions({"Problem": shape})
        answer = {"description": "why not", "content": {problems.CONTENT: {"schema": _NAMED}}}
        return {**super().get_components(), "responses": {"Problem": answer}}


_NAMED = {"$ref": "#/components/schemas/Problem"}


class Api(NinjaAPI):
    """All routes of a version."""

    @cached_property
    def description_once(self) -> Described:
        """The description, made when it is first asked for."""
        return Described(self, "api/v1/")

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:
        return self.description_once


api = Api(title="Triplane", version="1", description=SAYS, urls_namespace="api", docs_url=None, auth=Token())
ROOMS = (
    safety,
    reading,
    looking_up,
    telling,
    changing,
    choosing,
    carrying,
    shared,
    acting,
    assisting,
    grouping,
)
"""Each brings its routes when it is loaded."""
api.add_router("", routes.router)
HANDLERS: dict[type[Exception], Any] = {
    UserError: problems.told,
    OperationalError: problems.accounts_away,
    ValidationError: problems.invalid,
    BadValue: problems.invalid,
    HttpError: problems.malformed,
    RequestDataTooBig: problems.too_large,
}
for kind, handler in HANDLERS.items():
    api.add_exception_handler(kind, handler)
