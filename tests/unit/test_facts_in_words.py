"""Every kind of fact is said as a plain sentence, and preferences hold what was chosen."""

from datetime import date, datetime, time

import pytest

from cast import MONDAY, history_of, told
from triplane import coach, screening
from triplane.coach.telling import SAYS, fact_in_words
from triplane.errors import UserError
from triplane.formats.runner_file import SAMPLES, sample_runner
from triplane.history import (
    KINDS,
    CalendarEntry,
    CalendarRead,
    CalendarWords,
    CheckinAnswered,
    ClearanceRecorded,
    DayChanged,
    DayPattern,
    Feeling,
    MeasurementTaken,
    PreferencesChosen,
    RaceEntered,
    RestrictionTightened,
    RunRecorded,
    ScreeningAnswered,
    SessionLogged,
    Sound,
    Units,
    minutes_in_words,
)


def says(body: object) -> str:
    [fact] = told(body)  # type: ignore[arg-type]
    return fact_in_words(fact)


def test_every_kind_of_fact_has_its_sentence() -> None:
    assert set(SAYS) == set(KINDS.values())


@pytest.mark.parametrize("sample", SAMPLES)
def test_what_a_runner_told_is_said_without_a_word_of_the_machine(sample: str) -> None:
    file = sample_runner(sample, MONDAY.date())
    for body in file.bodies(coach.first_questions(), coach.disclaimer().version):
        line = says(body)
        assert not {"_", "{", "="} & set(line), line
        assert "True" not in line and "None" not in line, line
        assert line[0].isupper() and line.endswith((".", "?")), line


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            CalendarRead(source="Club", first=date(2026, 11, 23), until=date(2027, 1, 4)),
            "The calendar “Club” no longer speaks about your week.",
        ),
        (
            CalendarRead(
                source="Club",
                first=date(2026, 11, 23),
                until=date(2027, 1, 4),
                entries=(CalendarEntry(uid="a", starts_at=MONDAY, minutes=40, is_gym=True),),
            ),
            "The calendar “Club” was read until 4 January 2027: runs 0, gym visits 1.",
        ),
        (
            CalendarWords(run=("parcours",)),
            "You chose the words by which entries of a calendar are known: 1.",
        ),
        (DayChanged(date=date(2026, 11, 25), away=True), "You are away on 25 November 2026."),
        (DayChanged(date=date(2026, 11, 25)), "25 November 2026 goes as usual again."),
        (
            RaceEntered(date=date(2026, 12, 6), distance_m=21097.5, called="Advent"),
            "You entered a race of 21.0975 km on 6 December 2026. You call it Advent.",
        ),
        (
            RunRecorded(started_at=MONDAY, duration_s=2700, distance_m=8200, kind="easy"),
            "You ran 8.2 km in 45 minutes, easy (typed in).",
        ),
        (
            MeasurementTaken(
                test="internal_rotation_prone",
                side="left",
                method="phone_helper",
                readings=(18, 17, 19),
                pain=2,
            ),
            "Turn in, left, passive: 18°, 17°, 19°. Read by phone helper. Pain 2 of 10.",
        ),
        (
            CheckinAnswered(
                about=date(2026, 11, 22),
                soreness=(Feeling(score=3, region="outer_hip", kind="muscle", side="left"),),
            ),
            "The morning after 22 November 2026: left outer hip at 3 of 10 (muscle).",
        ),
        (
            CheckinAnswered(
                about=date(2026, 11, 22),
                soreness=(Feeling(score=3, region="ankle_foot", kind="joint", side="right"),),
            ),
            "The morning after 22 November 2026: right ankle or foot at 3 of 10 (joint).",
        ),
        (CheckinAnswered(about=date(2026, 11, 22)), "The morning after 22 November 2026: nothing sore."),
        (SessionLogged(minutes=11, effort=5), "You trained 11 minutes. Effort 5 of 10."),
        (
            ScreeningAnswered(answers={"H07": False}),
            f"You answered no to: {screening.questions()['H07'].ask}",
        ),
    ],
)
def test_it_says_what_was_told(body: object, sentence: str) -> None:
    assert says(body) == sentence


def test_a_yes_is_said_with_its_question() -> None:
    assert coach.question("H10").ask in says(ScreeningAnswered(answers={"H10": True, "H11": False}))


def test_a_restriction_and_its_clearance_are_said_by_name() -> None:
    name = coach.tag_name("fai")
    assert name in says(RestrictionTightened(tag="fai"))
    cleared = ClearanceRecorded(
        who="Dr Ada",
        role="physician",
        given_on=date(2026, 11, 1),
        scope=("fai",),
        expires_on=date(2027, 1, 1),
    )
    assert name in says(cleared)
    assert "1 January 2027" in says(cleared)


def test_nothing_chosen_is_metric_with_a_voice_and_without_quiet_hours() -> None:
    chosen = coach.preferences(history_of())

    assert (chosen.units, chosen.sound) == (Units.METRIC, Sound.VOICE)
    assert coach.sound_now(history_of(), MONDAY) is Sound.VOICE


@pytest.mark.parametrize(
    ("hour", "sound"),
    [(21, Sound.VOICE), (22, Sound.OFF), (3, Sound.OFF), (6, Sound.VOICE), (12, Sound.VOICE)],
)
def test_quiet_hours_run_over_midnight_and_silence_the_player(hour: int, sound: Sound) -> None:
    chosen = coach.chosen_preferences(Units.METRIC, Sound.VOICE, 1.0, time(22), time(6))

    assert coach.sound_now(history_of(chosen), MONDAY.replace(hour=hour)) is sound


def test_the_last_choice_counts() -> None:
    history = history_of(PreferencesChosen(units=Units.IMPERIAL), PreferencesChosen(sound=Sound.TONES))

    assert coach.preferences(history).units is Units.METRIC
    assert coach.sound_now(history, datetime(2026, 11, 23, 12, tzinfo=MONDAY.tzinfo)) is Sound.TONES


@pytest.mark.parametrize(
    "quiet",
    [(time(22), None), (None, time(6)), (time(22), time(22))],
    ids=["no end", "no beginning", "no length"],
)
def test_quiet_hours_that_cannot_be_are_refused(quiet: tuple[time | None, time | None]) -> None:
    with pytest.raises(UserError, match="quiet hours"):
        coach.chosen_preferences(Units.METRIC, Sound.VOICE, 1.0, *quiet)


def test_a_voice_that_nobody_could_follow_is_refused() -> None:
    with pytest.raises(UserError, match="voice"):
        coach.chosen_preferences(Units.METRIC, Sound.VOICE, 4.0)


def test_one_of_something_is_said_as_one() -> None:
    from triplane.assessment.protocol import spoken

    assert says(SessionLogged(slot="s", minutes=0.4, drills=())).startswith("You trained 1 minute.")
    assert says(SessionLogged(slot="s", minutes=12, drills=())).startswith("You trained 12 minutes.")
    assert [spoken("deg", number) for number in (1, -1, 2, 0.5)] == ["degree", "degree", "degrees", "degrees"]


@pytest.mark.parametrize(
    ("minutes", "words"), [(2.5, "2.5 minutes"), (7.5, "7.5 minutes"), (0.4, "0.4 minutes"), (1, "1 minute")]
)
def test_the_record_quotes_the_minutes_of_a_day_as_they_were_told(minutes: float, words: str) -> None:
    """The plan goes by them as they are, and its changes say them so: the record says nothing else."""
    short = DayChanged(date=date(2026, 11, 26), pattern=DayPattern(minutes=minutes))
    assert says(short) == f"26 November 2026 goes otherwise: no run and {words} at home."


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "half a minute"), (0.4, "half a minute"), (0.9, "1 minute"), (7.6, "8 minutes"), (20, "20 minutes")],
)
def test_reckoned_minutes_are_said_whole(minutes: float, words: str) -> None:
    assert minutes_in_words(minutes) == words
