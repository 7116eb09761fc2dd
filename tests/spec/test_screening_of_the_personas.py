"""What the coach does with the safety answers of three runners."""

import pytest

from screening_cast import MORNING, after, cleared, screened
from triplane.catalogue import Stage, load
from triplane.history import AboutRunner, MeasurementTaken
from triplane.screening import allowed_tests, offer, screen, stop_page

DRILLS = load()


def offered_to(clearance):
    return {word.drill: word for word in offer(clearance, DRILLS.values()).allowed}


class TestTheHypermobileTrailRunner:
    clearance = screen(screened({"P05": True}, AboutRunner(age_years=26, beighton=7)), MORNING)

    def test_gets_no_passive_end_range_and_no_bands(self):
        offered = offered_to(self.clearance)
        stage_two = {name for name in offered if DRILLS[name].stage is Stage.MOBILISE}

        assert stage_two == {"mob_swing_sagittal", "mob_swing_frontal", "mob_ankle_wall"}
        assert not any(DRILLS[name].banded for name in stage_two)

    def test_works_at_stages_three_to_five_in_the_middle_of_the_range(self):
        offered = offered_to(self.clearance)
        later = [word for name, word in offered.items() if DRILLS[name].stage >= Stage.OWN]

        assert len(later) >= 30
        assert all(word.preferred for word in later)
        assert any("middle of the range" in how for how in offered["own_hip_cars"].how)

    def test_is_told_that_more_range_is_not_the_goal(self):
        assert any("more range is not the goal" in message.says for message in self.clearance.messages)

    def test_is_not_measured_to_the_maximum_again(self):
        tests = allowed_tests(self.clearance)

        assert tests.refusal("T05_ir_prone", measured_before=True)
        assert not tests.refusal("T05_ir_prone", active=True, measured_before=True)


class TestTheRunnerWhoseHipPinches:
    answers = {"H09": True, "H09.since_weeks": 8, "H09.giving_way": False}
    before = screen(screened(answers), MORNING)
    clearance = screen(screened(answers, cleared("H09", role="physiotherapist")), MORNING)

    def test_is_referred_first_and_offered_nothing(self):
        assert self.before.level == "refer"
        assert offered_to(self.before) == {}
        assert "professional" in " ".join(stop_page(self.before).says)

    def test_is_planned_within_limits_after_the_clearance(self):
        assert self.clearance.level == "restrict"
        assert self.clearance.tag_names == ("fai",)

    def test_is_spared_the_moves_that_irritate(self):
        offered = offered_to(self.clearance)
        spared = {"mob_glute_band_pigeon", "lm_posteromedial", "lm_rotational_cross"}

        assert not spared & set(offered)
        assert "mob_9090_switch" not in offered or offered["mob_9090_switch"].how

    def test_keeps_the_hip_below_a_right_angle_everywhere(self):
        assert all(word.limits.hip_flexion_max_deg == 90 for word in offered_to(self.clearance).values())

    @pytest.mark.parametrize("name", ["str_sl_bridge", "str_side_plank", "lm_posterior"])
    def test_is_led_to_extension_abduction_and_strength(self, name):
        assert offered_to(self.clearance)[name].preferred


class TestTheRunnerWithAPossibleStressFracture:
    clearance = screen(
        screened(
            {"H02": True, "H03": True, "H05": True, "H05.which": ("mileage_jump", "missed_periods")},
            AboutRunner(age_years=22),
        ),
        MORNING,
    )

    def test_is_sent_to_be_seen(self):
        page = stop_page(self.clearance)

        assert self.clearance.level == "urgent"
        assert "today or tomorrow" in page.title
        assert any("bone stress injury" in step for step in page.do)

    def test_gets_no_drill_and_no_test(self):
        assert offered_to(self.clearance) == {}
        assert allowed_tests(self.clearance).refusal("T09_single_leg_stance")

    def test_is_told_about_energy(self):
        assert any("energy" in message.says for message in self.clearance.messages)


def test_a_pinch_while_turning_in_spares_the_marathoner_what_irritates():
    pinch = MeasurementTaken(
        test="T05_ir_prone", side="left", method="phone_helper", readings=(18,), end_feel="pinch"
    )
    clearance = screen(screened({}, (after(hours=1), pinch)), after(hours=2))

    assert clearance.tag_names == ("fai",)
    assert "mob_glute_band_pigeon" not in offered_to(clearance)
