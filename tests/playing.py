"""A session as it is played in a browser, and what of it reaches the journal."""

from collections.abc import Callable
from typing import Any

from browsing import App
from triplane.history import SessionLogged

KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"
"""What one time of playing is known by."""


def logs(app: App) -> list[SessionLogged]:
    """Return the sessions that were logged."""
    return [fact.body for fact in app.practice.history().facts_of(SessionLogged)]


def until(page: Any, holds: Callable[[], object]) -> None:
    """Wait in the page's own time; its policy lets nobody wait inside it."""
    for _ in range(600):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it never came to be")


def hurt_in_the_groin(page: Any) -> None:
    """Tell of pain in a joint that ends a session."""
    page.get_by_role("button", name="Hurts").click()
    page.get_by_role("button", name="A pinch, or pain").click()
    tell_of_the_groin(page)


def tell_of_the_groin(page: Any) -> None:
    """Tell in the open sheet of pain of 6 in the groin, and send it."""
    page.locator("#hurts select").first.select_option("groin")
    page.locator("#hurts [name=form-0-kind]").select_option("joint")
    page.locator("#hurts input[name=form-0-score][value='6']").check(force=True)
    page.get_by_role("button", name="Tell", exact=True).click()


def played_in_full(score: dict[str, Any], **told: Any) -> dict[str, Any]:
    """Return what a device tells of a session played to its end, as it was laid out."""
    return {
        "key": KEY,
        "mark": score["mark"],
        "reference": score["reference"],
        "played": {"seconds": [cue["seconds"] for cue in score["cues"]]},
        **told,
    }
