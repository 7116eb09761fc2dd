"""How minutes are said in a sentence: whole ones where they were reckoned, and to the letter where told."""


def minutes_in_words(number: float) -> str:
    """Say minutes that were reckoned or measured: whole ones, one as one, and what is less as half of one."""
    if number <= 0.5:
        return "half a minute"
    return "1 minute" if round(number) == 1 else f"{number:.0f} minutes"


def minutes_as_told(number: float) -> str:
    """Say minutes as somebody told them: '2.5 minutes'."""
    return "1 minute" if number == 1 else f"{number:g} minutes"
