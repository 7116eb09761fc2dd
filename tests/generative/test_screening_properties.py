"""Whatever is answered and recorded: safety never loosens by itself."""

from hypothesis import given
from hypothesis import strategies as st

from screening_cast import MORNING, after, cleared, history_of, screened
from triplane.body import Side
from triplane.catalogue import Tag, Verdict, load
from triplane.history import (
    AboutRunner,
    CheckinAnswered,
    DrillDone,
    Feeling,
    MeasurementTaken,
    RestrictionTightened,
    ScreeningAnswered,
    SessionLogged,
    Sign,
)
from triplane.screening import (
    FollowUpKind,
    allowance_of,
    allowed_tests,
    first_questions,
    offer,
    questions,
    readiness_questions,
    ready,
    screen,
    tag_rules,
)

DRILLS = list(load().values())
ORDER = [Verdict.ALLOW, Verdict.MODIFY, Verdict.EXCLUDE]
ANSWERED = {
    "H09.since_weeks": 2, "H09.giving_way": False, "H12.score": 4, "H12.rest_pain": False,
    "H13.weakness": False, "H16.bruise_or_cannot_walk": False, "P02.complication": False,
    "P04.vertebra": False, "Q04.unstable": False, "Q05.which": ("other",), "P05.diagnosed": True,
    "P05.beighton": 6, "P02.pelvic_girdle_pain": False, "P03.weeks": 20, "P03.symptoms": False,
}  # fmt: skip
MILD = [
    "H05",
    "H09",
    "H10",
    "H11",
    "H12",
    "H13",
    "H14",
    "H15",
    "H16",
    "P02",
    "P03",
    "P04",
    "P05",
    "P06",
    "P08",
]
YES = st.sets(st.sampled_from(first_questions()), max_size=6)
MILD_YES = st.sets(st.sampled_from(MILD), max_size=4)
TAGS = st.sets(st.sampled_from([tag for tag in Tag if not tag_rules()[tag].blocks]), max_size=4)
YES_FOLLOW_UPS = [
    f"{q.id}.{f.key}" for q in questions().values() for f in q.follow_up if f.kind is FollowUpKind.YES_NO
]


def answers(yes):
    return {**ANSWERED, **dict.fromkeys(yes, True)}


def strictness(clearance):
    """For each drill how strict the verdict is; 2 for all when blocked."""
    given_out = offer(clearance, DRILLS)
    return [ORDER.index(word.verdict) if (word := given_out.of(d.id)) else 2 for d in DRILLS]


def never_looser(before, now):
    assert now.level.rank >= before.level.rank
    assert all(a <= b for a, b in zip(strictness(before), strictness(now), strict=True))
    tests = ["T01_flexion_supine", "T04_adduction_ober", "T09_single_leg_stance", "T12_side_plank"]
    for test in tests:
        if allowed_tests(before).refusal(test):
            assert allowed_tests(now).refusal(test)


@given(MILD_YES, st.sampled_from(first_questions()))
def test_one_more_yes_never_allows_more(yes, another):
    never_looser(screen(screened(answers(yes)), MORNING), screen(screened(answers({*yes, another})), MORNING))


@given(MILD_YES, st.sampled_from(YES_FOLLOW_UPS))
def test_a_follow_up_answered_yes_never_allows_more(yes, follow):
    before = answers(yes)

    never_looser(screen(screened(before), MORNING), screen(screened({**before, follow: True}), MORNING))


@given(TAGS, st.sampled_from(list(Tag)))
def test_one_more_tag_never_allows_more(tags, another):
    def held(names):
        return screen(screened({}, *(RestrictionTightened(tag=name) for name in names)), MORNING)

    never_looser(held(tags), held({*tags, another}))


@given(st.permutations([tag for tag in Tag if not tag_rules()[tag].blocks][:9]))
def test_the_order_of_tags_is_irrelevant(tags):
    def offered(names):
        clearance = screen(screened({}, *(RestrictionTightened(tag=name) for name in names)), MORNING)
        return offer(clearance, DRILLS[::4])

    assert offered(tags) == offered(sorted(tags)).model_copy(update={"messages": offered(tags).messages})


@given(YES, st.booleans())
def test_a_blocked_runner_gets_no_drill_by_any_path(yes, disclaimer):
    clearance = screen(screened(dict.fromkeys(yes, True)), MORNING)
    if not disclaimer:
        clearance = screen(history_of(ScreeningAnswered(answers=dict.fromkeys(yes, True))), MORNING)
    given_out = offer(clearance, DRILLS)

    if clearance.is_blocked:
        assert given_out.allowances == () and given_out.allowed == ()
        assert not any(allowance_of(drill, clearance).is_allowed for drill in DRILLS[::8])
        assert allowed_tests(clearance).refusal("T12_side_plank")
        assert not ready(dict.fromkeys(readiness_questions(), False), clearance).may_train


feelings = st.builds(
    Feeling,
    score=st.integers(0, 10),
    region=st.sampled_from(["groin", "outer_hip", "front_of_hip", "knee"]),
    kind=st.sampled_from(["muscle", "joint", "tendon", "nerve", "cramp"]),
    side=st.sampled_from(list(Side)),
)
happenings = st.one_of(
    st.builds(
        CheckinAnswered,
        about=st.just(MORNING.date()),
        soreness=st.tuples(feelings),
        hours_since_onset=st.sampled_from([10, 80]),
    ),
    st.builds(
        lambda sign, pain: SessionLogged(
            minutes=10, drills=(DrillDone(drill="x", signs=(sign,), pain=(pain,)),)
        ),
        st.sampled_from(list(Sign)),
        feelings,
    ),
    st.builds(
        lambda feel, side: MeasurementTaken(
            test="T05_ir_prone", side=side, method="phone_self", readings=(20,), end_feel=feel
        ),
        st.sampled_from(["stretch", "block", "pinch", "pain"]),
        st.sampled_from(list(Side)),
    ),
    st.builds(RestrictionTightened, tag=st.sampled_from(list(Tag)).map(str)),
    st.just(cleared("H09", "fai", withdrawn=True)),
    st.sets(st.sampled_from(first_questions()), max_size=2).map(
        lambda yes: ScreeningAnswered(answers=dict.fromkeys(yes, True))
    ),
)


@given(MILD_YES, st.lists(happenings, max_size=4))
def test_without_a_clearance_nothing_loosens_as_things_happen(yes, happened):
    """Answers with no, corrections and time passing are left out here: they have rules of their own."""
    so_far = []
    before = screen(screened(answers(yes)), MORNING)
    for minutes, body in enumerate(happened, 1):
        so_far.append((after(minutes=minutes), body))
        now = screen(screened(answers(yes), *so_far), after(minutes=minutes))
        if not set(before.open_questions) - set(now.open_questions):
            never_looser(before, now)
        before = now


NUMBERS = st.sampled_from(["P05.beighton", "H12.score", "P03.weeks", "H09.since_weeks"])
anything = st.one_of(
    happenings,
    st.dictionaries(
        st.sampled_from([*first_questions(), *YES_FOLLOW_UPS]), st.booleans(), min_size=1, max_size=3
    ).map(lambda said: ScreeningAnswered(answers=said)),
    st.sampled_from(["H02", "H09", "H10", "fai"]).map(cleared),
    st.builds(AboutRunner, beighton=st.integers(0, 9), age_years=st.sampled_from([15, 17, 40, 60])),
    st.builds(lambda name, number: ScreeningAnswered(answers={name: number}), NUMBERS, st.integers(0, 10)),
)


@given(MILD_YES, st.lists(anything, max_size=5), st.integers(0, 5))
def test_a_clock_set_back_never_allows_more(yes, happened, back_to):
    """Whatever has been recorded, an earlier clock sees at least what stops or restricts the runner."""
    later = [(after(minutes=minute), body) for minute, body in enumerate(happened, 1)]
    history = screened(answers(yes), *later)

    never_looser(screen(history, after(minutes=6)), screen(history, after(minutes=back_to)))


@given(
    st.lists(
        st.dictionaries(st.sampled_from([*first_questions(), *YES_FOLLOW_UPS]), st.booleans(), max_size=5),
        max_size=5,
    )
)
def test_no_row_of_answers_lifts_what_only_a_professional_may(row):
    """However yes and no follow each other, a referral or an emergency stays at least as strict."""
    said, before = [], screen(screened(), MORNING).level
    for days, given_answers in enumerate(row, 1):
        said.append((after(days=days), ScreeningAnswered(answers=given_answers)))
        level = screen(screened({}, *said), after(days=days)).level

        assert level.rank >= before.rank or not before.needs_professional
        before = level


@given(YES)
def test_a_yes_that_turns_to_no_keeps_its_block(yes):
    said, unsaid = dict.fromkeys(yes, True), ScreeningAnswered(answers=dict.fromkeys(yes, False))
    before = screen(screened(said), MORNING)
    later = screen(screened(said, (after(days=1), unsaid)), after(days=1, hours=1))

    assert later.is_blocked == before.is_blocked


@given(st.sampled_from(DRILLS), TAGS)
def test_left_and_right_are_treated_alike(drill, tags):
    """Tags are not sided: a drill's poses mirrored give the same word."""
    clearance = screen(screened({}, *(RestrictionTightened(tag=tag) for tag in tags)), MORNING)
    poses = tuple(
        pose.model_copy(
            update={
                "hip_right_deg": pose.hip_left_deg,
                "hip_left_deg": pose.hip_right_deg,
                "knee_deg": pose.knee_deg[::-1],
            }
        )
        for pose in drill.pose
    )

    assert allowance_of(drill.model_copy(update={"pose": poses}), clearance) == allowance_of(drill, clearance)
