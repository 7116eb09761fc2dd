"""The use cases in the runner's verbs: screen, measure, plan, log, check in, explain, day.

Speaks:  the values and verbs below; history in, day out.      Knows: every room under it.      Never: clock, disk, how an answer is shown.

Names are loaded when they are first used, so that a day is shown without the parts that measure or plan.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from triplane.assessment import Certainty as Certainty
    from triplane.assessment import DirectionMap as DirectionMap
    from triplane.assessment import Estimate as Estimate
    from triplane.assessment import Finding as Finding
    from triplane.assessment import HipMap as HipMap
    from triplane.assessment import NormBand as NormBand
    from triplane.assessment import Point as Point
    from triplane.assessment import Protocol as Protocol
    from triplane.body import Direction as Direction
    from triplane.body import Plane as Plane
    from triplane.body import Side as Side
    from triplane.catalogue import Restriction as Restriction
    from triplane.catalogue import Stage as Stage
    from triplane.coach.beginning import BUNDLE_H as BUNDLE_H
    from triplane.coach.beginning import Bundle as Bundle
    from triplane.coach.beginning import begin as begin
    from triplane.coach.beginning import bundle as bundle
    from triplane.coach.calendars import CalendarWeek as CalendarWeek
    from triplane.coach.calendars import calendar_forgotten as calendar_forgotten
    from triplane.coach.calendars import calendar_read as calendar_read
    from triplane.coach.calendars import calendar_window as calendar_window
    from triplane.coach.calendars import calendar_words as calendar_words
    from triplane.coach.calendars import calendars_read as calendars_read
    from triplane.coach.calendars import our_calendar_words as our_calendar_words
    from triplane.coach.calendars import weeks_thinned as weeks_thinned
    from triplane.coach.camera_test import CameraTest as CameraTest
    from triplane.coach.camera_test import camera_on_test as camera_on_test
    from triplane.coach.caseload import Need as Need
    from triplane.coach.caseload import runners_line as runners_line
    from triplane.coach.changing import AT_ONCE_MIN as AT_ONCE_MIN
    from triplane.coach.changing import DAY_MIN as DAY_MIN
    from triplane.coach.changing import RACE_KM as RACE_KM
    from triplane.coach.changing import RUN_MIN as RUN_MIN
    from triplane.coach.changing import WEEK_MIN as WEEK_MIN
    from triplane.coach.changing import Default as Default
    from triplane.coach.changing import changed_day as changed_day
    from triplane.coach.changing import changed_default as changed_default
    from triplane.coach.changing import changed_race as changed_race
    from triplane.coach.changing import defaults as defaults
    from triplane.coach.clinical import ClinicMeasurement as ClinicMeasurement
    from triplane.coach.clinical import ClinicRecord as ClinicRecord
    from triplane.coach.clinical import brought_measurement as brought_measurement
    from triplane.coach.clinical import cannot_be_read as cannot_be_read
    from triplane.coach.clinical import clinic_record as clinic_record
    from triplane.coach.correcting import FactLine as FactLine
    from triplane.coach.correcting import ToldOfDrill as ToldOfDrill
    from triplane.coach.correcting import asked_before_a_session as asked_before_a_session
    from triplane.coach.correcting import corrected_run as corrected_run
    from triplane.coach.correcting import drills_told_anew as drills_told_anew
    from triplane.coach.correcting import fact_told as fact_told
    from triplane.coach.correcting import facts_counted as facts_counted
    from triplane.coach.correcting import facts_told as facts_told
    from triplane.coach.correcting import session_told_anew as session_told_anew
    from triplane.coach.correcting import withdrawal as withdrawal
    from triplane.coach.counting_from import session_fact as session_fact
    from triplane.coach.cue import Cue as Cue
    from triplane.coach.cue import CueKind as CueKind
    from triplane.coach.cue_words import all_words as all_words
    from triplane.coach.cue_words import changed_in_words as changed_in_words
    from triplane.coach.cue_words import dose_in_words as dose_in_words
    from triplane.coach.cue_words import doses_in_words as doses_in_words
    from triplane.coach.cues import Session as Session
    from triplane.coach.cues import SessionReference as SessionReference
    from triplane.coach.day_view import Day as Day
    from triplane.coach.day_view import DayDrill as DayDrill
    from triplane.coach.day_view import DaySlot as DaySlot
    from triplane.coach.day_view import DayState as DayState
    from triplane.coach.day_view import Due as Due
    from triplane.coach.explaining import Explanation as Explanation
    from triplane.coach.explaining import changed_for as changed_for
    from triplane.coach.explaining import why as why
    from triplane.coach.feeding import FeedEntry as FeedEntry
    from triplane.coach.feeding import feed as feed
    from triplane.coach.filming import drawing_version as drawing_version
    from triplane.coach.filming import drill_film as drill_film
    from triplane.coach.filming import drill_moving as drill_moving
    from triplane.coach.filming import film_version as film_version
    from triplane.coach.handing_in import HAND_IN_VERSION as HAND_IN_VERSION
    from triplane.coach.handing_in import HandedIn as HandedIn
    from triplane.coach.handing_in import HandIn as HandIn
    from triplane.coach.handing_in import counted_then as counted_then
    from triplane.coach.handing_in import hand_in as hand_in
    from triplane.coach.handing_over import Handout as Handout
    from triplane.coach.handing_over import HandoutDrill as HandoutDrill
    from triplane.coach.handing_over import handout as handout
    from triplane.coach.handing_over import week_handout as week_handout
    from triplane.coach.hips import HipMeasurement as HipMeasurement
    from triplane.coach.hips import Measured as Measured
    from triplane.coach.hips import ShortQuestion as ShortQuestion
    from triplane.coach.hips import SideReadings as SideReadings
    from triplane.coach.hips import estimates_said as estimates_said
    from triplane.coach.hips import further_tests as further_tests
    from triplane.coach.hips import hip_map as hip_map
    from triplane.coach.hips import measured_today as measured_today
    from triplane.coach.hips import minutes_to_take as minutes_to_take
    from triplane.coach.hips import modes_allowed as modes_allowed
    from triplane.coach.hips import protocol as protocol
    from triplane.coach.hips import questions_before_test as questions_before_test
    from triplane.coach.hips import take_measurement as take_measurement
    from triplane.coach.hips import test_figure as test_figure
    from triplane.coach.hips import tests_to_take as tests_to_take
    from triplane.coach.knowing import changed_words as changed_words
    from triplane.coach.knowing import chosen_words as chosen_words
    from triplane.coach.knowing import restored_words as restored_words
    from triplane.coach.knowing import word_lists as word_lists
    from triplane.coach.library import DrillCard as DrillCard
    from triplane.coach.library import DrillFilter as DrillFilter
    from triplane.coach.library import DrillsFound as DrillsFound
    from triplane.coach.library import Grounds as Grounds
    from triplane.coach.library import dose_range_in_words as dose_range_in_words
    from triplane.coach.library import drill_card as drill_card
    from triplane.coach.library import drill_cards as drill_cards
    from triplane.coach.library import drill_figure as drill_figure
    from triplane.coach.library import drill_thumb as drill_thumb
    from triplane.coach.library import drills as drills
    from triplane.coach.library import takes_turns as takes_turns
    from triplane.coach.linting import lint as lint
    from triplane.coach.lunges import LungeCell as LungeCell
    from triplane.coach.lunges import LungeChoice as LungeChoice
    from triplane.coach.lunges import LungeMatrix as LungeMatrix
    from triplane.coach.lunges import lunge_choice as lunge_choice
    from triplane.coach.lunges import lunge_matrix as lunge_matrix
    from triplane.coach.moving import Move as Move
    from triplane.coach.moving import may_move as may_move
    from triplane.coach.moving import moved as moved
    from triplane.coach.moving import moved_back as moved_back
    from triplane.coach.moving import slot_of as slot_of
    from triplane.coach.needs import day_needs as day_needs
    from triplane.coach.once import told_before as told_before
    from triplane.coach.one_direction import DirectionDrill as DirectionDrill
    from triplane.coach.one_direction import DirectionMinutes as DirectionMinutes
    from triplane.coach.one_direction import DirectionView as DirectionView
    from triplane.coach.one_direction import RangeHistory as RangeHistory
    from triplane.coach.one_direction import direction_view as direction_view
    from triplane.coach.plans import issue_plan as issue_plan
    from triplane.coach.played import TAKEN_FOR as TAKEN_FOR
    from triplane.coach.played import CleanReps as CleanReps
    from triplane.coach.played import Counted as Counted
    from triplane.coach.played import Interruption as Interruption
    from triplane.coach.played import Played as Played
    from triplane.coach.played import countable as countable
    from triplane.coach.played import counted as counted
    from triplane.coach.played import drills_done as drills_done
    from triplane.coach.played import stops_session as stops_session
    from triplane.coach.played import what_follows as what_follows
    from triplane.coach.preferring import chosen_preferences as chosen_preferences
    from triplane.coach.preferring import preferences as preferences
    from triplane.coach.preferring import sound_now as sound_now
    from triplane.coach.progressing import Progress as Progress
    from triplane.coach.progressing import RangeLine as RangeLine
    from triplane.coach.progressing import progress as progress
    from triplane.coach.recording import SORE_TAKEN_FOR as SORE_TAKEN_FOR
    from triplane.coach.recording import SessionAnswers as SessionAnswers
    from triplane.coach.recording import check_in as check_in
    from triplane.coach.recording import drills_of as drills_of
    from triplane.coach.recording import log as log
    from triplane.coach.recording import logged_session as logged_session
    from triplane.coach.recording import opens_later as opens_later
    from triplane.coach.recording import origin_of as origin_of
    from triplane.coach.recording import refuse_to_log as refuse_to_log
    from triplane.coach.recording import was_logged_so as was_logged_so
    from triplane.coach.recording import when_done as when_done
    from triplane.coach.reminding import Reminder as Reminder
    from triplane.coach.reminding import reminders as reminders
    from triplane.coach.screening_talk import answer_told as answer_told
    from triplane.coach.screening_talk import answers_put_right as answers_put_right
    from triplane.coach.screening_talk import answers_stop_here as answers_stop_here
    from triplane.coach.screening_talk import clearance as clearance
    from triplane.coach.screening_talk import clearance_word as clearance_word
    from triplane.coach.screening_talk import disclaimer as disclaimer
    from triplane.coach.screening_talk import disclaimer_accepted as disclaimer_accepted
    from triplane.coach.screening_talk import may_be_cleared as may_be_cleared
    from triplane.coach.screening_talk import may_put_right as may_put_right
    from triplane.coach.screening_talk import question as question
    from triplane.coach.screening_talk import readiness as readiness
    from triplane.coach.screening_talk import readiness_answers as readiness_answers
    from triplane.coach.screening_talk import readiness_question as readiness_question
    from triplane.coach.screening_talk import refuse_if_blocked as refuse_if_blocked
    from triplane.coach.screening_talk import refuse_if_ill as refuse_if_ill
    from triplane.coach.screening_talk import refuse_if_paused as refuse_if_paused
    from triplane.coach.screening_talk import refuse_if_stopped as refuse_if_stopped
    from triplane.coach.screening_talk import restriction_tags as restriction_tags
    from triplane.coach.screening_talk import screening_answers as screening_answers
    from triplane.coach.screening_talk import stop_page as stop_page
    from triplane.coach.screening_talk import stop_words as stop_words
    from triplane.coach.screening_talk import tag_name as tag_name
    from triplane.coach.screening_talk import unknown_restriction as unknown_restriction
    from triplane.coach.sharing import Deed as Deed
    from triplane.coach.sharing import act as act
    from triplane.coach.sharing import author_of as author_of
    from triplane.coach.sharing import consent as consent
    from triplane.coach.sharing import consent_ended as consent_ended
    from triplane.coach.sharing import consents as consents
    from triplane.coach.sharing import done_by_others as done_by_others
    from triplane.coach.sharing import may as may
    from triplane.coach.sharing import refuse_unless as refuse_unless
    from triplane.coach.steps import Step as Step
    from triplane.coach.steps import StepBlock as StepBlock
    from triplane.coach.steps import StepKind as StepKind
    from triplane.coach.taking_along import AlongSession as AlongSession
    from triplane.coach.taking_along import Judgement as Judgement
    from triplane.coach.taking_along import judgement as judgement
    from triplane.coach.taking_along import not_now as not_now
    from triplane.coach.taking_along import readiness_asked as readiness_asked
    from triplane.coach.taking_along import session_along as session_along
    from triplane.coach.taking_along import sessions_along as sessions_along
    from triplane.coach.telling import fact_in_words as fact_in_words
    from triplane.coach.today import day as day
    from triplane.coach.today import look as look
    from triplane.coach.watched_set import SetBook as SetBook
    from triplane.coach.watched_set import SetWatched as SetWatched
    from triplane.coach.watching import DrillEye as DrillEye
    from triplane.coach.watching import eye_in_session as eye_in_session
    from triplane.coach.watching import eye_on as eye_on
    from triplane.coach.week_view import Week as Week
    from triplane.coach.week_view import WeekDay as WeekDay
    from triplane.coach.week_view import WeekItem as WeekItem
    from triplane.coach.week_view import WeekSlot as WeekSlot
    from triplane.coach.week_view import next_week as next_week
    from triplane.coach.week_view import week as week
    from triplane.coach.week_view import week_before as week_before
    from triplane.history import Answer as Answer
    from triplane.history import Context as Context
    from triplane.history import Equipment as Equipment
    from triplane.history import Feeling as Feeling
    from triplane.history import Level as Level
    from triplane.history import PlanItem as PlanItem
    from triplane.history import monday_of as monday_of
    from triplane.movement import Seen as Seen
    from triplane.planning import Anchor as Anchor
    from triplane.planning import Infeasible as Infeasible
    from triplane.screening import Clearance as Clearance
    from triplane.screening import FollowUp as FollowUp
    from triplane.screening import Purpose as Purpose
    from triplane.screening import Question as Question
    from triplane.screening import Readiness as Readiness
    from triplane.screening import ReadinessQuestion as ReadinessQuestion
    from triplane.screening import StopPage as StopPage
    from triplane.screening import TagHeld as TagHeld
    from triplane.screening import first_questions as first_questions
    from triplane.screening import questions_due as questions_due

_HOME = {
    "triplane.assessment": (
        *("Certainty", "DirectionMap", "Estimate", "Finding", "HipMap", "NormBand", "Point", "Protocol"),
    ),
    "triplane.body": ("Direction", "Plane", "Side"),
    "triplane.catalogue": ("Restriction", "Stage"),
    "triplane.coach.calendars": (
        *("CalendarWeek", "calendar_forgotten", "calendar_read", "calendar_window"),
        *("calendar_words", "calendars_read", "our_calendar_words", "weeks_thinned"),
    ),
    "triplane.coach.day_view": ("Day", "DayDrill", "DaySlot", "DayState", "Due"),
    "triplane.coach.one_direction": (
        *("DirectionDrill", "DirectionMinutes", "DirectionView", "RangeHistory", "direction_view"),
    ),
    "triplane.coach.feeding": ("FeedEntry", "feed"),
    "triplane.coach.filming": ("drawing_version", "drill_film", "drill_moving", "film_version"),
    "triplane.coach.handing_in": ("HAND_IN_VERSION", "HandIn", "HandedIn", "counted_then", "hand_in"),
    "triplane.coach.handing_over": ("Handout", "HandoutDrill", "handout", "week_handout"),
    "triplane.coach.hips": (
        "HipMeasurement",
        "estimates_said",
        "Measured",
        "ShortQuestion",
        "SideReadings",
        "further_tests",
        "minutes_to_take",
        "hip_map",
        "measured_today",
        "modes_allowed",
        "protocol",
        "questions_before_test",
        "take_measurement",
        "test_figure",
        "tests_to_take",
    ),
    "triplane.coach.library": (
        *("DrillCard", "DrillFilter", "DrillsFound", "Grounds", "drill_card", "drill_cards"),
        *("drill_figure", "drill_thumb", "drills", "dose_range_in_words", "takes_turns"),
    ),
    "triplane.coach.linting": ("lint",),
    "triplane.coach.lunges": ("LungeCell", "LungeChoice", "LungeMatrix", "lunge_choice", "lunge_matrix"),
    "triplane.coach.needs": ("day_needs",),
    "triplane.coach.once": ("told_before",),
    "triplane.coach.plans": ("issue_plan",),
    "triplane.coach.played": (
        *("TAKEN_FOR", "CleanReps", "Counted", "Interruption", "Played"),
        "countable",
        "counted",
        "drills_done",
        "stops_session",
        "what_follows",
    ),
    "triplane.coach.knowing": ("changed_words", "chosen_words", "restored_words", "word_lists"),
    "triplane.coach.preferring": ("chosen_preferences", "preferences", "sound_now"),
    "triplane.coach.progressing": ("Progress", "RangeLine", "progress"),
    "triplane.coach.recording": (
        "SORE_TAKEN_FOR",
        "SessionAnswers",
        "check_in",
        "opens_later",
        "logged_session",
        "origin_of",
        "refuse_to_log",
        "log",
        *("drills_of", "was_logged_so", "when_done"),
    ),
    "triplane.coach.reminding": ("Reminder", "reminders"),
    "triplane.coach.screening_talk": (
        *("answer_told", "answers_put_right", "answers_stop_here", "clearance", "clearance_word"),
        *("disclaimer", "disclaimer_accepted", "may_be_cleared", "may_put_right", "question", "readiness"),
        *("readiness_answers", "readiness_question", "refuse_if_blocked", "refuse_if_ill"),
        *("refuse_if_paused", "refuse_if_stopped", "restriction_tags", "screening_answers", "stop_page"),
        *("stop_words", "tag_name", "unknown_restriction"),
    ),
    "triplane.coach.telling": ("fact_in_words",),
    "triplane.coach.caseload": ("Need", "runners_line"),
    "triplane.coach.sharing": (
        *("Deed", "act", "author_of", "consent", "consent_ended"),
        *("consents", "done_by_others", "may", "refuse_unless"),
    ),
    "triplane.coach.beginning": ("BUNDLE_H", "Bundle", "begin", "bundle"),
    "triplane.coach.camera_test": ("CameraTest", "camera_on_test"),
    "triplane.coach.changing": (
        *("AT_ONCE_MIN", "DAY_MIN", "RACE_KM", "RUN_MIN", "WEEK_MIN"),
        *("Default", "changed_day", "changed_default", "changed_race", "defaults"),
    ),
    "triplane.coach.moving": ("Move", "may_move", "moved", "moved_back", "slot_of"),
    "triplane.coach.clinical": (
        *("ClinicMeasurement", "ClinicRecord", "brought_measurement", "cannot_be_read", "clinic_record"),
    ),
    "triplane.coach.correcting": (
        "FactLine",
        "ToldOfDrill",
        "corrected_run",
        "asked_before_a_session",
        "drills_told_anew",
        *("fact_told", "facts_counted", "facts_told"),
        "session_told_anew",
        "withdrawal",
    ),
    "triplane.coach.counting_from": ("session_fact",),
    "triplane.coach.cue": ("Cue", "CueKind"),
    "triplane.coach.cue_words": ("all_words", "changed_in_words", "dose_in_words", "doses_in_words"),
    "triplane.coach.cues": ("Session", "SessionReference"),
    "triplane.coach.taking_along": (
        *(
            "AlongSession",
            "Judgement",
            "judgement",
            "not_now",
            "readiness_asked",
            "session_along",
            "sessions_along",
        ),
    ),
    "triplane.coach.steps": ("Step", "StepBlock", "StepKind"),
    "triplane.coach.today": ("day", "look"),
    "triplane.coach.watched_set": ("SetBook", "SetWatched"),
    "triplane.coach.watching": ("DrillEye", "eye_in_session", "eye_on"),
    "triplane.coach.week_view": (
        *("Week", "WeekDay", "WeekItem", "WeekSlot", "next_week", "week", "week_before"),
    ),
    "triplane.coach.explaining": ("Explanation", "changed_for", "why"),
    "triplane.history": ("Answer", "Context", "Equipment", "Feeling", "Level", "PlanItem", "monday_of"),
    "triplane.movement": ("Seen",),
    "triplane.planning": ("Anchor", "Infeasible"),
    "triplane.screening": (
        *("Clearance", "FollowUp", "Question", "Readiness", "StopPage", "TagHeld", "questions_due"),
        *("first_questions", "Purpose", "ReadinessQuestion"),
    ),
}
_HOME_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = sorted(_HOME_OF)  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"the coach has no {name}")
    return getattr(import_module(_HOME_OF[name]), name)
