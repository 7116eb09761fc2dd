"""Runs a program as the one that its terminal speaks to: ``python foreground.py PROGRAM WORDS ...``

Ctrl-c then asks that program alone to end, and whoever began it (``make run``) goes by how it ended;
else make is stopped with it, and an app that ended as it was asked to looks like a failure.
"""

import os
import signal
import sys
from types import FrameType

PASSED_ON = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main(words: list[str]) -> int:
    """Run a program and return its exit code; without a terminal to hand over, become the program."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        os.execvp(words[0], words)
    if os.tcgetpgrp(terminal) != os.getpgrp():  # begun in the background
        os.execvp(words[0], words)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)  # or handing the terminal over would stop us
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(terminal, os.getpgrp())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        os.close(terminal)
        os.execvp(words[0], words)

    def pass_on(number: int, frame: FrameType | None) -> None:
        os.kill(child, number)

    for number in PASSED_ON:
        signal.signal(number, pass_on)
    while True:
        _, status = os.waitpid(child, os.WUNTRACED)
        os.tcsetpgrp(terminal, os.getpgrp())
        if not os.WIFSTOPPED(status):
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code
        os.kill(0, signal.SIGSTOP)  # ctrl-z: all of us wait until somebody goes on
        if os.tcgetpgrp(terminal) == os.getpgrp():
            os.tcsetpgrp(terminal, child)
        os.killpg(child, signal.SIGCONT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
