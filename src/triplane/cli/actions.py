"""What the core names by its meaning, in this shell's words: commands of actions, exit codes of errors."""

from triplane.cli.terminal import to_type
from triplane.errors import (
    Action,
    Blocked,
    DataFileError,
    JournalError,
    NotReady,
    TriplaneError,
    UnreadableFile,
    UserError,
)

COMMANDS = {
    Action.BEGIN: "start",
    Action.SCREENING: "start --safety",
    Action.CLEARANCE: "clearance",
    Action.TELL: "start",
    Action.MEASURE: "measure",
    Action.CHECKIN: "checkin",
    Action.DAY: "today",
    Action.WEEK: "week",
}
"""The words of each behind the program's name."""

WRONG_WORDS = 2
UNREADABLE = 3
OUR_FAULT = 6
"""The exit code of what no one at the keyboard can have done."""

EXIT_CODES: tuple[tuple[type[TriplaneError], int], ...] = (
    (UnreadableFile, UNREADABLE),
    (JournalError, 4),
    (Blocked, 5),
    (NotReady, 5),
    (UserError, WRONG_WORDS),
    (DataFileError, OUR_FAULT),
    (TriplaneError, OUR_FAULT),
)
"""The first kind that an error is of decides."""


def command_for(action: Action) -> str:
    """Return what somebody types here for an action."""
    return to_type(COMMANDS[action])


def exit_code(error: TriplaneError) -> int:
    """Return the exit code of an error."""
    return next(code for kind, code in EXIT_CODES if isinstance(error, kind))


def in_words(error: TriplaneError) -> str:
    """Return what an error says, and behind it the command that leads on."""
    action = getattr(error, "action", None)
    return f"{error} ({command_for(action)})" if action else str(error)
