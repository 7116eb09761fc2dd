"""A test of the battery read by a camera: where it stands, what it reads, and what it never sees."""

from dataclasses import dataclass
from datetime import datetime

from triplane.assessment import CameraReading, Protocol
from triplane.body import Side
from triplane.coach.eye import camera_place
from triplane.coach.hips import refuse_test
from triplane.coach.screening_talk import refuse_if_paused
from triplane.errors import UserError
from triplane.history import History, Method
from triplane.movement import Held, HeldEnds, WhyNot

ENOUGH, MOST = 3, 9
"""Ends that are held at least, so that their median stands, and at most."""

NOT_AT_HOME = {
    Method.CAMERA_SIDE,
    Method.CAMERA_FRONT,
    Method.CAMERA_BACK,
    Method.CAMERA_FOOT_END,
    Method.RBDS_LAB,
}
"""Ways that are no help to who asked for a camera: others with one, by eye, and a laboratory's."""

_SAYS_NOW = {
    WhyNot.NOBODY: "Nobody is in the picture.",
    WhyNot.TWO_PEOPLE: "Two people are in the picture; only one can be read.",
    WhyNot.VIEW: "Turn so that the camera looks squarely from where this test is read.",
    WhyNot.TRUNK: "Lie or sit as this test asks, and stand the phone upright.",
    WhyNot.HIDDEN: "The leg is hidden, or points at the camera.",
}
"""While it is so, with what helps; ``_SAYS`` says it afterwards."""

_SAYS = {
    WhyNot.NOBODY: "Nobody was in the picture for a part of it.",
    WhyNot.TWO_PEOPLE: "Two people were in the picture; only one can be read.",
    WhyNot.VIEW: "The camera did not look squarely from where this test is read.",
    WhyNot.TRUNK: "The trunk did not lie or sit as this test asks, or the phone was not upright.",
    WhyNot.HIDDEN: "The leg was hidden, or pointed at the camera.",
}


@dataclass(frozen=True)
class CameraTest:
    """One test, on one side, as a camera reads it. ``ends`` begins a recording."""

    test: Protocol
    by: CameraReading
    side: Side

    @property
    def method(self) -> Method:
        """As which method its readings count; other methods are never mixed with it."""
        return self.by.method

    @property
    def place(self) -> str:
        """Where the camera stands, as a sentence."""
        return camera_place(self.by.view, self.side)

    @property
    def error(self) -> str:
        """How far a reading may be off, as a sentence."""
        error = self.test.error_of(self.by.method)
        assert error is not None  # a test that is read by camera names the error of it
        return (
            f"Read by camera, a median of three is good to about {error.sem:g} degrees; "
            f"less than {error.mdc:g} is no change."
        )

    def ends(self) -> HeldEnds:
        """Return what takes the frames of one recording."""
        return HeldEnds(self.by, self.side)

    def says(self, why: WhyNot) -> str:
        """Say why nothing is read now, as a sentence."""
        return _SAYS_NOW[why]

    def readings(self, ends: HeldEnds) -> tuple[Held, ...]:
        """Return the ends that were held, where they are enough for a measurement.

        Raises
        ------
        UserError
            With how many were held and what stood in the way.
        """
        found = ends.found()
        if len(found) >= ENOUGH:
            return found[:MOST]
        held = {0: "No end was held still", 1: "One end was held still", 2: "Two ends were held still"}
        why = " ".join(_SAYS[one] for one in ends.why_not)
        how = f"Go to the end three times, a second each, and come back between. {self.place}"
        raise UserError(
            " ".join(part for part in (f"{held[len(found)]}; three are needed.", why, how) if part)
        )


def camera_on_test(
    history: History, word: str, side: Side, now: datetime, *, active: bool = False
) -> CameraTest:
    """Return how a camera reads a test, for somebody who may take it now.

    Raises
    ------
    UnknownName
        When the battery has no such test.
    Blocked
        When safety refuses this test, or the runner is ill.
    UserError
        When no camera reads it by itself, with what to use instead.
    """
    refuse_if_paused(history, now)
    test = refuse_test(history, word, active, now)
    if test.camera is None:
        ways = [error.method for error in test.method if error.method not in NOT_AT_HOME]
        instead = f"take it by {' or '.join(ways)}" if ways else "it is taken in a laboratory"
        raise UserError(f"no camera reads {test.name} by itself; {instead}")
    return CameraTest(test, test.camera, side)
