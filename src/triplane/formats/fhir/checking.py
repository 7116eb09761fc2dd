"""What a bundle of ours must hold to before it leaves: FHIR R4B, and our own promises."""

from collections.abc import Iterator
from typing import Any

from triplane.errors import TriplaneError
from triplane.formats.fhir.codes import DRILLS, FHIRS_OWN, NO_PLAN, SITES, SYSTEM, UCUM, measures, method_code
from triplane.history import Method

SYSTEMS = (SYSTEM, DRILLS, *FHIRS_OWN)
METHODS = frozenset(map(method_code, Method))


class UnsoundBundle(TriplaneError):
    """A bundle about to be written breaks a promise; a fault of ours, never the runner's."""


def refuse_broken(bundle: dict[str, Any]) -> None:
    """Let nothing out that does not hold.

    Raises
    ------
    UnsoundBundle
        Naming the first thing that is wrong; no file is written.
    """
    for fault in (*faults_of_fhir(bundle), *faults(bundle)):
        raise UnsoundBundle(f"the record does not fit into FHIR ({fault}); nothing was written")


def faults_of_fhir(bundle: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a bundle as FHIR R4B has it."""
    from fhir.resources.R4B.bundle import Bundle
    from pydantic import ValidationError

    try:
        Bundle.model_validate(bundle)
    except ValidationError as error:
        for one in error.errors():
            yield f"{'.'.join(map(str, one['loc']))}: {one['msg']}"
    except (KeyError, ValueError) as error:
        yield f"it names what there is not: {error}"


def faults(bundle: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a bundle by our own promises, which FHIR does not ask for."""
    resources = [entry["resource"] for entry in bundle["entry"]]
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    if len(set(urls)) < len(urls):
        yield "two resources have one address"
    for reference in _found(bundle, "reference"):
        if reference not in urls:
            yield f"{reference} is not in the bundle"
    yield from _codes(bundle, resources)
    for one in resources:
        if one["resourceType"] == "Observation":
            yield from _measurement(one)
    kinds = [one["resourceType"] for one in resources]
    stopped = any(_our(one, "code") == NO_PLAN for one in resources if one["resourceType"] == "Flag")
    if stopped and "CarePlan" in kinds:
        yield "it holds a plan and says that there is none"
    if not stopped and "CarePlan" not in kinds:
        yield "it holds no plan and does not say so"


def _codes(bundle: dict[str, Any], resources: list[dict[str, Any]]) -> Iterator[str]:
    defined = {
        concept["code"]
        for one in resources
        if one["resourceType"] == "CodeSystem"
        for concept in one.get("concept", ())
    }
    for codings in _found(bundle, "coding"):
        for coding in codings:
            if coding["system"] not in SYSTEMS:
                yield f"{coding['system']} is no system that we may name codes of"
            elif coding["system"] == SYSTEM and coding["code"] not in defined:
                yield f"{coding['code']} is not defined in the bundle"


def _measurement(one: dict[str, Any]) -> Iterator[str]:
    name = one.get("id", "a measurement")
    if _our(one, "code") not in measures():
        yield f"{name} is of no test of ours"
    if _our(one, "bodySite") not in SITES:
        yield f"{name} does not say where and on which side"
    if _our(one, "method") not in METHODS:
        yield f"{name} does not say how it was read"
    if ("valueQuantity" in one) is ("dataAbsentReason" in one):
        yield f"{name} has a value or says why not"
    for part in ("valueQuantity", "low", "high"):
        if any(found["system"] != UCUM for found in _found(one, part)):
            yield f"{name} is not in UCUM"
    for usual in one.get("referenceRange", ()):
        if usual["low"]["value"] > usual["high"]["value"]:
            yield f"{name} has a range upside down"


def _our(one: dict[str, Any], name: str) -> str:
    codings = one.get(name, {}).get("coding", ())
    return next((coding["code"] for coding in codings if coding["system"] == SYSTEM), "")


def _found(part: Any, name: str) -> Iterator[Any]:
    if isinstance(part, dict):
        if name in part:
            yield part[name]
        for value in part.values():
            yield from _found(value, name)
    elif isinstance(part, list):
        for value in part:
            yield from _found(value, name)
