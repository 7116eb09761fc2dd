"""What is said of a hand-in: that it was kept, how much of it, and why not all."""

AGAIN_MORE = "Handed in before; what you tell besides is recorded."
NOTHING_KEPT = (
    "Nothing was recorded. Until safety lets you train, a no before a session changes nothing; a yes is "
    "always taken."
)
YES_ALONE = "Recorded: what you answered with yes."
LOGGED = "Recorded: what hurt. The rest was logged before."
YES_LOGGED = "Recorded: what you answered before the session. The rest was logged before."
YES_CHANGED = (
    "Recorded: what you answered before the session. Its drills have changed since, so the work could not be "
    "counted; tell in words how it was."
)
CHANGED = (
    "Recorded: what hurt. The drills of this session have changed since, so the work could not be counted; "
    "tell in words how it was."
)
UNREAD = (
    "Recorded: what hurt. The rest could not be read, so the work could not be counted; tell in words how it "
    "was."
)
UNREAD_TOO_MUCH = (
    "Recorded: what hurt. What could not be read counts as too much, and no work was counted; tell in words "
    "how it was."
)
YES_UNREAD = (
    "Recorded: what you answered before the session. The rest could not be read, so the work could not be "
    "counted; tell in words how it was."
)
AHEAD = (
    "Recorded: what hurt. The session itself still lies ahead, so no work was counted; tell in words how it "
    "was once its time has come."
)
YES_AHEAD = (
    "Recorded: what you answered before the session. The session itself still lies ahead, so no work was "
    "counted; tell in words how it was once its time has come."
)

OTHERS = (
    "this was played for another runner than the one here; nothing of it was recorded, and it waits where it "
    "is kept until that runner is back"
)
NOBODYS = (
    "this does not say whose it is, because an older Triplane kept it; nothing of it was recorded. Tell in "
    "words how it was and what hurt"
)


def of_answers(answered: int, kept: int) -> str:
    """Say what became of answers that kept a session from being begun, by how many of them were kept."""
    if not kept:
        return NOTHING_KEPT
    return "Your answers are recorded." if kept == answered else YES_ALONE
