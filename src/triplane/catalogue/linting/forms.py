"""Rules for how a camera judges a drill."""

from collections.abc import Iterator

from triplane.body import turns
from triplane.catalogue.drill import Drill
from triplane.catalogue.linting.book import Book
from triplane.errors import Problem
from triplane.movement import PACES, READINGS, Form, Signal

PACE = "pace"


def forms_are_whole(book: Book) -> Iterator[Problem]:
    """What is not seen is asked: no fault is left to luck, and what no camera sees says so."""
    for file, drill in book.files():
        if drill.form is None:
            yield Problem(file, "form", "-", "is missing", "name the camera's view, or say why none sees it")
            continue
        for number, fault in enumerate(drill.fault):
            where = f"fault.{number}"
            if not fault.seen and not fault.ask:
                yield Problem(
                    file, where, repr(fault.happens), "is neither seen nor asked", "give seen or ask"
                )
            if fault.ask and not fault.ask.endswith("?"):
                yield Problem(file, f"{where}.ask", repr(fault.ask), "is no question", "end with ?")
            if fault.seen and drill.form.unseen:
                yield Problem(file, f"{where}.seen", fault.seen.signal, "is seen by no camera", "ask instead")


def signals_are_seen_from_there(book: Book) -> Iterator[Problem]:
    """A knee seen from ahead bends by any angle: a signal is read from the views that show it."""
    for file, drill in book.files():
        form = drill.form
        if form is None or form.camera is None:
            continue
        for where, signal in _signals(drill, form):
            if signal in PACES:
                if where.startswith("form"):
                    yield Problem(file, where, signal, "counts nothing", "name a signal of one frame")
            elif not READINGS[signal].is_seen_from(form.camera):
                hint = f"it is read {READINGS[signal].views}"
                yield Problem(file, where, signal, f"is not seen from the {form.camera}", hint)
        keys = [pose.key for pose in drill.pose]
        if form.hold and form.hold.pose not in keys:
            hint = f"the poses are {', '.join(keys)}"
            yield Problem(file, "form.hold.pose", form.hold.pose, "is no key pose of this drill", hint)


def faults_can_be_acted(book: Book) -> Iterator[Problem]:
    """A rule that was never tried finds nothing: its fault names joints of the figure, or a pace."""
    known = {turn.name.replace("_right", "_working").replace("_left", "_other") for turn in turns()}
    for file, drill in book.files():
        for number, fault in drill.seen_faults.items():
            for joint in fault.wrong:
                if joint not in known and joint != PACE:
                    where = f"fault.{number}.seen.wrong"
                    yield Problem(file, where, joint, "is no joint of the figure", "hip_abduction_working")
            if (fault.signal in PACES) is not (PACE in fault.wrong):
                where = f"fault.{number}.seen"
                yield Problem(
                    file, where, fault.signal, "and what is wrong do not fit", "a pace goes with pace"
                )


def _signals(drill: Drill, form: Form) -> Iterator[tuple[str, Signal]]:
    if form.count:
        yield "form.count.signal", form.count.signal
    for number, fault in drill.seen_faults.items():
        yield f"fault.{number}.seen.signal", fault.signal
