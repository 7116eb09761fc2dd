"""The camera's socket: who may send points, what comes back, what closes it. Nothing sent harms the app."""

import asyncio
import json
import math
import struct
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acting import Take, acted
from held_still import recorded
from stage import Stage
from triplane import coach
from triplane.assessment import battery
from triplane.catalogue import find
from triplane.coach.issued import issued_plan
from triplane.formats.motion import sent_frame
from triplane.formats.motion.sent import LARGEST
from triplane.movement import LandmarkFrame
from triplane.web.eye import socket
from triplane.web.eye.tickets import (
    HOLDS_S,
    MOST,
    MOST_OF_ONE,
    SILENT_S,
    TICKETS,
    Ticket,
    Tickets,
    TooManyWatched,
)
from triplane.web.eye.view import for_item, for_test
from triplane.web.phone.guard import AT_THE_DOOR, COOKIE

DRILL = "str_step_down"
SET = acted(DRILL, Take(fps=15, repetitions=2))
NONSENSE = struct.pack("<4f", math.nan, 1, 0, 0)


def packed(frame: LandmarkFrame) -> bytes:
    """Write a frame as a page does."""
    head = struct.pack("<4f", frame.at_s, frame.aspect, frame.people, math.nan)
    rows = zip(frame.image, frame.world, frame.visibility, strict=True)
    return head + b"".join(struct.pack("<6f", *image, *world, seen) for image, world, seen in rows)


def ready(app: Any) -> None:
    """Let a runner say that nothing speaks against a session now."""
    app.practice.answer_readiness(dict.fromkeys(coach.asked_before_a_session(), False))


def ill(app: Any) -> None:
    app.practice.answer_readiness({"ill": True})


def planned(app: Any, drill: str = "") -> dict[str, str]:
    """Return the first item of a drill in the plan, or of any that a camera sees, as the page sends it."""
    plan = issued_plan(app.practice.history(), app.now)
    assert plan is not None

    def is_it(name: str) -> bool:
        found = find(name)
        return (
            name == drill if drill else found is not None and found.form is not None and not found.form.unseen
        )

    item = next(one for one in plan.items if is_it(one.drill))
    return {"slot": item.slot, "item": item.id, "side": "right"}


def new_ticket(app: Any, drill: str = DRILL) -> Ticket:
    """Return a ticket for a runner who may begin."""
    ready(app)
    asked = planned(app, drill)
    return for_item(app.practice, asked["slot"], asked["item"], coach.Side.RIGHT)[0]


def of_somebody_else(ticket: Ticket, number: int) -> Ticket:
    return replace(ticket, mark=f"somebody {number}")


def ticket_for(app: Any, drill: str = DRILL) -> str:
    return TICKETS.issue(new_ticket(app, drill))


def talk(name: str, messages: Iterable[bytes | str], **more: Any) -> list[dict[str, Any]]:
    """Speak with the socket as a server does, and return what it said."""
    headers = {"host": "testserver", "origin": "http://testserver", **more.pop("headers", {})}
    scope = {
        "type": "websocket",
        "scheme": "ws",
        "path": f"/eye/{name}/",
        "query_string": b"",
        "headers": [(key.encode(), value.encode()) for key, value in headers.items() if value],
        **more,
    }
    said: list[dict[str, Any]] = []

    def events() -> Iterator[dict[str, Any]]:
        yield {"type": "websocket.connect"}
        for one in messages:
            yield {"type": "websocket.receive", ("text" if isinstance(one, str) else "bytes"): one}
        yield {"type": "websocket.disconnect", "code": 1001}

    ahead = events()

    async def receive() -> dict[str, Any]:
        return next(ahead)

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    asyncio.run(socket.EyeSocket(None)(scope, receive, send))
    return said


def answers(said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [json.loads(one["text"]) for one in said if one["type"] == "websocket.send"]


def closed(said: list[dict[str, Any]]) -> tuple[int, str]:
    assert said[-1]["type"] == "websocket.close"
    return said[-1]["code"], said[-1].get("reason", "")


@pytest.fixture(autouse=True)
def no_tickets_of_others() -> Iterator[None]:
    """Begin and end without a ticket: those of other tests count against what one process follows."""
    TICKETS.forget()
    yield
    TICKETS.forget()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test send a minute's frames at once."""
    monkeypatch.setattr(socket, "MOST_A_SECOND", 10**6)


def test_leave_to_watch_says_where_the_camera_stands(marathoner: Any, browser: Any) -> None:
    ready(marathoner)
    leave = browser.post("/eye/", planned(marathoner, DRILL)).json()

    assert leave["place"] == "Stand the camera in front of you, level, so that all of you is in the picture."
    assert TICKETS.find(leave["socket"].split("/")[2]) is not None
    assert leave["asks"] == [{"fault": 3, "ask": "Did you push off with the free foot?"}]


@pytest.mark.parametrize(
    ("drill", "sent", "says"),
    [
        (DRILL, {"item": "no_such_item"}, "Your plan holds no such session now"),
        (DRILL, {"slot": "no_such_slot"}, "Your plan holds no such session now"),
        (DRILL, {"side": ""}, "Say which drill it is, and which side."),
        (DRILL, {"test": "thomas"}, "Say which drill it is, and which side."),
    ],
)
def test_leave_that_cannot_be_given_says_why(
    marathoner: Any, browser: Any, drill: str, sent: Any, says: str
) -> None:
    ready(marathoner)
    answer = browser.post("/eye/", {**planned(marathoner, drill), **sent})

    assert answer.status_code == 400
    assert says in answer.json()["problem"]


def test_a_stopped_runner_is_not_watched(marathoner: Any, browser: Any) -> None:
    name = ticket_for(marathoner)
    marathoner.practice.record(coach.screening_answers({"H01": True, "H01.deformed_or_stuck": False}))

    assert browser.post("/eye/", planned(marathoner, DRILL)).json()["next"] == "/stop/"
    said = talk(name, [packed(SET[0])])
    assert closed(said)[0] == socket.NOT_NOW
    assert answers(said) == []


def test_nobody_is_watched_before_what_is_asked_before_a_session(marathoner: Any, browser: Any) -> None:
    asked = planned(marathoner, DRILL)
    answer = browser.post("/eye/", asked)

    assert answer.status_code == 400
    assert answer.json()["next"] == f"/session/{asked['slot']}/"


def test_who_feels_ill_is_watched_in_no_drill_and_no_test(measuring: Any, browser: Any) -> None:
    drill = ticket_for(measuring)
    test = TICKETS.issue(for_test(measuring.practice, SEATED, coach.Side.RIGHT, active=False)[0])
    ill(measuring)

    for sent in (planned(measuring, DRILL), {"test": SEATED, "side": "left"}):
        assert "You feel ill" in browser.post("/eye/", sent).json()["problem"]
    for name in (drill, test):
        said = talk(name, [packed(SET[0])])
        assert closed(said)[0] == socket.NOT_NOW
        assert answers(said) == []


def test_an_item_that_is_over_is_not_watched_any_more(marathoner: Any, browser: Any) -> None:
    name, asked = ticket_for(marathoner), planned(marathoner, DRILL)
    marathoner.now += timedelta(hours=5)

    assert closed(talk(name, [packed(SET[0])]))[0] == socket.NOT_NOW
    assert browser.post("/eye/", asked).json()["next"] == f"/session/{asked['slot']}/"


def test_whoever_is_stopped_meanwhile_hears_no_more(
    marathoner: Any, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "LOOKS_AGAIN_S", 0.0)
    name, practice = ticket_for(marathoner), marathoner.practice

    def frames() -> Iterable[bytes]:
        yield packed(SET[0])
        practice.record(coach.screening_answers({"H01": True, "H01.deformed_or_stuck": False}))
        yield packed(SET[1])

    said = talk(name, frames())

    assert len(answers(said)) == 1
    assert closed(said)[0] == socket.NOT_NOW


def test_no_answer_waits_for_the_question_whether_the_runner_still_may(
    marathoner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    clock = iter((0, 1, 4, 5, 25))  # seconds: two frames, one after the time to ask again, one, and a silence
    monkeypatch.setattr(socket, "monotonic", lambda: next(clock))
    monkeypatch.setattr(socket, "_refusal", lambda *_: told.append("asked") or "")
    ticket = replace(new_ticket(marathoner), answer=lambda _: told.append("answered") or {})

    talk(TICKETS.issue(ticket), [packed(SET[0])] * 5)

    assert told == ["asked", "answered", "answered", "answered", "asked", "answered", "asked", "answered"]


def test_repetitions_are_counted_and_a_number_stands_beside_its_error(marathoner: Any, quick: None) -> None:
    found = answers(talk(ticket_for(marathoner), map(packed, SET)))

    assert (found[-1]["reps"], found[-1]["clean"]) == (2, 2)
    assert len(found) == len(SET)
    assert all("error" in one for frame in found for one in frame["shown"] if "value" in one)


def test_a_set_that_form_ended_says_by_what(marathoner: Any, quick: None) -> None:
    drill = find(DRILL)
    assert drill is not None
    faulty = acted(DRILL, Take(fps=15, repetitions=5), drill.fault[1].seen)
    found = answers(talk(ticket_for(marathoner), map(packed, faulty)))

    assert (found[0]["ended_by"], found[0]["happens"]) == (None, "")
    assert (found[-1]["ended_by"], found[-1]["happens"]) == (1, drill.fault[1].happens)
    assert found[-1]["ended"] == drill.fault[1].say


def test_a_lost_connection_is_taken_up_where_it_was(marathoner: Any, quick: None) -> None:
    name, half = ticket_for(marathoner), len(SET) // 2

    before = answers(talk(name, map(packed, SET[:half])))[-1]["reps"]
    after = answers(talk(name, map(packed, SET[half:])))[-1]["reps"]

    assert (before, after) == (1, 2)


def test_what_is_not_seen_is_said_as_not_measured(marathoner: Any, quick: None) -> None:
    hidden = [LandmarkFrame(one.at_s, one.image, one.world, (0.2,) * 33, one.aspect) for one in SET[:40]]
    nobody = struct.pack("<4f", 99, 1.5, 0, 0.5)

    found = answers(talk(ticket_for(marathoner), [*map(packed, hidden), nobody]))

    assert {frame["share"] for frame in found} == {None}
    assert not any("value" in one for frame in found for one in frame["shown"])
    assert found[-1]["framing"] == "Nobody is in the picture."
    assert found[-1]["shown"][0]["why"] == "nobody is in the picture"


def test_from_the_wrong_side_the_runner_is_asked_to_turn(marathoner: Any, quick: None) -> None:
    from triplane.movement import View

    found = answers(talk(ticket_for(marathoner), map(packed, acted(DRILL, Take(), view=View.WORKING_SIDE))))

    assert found[-1]["framing"] == "Turn to face the camera."
    assert found[-1]["reps"] == 0


SEATED = "internal_rotation_seated"


@pytest.fixture
def measuring(marathoner: Any) -> Any:
    """The marathoner, the short questions before a test answered."""
    due = coach.questions_before_test(marathoner.practice.history(), SEATED, marathoner.now)
    answers = dict.fromkeys((one.question.id for one in due), False)
    marathoner.practice.record(coach.screening_answers(answers, short=True))
    return marathoner


def test_what_stands_in_the_way_of_a_test_is_said_as_it_is_now(measuring: Any, quick: None) -> None:
    name = TICKETS.issue(for_test(measuring.practice, SEATED, coach.Side.RIGHT, active=False)[0])
    nobody = struct.pack("<4f", 1, 1.5, 0, 0.5)

    assert [one["why"] for one in answers(talk(name, [nobody]))] == ["Nobody is in the picture."]


def test_a_test_is_read_by_the_ends_that_are_held(measuring: Any, quick: None) -> None:
    name = TICKETS.issue(for_test(measuring.practice, SEATED, coach.Side.RIGHT, active=False)[0])
    frames = recorded(battery()[SEATED], Take(fps=15))

    found = answers(talk(name, map(packed, frames)))

    assert len(found[-1]["held"]) == 3
    assert all(abs(value - 34) <= 6 for value in found[-1]["held"])


def test_a_test_seen_from_elsewhere_is_not_measured_and_says_why(measuring: Any, quick: None) -> None:
    from triplane.movement import View

    name = TICKETS.issue(for_test(measuring.practice, SEATED, coach.Side.RIGHT, active=False)[0])
    frames = recorded(battery()[SEATED], Take(fps=15), View.WORKING_SIDE)

    found = answers(talk(name, map(packed, frames)))

    assert {frame["value"] for frame in found} == {None}
    assert found[-1]["held"] == []
    assert "camera" in found[-1]["why"]


def test_leave_for_a_test_says_where_the_camera_stands_or_what_to_use_instead(
    measuring: Any, browser: Any
) -> None:
    leave = browser.post("/eye/", {"test": SEATED, "side": "left"}).json()
    assert leave["place"].startswith("Stand the camera in front of you")

    no = browser.post("/eye/", {"test": "abduction_side_lying", "side": "left"})
    assert no.status_code == 400
    assert "no camera reads" in no.json()["problem"].lower()


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("words", socket.NOT_BINARY),
        (b"", socket.NO_FRAME),
        (b"x" * 807, socket.NO_FRAME),
        (NONSENSE, socket.NO_FRAME),
        (struct.pack("<4f", 1, 1, -3, 0), socket.NO_FRAME),
        (b"\xff" * LARGEST, socket.NO_FRAME),
    ],
)
def test_what_is_no_frame_closes_the_socket_with_a_reason(marathoner: Any, sent: Any, code: int) -> None:
    name = ticket_for(marathoner)
    found, reason = closed(talk(name, [packed(SET[0]), sent]))

    assert (found, reason[-1]) == (code, ".")
    assert len(answers(talk(name, [packed(SET[1])]))) == 1


def test_more_frames_than_a_camera_makes_close_it(marathoner: Any) -> None:
    name, many = ticket_for(marathoner), 30 * socket.MOST_A_SECOND
    talk(name, [packed(SET[0])])  # what is asked once of the journal is asked here
    said = talk(name, [packed(SET[0])] * many)

    assert closed(said)[0] == socket.TOO_OFTEN
    assert len(answers(said)) < many


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": ""},
        {"origin": "http://evil.example"},
        {"origin": "https://testserver"},
        {"host": "evil.example"},
    ],
)
def test_no_page_from_elsewhere_opens_it(marathoner: Any, headers: dict[str, str]) -> None:
    assert [one["type"] for one in talk(ticket_for(marathoner), [], headers=headers)] == ["websocket.close"]


def test_a_ticket_that_is_none_or_too_old_watches_nothing(marathoner: Any) -> None:
    assert closed(talk("guess", [packed(SET[0])]))[0] == socket.GONE
    clock = [0.0]
    tickets, ticket = Tickets(clock=lambda: clock[0]), new_ticket(marathoner)
    names = [tickets.issue(of_somebody_else(ticket, number)) for number in range(MOST)]
    clock[0] = HOLDS_S + 1
    assert [tickets.find(name) for name in names] == [None] * MOST


def test_a_ticket_is_known_in_every_process_of_a_server(marathoner: Any, browser: Any, quick: None) -> None:
    ready(marathoner)
    leave = browser.post("/eye/", planned(marathoner, DRILL)).json()
    name = leave["socket"].split("/")[2]
    TICKETS.forget()  # as in a process that did not hand it out
    assert len(answers(talk(name, [packed(SET[0])]))) == 1
    TICKETS.forget()
    assert answers(talk(f"{name[:-1]}{'A' if name[-1] != 'A' else 'B'}", [packed(SET[0])])) == []
    ill(marathoner)
    assert answers(talk(name, [packed(SET[0])])) == []


def test_one_runner_is_watched_in_a_few_sets_at_once(marathoner: Any) -> None:
    tickets, ticket = Tickets(), new_ticket(marathoner)
    other = tickets.issue(of_somebody_else(ticket, 1))
    names = [tickets.issue(replace(ticket)) for _ in range(MOST_OF_ONE + 2)]
    assert [tickets.find(name) is not None for name in names] == [False, False, *[True] * MOST_OF_ONE]
    assert tickets.find(other) is not None


def test_a_process_that_follows_as_many_sets_as_it_can_says_so_and_drops_none_that_goes_on(
    marathoner: Any, browser: Any
) -> None:
    now = [1000.0]
    tickets, ticket = Tickets(clock=lambda: now[0]), new_ticket(marathoner)
    names = [tickets.issue(of_somebody_else(ticket, number)) for number in range(MOST)]
    with pytest.raises(TooManyWatched):
        tickets.issue(replace(ticket))
    now[0] += SILENT_S + 1
    going_on = [name for name in names[1:] if tickets.find(name)]
    new = tickets.issue(replace(ticket))

    assert len(going_on) == MOST - 1
    assert tickets.find(names[0]) is None
    assert all(tickets.find(name) for name in [*going_on, new])


def test_too_many_sets_at_once_are_refused_in_a_sentence(marathoner: Any, browser: Any) -> None:
    ready(marathoner)
    for number in range(MOST):
        TICKETS.issue(of_somebody_else(new_ticket(marathoner), number))
    answer = browser.post("/eye/", planned(marathoner, DRILL))

    assert answer.status_code == 400
    assert "Try again in a minute" in answer.content.decode()


def test_why_nothing_is_watched_is_said_in_the_runners_language(marathoner: Any, laid: Any) -> None:
    from django.test import override_settings

    from triplane.web.languages import offered

    ticket = new_ticket(marathoner)
    ticket.language = "de"
    with override_settings(LOCALE_PATHS=[laid], LANGUAGES=offered(laid)):
        refused = closed(talk(TICKETS.issue(ticket), ["no frame"]))
        unknown = closed(talk("guess", [], headers={"cookie": "language=de"}))

    assert refused == (socket.NOT_BINARY, "Bilder werden als Bytes geschickt.")
    assert unknown == (socket.GONE, "Diesem Satz wird nicht mehr zugesehen.")


def test_through_the_phones_door_only_the_phone_that_asked_is_watched_while_it_is_paired(
    marathoner: Any, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from types import SimpleNamespace

    from django.test import override_settings

    paired = {"right": SimpleNamespace(id="mine"), "left": SimpleNamespace(id="another")}
    door = SimpleNamespace(hosts=["testserver"], phones=SimpleNamespace(known=paired.get))
    ticket = new_ticket(marathoner)
    ticket.phone = "mine"
    name = TICKETS.issue(ticket)

    def by(secret: str, messages: Iterable[bytes] = (packed(SET[0]),)) -> list[dict[str, Any]]:
        headers = {"origin": "https://testserver", "cookie": f"{COOKIE}={secret}"}
        return talk(name, messages, headers=headers, **{"scheme": "wss", AT_THE_DOOR: True})

    def forgotten_after_one() -> Iterator[bytes]:
        yield packed(SET[1])
        del paired["right"]
        yield packed(SET[2])

    monkeypatch.setattr(socket, "LOOKS_AGAIN_S", 0.0)
    with override_settings(PHONE=door):
        assert [one["type"] for one in by("none")] == ["websocket.close"]
        assert len(answers(by("right"))) == 1
        assert (answers(by("left")), closed(by("left"))[0]) == ([], socket.NOT_NOW)
        said = by("right", forgotten_after_one())
    assert len(answers(said)) == 1
    assert closed(said) == (socket.NOT_NOW, "This phone is not paired any more.")


def test_a_ticket_is_for_one_runner_and_where_it_was_asked_for(marathoner: Any, stranger: Any) -> None:
    from django.test import override_settings

    here, phones = ticket_for(marathoner), new_ticket(marathoner)
    phones.phone = "some phone"
    ready(stranger)
    with override_settings(OPEN_PRACTICE=stranger.open):
        assert answers(talk(here, [packed(SET[0])])) == []
    assert answers(talk(TICKETS.issue(phones), [packed(SET[0])])) == []
    assert len(answers(talk(here, [packed(SET[0])]))) == 1


@given(st.one_of(st.binary(max_size=1200), st.binary(min_size=LARGEST, max_size=LARGEST)))
def test_any_bytes_are_a_frame_or_half_a_sentence(message: bytes) -> None:
    try:
        found = sent_frame(message)
    except ValueError as error:
        assert str(error).split()[0] in ("is", "does")
    else:
        assert found.people in range(101)


moments = st.tuples(st.floats(0, 100, width=32), st.binary(min_size=LARGEST - 16, max_size=LARGEST - 16))


@given(st.lists(moments, min_size=1, max_size=4))
def test_frames_of_any_numbers_never_break_a_watch(frames: list[tuple[float, bytes]]) -> None:
    from triplane.catalogue import learnt, load_one
    from triplane.movement import Watch

    watch = Watch(learnt(load_one(DRILL)), coach.Side.RIGHT)
    for at, points in frames:
        watch.see(sent_frame(struct.pack("<4f", at, 1.5, 1, 0.5) + points))


def test_over_the_network_a_million_points_close_it_and_the_app_goes_on(stage: Stage) -> None:
    from http.client import HTTPConnection

    from websockets.exceptions import ConnectionClosed
    from websockets.sync.client import connect

    app = stage.copy("first-session", "points")
    name, base = ticket_for(app, ""), stage.address("points")
    address = base.replace("http", "ws") + f"/eye/{name}/"
    with connect(address, origin=base, address=("127.0.0.1", stage.port)) as link:
        link.send(packed(SET[0]))
        assert json.loads(link.recv(timeout=10))["reps"] == 0
        with pytest.raises(ConnectionClosed):
            link.send(bytes(4 * 6 * 10**6))
            link.recv(timeout=10)
    again = HTTPConnection("127.0.0.1", stage.port)
    again.request("GET", "/hips/", headers={"Host": base.removeprefix("http://")})
    assert again.getresponse().status == 200
