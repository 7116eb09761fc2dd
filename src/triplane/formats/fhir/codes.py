"""The words of the bundle: our own code system, units of UCUM, and the few codes of FHIR itself that we use.

LOINC and SNOMED CT have codes for ranges of motion; for a hip none was found that could be checked, so none
is used. A person who has looked them up may add them beside ours.
"""

from functools import lru_cache
from typing import Any

from triplane.assessment import Protocol, Role, battery
from triplane.body import Side
from triplane.history import EndFeel, Method

BASE = "https://triplane.example/fhir"
"""Where our names begin. ``.example`` belongs to nobody, so that they never lead to somebody else."""

SYSTEM = f"{BASE}/CodeSystem/hip-range"
DRILLS = f"{BASE}/CodeSystem/drill"
FACT = f"{BASE}/StructureDefinition/fact"
FACT_KEY, RUNNER = f"{BASE}/fact", f"{BASE}/runner"
QUESTIONNAIRE = f"{BASE}/Questionnaire/safety"
UCUM = "http://unitsofmeasure.org"
CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"
RANGES = "http://terminology.hl7.org/CodeSystem/referencerange-meaning"
FHIRS_OWN = (CATEGORIES, RANGES)
"""Code systems of FHIR itself that a bundle of ours may name beside our own."""

UNITS = {
    "deg": ("deg", "degree"),
    "cm": ("cm", "cm"),
    "s": ("s", "s"),
    "Nm/kg": ("N.m/kg", "Nm/kg"),
    "reps": ("{reps}", "repetitions"),
    "rating": ("{score}", "0 poor, 1 fair, 2 good"),
    "pass": ("{score}", "0 not passed, 1 passed"),
}
"""For each unit of the battery its code in UCUM, and how it is said."""

PARTS = {
    "reading": "One reading as read off",
    "sem": "Standard error of measurement of the method, from session to session",
    "mdc": "Minimal detectable change of the method at 95 %",
    "pain": "Pain while it was measured, 0 to 10",
    "end-feel": "What stopped the movement",
}


NO_PLAN = "no-plan"
"""What a flag says of a bundle without a plan, whatever words stand beside it."""


def measure_code(test: str, active: bool) -> str:
    """Return the code of a test taken passively, or actively: without hands or help."""
    return f"{test.replace('_', '-')}-{'active' if active else 'passive'}"


def method_code(method: Method) -> str:
    """Return the code of a way of reading."""
    return f"method-{method.replace('_', '-')}"


def site_code(test: Protocol, side: Side) -> str:
    """Return the code of where a test measures: a hip, an ankle, or a side of the body."""
    where = "hip" if test.direction else "ankle" if test.role is Role.ANKLE else "side"
    return f"{side}-{where}"


SITES = {
    f"{side}-{where}": f"{side.capitalize()} {said}"
    for side in Side
    for where, said in (("hip", "hip"), ("ankle", "ankle"), ("side", "side of the body"))
}


@lru_cache(maxsize=1)
def measures() -> dict[str, tuple[Protocol, bool]]:
    """Return every test of the battery by its code, with whether it is the active one."""
    return {
        measure_code(test.id, active): (test, active)
        for test in battery().values()
        for active in test.modes()
    }


@lru_cache(maxsize=1)
def concepts() -> dict[str, tuple[str, str]]:
    """Return every code of our system, with how it is shown and what it means."""
    found = {
        code: (
            f"{test.name}, {'active' if active else 'passive'}",
            f"{test.quantity[0].upper()}{test.quantity[1:]}; {test.position}.",
        )
        for code, (test, active) in measures().items()
    }
    found |= {code: (said, f"{said}: where, and on which side") for code, said in SITES.items()}
    found |= {method_code(one): (one.replace("_", " "), "How it was read") for one in Method}
    found |= {f"end-{one}": (str(one), "What stopped the movement") for one in EndFeel}
    found |= {f"part-{part}": (said, said) for part, said in PARTS.items()}
    return found | {NO_PLAN: ("No plan", "No plan is in this bundle; the text of the flag says why.")}


def coded(code: str, text: str = "") -> dict[str, Any]:
    """Return one of our codes as a CodeableConcept."""
    display, _ = concepts()[code]
    return {"coding": [{"system": SYSTEM, "code": code, "display": display}], "text": text or display}


def quantity(value: float, unit: str) -> dict[str, Any]:
    """Return a number with its unit in UCUM."""
    code, said = UNITS[unit]
    return {"value": value, "unit": said, "system": UCUM, "code": code}
