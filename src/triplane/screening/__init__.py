"""Safety questions to clearance and restrictions: what must not be offered, and what to say instead.

Speaks:  screen, offer, ready, Clearance, Offer.      Knows: catalogue, assessment, history, body, datafile.      Never: plans, doses, how it is shown.
"""

from triplane.screening.allowance import Allowance, Gap, Offer
from triplane.screening.clearance import Clearance, Message, StopPage, TagHeld
from triplane.screening.due import Purpose, QuestionsDue, answer_problems, questions_due
from triplane.screening.events import (
    JOINT_SORE,
    JOINT_STOP,
    is_joint_soreness,
    is_sore_joint_morning,
    signs_of,
)
from triplane.screening.firmness import loosens
from triplane.screening.level import SafetyLevel, strictest
from triplane.screening.lifting import NotLifted, WhyNot, not_lifted, who_may_lift
from triplane.screening.limits import Limits, exceeds, within
from triplane.screening.load import questions, readiness_questions, sign_rules, tag_rules, words
from triplane.screening.offer import allowance_of, limits_of, offer
from triplane.screening.question import (
    Choice,
    FollowUp,
    FollowUpKind,
    Group,
    Outcome,
    Question,
    ReadinessQuestion,
    SignRule,
)
from triplane.screening.readiness import Readiness, ReadyVerdict, ready
from triplane.screening.screen import (
    DISCLAIMER,
    first_questions,
    minutes_to_answer,
    screen,
    short_questions,
    stop_page,
)
from triplane.screening.tag_rule import TagRule
from triplane.screening.testing import TestsAllowed, allowed_tests
from triplane.screening.words import Disclaimer, Words

__all__ = [
    "DISCLAIMER",
    "JOINT_SORE",
    "JOINT_STOP",
    "Allowance",
    "Choice",
    "Clearance",
    "Disclaimer",
    "FollowUp",
    "FollowUpKind",
    "Gap",
    "Group",
    "Limits",
    "Message",
    "NotLifted",
    "Offer",
    "Outcome",
    "Purpose",
    "Question",
    "QuestionsDue",
    "Readiness",
    "ReadinessQuestion",
    "ReadyVerdict",
    "SafetyLevel",
    "SignRule",
    "StopPage",
    "TagHeld",
    "TagRule",
    "TestsAllowed",
    "WhyNot",
    "Words",
    "allowance_of",
    "allowed_tests",
    "answer_problems",
    "exceeds",
    "first_questions",
    "is_joint_soreness",
    "is_sore_joint_morning",
    "limits_of",
    "loosens",
    "minutes_to_answer",
    "not_lifted",
    "offer",
    "questions",
    "questions_due",
    "readiness_questions",
    "ready",
    "screen",
    "short_questions",
    "sign_rules",
    "signs_of",
    "stop_page",
    "strictest",
    "tag_rules",
    "who_may_lift",
    "within",
    "words",
]  # fmt: skip
