"""One position of one direction and side: its readings made into an estimate with reference and error."""

from datetime import date, datetime

from triplane.assessment.error import error_for
from triplane.assessment.estimate import Estimate, Observation, estimate
from triplane.assessment.load import battery, norm_rows
from triplane.assessment.measurements import Measurements
from triplane.assessment.norm import NormBand, reference
from triplane.assessment.protocol import Protocol
from triplane.body import Side
from triplane.history import AboutRunner, MeasurementTaken
from triplane.value import Value


class Track(Value):
    """The estimate of one test on one side, owned (``active``) or passive.

    ``mdc`` is the greatest smallest real change of the methods used, in degrees. ``norm`` is missing
    where there is no reference or where every reading followed another protocol.
    """

    test: str
    active: bool
    estimate: Estimate
    norm: NormBand | None
    mdc: float
    on: date


Tracks = dict[tuple[str, Side, bool], Track]


def all_tracks(known: Measurements, now: datetime, about: AboutRunner | None) -> Tracks:
    """Return every position in degrees that was measured, by test, side and mode."""
    tracks: Tracks = {}
    for test in battery().values():
        if test.direction is None or test.unit != "deg":
            continue
        for side in Side:
            for active in test.modes():
                track = track_of(known, test, side, active, now, about)
                if track:
                    tracks[test.id, side, active] = track
    return tracks


def track_of(
    known: Measurements, test: Protocol, side: Side, active: bool, now: datetime, about: AboutRunner | None
) -> Track | None:
    """Return the track of one test, or ``None`` when it was not measured.

    Readings by another protocol are used only where there are no readings by ours, and then without
    a reference.
    """
    found = known.of(test.id, side, active)
    ours = [one for one in found if not _protocol(test, one[1])]
    kept = ours or found
    if not kept:
        return None
    norm = reference(norm_rows(test.id), active, about) if ours else None
    errors = {taken.method: error_for(known, test, active, taken.method) for _, taken, _ in kept}
    seen = [
        Observation(at=fact.occurred_at, value=value, method=taken.method, sem=errors[taken.method].sem)
        for fact, taken, value in kept
    ]
    best = estimate(seen, now, prior=(norm.mean, norm.sd) if norm else None)
    if best is None:
        return None
    return Track(
        test=test.id,
        active=active,
        estimate=best,
        norm=norm,
        mdc=max(error.mdc for error in errors.values()),
        on=kept[-1][0].local_date,
    )


def _protocol(test: Protocol, taken: MeasurementTaken) -> str:
    error = test.error_of(taken.method)
    return error.protocol if error else ""
