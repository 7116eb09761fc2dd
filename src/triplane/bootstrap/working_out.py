"""What a request does not wait for: one thread of a process works it out, one thing after the other."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock, Thread
from time import perf_counter, sleep

from triplane.errors import JournalError

MOST_WAITING = 2_000
"""Things that wait to be worked out at a time; what is asked for beyond is asked for again. Ours."""

RESTS = 0.5
"""How long the thread rests after a thing, as a part of the time it took: requests come first. Ours."""


@dataclass
class WorkingOut:
    """Works out what is asked for, one after the other, as long as there is any.

    Where the journal cannot be reached it is left, to be asked for again.
    """

    work_out: Callable[[str, str], object]
    _waiting: dict[str, str] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _thread: Thread | None = None

    def ask(self, runner: str, zone: str) -> None:
        """Let something be worked out of a runner, soon; asked for twice, it is worked out once."""
        with self._lock:
            if len(self._waiting) < MOST_WAITING:
                self._waiting.setdefault(runner, zone)
            if self._thread is None:
                self._thread = Thread(target=self._run, name="working out", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Return when nothing waits any more."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        while True:
            with self._lock:
                runner = next(iter(self._waiting), None)
                if runner is None:
                    self._thread = None
                    return
                zone = self._waiting.pop(runner)
            began = perf_counter()
            try:
                with suppress(JournalError):
                    self.work_out(runner, zone)
            except BaseException:
                with self._lock:
                    self._thread = None  # whoever asks next begins another one
                raise
            sleep((perf_counter() - began) * RESTS)
