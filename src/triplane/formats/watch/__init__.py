"""A session for somebody else's clock: a FIT workout, intervals.icu's text, Markdown to read.

Speaks:  WRITERS, fit, intervals, markdown.      Knows: coach.      Never: who may have a session.
"""

from collections.abc import Callable

from triplane.coach import Handout
from triplane.formats.watch.fit import fit
from triplane.formats.watch.intervals import intervals
from triplane.formats.watch.markdown import markdown

Say = Callable[[str], str]
"""Says a sentence of the coach in the language of whoever asked."""

WRITERS: dict[str, Callable[[Handout, Say], bytes]] = {
    "fit": fit,
    "txt": lambda handout, say: intervals(handout, say).encode(),
    "md": lambda handout, say: markdown((handout,), say).encode(),
}
"""What can be written of a session, by the ending of its file."""

__all__ = ["WRITERS", "fit", "intervals", "markdown"]
