"""Today in every state a runner's life brings it to, each made of facts that were told."""

import re
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from scenes import answer_before_a_session
from triplane import coach
from triplane.bootstrap import Practice
from triplane.coach.plans import drills_at_hand
from triplane.coach.situation import Situation
from triplane.history import (
    AboutRunner,
    CheckinAnswered,
    Context,
    DayChanged,
    DayPattern,
    DrillDone,
    Equipment,
    EquipmentListed,
    Feeling,
    PlannedRun,
    RaceEntered,
    ReadinessAnswered,
    SessionLogged,
    Weekday,
    WeekDescribed,
    monday_of,
)


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def shown(app: Any, browser: Any) -> str:
    """Return Today, after the week was made where something is new."""
    app.practice.day()
    return text(browser.get("/", follow=True))


def do_next(app: Any) -> str:
    """Do the next session of today as asked; return its slot."""
    slot = str(app.practice.day().next_slot)
    answer_before_a_session(app)
    app.now += timedelta(hours=1)
    app.practice.log(slot, coach.SessionAnswers(effort=5, discomfort=1))
    return slot


def at(app: Any, days: float, hour: int = 5) -> None:
    """Put the clock so many days after the Wednesday, at an hour."""
    day = (datetime(2026, 11, 25) + timedelta(days=days)).date()
    app.now = datetime.combine(day, time(hour, 30), tzinfo=app.now.tzinfo)


def test_a_day_with_a_session_says_what_how_long_and_why_with_its_rule(marathoner, browser) -> None:
    told = shown(marathoner, browser)
    minutes = next(iter(marathoner.practice.look().slots)).minutes
    assert f"Before your run: {minutes:.0f} minutes" in told
    assert re.search(r"Rule [REB]\d\d", told)
    assert "and its sources" in told
    assert "06:30 Easy run" in told


def test_one_figure_is_shown_and_a_side_only_where_the_whole_session_is_for_it(marathoner, browser) -> None:
    marathoner.practice.day()
    page = browser.get("/").content.decode()
    items = [drill.item for drill in marathoner.practice.look().slots[0].drills]
    art = page.partition('class="art"')[2].partition('class="words"')[0]

    assert art.count("<svg") == 1
    assert "<text" not in art, "no sheet of poses with their names"
    assert ("card hero left" in page) == all(item.left and not item.right for item in items)
    assert ("card hero right" in page) == all(item.right and not item.left for item in items)


def test_the_first_day_asks_for_the_hips_to_be_measured(app, browser) -> None:
    week = WeekDescribed(weekly_minutes=60, max_session_minutes=20)
    app.practice.record(
        coach.disclaimer_accepted(),
        coach.screening_answers(dict.fromkeys(coach.first_questions(), False)),
        AboutRunner(),
        EquipmentListed(equipment=frozenset()),
        week,
    )
    told = shown(app, browser)
    assert "not measured yet" in told
    assert "Measure" in told


def test_a_week_without_room_says_what_is_missing_and_where_to_change_it(marathoner, browser) -> None:
    for day in range(5):
        marathoner.practice.record(DayChanged(date=marathoner.now.date() + timedelta(days=day), away=True))
    told = shown(marathoner, browser)
    assert "You are away today" in told
    assert "nothing has to be made up for" in told


def begins(app: Any) -> None:
    """Tell what a newcomer tells, with home sessions at six in the evening."""
    run = PlannedRun(at=time(7), minutes=40)
    days = {day: DayPattern(runs=(run,)) for day in (Weekday.TUE, Weekday.THU, Weekday.SUN)}
    app.practice.record(
        coach.disclaimer_accepted(),
        coach.screening_answers(dict.fromkeys(coach.first_questions(), False)),
        AboutRunner(),
        EquipmentListed(equipment=frozenset()),
        WeekDescribed(days=days, weekly_minutes=60, max_session_minutes=20),
    )


def test_who_begins_on_a_sunday_evening_has_a_session_that_evening(app, browser) -> None:
    at(app, 4, hour=20)
    begins(app)
    told = shown(app, browser)
    day = app.practice.look()
    assert "Your sessions begin on Monday" not in told and "things do not fit" not in told
    assert day.next and app.now <= day.next.slot.starts_at < app.now + timedelta(minutes=15)
    assert day.next.minutes <= 20
    assert do_next(app) == day.next.slot.id
    assert "Done for today" in shown(app, browser)


def test_a_week_that_begins_too_late_says_when_sessions_begin_and_what_needs_no_plan(app, browser) -> None:
    """A newcomer late on Sunday: one sentence, the same as in the terminal, and one button."""
    at(app, 4, hour=23)
    begins(app)
    told = shown(app, browser)
    sentence = (
        "Too little is left of this week to plan anything in it. Your sessions are planned on Monday "
        "morning, when the next week begins; at home your usual hour is 18:00."
    )
    assert told.count(sentence) == 1
    assert app.practice.look().says == (sentence,)
    assert told.count("Measure your hips") == 1
    assert "not measured yet" not in told and "no room" not in told and "0%" not in told
    assert sentence in text(browser.get("/week/"))
    asked = coach.why(app.practice.history(), "internal_rotation", app.now)
    why = [ground.reason.says for ground in asked.grounds]
    assert sentence in why and not any("0 minutes" in says for says in why)
    app.now += timedelta(hours=11)
    assert "Your sessions begin on Monday" not in shown(app, browser)


def test_a_usual_week_without_room_leads_to_its_minutes(marathoner, browser) -> None:
    at(marathoner, -2)
    marathoner.practice.record(WeekDescribed(weekly_minutes=0, max_session_minutes=3))
    told = shown(marathoner, browser)
    assert "Change my usual week" in told
    assert "Start" not in told


def test_fewer_minutes_in_mid_week_undo_no_session_that_is_over(marathoner, browser) -> None:
    marathoner.practice.record(WeekDescribed(weekly_minutes=0, max_session_minutes=3))
    assert "No plan keeps all the rules" not in shown(marathoner, browser)
    assert "A rest day" in shown(marathoner, browser)


def test_a_rest_day_says_that_it_counts_and_what_comes(marathoner, browser) -> None:
    at(marathoner, -2)
    told = shown(marathoner, browser)
    assert "A rest day" in told
    assert re.search(r"Next: [A-Z][a-z ]+, (Tues|Wednes)day \d\d:\d\d", told)


def test_on_a_rest_day_a_session_of_the_week_can_be_brought_to_now(marathoner, browser) -> None:
    at(marathoner, -2)
    shown(marathoner, browser)
    link = re.search(r'href="(/week/move/[^"]+)">Do one today', browser.get("/").content.decode())
    assert link is not None
    move, _, to = link[1].replace("&amp;", "&").partition("?")
    assert to == "on=2026-11-23&at=05:45"
    assert "What do the rules say there?" in text(browser.get(f"{move}?{to}"))
    browser.post(move, {"on": "2026-11-23", "at": "05:45"})

    told = shown(marathoner, browser)
    assert "A rest day" not in told
    assert "Start" in told


def test_late_at_night_nobody_is_asked_to_do_one_more_today(marathoner, browser) -> None:
    at(marathoner, -2, hour=22)

    assert "Do one today" not in shown(marathoner, browser)


def test_done_is_done_and_nothing_more_is_asked(marathoner, browser) -> None:
    do_next(marathoner)
    told = shown(marathoner, browser)
    assert "Done for today" in told
    assert "Start" not in told


def test_what_is_past_stands_apart_from_what_is_to_come(marathoner, browser) -> None:
    marathoner.practice.day()
    morning = text(browser.get("/"))
    assert "Earlier today" not in morning
    assert morning.index("The rest of the day") < morning.index("06:30 Easy run")
    marathoner.now = marathoner.now.replace(hour=23)
    evening = shown(marathoner, browser)
    assert evening.index("Earlier today") < evening.index("06:30 Easy run")
    assert "The rest of the day" not in evening
    assert "A rest day" not in evening
    assert "Nothing more today" in evening


def test_a_session_that_was_mostly_skipped_is_not_called_done(marathoner, browser) -> None:
    slot = str(marathoner.practice.day().next_slot)
    answer_before_a_session(marathoner)
    marathoner.practice.log(slot, coach.SessionAnswers(minutes=0, effort=1))
    told = shown(marathoner, browser)
    assert "Ended early" in told
    assert "Done for today" not in told
    assert "What was planned for today was not done. Nothing has to be made up for." in told
    assert marathoner.practice.look().headline == "Nothing more today."
    assert re.search(r"0 of \d+ min", told)


def test_a_session_that_was_skipped_can_be_done_after_all(marathoner, browser) -> None:
    slot = str(marathoner.practice.day().next_slot)
    answer_before_a_session(marathoner)
    marathoner.practice.log(slot, coach.SessionAnswers(minutes=0, effort=1))
    marathoner.practice.day()
    [way] = re.findall(r'href="(/settings/facts/[^"]+)">Do it after all', browser.get("/").content.decode())
    asked = browser.get(way)
    assert "Take this back?" in text(asked)
    assert '<a class="btn line" href="/">Leave it' in asked.content.decode()
    done = browser.post(way, {"reason": ""}, follow=True)
    assert done.redirect_chain[-1][0] == "/"
    assert "Start" in shown(marathoner, browser), "and Today offers it again"
    assert marathoner.practice.day().next_slot == slot


@pytest.mark.parametrize(
    "asked", ["", "?back=settings", "?back=//evil.example", "?back=https://evil.example/"]
)
def test_a_session_taken_back_on_the_record_leads_back_to_the_record(asked, marathoner, browser) -> None:
    slot = str(marathoner.practice.day().next_slot)
    answer_before_a_session(marathoner)
    marathoner.practice.log(slot, coach.SessionAnswers(minutes=0, effort=1))
    marathoner.practice.day()
    [way] = re.findall(r'href="(/settings/facts/\w+/)[^"]*">Do it', browser.get("/").content.decode())
    assert "evil" not in browser.get(way + asked).content.decode()
    done = browser.post(way + asked, {"reason": ""})
    assert done["Location"] == "/settings/facts/?gone=1"


def test_a_session_ended_before_its_hour_says_no_hour_to_come_and_is_offered_while_there_is_time(
    marathoner, browser
) -> None:
    marathoner.practice.day()
    [entry] = [
        one for one in marathoner.practice.look().slots if one.slot.id == marathoner.practice.next_slot()
    ]
    slot, begins = entry.slot, entry.slot.starts_at
    marathoner.now = begins - timedelta(minutes=30)
    answer_before_a_session(marathoner)
    marathoner.practice.log(slot.id, coach.SessionAnswers(minutes=0, effort=1))
    early = shown(marathoner, browser)
    assert "There is still time for it today, if you like. Do it after all" in early
    assert f"{begins:%H:%M}" not in early.partition("Earlier today")[2].partition("Ended early")[0]
    marathoner.now = begins + timedelta(minutes=slot.minutes, hours=2, seconds=1)
    late = shown(marathoner, browser)
    assert f"Earlier today {begins:%H:%M}" in late
    assert "Do it after all" not in late and "Nothing has to be made up for." in late


def test_a_session_that_hurt_is_not_offered_after_all(marathoner, browser) -> None:
    slot = str(marathoner.practice.day().next_slot)
    answer_before_a_session(marathoner)
    drill = marathoner.practice.begin(slot).items[0].drill
    felt = Feeling(score=2, region="groin", kind="muscle", side="left")
    marathoner.practice.log(slot, coach.SessionAnswers(minutes=0, effort=1, pain=((drill, felt),)))
    [one] = [one for one in marathoner.practice.day().slots if one.slot.id == slot]
    assert (one.mostly_skipped, one.log_to_take_back) == (True, "")
    assert "Do it after all" not in text(browser.get("/"))


def test_new_reasons_alone_are_no_change_to_tell_of(marathoner, browser) -> None:
    do_next(marathoner)
    assert "what stands behind them changed" not in shown(marathoner, browser)


def test_no_drill_is_spoken_of_whose_things_are_not_at_hand(marathoner) -> None:
    marathoner.practice.record(
        EquipmentListed(equipment=frozenset()), WeekDescribed(weekly_minutes=60, max_session_minutes=20)
    )
    marathoner.practice.day()
    today = Situation(marathoner.practice.history(), marathoner.now)
    assert Context.PRE_GYM not in {slot.context for slot in today.problem.slots}
    planned = marathoner.practice.history().issued_plan(monday_of(marathoner.now.date()))
    bands = {Equipment.MINI_BAND, Equipment.LOOP_BAND}
    spoken_of = drills_at_hand(planned.model_copy(update={"items": ()}), today)
    assert any(bands & set(drill.needs) for drill in today.drills.values())
    assert not [name for name, drill in spoken_of.items() if bands & set(drill.needs)]


def test_a_morning_after_work_asks_for_the_check_in_and_one_tap_answers(marathoner, browser) -> None:
    do_next(marathoner)
    at(marathoner, 1)
    assert "Check in" in shown(marathoner, browser)
    answer = browser.post("/checkin/", {"nothing": "1"})
    assert answer.headers["Location"] == "/?recorded"
    way = re.search(r'name="back" value="([^"]+)"', browser.get("/?recorded").content.decode())
    assert way is not None
    made = browser.post("/plan/", {"back": way[1]})
    assert "Recorded." in text(browser.get(made.headers["Location"]))
    assert "Recorded." not in text(browser.get("/"))
    assert marathoner.practice.history().latest(CheckinAnswered).soreness == ()
    assert "Check in" not in shown(marathoner, browser)


def ahead(app: Any) -> float:
    """Return the seconds of work that this week's plan still asks for."""
    days = [day for day in coach.week(app.practice.history(), app.now).days if day.date >= app.now.date()]
    items = [one.item for day in days for slot in day.slots for one in slot.items]
    return sum(dose.work_s for item in items for dose in (item.left, item.right) if dose)


def test_soreness_told_lowers_what_comes_and_says_why(marathoner, browser) -> None:
    do_next(marathoner)
    at(marathoner, 1)
    planned = ahead(marathoner)
    told = {
        "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-region": "front_of_hip",
        "form-0-kind": "joint", "form-0-score": "4", "course": "stays",
    }  # fmt: skip
    browser.post("/checkin/", told)
    marathoner.practice.day()
    assert ahead(marathoner) < planned
    assert "change" in shown(marathoner, browser)


def test_who_is_ill_rests_and_the_plan_waits(marathoner, browser) -> None:
    marathoner.practice.record(ReadinessAnswered(answers={"ill": True}))
    told = shown(marathoner, browser)
    assert "Rest until you are well" in told
    assert "Nothing has to be made up for" in told
    assert "Start" not in told


def test_race_day_is_the_race_and_nothing_else(marathoner, browser) -> None:
    marathoner.practice.record(RaceEntered(date=marathoner.now.date(), at=time(10), distance_m=10_000))
    told = shown(marathoner, browser)
    assert "Race day" in told
    assert "10:00 Race" in told


def test_before_a_race_the_taper_says_why(marathoner, browser) -> None:
    marathoner.practice.record(RaceEntered(date=marathoner.now.date() + timedelta(days=4), distance_m=42_195))
    assert "race" in shown(marathoner, browser).lower()


@pytest.mark.parametrize(
    ("days", "passed", "goes_on"),
    [
        (8, "A week or more has passed", "It goes on as planned."),
        (15, "2 weeks have passed", "It begins gently again."),
        (22, "3 weeks have passed", "It begins gently again."),
    ],
)
def test_who_comes_back_has_nothing_to_catch_up(marathoner, browser, days, passed, goes_on) -> None:
    do_next(marathoner)
    at(marathoner, days)
    told = shown(marathoner, browser)
    assert f"{passed} since your last session. There is nothing to catch up. {goes_on}" in told
    assert "Rule E63" in told


def test_after_four_weeks_measuring_again_is_asked_for(marathoner, browser) -> None:
    at(marathoner, 29)
    assert "Measuring again tells you something new" in shown(marathoner, browser)


def test_a_month_on_the_short_questions_are_asked_and_later_they_come_first(marathoner, browser) -> None:
    at(marathoner, 31)
    assert "short safety questions are due" in shown(marathoner, browser)
    at(marathoner, 45)
    assert "Safety check" in text(browser.get("/", follow=True))


def test_a_week_that_no_plan_fits_is_said_once_and_does_not_go_round(
    marathoner, browser, monkeypatch
) -> None:
    from triplane.coach import day_view

    stuck = day_view.Day(
        date=marathoner.now.date(), state=coach.DayState.INFEASIBLE, headline="", says=("Too little time.",)
    )
    monkeypatch.setattr(Practice, "day", lambda self: stuck)
    told = text(browser.post("/plan/", {"back": "/"}, follow=True))
    assert "Too little time." in told
    assert "Change my usual week" in told


def test_before_a_session_opens_there_is_no_start_and_every_way_says_from_when(marathoner, browser) -> None:
    slot = str(marathoner.practice.day().next_slot)
    at(marathoner, 0, 0)
    marathoner.now -= timedelta(hours=7)  # the evening before at 17:30: 06:22 opens at 18:22
    for address in (f"/session/{slot}/", f"/session/{slot}/play/", f"/session/{slot}/how-it-was/"):
        shown = text(browser.get(address, follow=True))
        assert "18:22 on" in shown, address
        assert slot not in shown
    assert marathoner.practice.history().latest(ReadinessAnswered) is None


def test_a_day_whose_session_is_not_open_yet_says_from_when_and_has_no_start(marathoner, browser) -> None:
    at(marathoner, 4)  # Sunday 05:30; its full session at 19:00 opens at 07:00
    told = shown(marathoner, browser)
    assert "It can be begun from" in told
    assert "Start" not in told


def test_before_the_session_of_today_opens_another_can_be_brought_to_now(marathoner, browser) -> None:
    at(marathoner, 1)  # Thursday 05:30; what is beside the gym at 17:54 opens at 05:54
    assert "It can be begun from 05:54 on." in shown(marathoner, browser)
    link = re.search(r'href="(/week/move/[^"]+)">Do one now', browser.get("/").content.decode())
    assert link is not None
    move, _, to = link[1].replace("&amp;", "&").partition("?")
    assert to == "on=2026-11-26&at=05:45"
    not_yet = browser.get(move.replace("/week/move/", "/session/"))
    assert f'href="{link[1]}">Do it now' in not_yet.content.decode(), "who opens it first is offered the same"
    browser.post(move, {"on": "2026-11-26", "at": "05:45"})

    told = shown(marathoner, browser)
    assert "It can be begun from" not in told
    assert "Start" in told


def test_what_lies_beside_the_gym_cannot_be_brought_to_now(marathoner, browser) -> None:
    at(marathoner, 1)
    slot = str(marathoner.practice.day().next_slot)
    assert "Do it now" not in text(browser.get(f"/session/{slot}/"))


def test_no_sentence_names_a_session_by_its_id(marathoner, browser) -> None:
    slot = do_next(marathoner)
    for name, says in ((slot, "logged before"), ("2026-11-23-pre_run-9", "Your plan holds no such session")):
        told = text(browser.get(f"/session/{name}/how-it-was/", follow=True))
        assert says in told
        assert name not in told
        assert name not in browser.get(f"/session/{name}/play.json").json()["problem"]


def test_what_was_answered_yes_is_told_on_today_and_in_the_settings_in_words(marathoner, browser) -> None:
    """A blood thinner and a back that arching hurts: what they change is said, and no tag stands bare."""
    no = dict.fromkeys(coach.first_questions(), False)
    yes = {"P08": True, "H14": True, "H14.worse": "arching"}
    marathoner.practice.record(coach.screening_answers({**no, **yes}))
    marathoner.practice.day()

    day = text(browser.get("/"))
    assert "We left out balls and rollers, because they bruise." in day
    assert "arms stay below the head" in day
    told = text(browser.get("/settings/clearance/"))
    assert "Easy bleeding" in told and "A back that dislikes arching" in told
    assert "Acoag" not in told and "Lbp ext" not in told


def test_who_was_told_nothing_of_the_kind_reads_nothing_of_it(marathoner, browser) -> None:
    assert "Because of what you told us" not in text(browser.get("/"))


def test_half_a_session_is_a_part_of_it_on_every_page_and_what_is_left_is_offered(
    marathoner, browser
) -> None:
    """Nobody who did one drill of two reads that nothing was done."""
    marathoner.now = marathoner.now.replace(hour=5) - timedelta(days=1)
    marathoner.practice.day()
    days = coach.week(marathoner.practice.history(), marathoner.now).days
    slots = [s for day in days if day.date >= marathoner.now.date() for s in day.slots if len(s.items) == 2]
    done, left = slots[0].items
    marathoner.now = slots[0].slot.starts_at + timedelta(minutes=1)
    whole = next(s for s in marathoner.practice.day().slots if s.slot.id == slots[0].slot.id)
    marathoner.practice.record(
        SessionLogged(
            slot=done.item.id,
            plan=marathoner.practice.week().plan_id,
            minutes=whole.drills[0].minutes,
            drills=(DrillDone(drill=done.item.drill, side=None, sets_done=1, sets_asked=1),),
        )
    )
    told = shown(marathoner, browser)
    assert f": {whole.drills[1].minutes:.0f} minutes" in told
    part = f"{whole.drills[0].minutes:.0f} of {whole.minutes:.0f} min"
    assert f"A part of it is done already: {part}utes." in told

    marathoner.now += timedelta(hours=4)
    evening = shown(marathoner, browser)
    assert f"{part} " in evening and "Partly done" in evening
    assert "was not done" not in evening and "Done for today" not in evening
    assert "A part of what was planned for today was done." in evening
    assert left.name in evening
    week = text(browser.get("/week/"))
    assert "Partly done" in week and part in week


def test_who_is_ill_on_the_day_of_a_race_is_told_to_rest_and_nothing_else(marathoner, browser) -> None:
    marathoner.practice.record(RaceEntered(date=marathoner.now.date(), at=time(10), distance_m=10_000))
    marathoner.practice.record(ReadinessAnswered(answers={"ill": True}))
    told = shown(marathoner, browser)
    assert "Rest until you are well" in told and "Race day" not in told
    assert "warm-up" not in told
    assert marathoner.practice.look().quiet is coach.Quiet.PAUSED


def test_the_terminals_headline_and_the_page_speak_of_the_same_kind_of_day(marathoner, browser) -> None:
    """A race is no rest day, and a week that holds nothing says so, wherever it is read."""
    marathoner.practice.record(RaceEntered(date=marathoner.now.date(), at=time(10), distance_m=10_000))
    marathoner.now = marathoner.now.replace(hour=23)
    assert "Race day" in shown(marathoner, browser)
    assert marathoner.practice.look().headline == "Race day. Nothing else today."
    at(marathoner, 5)
    marathoner.practice.record(WeekDescribed(weekly_minutes=0, max_session_minutes=3))
    assert "This week holds no session" in shown(marathoner, browser)
    assert marathoner.practice.look().headline == "This week holds no session."


def test_every_kind_of_quiet_day_has_its_words() -> None:
    from triplane.coach.quiet import HEADLINES
    from triplane.web.today.quiet import LEADS, TITLES

    assert set(coach.Quiet) == set(HEADLINES) == set(LEADS) == set(TITLES)
