"""A runner shares with a coach and ends it, and what either does meanwhile."""

import re
from collections.abc import Iterator
from datetime import time
from html import unescape

import pytest

from letting_in import NewRunner, Pair, facts_of, invited, let_in, runner_of, say_yes
from triplane import coach
from triplane.bootstrap import open_practice
from triplane.coach.sharing import MAY, Viewer
from triplane.history import (
    AboutRunner,
    ConsentGiven,
    DayPattern,
    Deed,
    EquipmentListed,
    Feeling,
    FeelingKind,
    GymVisit,
    SharedAs,
    Weekday,
    WeekDescribed,
)
from visiting import NOW, PASSWORD, Page, Running, Visitor, signed_up


@pytest.fixture(scope="module")
def pair(server: Running) -> Iterator[Pair]:
    """A coach with consent, shared by tests that end nothing."""
    numbers = iter(("cara@example.org", "anna@example.org"))

    def make() -> tuple[Visitor, str]:
        email = next(numbers)
        return signed_up(server, email), email

    yield let_in(server, make)


def test_consent_is_a_fact_of_the_runners_and_names_nobodys_address(pair: Pair) -> None:
    kind, author, _, body = facts_of(pair.server, pair.runner_email)[-1]
    assert (kind, author) == ("consent_given", "runner")
    assert '"called":"Cara Coach"' in str(body)
    assert pair.coach_email not in str(body)


def test_what_a_coach_does_stands_on_the_runners_record_with_who_and_why(pair: Pair) -> None:
    pair.look()
    page = pair.coach.get("/coach/runner/")
    assert "Clear what stands" not in page.text
    pair.coach.post("/coach/runner/", {"what": "note", "text": "Slower on the way down."})
    told = {"what": "careful", "tag": "acute", "until": "", "reason": "The groin, after Sunday."}
    pair.coach.get("/coach/runner/")
    pair.coach.post("/coach/runner/", told)
    pair.coach.get("/coach/runner/")
    pair.coach.post("/coach/runner/", {"what": "clear", "scope": "acute", "given": "2026-11-25"})

    who = f"coach:{runner_of(pair.server, pair.coach_email)}"
    done = [fact[:3] for fact in facts_of(pair.server, pair.runner_email) if fact[1] == who]
    assert done == [("note_written", who, ""), ("restriction_tightened", who, "The groin, after Sunday.")]
    seen = pair.runner.get("/sharing/").text
    for words in ("Slower on the way down.", "The groin, after Sunday.", "Cara Coach", "25 November 2026"):
        assert words in seen
    pair.coach.post("/coach/runner/leave/", {})


def test_the_numbers_of_others_lines_open_nothing(server: Running, pair: Pair, new_runner: NewRunner) -> None:
    other, _ = new_runner()
    token = {"csrfmiddlewaretoken": other.get("/coach/").token}
    for number in range(1, 6):
        for what in ("runner/{}/", "runner/{}/end/", "invitation/{}/take-back/"):
            assert other.once("POST", f"/coach/{what.format(number)}", token).status == 404, what
    assert "You are looking at" not in other.get("/settings/").text


def test_ended_is_ended_at_once_in_the_middle_of_looking(server: Running, new_runner: NewRunner) -> None:
    pair = let_in(server, new_runner)
    pair.look()
    assert pair.coach.once("GET", "/settings/facts/").status == 200
    pair.runner.get("/sharing/")
    pair.runner.post(f"/sharing/{runner_of(server, pair.coach_email)}/end/", {})

    before = facts_of(server, pair.runner_email)
    assert before[-1][0] == "consent_ended"
    note = {"csrfmiddlewaretoken": pair.coach.seen.token, "what": "note", "text": "One more."}
    refused = pair.coach.once("POST", "/coach/runner/", note)
    assert refused.status == 403
    assert "does not share this with you any more" in refused.text
    assert facts_of(server, pair.runner_email) == before
    assert pair.coach.get("/coach/").status == 200, "it is said once"
    assert "Measurement" not in pair.coach.get("/settings/facts/").text
    assert "Anna of the club" not in pair.coach.get("/coach/").text


@pytest.mark.parametrize("where", ["/", "/settings/"])
def test_a_coach_whose_runner_ended_it_is_told_so_before_her_own_pages(
    server: Running, new_runner: NewRunner, where: str
) -> None:
    pair = let_in(server, new_runner)
    pair.look()
    pair.runner.get("/sharing/")
    pair.runner.post(f"/sharing/{runner_of(server, pair.coach_email)}/end/", {})
    page = pair.coach.once("GET", where)
    assert page.status == 403
    assert "From here on you see your own pages." in page.text
    assert pair.coach.get("/settings/").status == 200


def test_a_coach_who_ends_it_is_led_to_her_table_without_a_word(
    server: Running, new_runner: NewRunner
) -> None:
    pair = let_in(server, new_runner)
    pair.look()
    page = pair.coach.get("/coach/runner/")
    [end] = re.findall(r'action="(/coach/runner/\d+/end/)"', page.html)
    pair.coach.post(end, {})
    assert pair.coach.seen
    assert (pair.coach.seen.status, pair.coach.seen.path) == (200, "/coach/")


def test_two_runners_of_one_name_stand_in_the_table_together(new_runner: NewRunner) -> None:
    trainer, _ = new_runner()
    for _ in range(2):
        runner, _ = new_runner()
        address = invited(trainer)
        runner.get(address)
        runner.post(address, {})
    table = trainer.get("/coach/")
    assert table.status == 200
    assert len(re.findall(r"/coach/runner/\d+/(?=\")", table.html)) == 2


def test_an_invitation_is_used_up_only_where_the_consent_was_recorded(
    server: Running, new_runner: NewRunner
) -> None:
    import psycopg

    (trainer, _), (runner, email) = new_runner(), new_runner()
    address = invited(trainer)
    with psycopg.connect(server.database, autocommit=True) as connection:
        connection.execute(
            "CREATE FUNCTION nothing_new() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN RAISE EXCEPTION ''full''; END'"
        )
        connection.execute(
            "CREATE TRIGGER nothing_new BEFORE INSERT ON facts FOR EACH ROW EXECUTE FUNCTION nothing_new()"
        )
        try:
            runner.get(address)
            assert runner.post(address, {}).status >= 500
        finally:
            connection.execute("DROP FUNCTION nothing_new CASCADE")
    assert facts_of(server, email) == []
    assert runner.get(address).status == 200, "it can be taken up again"
    runner.post(address, {})
    assert facts_of(server, email)[-1][0] == "consent_given"


def test_a_line_without_consent_shows_nothing(server: Running, new_runner: NewRunner) -> None:
    """The table only lists; who may look is decided by the runner's own facts."""
    (trainer, coach_email), (_, runner_email) = new_runner(), new_runner()
    [(number,)] = server.ask(
        "INSERT INTO server_sharing (coach_id, runner_id, label, \"group\") SELECT c.id, r.id, 'Anna', '' "
        "FROM server_account c, server_account r WHERE c.email = %s AND r.email = %s RETURNING id",
        coach_email,
        runner_email,
    )
    assert "Anna" not in trainer.get("/coach/").text
    assert trainer.post(f"/coach/runner/{number}/", {}).status == 404


def test_staff_see_no_more_than_anybody(server: Running, pair: Pair, new_runner: NewRunner) -> None:
    staff, email = new_runner()
    server.ask("UPDATE server_account SET is_staff = true WHERE email = %s RETURNING id", email)
    [(number,)] = server.ask("SELECT max(id) FROM server_sharing")
    staff.get("/coach/")
    assert staff.post(f"/coach/runner/{number}/", {}).status == 404
    assert "Measurement" not in staff.get("/settings/facts/").text
    assert MAY[Viewer.NOBODY] == frozenset()


def test_a_physiotherapist_clears_in_their_own_name(server: Running, new_runner: NewRunner) -> None:
    pair = let_in(server, new_runner, "physiotherapist")
    pair.look()
    careful = {"what": "careful", "tag": "acute", "until": "", "reason": "Rest it."}
    pair.coach.get("/coach/runner/")
    pair.coach.post("/coach/runner/", careful)
    page = pair.coach.get("/coach/runner/")
    scope = re.search(r'name="scope" value="([^"]+)"', page.html)
    assert scope, page.text
    pair.coach.post("/coach/runner/", {"what": "clear", "scope": scope[1], "given": "2026-11-25"})
    kind, author, _, body = facts_of(server, pair.runner_email)[-1]
    assert kind == "clearance_recorded"
    assert author == f"coach:{runner_of(server, pair.coach_email)}"
    assert '"who":"Cara Coach","role":"physiotherapist"' in str(body)
    assert Deed.CLEAR in MAY[Viewer.PROFESSIONAL]


def test_a_physiotherapist_lifts_what_is_theirs_and_is_told_what_takes_a_physician(
    server: Running, new_runner: NewRunner
) -> None:
    pair = let_in(server, new_runner, "physiotherapist")
    practice = open_practice(server.database, runner_of(server, pair.runner_email), "Europe/Berlin", NOW)
    with practice.journal:
        practice.record(coach.screening_answers({"P07": True, "Q07": True}))
    pair.look()
    page = pair.coach.get("/coach/runner/")
    assert re.findall(r'name="scope" value="([^"]+)"', page.html) == ["P07"]
    assert "Lifted only by: physician, surgeon." in page.text

    before = facts_of(server, pair.runner_email)
    page = sent(pair, what="clear", scope="Q07", given="2026-11-25")
    assert page.status == 400
    assert "it takes one of: physician, surgeon. Nothing was recorded." in page.text
    assert facts_of(server, pair.runner_email) == before

    sent(pair, what="clear", scope="P07", given="2026-11-25", cleared_until="2026-12-24")
    assert [fact[0] for fact in facts_of(server, pair.runner_email)[len(before) :]] == ["clearance_recorded"]
    page = pair.coach.get("/coach/runner/")
    assert 'name="scope"' not in page.html
    assert "Lifted only by: physician, surgeon." in page.text
    told = pair.coach.get("/").text
    assert "You were told to exercise under supervision" in told
    assert "With pain this long" not in told


def test_a_coach_who_closes_the_account_sees_nothing_and_the_runner_reads_it(
    server: Running, new_runner: NewRunner
) -> None:
    pair = let_in(server, new_runner)
    asked = pair.coach.get("/accounts/close/")
    assert "Password" in asked.text, "whoever closes an account shows once more that it is theirs"
    pair.coach.post(asked.path, {"password": PASSWORD})
    pair.coach.post("/accounts/close/", {"email": pair.coach_email})
    kind, author, *_ = facts_of(server, pair.runner_email)[-1]
    assert kind == "consent_ended"
    assert str(author).startswith("coach:r-")
    assert "Sees nothing since" in pair.runner.get("/sharing/").text


def sent(pair: Pair, **told: str) -> Page:
    """Send one form of the room's page about a runner."""
    pair.coach.get("/coach/runner/")
    return pair.coach.post("/coach/runner/", told)


def test_a_default_and_a_time_are_facts_with_why_and_the_runner_takes_them_back(
    server: Running, new_runner: NewRunner
) -> None:
    pair = let_in(server, new_runner)
    pair.look()
    who = f"coach:{runner_of(server, pair.coach_email)}"
    sent(pair, what="default", key="caps.new_drills", value="1", reason="One thing at a time.")
    page = pair.coach.get("/coach/runner/")
    slot = re.search(r'<option value="(2026-11-2\d-(?:rest_day|full_session)[^"]*)"', page.html)
    assert slot, page.text
    sent(pair, what="time", slot=slot[1], on="2026-11-28", at="20:30", reason="After the club run.")
    done = [fact[:3] for fact in facts_of(server, pair.runner_email) if fact[1] == who]
    assert done == [
        ("default_changed", who, "One thing at a time."),
        ("slot_moved", who, "After the club run."),
    ]
    assert "Set by Cara Coach" in pair.runner.get("/settings/defaults/").text

    shared = pair.runner.get("/sharing/")
    assert "One thing at a time." in shared.text
    [fact] = re.findall(r'href="(/settings/facts/\w+/)"', shared.html)
    [back] = re.findall(r'action="(/sharing/put-back/[^"]+/)"', shared.html)
    pair.runner.get(fact)
    pair.runner.post(fact, {})
    pair.runner.get("/sharing/")
    pair.runner.post(back, {})
    assert "Set by Cara Coach" not in pair.runner.get("/settings/defaults/").text
    kinds = [fact[0] for fact in facts_of(server, pair.runner_email) if fact[1] == "runner"]
    assert "slot_moved" in kinds


def test_what_cannot_be_is_said_beside_its_field_and_recorded_nowhere(
    server: Running, new_runner: NewRunner
) -> None:
    pair = let_in(server, new_runner)
    pair.look()
    before = facts_of(server, pair.runner_email)
    choices = pair.coach.get("/coach/runner/").html
    slot = re.search(r'<option value="(2026-11-2\d-(?:rest_day|full_session)[^"]*)"', choices)
    assert slot
    for told in (
        {"what": "default", "key": "caps.new_drills", "value": "-1", "reason": "Less."},
        {"what": "default", "key": "caps.new_drills", "value": "1.5", "reason": "Half a drill."},
        {"what": "default", "key": "caps.new_drills", "value": "1", "reason": ""},
        {"what": "default", "key": "caps.session_minutes", "value": "1", "reason": "Short."},
        {"what": "time", "slot": "2026-11-25-other", "on": "2026-11-28", "at": "20:30", "reason": "x"},
        {"what": "time", "slot": slot[1], "on": "2026-11-28", "at": "02:30", "reason": "Early bird."},
        {"what": "nothing of this"},
    ):
        page = sent(pair, **told)
        assert page.status == (409 if told["what"].startswith("nothing") else 400), told
        assert ("only the runner puts a session there" in page.text) is (told.get("at") == "02:30")
    assert facts_of(server, pair.runner_email) == before


def test_a_blocked_runners_sessions_are_not_moved(server: Running, new_runner: NewRunner) -> None:
    pair = let_in(server, new_runner)
    pair.look()
    page = pair.coach.get("/coach/runner/")
    slot = re.search(r'<option value="(2026-11-2\d-(?:rest_day|full_session)[^"]*)"', page.html)
    assert slot
    practice = open_practice(server.database, runner_of(server, pair.runner_email), "Europe/Berlin", NOW)
    with practice.journal:
        practice.record(coach.screening_answers({"Q07": True}))
    told = {"what": "time", "slot": slot[1], "on": "2026-11-28", "at": "20:30", "reason": "Later."}
    page = sent(pair, **told)
    assert page.status == 409
    assert "Anna of the club is stopped for safety by now. Nothing was recorded." in page.text
    assert "You had written: Later." in page.text
    assert "slot_moved" not in [fact[0] for fact in facts_of(server, pair.runner_email)]
    assert "The time of a session" not in pair.coach.get("/coach/runner/").text


def test_who_was_let_in_before_changes_no_default_and_chooses_no_drill_until_the_runner_agrees(
    server: Running, new_runner: NewRunner
) -> None:
    pair = let_in(server, new_runner)
    who, agreed = runner_of(server, pair.coach_email), (Deed.LOOK, Deed.NOTE, Deed.TIGHTEN)
    practice = open_practice(server.database, runner_of(server, pair.runner_email), "Europe/Berlin", NOW)
    with practice.journal:
        before = ConsentGiven(to=who, called="Cara", role=SharedAs.COACH, deeds=agreed)
        practice.record(before)
    pair.look()
    page = pair.coach.get("/coach/runner/")
    assert "let you in before this could be asked for" in page.text
    assert "Change the default" not in page.text
    told = {"what": "default", "key": "caps.new_drills", "value": "1", "reason": "One thing at a time."}
    sent(pair, **told)
    assert "Which drill" not in page.text
    sent(pair, what="drill", drill="own_hip_cars", wish="left_out", reason="Not before the race.")
    kinds = [fact[0] for fact in facts_of(server, pair.runner_email)]
    assert not {"default_changed", "drill_chosen"} & set(kinds)

    asked = pair.runner.get("/sharing/")
    assert "Cara asks to change defaults of the coach" in asked.text
    assert "Cara asks to choose drills for your weeks" in asked.text
    pair.runner.post(f"/sharing/{who}/agree/", {})
    assert "asks to change defaults" not in pair.runner.get("/sharing/").text
    sent(pair, **told)
    assert facts_of(server, pair.runner_email)[-1][:2] == ("default_changed", f"coach:{who}")


def test_an_invitation_is_still_there_once_the_account_is_made_and_confirmed_elsewhere(
    server: Running, new_runner: NewRunner
) -> None:
    trainer, _ = new_runner()
    address, email = invited(trainer), "invited@example.org"
    visitor = server.visitor()
    log_in_page = visitor.get(address)
    [signing_up] = re.findall(r'href="(/accounts/signup/\?next=[^"]+)"', log_in_page.html)
    visitor.get(signing_up)
    told = {"email": email, "password1": PASSWORD, "zone": "Europe/Berlin", "next": address}
    visitor.post("/accounts/signup/", told)

    link = re.search(r"https://coach\.example(/accounts/confirm-email/\S+)", server.mail_to(email))
    assert link
    elsewhere = server.visitor()
    confirm = elsewhere.get(link[1])
    [going] = re.findall(r'name="next" value="([^"]+)"', confirm.html)
    assert going == address
    log_in_page = elsewhere.post(link[1].partition("?")[0], {"next": going})
    [going] = set(re.findall(r'name="next" value="([^"]+)"', log_in_page.html))
    asked = elsewhere.post("/accounts/login/", {"login": email, "password": PASSWORD, "next": going})
    assert asked.path == address
    assert "Cara Coach" in asked.text


def test_a_confirmation_leads_to_no_other_server(server: Running) -> None:
    visitor, email = server.visitor(), "lured@example.org"
    visitor.get("/accounts/signup/?next=https://evil.example/")
    told = {"email": email, "password1": PASSWORD, "zone": "Europe/Berlin", "next": "https://evil.example/"}
    visitor.post("/accounts/signup/", told)
    assert "evil" not in server.mail_to(email)
    link = re.search(r"https://coach\.example(/accounts/confirm-email/\S+)", server.mail_to(email))
    assert link
    visitor.get(f"{link[1]}?next=https://evil.example/")
    assert visitor.seen is not None
    told = {"csrfmiddlewaretoken": visitor.seen.token, "next": "https://evil.example/"}
    done = visitor.once("POST", link[1], told)
    assert done.status == 302
    assert "evil" not in (done.headers["Location"] or "")


def test_who_only_coaches_finds_the_room_on_the_first_page(new_runner: NewRunner) -> None:
    trainer, _ = new_runner()
    first = trainer.get("/")
    assert first.path == "/begin/welcome/"
    assert re.search(r'href="/coach/">I coach others<', first.html)


def begun_too_late(server: Running, new_runner: NewRunner) -> Pair:
    """Let a coach look at a newcomer whose only hour of the week, in the gym on Monday, is over by now."""
    (trainer, coach_email), (runner, runner_email) = new_runner(), new_runner()
    practice = open_practice(server.database, runner_of(server, runner_email), "Europe/Berlin", NOW)
    monday = DayPattern(gym=(GymVisit(at=time(18), minutes=60),))
    with practice.journal:
        practice.record(
            coach.disclaimer_accepted(),
            coach.screening_answers(dict.fromkeys(coach.first_questions(), False)),
            AboutRunner(),
            EquipmentListed(equipment=frozenset()),
            WeekDescribed(
                days={Weekday.MON: monday}, weekly_minutes=60, max_session_minutes=20, in_gym_only=True
            ),
        )
        practice.week()
    pair = Pair(server, trainer, coach_email, runner, runner_email)
    say_yes(pair)
    return pair


def stopped_for_safety(server: Running, new_runner: NewRunner) -> Pair:
    """Let a coach look at a runner whom safety stops."""
    pair = let_in(server, new_runner)
    practice = open_practice(server.database, runner_of(server, pair.runner_email), "Europe/Berlin", NOW)
    with practice.journal:
        practice.record(coach.screening_answers({"H01": True, "H01.deformed_or_stuck": False}))
    return pair


def shows_nothing_that_refuses(pair: Pair, *at: str) -> None:
    """Open pages as whoever looks: each is there, sends nothing, and every way on it opens."""
    for page in at:
        seen = pair.coach.once("GET", page)
        assert seen.status == 200, page
        sent = re.findall(r'<form [^>]*method="post"[^>]*>', seen.html)
        assert [form for form in sent if 'action="/coach/' not in form] == [], page
        links = {unescape(one) for one in re.findall(r'<a [^>]*href="(/[^"]*)"', seen.html)}
        refused = [link for link in links if pair.coach.once("GET", link).status in (403, 409)]
        assert refused == [], page


def test_whoever_looks_is_shown_nothing_that_refuses(pair: Pair) -> None:
    pair.look()
    told = ("/", "/week/", "/hips/", "/progress/", "/drills/", "/lunges/")
    shows_nothing_that_refuses(pair, *told, "/settings/facts/", "/settings/clearance/")
    refusal = pair.coach.once("GET", "/begin/week/")
    assert refusal.status == 403
    assert "has not told everything yet" not in refusal.text
    pair.coach.post("/coach/runner/leave/", {})


def test_whoever_looks_is_shown_nothing_that_refuses_before_the_first_week_or_at_a_stop(
    server: Running, new_runner: NewRunner
) -> None:
    late = begun_too_late(server, new_runner)
    seen = late.look()
    assert "Your sessions begin on Monday" in seen.text
    assert "Measure your hips" in late.runner.get("/").text
    shows_nothing_that_refuses(late, "/", "/week/")
    assert "Look at the drills" in seen.text

    stopped = stopped_for_safety(server, new_runner)
    assert stopped.look().path == "/stop/"
    shows_nothing_that_refuses(stopped, "/stop/", "/settings/clearance/")


def test_whoever_looks_at_a_runner_who_is_stopped_is_told_so_first(
    server: Running, new_runner: NewRunner
) -> None:
    pair = let_in(server, new_runner)
    assert "Before your run" in pair.look().text
    assert "06:22 Before your run" in re.sub(r"\s+", " ", pair.coach.get("/week/").text)
    practice = open_practice(server.database, runner_of(server, pair.runner_email), "Europe/Berlin", NOW)
    with practice.journal:
        practice.record(coach.screening_answers({"H01": True, "H01.deformed_or_stuck": False}))
    stopped = pair.look()
    assert stopped.path == "/stop/"
    assert "Stop, and be seen today or tomorrow" in stopped.text
    assert "You are looking at Anna of the club" in stopped.text
    assert "Record a professional" not in stopped.text


def test_whoever_looks_at_a_runner_with_questions_open_is_told_what_the_day_waits_for(
    server: Running, new_runner: NewRunner
) -> None:
    pair = let_in(server, new_runner)
    practice = open_practice(server.database, runner_of(server, pair.runner_email), "Europe/Berlin", NOW)
    with practice.journal:
        slot = practice.next_slot()
        groin = Feeling(region="groin", side="left", kind=FeelingKind.JOINT, score=6)
        hurt = ((practice.drills_of(slot)[0], groin),)
        practice.log(slot, coach.SessionAnswers(effort=4, discomfort=6, pain=hurt))
    waits = pair.look()
    assert waits.path == "/stop/"
    assert "A few questions first" in waits.text
    assert "You are looking at Anna of the club" in waits.text
    refused = pair.coach.once("GET", "/settings/")
    assert refused.status == 403
    assert "You are looking at Anna of the club" in refused.text
    assert pair.coach.once("GET", "/progress/").status == 200
    acts = pair.coach.once("GET", "/coach/runner/")
    assert acts.status == 200
    assert "Which drill" not in acts.text


def test_a_drill_that_a_coach_leaves_out_says_why_and_the_runner_takes_it_back(
    server: Running, new_runner: NewRunner
) -> None:
    pair = let_in(server, new_runner)
    pair.look()
    who = f"coach:{runner_of(server, pair.coach_email)}"
    told = {"what": "drill", "drill": "own_hip_cars", "wish": "left_out", "last": "2027-01-31"}
    assert sent(pair, **told, reason="").status == 400
    assert sent(pair, **{**told, "last": "2027-06-01"}, reason="Long.").status == 400
    assert sent(pair, **{**told, "drill": "no_such_drill"}, reason="None.").status == 400
    sent(pair, **told, reason="Not before the race.")
    done = [fact[:3] for fact in facts_of(server, pair.runner_email) if fact[1] == who]
    assert done == [("drill_chosen", who, "Not before the race.")]

    shown = pair.coach.get("/drills/own_hip_cars/")
    assert "Cara Coach leaves this one out for you" in shown.text
    assert "/drills/own_hip_cars/choose/" not in shown.html
    assert pair.coach.post("/drills/own_hip_cars/choose/", {"wish": "wanted"}).status in (403, 404)
    own = pair.runner.get("/drills/own_hip_cars/")
    assert "Cara Coach leaves this one out for you" in own.text
    assert "Not before the race." in own.text

    shared = pair.runner.get("/sharing/")
    assert "Not before the race." in shared.text
    [fact] = re.findall(r'href="(/settings/facts/\w+/)"', shared.html)
    pair.runner.get(fact)
    pair.runner.post(fact, {})
    assert "Cara Coach leaves" not in pair.runner.get("/drills/own_hip_cars/").text

    pair.runner.post("/drills/own_hip_cars/choose/", {"wish": "left_out"})
    wanted = sent(pair, **{**told, "wish": "wanted"}, reason="I would.")
    assert wanted.status == 400
    assert "only the runner takes that back" in wanted.text

    assert sent(pair, **{**told, "last": "2026-12-20"}, reason="So I say too.").status < 400
    wanted = sent(pair, **{**told, "wish": "wanted"}, reason="I would.")
    assert wanted.status == 400
    assert "only the runner takes that back" in wanted.text
    assert "You leave this one out" in pair.runner.get("/drills/own_hip_cars/").text
