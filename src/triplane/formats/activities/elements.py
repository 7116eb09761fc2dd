"""The elements of an XML file, one after the other, within bounds: none may cost more than its bytes tell.

The file goes to the parser in pieces, and the parser begins a tag anew with every piece until the tag ends:
one tag as long as the file would take time as its square. What the parser has not finished tells how long a
tag is, in every encoding and whatever stands in quotes.
"""

from collections.abc import Iterator
from typing import Any

PIECE = 16 * 2**10
"""Bytes that the parser gets at once. Ours."""

LONGEST_TAG = 64 * 2**10
MOST_ATTRIBUTES = 64
DEEPEST = 64
MOST_PARTS = 1_500_000
"""Bytes of one tag, attributes of one element, elements within each other, and elements and attributes of one
file together. Ours, far above what watches write: an outer tag has at most 2 kB and some 10 attributes, and
elements stand 10 deep. A point in GPX has up to 11 elements and attributes, one in TCX up to 15: a marathon
of four hours at 1 Hz comes to 160,000 or 216,000, a seventh at most; a whole day (1.3 million) comes in."""


class TooMuch(ValueError):
    """The file goes beyond a bound, in half a sentence."""


def elements(data: bytes) -> Iterator[tuple[str, Any]]:
    """Yield ("start", element) and ("end", element) in the order of the file; definitions are not opened.

    Raises
    ------
    TooMuch
        As soon as a bound is passed; what comes after it is not read.
    """
    from xml.etree.ElementTree import TreeBuilder, XMLPullParser

    from defusedxml.ElementTree import DefusedXMLParser

    parser: Any = DefusedXMLParser(target=TreeBuilder(), forbid_dtd=True)
    parser.parser.CommentHandler = parser.parser.ProcessingInstructionHandler = None
    pulled: Any = XMLPullParser(("start", "end"), _parser=parser)
    counted = _Counted()
    for at in range(0, len(data), PIECE):
        piece = data[at : at + PIECE]
        pulled.feed(piece)
        for event, element in pulled.read_events():
            counted.take(event, element)
            yield event, element
        if at + len(piece) - parser.parser.CurrentByteIndex > LONGEST_TAG:
            raise TooMuch(f"one tag in it is longer than {LONGEST_TAG // 2**10} kB, which no watch writes")
    pulled.close()
    for event, element in pulled.read_events():
        yield event, element


class _Counted:
    """How much of a file came by so far."""

    def __init__(self) -> None:
        self.deep = self.parts = 0

    def take(self, event: str, element: Any) -> None:
        if event == "end":
            self.deep -= 1
            return
        self.deep += 1
        self.parts += 1 + len(element.attrib)
        if self.deep > DEEPEST:
            raise TooMuch(f"more than {DEEPEST} elements stand within each other, which no watch writes")
        if len(element.attrib) > MOST_ATTRIBUTES:
            raise TooMuch(f"one element has more than {MOST_ATTRIBUTES} attributes, which no watch writes")
        if self.parts > MOST_PARTS:
            raise TooMuch(f"it has more than {MOST_PARTS:,} elements and attributes, no run is that long")
