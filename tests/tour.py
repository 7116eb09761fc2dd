"""Every page in every state worth looking at: who looks, where, and what is done there first.

The tour is what pictures (``make shots``) and accessibility tests go through. A page that it leaves out is
found by the paths of the app and named; what is no page stands in ``NO_PAGES`` with its reason.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from browsing import App
from stage import Stage, has_player
from triplane.history import DayChanged, PlanIssued, RaceEntered, SessionLogged

Do = Callable[[Any], None]
"""What is done on a page before it is looked at."""

NO_PAGES: Mapping[str, str] = {
    "begin": "leads to the next step",
    "theme": "takes a form",
    "export": "a file to keep",
    "export_fhir": "a file to keep",
    "sample": "takes a form",
    "sample_leave": "takes a form",
    "sample_start": "leads to the sample runner's day",
    "pair": "answers a phone that the app was opened for, which no scene has",
    "phone_forget": "takes a form",
    "phone_authority": "a file to keep",
    "phone_profile": "a file to keep",
    "language": "takes a form",
    "drill_choose": "takes a form",
    "thumb": "a picture",
    "moving": "a picture",
    "move_back": "takes a form",
    "feed": "a calendar for other programs",
    "feed_revoke": "takes a form",
    "bring_from": "takes a form",
    "calendar_forget": "takes a form",
    "calendar_go_by": "takes a form",
    "hand_in": "takes a document",
    "offline_bundle": "a document of the player",
    "service_worker": "a script",
    "handout_file": "a file to keep",
    "week_pdf": "a file to keep",
    "session_file": "a file to keep; its own tests open it",
    "plan": "takes a form; its page is seen where a week is first made",
    "change_undo": "takes a form",
    "film": "a document of the player",
    "poster": "a picture",
    "score": "a document of the player",
    "hurts": "takes a form",
    "count": "takes a document",
    "eye": "hands out leave to watch",
    "played": "takes a document",
}


@dataclass(frozen=True)
class Sight:
    """One page in one state. ``is_player`` asks for the built islands.

    A sight that ``records`` something on the way is looked at over a copy of its scene.
    """

    name: str
    page: str
    scene: str
    address: str
    do: Do | None = None
    is_player: bool = False
    records: bool = False

    def open(self, page: Any, stage: Stage) -> None:
        """Go there and do what belongs to it."""
        name = f"{self.scene}-for-{self.name}" if self.records else self.scene
        app = stage.copy(self.scene, name) if self.records else stage.scene(self.scene)
        page.goto(stage.address(name) + filled(self.address, app))
        if self.do:
            self.do(page)
            page.wait_for_load_state()

    @property
    def can_be_seen(self) -> bool:
        return not self.is_player or has_player()


def filled(address: str, app: App) -> str:
    """Put the scene's own names into an address."""
    names: dict[str, Callable[[], str]] = {
        "{slot}": lambda: _next_slot(app),
        "{change}": lambda: _last(app, DayChanged),
        "{race}": lambda: _last(app, RaceEntered),
        "{session}": lambda: _last(app, SessionLogged),
        "{plan}": lambda: _last(app, PlanIssued),
    }
    for name, value in names.items():
        if name in address:
            address = address.replace(name, value())
    return address


def _next_slot(app: App) -> str:
    day = app.practice.look()
    assert day is not None
    return day.next_slot or next(slot.slot.id for slot in day.slots)


def _last(app: App, kind: type) -> str:
    return app.practice.history().facts_of(kind)[-1].id


def send(page: Any) -> None:
    """Send the page's form as it stands, and wait for what it leads to."""
    with page.expect_navigation():
        page.locator("main form button").last.click()


def half_told(page: Any) -> None:
    """Say where something is felt, and not how much."""
    page.locator("main select").first.select_option(index=1)
    send(page)


def half_a_week(page: Any) -> None:
    """Tick a run and a race, and say of neither when."""
    page.locator("input[name=tue_run]").check(force=True)
    unfold(page)
    page.locator("input[name=race_km]").first.check(force=True)
    send(page)


def bring_nothing(page: Any) -> None:
    """Send the form for files of runs without a file."""
    page.evaluate("document.querySelector('form[action$=\"bring/\"]').submit()")
    page.wait_for_url("**/bring/")


LITTLE = (
    "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Club\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Intervals\r\n"
    "DTSTART;TZID=Europe/Berlin:20261126T180000\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
"""A calendar with one run in the week of all scenes."""


def bring_little(page: Any) -> None:
    """Bring in a calendar that holds less than the usual week."""
    form = page.locator("form[action$='bring/']")
    little = {"name": "club.ics", "mimeType": "text/calendar", "buffer": LITTLE.encode()}
    form.locator("input[type=file]").set_input_files(little)
    page.evaluate("document.querySelector('form[action$=\"bring/\"]').submit()")
    page.wait_for_url("**/bring/")


def opened_to_move(page: Any) -> None:
    """Open the sheet in which a session is moved, and wait for what it says of the place."""
    page.locator("[data-slot] .move").first.click()
    page.wait_for_selector("#moving [data-show=said] p")


def unfold(page: Any) -> None:
    """Open everything that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


def yes(page: Any) -> None:
    """Answer a safety question with yes, so that what belongs to it is asked."""
    with page.expect_navigation():
        page.locator("main button[name=answer][value=yes]").click()


def read(values: Mapping[str, str]) -> Do:
    """Fill in readings and send them."""

    def fill(page: Any) -> None:
        fields = page.locator("main form input[inputmode=decimal]:visible")
        for number, value in enumerate(values.values()):
            fields.nth(number).fill(value)
        with page.expect_navigation():
            page.locator("main form button:not([name])").last.click()

    return fill


SIGN = """
["className", "dataset", "textContent"].map((what, i) => {
  const one = document.querySelector([".panel", "#player", "[data-show=phase]"][i])[what];
  return typeof one === "string" ? one : one.side || "";
})
"""


def _begun(page: Any) -> None:
    page.wait_for_selector("#start[open]")
    page.locator("#start [data-do=begin]").click()
    for _ in range(100):
        if _sign(page)[2] != "Ready":
            return
        page.wait_for_timeout(50)  # its policy lets nobody wait inside the page
    raise AssertionError("the player does not begin")


def _sign(page: Any) -> tuple[str, str, str]:
    panel, side, phase = page.evaluate(SIGN)
    return panel, side, phase


def until(holds: Callable[[str, str, str], bool]) -> Do:
    """Begin, and go on to the first moment whose panel, side and phase are as wanted."""

    def go(page: Any) -> None:
        _begun(page)
        for _ in range(120):
            if holds(*_sign(page)):
                return
            page.keyboard.press("ArrowRight")
        raise AssertionError("the player never comes there")

    return go


def _works(side: str) -> Do:
    return until(lambda panel, now, _: "work" in panel and now == side)


def _then(first: Do, *more: str) -> Do:
    def go(page: Any) -> None:
        first(page)
        for selector in more:
            page.locator(selector).first.click()

    return go


def _ended(page: Any) -> None:
    _works("left")(page)
    page.locator("[data-do=leave]").first.click()
    page.wait_for_selector("#after:not([hidden])")


WATCHED = """() => {
  const eye = document.querySelector(".eye");
  eye.hidden = false;
  eye.dataset.state = "on";
  document.documentElement.classList.add("watching");
  document.querySelector("[data-do=camera]").setAttribute("aria-pressed", "true");
  document.querySelector("[data-show=eye-state]").textContent = "Camera on";
  document.querySelector("[data-show=eye-help]").textContent = "Nobody is in the picture.";
}"""
"""The preview as it stands while the camera is on; a test in a browser of its own has a camera."""


def _watched(page: Any) -> None:
    _works("left")(page)
    page.evaluate(WATCHED)


def _stopped(page: Any) -> None:
    _then(_works("left"), ".keys [data-do=hurts]", "[data-do=ask-signs]")(page)
    page.locator("#hurts input[value=giving_way]").check(force=True)
    page.get_by_role("button", name="Tell", exact=True).click()
    page.wait_for_selector("#stopped:not([hidden])")


PLAYER: Mapping[str, Do | None] = {
    "start": lambda page: page.wait_for_selector("#start[open]"),
    "announced": _begun,
    "get-ready": until(lambda panel, side, phase: phase == "Get ready"),
    "work-left": _works("left"),
    "work-right": _works("right"),
    "rest": until(lambda panel, side, phase: phase == "Rest"),
    "switch": until(lambda panel, side, phase: phase == "Switch sides"),
    "paused": _then(_works("left"), "[data-do=pause]"),
    "too-much": _then(_works("left"), "[data-do=toomuch]"),
    "hurts": _then(_works("left"), ".keys [data-do=hurts]"),
    "hurts-where": _then(_works("left"), ".keys [data-do=hurts]", "[data-do=ask-where]"),
    "hurts-signs": _then(_works("left"), ".keys [data-do=hurts]", "[data-do=ask-signs]"),
    "watch-asked": _then(_works("left"), "[data-do=camera]"),
    "watched": _watched,
    "stopped": _stopped,
    "after": _ended,
}

THREE = {str(number): value for number, value in enumerate(("18", "17", "19", "31", "30", "32"))}
APART = {str(number): value for number, value in enumerate(("18", "40", "19", "31", "30", "32"))}
WRONG = {str(number): value for number, value in enumerate(("x", "400"))}


TODAYS = (
    "sample", "beginner", "hypermobile", "nothing-measured", "not-measured-session", "sore",
    "away", "all-done", "hardly-begun", "missed-three-weeks", "race-week",
)  # fmt: skip


def _today() -> Iterator[Sight]:
    yield Sight("today-midweek", "today", "midweek", "/")
    yield Sight("today-first-day", "today", "told", "/")
    for scene in TODAYS:
        yield Sight(f"today-{scene}", "today", scene, "/")
    yield Sight("today-sore-changes", "today", "sore", "/", unfold)
    yield Sight("today-not-there", "today", "midweek", "/nowhere/")


def _begin() -> Iterator[Sight]:
    yield Sight("begin-welcome", "welcome", "first-day", "/")
    yield Sight("begin-question", "question", "asked", "/begin/")
    yield Sight("begin-question-yes", "question", "asked", "/begin/safety/H05/", yes)
    yield Sight("begin-question-sure", "question", "asked", "/begin/safety/H07/", yes)
    yield Sight("begin-again", "question", "asked-again", "/")
    yield Sight("begin-about", "about", "screened", "/begin/about/")
    yield Sight("begin-equipment", "equipment", "screened", "/begin/equipment/")
    yield Sight("begin-week", "usual_week", "screened", "/begin/week/")
    yield Sight("begin-week-no-run", "usual_week", "screened", "/begin/week/", send)
    yield Sight("begin-week-wrong", "usual_week", "screened", "/begin/week/", half_a_week)
    for scene in ("emergency", "urgent", "refer"):
        yield Sight(f"stop-{scene}", "stop", scene, "/stop/")
    yield Sight("stop-unscreened-drills", "drills", "asked", "/drills/")


def _week() -> Iterator[Sight]:
    for scene in ("midweek", "sample", "sore", "away", "race-week", "nothing-measured"):
        yield Sight(f"week-{scene}", "week", scene, "/week/")
    yield Sight("week-unfolded", "week", "midweek", "/week/", unfold)
    yield Sight("week-first", "week", "told", "/week/")
    yield Sight("week-move", "move", "midweek", "/week/move/{slot}/")
    yield Sight("week-moving", "week", "both-legs", "/week/", opened_to_move, is_player=True)
    yield Sight("week-brought-nothing", "bring", "midweek", "/week/", bring_nothing)
    yield Sight("week-calendar-asks", "bring", "midweek", "/week/", bring_little)
    yield Sight("offline", "offline", "midweek", "/offline/")
    yield Sight("why", "why", "midweek", "/why/internal_rotation/")
    yield Sight("change", "change", "away", "/change/")
    for what in ("away", "minutes", "race"):
        yield Sight(f"change-{what}", "change_tell", "midweek", f"/change/{what}/")
    yield Sight("change-wrong", "change_tell", "midweek", "/change/race/", send)
    yield Sight("change-made", "change_made", "away", "/change/made/{change}/")
    yield Sight("change-race-made", "change_made", "race-week", "/change/made/{race}/")
    yield Sight("checkin", "checkin", "midweek", "/checkin/")
    yield Sight("checkin-wrong", "checkin", "midweek", "/checkin/", half_told)
    yield Sight("session-ready", "session", "midweek", "/session/{slot}/")
    yield Sight("session-ready-wrong", "session", "midweek", "/session/{slot}/", send)
    yield Sight("session-words", "session", "about-to-begin", "/session/{slot}/")
    yield Sight("handout", "handout", "midweek", "/session/{slot}/handout/")
    yield Sight("handout-week", "week_handout", "midweek", "/week/handout/")
    yield Sight("how-it-was", "how_it_was", "about-to-begin", "/session/{slot}/how-it-was/")
    yield Sight("how-it-was-wrong", "how_it_was", "about-to-begin", "/session/{slot}/how-it-was/", send)


def _player() -> Iterator[Sight]:
    for name, do in PLAYER.items():
        yield Sight(
            f"player-{name}",
            "play",
            "first-session",
            "/session/{slot}/play/",
            do,
            is_player=True,
            records=name == "stopped",
        )
    yield Sight("player-work-both", "play", "both-legs", "/session/{slot}/play/", _works(""), is_player=True)


def _hips() -> Iterator[Sight]:
    for scene in ("midweek", "sample", "hypermobile", "nothing-measured"):
        yield Sight(f"hips-{scene}", "hips", scene, "/hips/")
    yield Sight("hips-unfolded", "hips", "midweek", "/hips/", unfold)
    for direction in ("internal_rotation", "extension", "adduction"):
        yield Sight(f"hips-{direction}", "direction", "midweek", f"/hips/{direction}/")
    yield Sight("hips-direction-not-measured", "direction", "nothing-measured", "/hips/flexion/")
    yield Sight("measure", "measure", "midweek", "/measure/")
    yield Sight("measure-nothing-yet", "measure", "nothing-measured", "/measure/")
    for test in ("internal_rotation_prone", "flexion_supine", "side_plank", "step_down"):
        yield Sight(f"measure-{test}", "measure_test", "measuring", f"/measure/{test}/")
    yield Sight(
        "measure-apart", "measure_test", "measuring", "/measure/internal_rotation_prone/", read(APART)
    )
    yield Sight(
        "measure-wrong", "measure_test", "measuring", "/measure/internal_rotation_prone/", read(WRONG)
    )
    yield Sight(
        "measure-by-phone", "measure_test", "measuring", "/measure/flexion_supine/", by_phone, is_player=True
    )
    seated = "/measure/internal_rotation_seated/"
    yield Sight("measure-by-camera", "measure_test", "measuring", seated, by_camera, is_player=True)
    yield Sight("measured", "measured", "measured", "/measure/internal_rotation_prone/done/")
    yield Sight("measure-before", "before_test", "midweek", "/measure/internal_rotation_prone/")
    yield Sight("measure-refused", "measure_test", "pinched", "/measure/internal_rotation_prone/")


def _library() -> Iterator[Sight]:
    yield Sight("drills", "drills", "midweek", "/drills/")
    yield Sight("drills-filtered", "drills", "midweek", "/drills/?direction=internal_rotation&stage=3")
    yield Sight("drills-none", "drills", "midweek", "/drills/?words=nothinglikethis")
    for drill in ("mob_quad_band", "own_9090_back_ir", "str_copenhagen"):
        yield Sight(f"drill-{drill}", "drill", "midweek", f"/drills/{drill}/")
    yield Sight("drill-unfolded", "drill", "midweek", "/drills/mob_quad_band/", unfold)
    for scene in ("midweek", "nothing-measured"):
        yield Sight(f"lunges-{scene}", "lunges", scene, "/lunges/")
    yield Sight("lunges-unfolded", "lunges", "midweek", "/lunges/", unfold)
    for scene in ("midweek", "sample", "nothing-measured"):
        yield Sight(f"progress-{scene}", "progress", scene, "/progress/")
    for scene in ("midweek", "sample"):
        yield Sight(f"comparison-{scene}", "comparison", scene, "/progress/compare/")
    refused = "/progress/compare/?before=2026-11-24&after=2026-11-01"
    yield Sight("comparison-refused", "comparison", "midweek", refused)
    yield Sight("progress-unfolded", "progress", "midweek", "/progress/", unfold)


def by_phone(page: Any) -> None:
    """Open the inclinometer, as a phone would."""
    page.evaluate("document.querySelector('[data-for=phone]').hidden = false")
    page.locator("[data-level=open]").click()


def by_camera(page: Any) -> None:
    """Choose the camera that reads this test, and open its sheet."""
    page.locator(".ways summary").click()
    page.locator("input[name=method][value=camera_front]").check(force=True)
    page.evaluate("document.querySelector('#range-offer').hidden = false")
    page.locator("[data-range=open]").click()


def _settings() -> Iterator[Sight]:
    for page in ("settings", "defaults", "files", "clearance", "facts", "erase"):
        address = (
            "/settings/" if page == "settings" else f"/settings/{'delete' if page == 'erase' else page}/"
        )
        yield Sight(page if page == "settings" else f"settings-{page}", page, "midweek", address)
    yield Sight("settings-words", "calendar_words", "midweek", "/settings/calendar-words/", unfold)
    yield Sight("settings-feed", "feed_settings", "midweek", "/settings/feed/")
    yield Sight("settings-feed-made", "feed_settings", "midweek", "/settings/feed/", send, records=True)
    yield Sight("phone", "phone", "midweek", "/phone/")
    yield Sight("settings-clearance-blocked", "clearance", "refer", "/settings/clearance/")
    yield Sight("settings-clearance-wrong", "clearance", "refer", "/settings/clearance/", send)
    yield Sight("settings-fact", "fact", "away", "/settings/facts/{change}/")
    yield Sight("settings-fact-anew", "fact_anew", "hurt", "/settings/facts/{session}/anew/", unfold)
    yield Sight("settings-facts-hurt", "facts", "hurt", "/settings/facts/")
    yield Sight("settings-fact-plan", "fact", "midweek", "/settings/facts/{plan}/")


SIGHTS: tuple[Sight, ...] = (*_today(), *_begin(), *_week(), *_player(), *_hips(), *_library(), *_settings())


def left_out() -> list[str]:
    """Return the names of the app's paths that no sight shows and nobody excused."""
    from triplane.web.urls import urlpatterns

    seen = {sight.page for sight in SIGHTS} | set(NO_PAGES)
    assert len({sight.name for sight in SIGHTS}) == len(SIGHTS), "two sights of one name"
    return sorted(str(found.name) for found in urlpatterns if found.name not in seen)


def excused_in_vain() -> list[str]:
    """Return what is said to be no page and is none of the app's paths, or is shown all the same."""
    from triplane.web.urls import urlpatterns

    names = {found.name for found in urlpatterns}
    shown = {sight.page for sight in SIGHTS}
    return sorted(name for name in NO_PAGES if name not in names or name in shown)
