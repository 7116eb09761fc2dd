"""Pages in German as a runner meets them, and in a made-up language that shows what was left English."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from bad_input import HOSTILE, ROWS, Row
from django.core.files.uploadedfile import SimpleUploadedFile

from browsing import RUNNER
from found import everything
from lay import LOCALES, compile_to, read
from night import every
from scenes import answer_before_a_session
from triplane import coach
from triplane.bootstrap import Practice
from triplane.catalogue import load, prescribe, units_range
from triplane.coach import dose_in_words
from triplane.history import AboutRunner
from triplane.web.languages import offered
from triplane.web.said import said, said_by_language

ROOT = Path(__file__).parents[2]
GERMAN = ROOT / LOCALES / "de" / "LC_MESSAGES" / "django.po"
MADE_UP = "el"
"""A language whose letters and whose framework's words are no Latin ones."""

GREEK = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "αβψδεφγηιξκλμνοπϑρστθωςχυζΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠΘΡΣΤΥΩΪΧΫΖ",
)
VALUE = re.compile(r"(%\(\w+\)[sd]|\{\w+\}|%%)")


def written(english: str) -> str:
    """English in Greek letters, values untouched."""
    return "".join(part if n % 2 else part.translate(GREEK) for n, part in enumerate(VALUE.split(english)))


@pytest.fixture(scope="session")
def with_made_up(laid: Path) -> Path:
    """Every language that may be offered, and the made-up one."""
    made_up = Catalog(locale=MADE_UP, fuzzy=False)
    for one in everything(ROOT):
        key = (one.english, one.plural) if one.plural else one.english
        said = tuple(map(written, key)) if isinstance(key, tuple) else written(key)
        made_up.add(key, said, locations=[(at, None) for at in one.places], context=one.context or None)
    compile_to(laid / MADE_UP / "LC_MESSAGES", made_up)
    return laid


@pytest.fixture
def spoken(app: Any, with_made_up: Path) -> Iterator[Path]:
    from django.test import override_settings

    with override_settings(LOCALE_PATHS=[with_made_up], LANGUAGES=offered(with_made_up)):
        yield with_made_up


SILENT = ("script", "style")
EMPTY = ("br", "img", "input", "meta", "link", "hr")


def _is_cited(told: dict[str, str | None]) -> bool:
    """Whether an element says that it is English on purpose, as the title of a source, or no words."""
    return told.get("lang") == "en" or told.get("translate") == "no"


class Words(HTMLParser):
    """What a page says: its texts, and what is said of pictures and fields."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = 0
        self.cited: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.silent += tag in SILENT
        self.cited += (
            [tag] if (tag != "html" and _is_cited(told)) or (self.cited and tag not in EMPTY) else []
        )
        if self.cited:
            return
        for name in ("aria-label", "alt", "title", "placeholder"):
            if told.get(name):
                self.said.append(str(told[name]))

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT
        if self.cited:
            self.cited.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent and not self.cited and data.strip():
            self.said.append(" ".join(data.split()))


def said_on(answer: Any) -> list[str]:
    words = Words()
    words.feed(answer.content.decode())
    return words.said


def text(answer: Any) -> str:
    return " ".join(said_on(answer))


def in_language(browser: Any, language: str) -> Any:
    browser.cookies["language"] = language
    return browser


# -- nothing is left English --

NAMES = "Spring marathon|Triplane|min|FIT|TCX|GPX|English|Deutsch|Android|iPhone|iPad|SHA"

ENGLISH = re.compile(r"[A-Za-z]{3,}")
NEVER = re.compile(
    r"^/(static|figures|films)|\.(svg|json|toml|crt|mobileconfig|zip|gz|jsonl|fit|txt|md|pdf)$|/play\.|/export"
)


def left_english(answer: Any, *given: str) -> list[str]:
    """Return what a page says in English; names stay as they are, and what it was ``given``."""
    cited = "|".join(re.escape(one) for one in given if one)
    named = re.compile(rf"\b(?:{NAMES})\b" + (f"|{cited}" if cited else ""))
    return [one for one in said_on(answer) if ENGLISH.search(named.sub("", one))]


def pages_from(browser: Any, first: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Follow every link there is, two of each kind of page."""
    from django.urls import Resolver404, resolve

    waiting, met, kinds = list(first), set(first), {}
    while waiting:
        place = waiting.pop(0)
        answer = browser.get(place, follow=True)
        if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
            continue
        yield place, answer
        for link in re.findall(r'href="(/[^"#]*)"', answer.content.decode()):
            if link in met or NEVER.search(link):
                continue
            met.add(link)
            try:
                kind = resolve(link.partition("?")[0]).url_name
            except Resolver404:
                continue
            kinds[kind] = kinds.get(kind, 0) + 1
            if kinds[kind] <= 2:
                waiting.append(link)


def told(left: dict[str, list[str]]) -> str:
    """Name what was left English, and on which page."""
    return "left English:\n" + "\n".join(f"{place}: {one}" for place, found in left.items() for one in found)


def test_no_page_of_a_runner_at_work_is_left_english(marathoner, spoken, browser) -> None:
    in_language(browser, MADE_UP)
    slot = marathoner.practice.day().next_slot
    first = (
        "/",
        "/week/",
        "/checkin/",
        f"/session/{slot}/",
        f"/session/{slot}/how-it-was/",
        "/nothing/here/",
    )
    left = {place: found for place, answer in pages_from(browser, first) if (found := left_english(answer))}
    assert left == {}, told(left)


def sendings(row: Row) -> Iterator[dict[str, Any]]:
    """Yield what leads to every answer of a form: a good sending, nothing, each field wrong in each way."""
    yield row.good
    yield {}
    for what, bad in product(row.good, HOSTILE.values()):
        if bad.isprintable() and len(bad) < 100:
            yield {**row.good, what: bad}


FORMS = [name for name, row in ROWS.items() if not row.is_json and name != "language"]


@pytest.mark.parametrize("name", every(4, FORMS))
def test_nothing_that_a_form_answers_is_left_english(marathoner, spoken, browser, monkeypatch, name) -> None:
    row = ROWS[name]
    if row.plans:
        monkeypatch.setattr(Practice, "day", Practice.look)
        monkeypatch.setattr(Practice, "week", Practice.look)
    address, left = row.address(marathoner), {}
    in_language(browser, MADE_UP)
    for sent in sendings(row):
        answer = browser.post(address, sent, follow=True)
        if answer.headers["Content-Type"].startswith("text/html"):
            found = left_english(answer, "TOTAL_FORMS", "INITIAL_FORMS", RUNNER, *map(str, sent.values()))
            left |= {f"{address} {sent}": found} if found else {}
        in_language(browser, MADE_UP)

    assert left == {}, told(left)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.txt", b"not a run at all"),
        ("12.5 km, left.fit", b""),
        ("run.fit", b"\x0e\x10\x00\x00\xff\xff\xff\xff.FIT\x00\x00"),
        ("club.ics", b"BEGIN:VCALENDAR\nEND:NOTHING"),
        ("a.zip", b"PK\x03\x04 and no more"),
        ("anna.jsonl", b'{"archive": 99, "runner": "anna", "facts": 0}\n'),
        ("anna.jsonl", b'{"a": 1}\nnot json\n'),
        ("run.tcx", b"<TrainingCenterDatabase><Activities/></TrainingCenterDatabase>"),
        ("run.gpx", b"<gpx><trk></gpx>"),
        ("bundle.json", b'{"resourceType": "Bundle", "type": "document"}'),
        ("table.csv", b"Activity Type,Date\nRunning,never\n"),
    ],
)
def test_what_is_wrong_with_a_file_is_not_left_english(marathoner, spoken, browser, name, content) -> None:
    sent = {"files": [SimpleUploadedFile(name, content)]}
    answer = in_language(browser, MADE_UP).post("/week/bring/", sent)

    assert name in text(answer)
    assert left_english(answer, name, "resourceType", "Bundle", "document") == []


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_drawing_that_the_player_begins_with_is_not_left_english(
    marathoner, spoken, browser, side
) -> None:
    old = in_language(browser, MADE_UP).get(f"/figures/own_hip_cars/000000000000.{side}.svg")
    drawing = browser.get(old.headers["Location"])

    assert drawing.headers["Content-Type"] == "image/svg+xml"
    assert left_english(drawing) == []


@pytest.mark.parametrize("drill", every(4, sorted(load())))
def test_no_page_of_a_drill_is_left_english(marathoner, spoken, browser, drill) -> None:
    """Not where things lie, not a caption that is broken into lines, not what is done for how long."""
    answer = in_language(browser, MADE_UP).get(f"/drills/{drill}/")

    assert answer.status_code == 200
    assert left_english(answer) == []


def test_no_page_of_beginning_or_stopping_is_left_english(app, spoken, browser) -> None:
    in_language(browser, MADE_UP)
    left: dict[str, list[str]] = {}

    def look(answer: Any) -> Any:
        if found := left_english(answer):
            left[answer.request["PATH_INFO"]] = found
        return answer

    look(browser.get("/", follow=True))
    browser.post("/begin/welcome/")
    for question in coach.first_questions():
        look(browser.get(f"/begin/safety/{question}/"))
        look(browser.post(f"/begin/safety/{question}/", {}))
        look(browser.post(f"/begin/safety/{question}/", {"answer": "yes"}))
    for page in ("about", "equipment", "week"):
        look(browser.get(f"/begin/{page}/"))
        look(
            browser.post(f"/begin/{page}/", {"age": "nothing", "weekly_minutes": "0", "session_minutes": "x"})
        )
    app.practice.record(coach.screening_answers({"H01": True, "H01.deformed_or_stuck": True}))
    look(browser.get("/stop/", follow=True))

    assert left == {}, told(left)


# -- German as it is met --


def test_a_blocked_german_runner_is_told_in_german_what_to_do(app, spoken, browser) -> None:
    app.practice.record(coach.disclaimer_accepted())
    app.practice.record(coach.screening_answers({"H01": True, "H01.deformed_or_stuck": True}))
    page = browser.get("/stop/", headers={"accept-language": "de-CH,de;q=0.9,en;q=0.5"})
    shown = text(page)

    assert '<html lang="de"' in page.content.decode()
    assert "Ruf jetzt Hilfe" in shown
    assert "Wähl jetzt den Notruf (112)." in shown
    assert "Das ist keine Diagnose." in shown
    assert "emergency" not in shown


def test_the_language_is_chosen_in_the_settings_and_kept(marathoner, spoken, browser) -> None:
    assert "Sprache" not in text(browser.get("/settings/"))
    browser.post("/settings/language/", {"language": "de"})
    assert "Sprache" in text(browser.get("/settings/"))
    assert "Heute" in text(browser.get("/", headers={"accept-language": "en"}))

    browser.post("/settings/language/", {"language": "xx"})
    assert "Language" in text(browser.get("/settings/"))


def test_what_is_recorded_is_the_same_in_every_language(marathoner, spoken, browser) -> None:
    english = marathoner.practice.day()
    in_language(browser, "de").get("/")

    assert marathoner.practice.day() == english


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_comma_is_read_as_a_point_in_every_language(app, spoken, browser, language) -> None:
    in_language(browser, language)
    app.practice.record(coach.disclaimer_accepted())
    answer = browser.post("/begin/about/", {"mass_kg": "61,5", "sex": "both"})

    assert answer.status_code == 302
    assert [body.mass_kg for _, body in app.practice.history().all(AboutRunner)] == [61.5]


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("Next: 12 minutes, pre run, 06:22.", "Als Nächstes: 12 Minuten, vor dem Lauf, 06:22."),
        ("Side plank. 2 sets, hold 30 seconds.", "Seitstütz. 2 Sätze, 30 Sekunden halten."),
        ("left: 2 sets of 8; right: 3 sets of 8", "links: 2 Sätze mit 8; rechts: 3 Sätze mit 8"),
        ("Left side. Keep breathing; never hold your breath.", "Links. Atme weiter; halte nie die Luft an."),
        ("This comes after your check-in and a run.", "Das kommt nach deiner Morgenmeldung und einem Lauf."),
        (
            "Your left groin hurt: until a calm morning, what strains it does not begin.",
            "Leiste links hat geschmerzt: Bis zu einem ruhigen Morgen beginnt nichts, was das belastet.",
        ),
        (
            "Internal rotation on the left needs work: 2.5 minutes a week. It is the lower side.",
            "Innenrotation links braucht Arbeit: 2,5 Minuten pro Woche. Es ist die kleinere Seite.",
        ),
        (
            "Side plank on the left: up to 60% of the full dose.",
            "Seitstütz links: hinauf auf 60\u00a0% der vollen Dosis.",
        ),
        ("2 sets, hold 30 seconds, each side", "2 Sätze, 30 Sekunden halten, jede Seite"),
        (
            "2 sets of 10, hold each for 2 seconds, each side",
            "2 Sätze mit 10, jede 2 Sekunden halten, jede Seite",
        ),
        ("Side plank leaves Thursday 18:10.", "Seitstütz fällt weg: Donnerstag 18:10."),
        (
            "Turn in on the left: 0.6 degrees, where 1.1 to 20.0 is usual for women and men 20 to 60; "
            "limited.",
            "Nach innen drehen links: 0,6 Grad, üblich sind 1,1 bis 20,0 (Frauen und Männer 20 bis 60); "
            "eingeschränkt.",
        ),
        (
            "Turn in on the left is 1 degree less than on the right.",
            "Nach innen drehen links ist 1 Grad weniger als rechts.",
        ),
        (
            "+4.8 degrees since your first reading is more than the 4 degrees a real change takes.",
            "+4,8 Grad seit deinem ersten Wert ist mehr als die 4 Grad, die eine echte Veränderung braucht.",
        ),
        (
            "Kneeling hip shifts, side to side leaves Thursday 18:10.",
            "Kniende Hüftschübe, zur Seite fällt weg: Donnerstag 18:10.",
        ),
        (
            "What hurt: left groin at 6 of 10 (joint).",
            "Was geschmerzt hat: Leiste links mit 6 von 10 (Gelenk).",
        ),
        ("rests until Monday 23 November", "ruht bis Montag, 23. November"),
        (
            "The basics of these come as you learn more drills: leg across on the left, knee up and turn in. "
            "Only a few drills are new in one week, and this week's go to what needs them most.",
            "Das Grundmaß für diese kommt, sobald du mehr Übungen kennst: Bein über die Mitte links, "
            "Knie hoch und nach innen drehen. In einer Woche sind nur wenige Übungen neu, und die dieser "
            "Woche gehen dahin, wo sie am meisten gebraucht werden.",
        ),
        (
            "A drill was too much on Monday: until a calm morning, no drill gets more than it had.",
            "Eine Übung war zu viel (Montag): "
            "Bis zu einem ruhigen Morgen bekommt keine Übung mehr, als sie hatte.",
        ),
        (
            "A clearance holds until 04 December; after that what it allowed is left out again.",
            "Eine Freigabe gilt bis 4. Dezember; danach bleibt wieder weg, was sie erlaubt hat.",
        ),
        (
            "this code was used before or is older than ten minutes; show a new one",
            "dieser Code wurde schon benutzt oder ist älter als zehn Minuten; lass einen neuen zeigen",
        ),
        (
            "20 phones are paired already; forget one of them first",
            "20 Handys sind schon gekoppelt; vergiss zuerst eines davon",
        ),
        (
            "a.zip: this is the record of another runner; nobody's record is brought in as somebody else's. "
            "Nothing was changed",
            "a.zip: das gehört jemand anderem; niemand bekommt etwas von anderen als Eigenes herein. "
            "Es wurde nichts geändert",
        ),
        ("Turn the shin to the wall, slowly.", "Turn the shin to the wall, slowly."),
        (
            "a clearance by a physiotherapist does not lift a pinch in the front of the hip; it takes one of:"
            " physician, surgeon. Nothing was recorded",
            "eine Freigabe durch Physiotherapie hebt das nicht auf: ein Klemmen vorn in der Hüfte; das "
            "dürfen nur: Ärztin oder Arzt, Chirurgie. Nichts wurde gespeichert",
        ),
        (
            "26 November 2026 goes otherwise: no run and 2.5 minutes at home.",
            "26. November 2026 läuft anders: kein Lauf und 2,5 Minuten zu Hause.",
        ),
        (
            "You have 2.5 minutes at home that day.",
            "Du hast an diesem Tag 2,5 Minuten zu Hause.",
        ),
    ],
)
def test_a_sentence_of_the_coach_is_read_back_with_its_values(app, spoken, english, german) -> None:
    from django.utils.translation import override

    with override("de"):
        assert said(english) == german
    with override("en"):
        assert said(english) == english.replace("04 December", "4 December")


def test_no_dose_of_any_drill_is_half_english(app, spoken) -> None:
    from django.utils.translation import override

    english = re.compile(r"\b(sets?|hold|each|seconds?|rounds?|side|legs|left|right)\b")
    told = {
        dose_in_words(prescribe(drill, units))
        for drill in load().values()
        for units in range(1, units_range(drill)[1] + 1)
    }
    ways = ("{}", "{}, each side", "{}, both legs at once", "left: {}", "left: {}; right: 2 sets of 8")
    with override("de"):
        left = [said(way.format(dose)) for way in ways for dose in told]

    assert len(told) > 50
    assert [one for one in left if english.search(one)] == []


def test_dates_are_written_as_the_language_does(marathoner, spoken, browser) -> None:
    assert "Wednesday 25 November" in text(browser.get("/"))
    assert "Mittwoch, 25. November" in text(in_language(browser, "de").get("/"))
    assert "25. November 2026" in text(browser.get("/progress/"))


def test_a_cue_that_no_catalogue_says_is_marked_for_an_english_voice(marathoner, laid, browser) -> None:
    from django.test import override_settings

    slot = marathoner.practice.day().next_slot
    score = f"/session/{slot}/play.json"
    answer_before_a_session(marathoner)
    in_language(browser, "de")
    with override_settings(LOCALE_PATHS=[laid], LANGUAGES=offered(laid)):
        cues = browser.get(score).json()["cues"]

    english = [cue.says for cue in marathoner.practice.bundle(slot).session.cues]
    for cue, says in zip(cues, english, strict=True):
        stretches = cue.get("by_language", {}).get("says", [[cue["says"], ""]])
        assert [words for words, language in stretches if language not in ("", "en")] == []
        for sentence in re.split(r"(?<=[.?!]) ", says):
            is_left = sentence in cue["says"] and any(map(str.isalpha, sentence))
            marked = " ".join(words for words, language in stretches if language == "en")
            assert (sentence in marked) == is_left, cue
        assert "".join(words for words, _ in stretches).replace(" ", "") == cue["says"].replace(" ", "")
    assert any(cue["kind"] == "switch" and "by_language" not in cue for cue in cues)


def test_only_what_nobody_translated_is_marked_english_within_a_line(spoken) -> None:
    from django.utils.translation import override

    left = "No page says this sentence."
    with override("de"):
        assert said_by_language(f"Left side. {left}") == [("Links.", ""), (left, "en")]
        assert said_by_language(f"Rest. What you should feel: {left}") == [
            ("Pause. Das solltest du spüren:", ""),
            (left, "en"),
        ]
        assert said_by_language("Switch. Now right.") == [("Seitenwechsel. Jetzt rechts.", "")]
    with override("en"):
        assert said_by_language(f"Left side. {left}") == [(f"Left side. {left}", "")]


def test_a_drill_and_its_dose_are_said_sentence_by_sentence(spoken) -> None:
    from django.utils.translation import override

    with override("de"):
        told = said(
            "Half-kneeling band drive for the front of the hip. 2 sets of 6, hold each for 4 seconds."
        )

    assert told == "Halbkniender Bandschub für die Hüfte vorn. 2 Sätze mit 6, jede 4 Sekunden halten."


def _english_on(answer: Any, german: Catalog) -> list[str]:
    """Name the texts of a page that stand there in English though the catalogue says them in German."""
    told = said_on(answer)
    sentences = {*told, *(part for text in told for part in re.split(r"(?<=[.:;?!]) ", text))}
    met = ((text, german.get(text)) for text in sentences if " " in text)
    return [text for text, entry in met if entry is not None and entry.string != text]


def test_no_german_page_of_a_drill_shows_an_english_sentence(marathoner, laid, browser) -> None:
    from django.test import override_settings

    german, drills = read(GERMAN), load()
    in_language(browser, "de")
    with override_settings(LOCALE_PATHS=[laid], LANGUAGES=offered(laid)):
        shown = {drill: browser.get(f"/drills/{drill}/") for drill in every(8, sorted(drills))}
        left = {drill: found for drill, answer in shown.items() if (found := _english_on(answer, german))}

    assert left == {}
    assert all(said_in(german, drills[drill].setup[0]) in text(answer) for drill, answer in shown.items())


def test_a_german_session_and_its_player_say_every_line_in_german(marathoner, laid, browser) -> None:
    from django.test import override_settings

    slot = marathoner.practice.day().next_slot
    answer_before_a_session(marathoner)
    in_language(browser, "de")
    with override_settings(LOCALE_PATHS=[laid], LANGUAGES=offered(laid)):
        words = browser.get(f"/session/{slot}/")
        score = browser.get(f"/session/{slot}/play.json")

    posters = {place for drill in score.json()["drills"].values() for place in drill["posters"].values()}
    assert all(place.endswith(".svg?in=de") for place in posters), "kept apart from the English ones"

    assert _english_on(words, read(GERMAN)) == []
    assert 'lang="en"' not in words.content.decode()
    assert '"en"]' not in json.dumps(score.json(), separators=(",", ":"))


def said_in(german: Catalog, english: str) -> str:
    """Say one text as the catalogue does."""
    return str(german.get(english).string)
