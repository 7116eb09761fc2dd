"""A form of a page, filled with what somebody sent before: the page as it is now, with their words in it.

A page is read as it goes out, so that a form comes back whatever view it belongs to. What the page knows by
itself (hidden fields, tokens) stays as it is now, but for ``SINCE``; a password and a file are never put in.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from django.http import QueryDict

Attributes = dict[str, str | None]
Edit = tuple[int, int, str]

SINCE = "since"
"""Hidden field that says what the boxes of a form were laid upon. It comes back as it was sent, like them, so
that the form's view still knows which of them somebody changed."""

TICKED = ("checkbox", "radio")

NOT_TYPED = ("hidden", "password", "file", "submit", "button", "image", "reset")
"""Kinds of fields that nobody types into, or that are typed anew each time."""


@dataclass
class Control:
    """One field of a form, or one option of a choice: where its tag stands, and what it says of itself."""

    tag: str
    name: str
    told: Attributes
    begins: int
    ends: int
    until: int = 0
    folded: tuple[int, ...] = ()

    @property
    def kind(self) -> str:
        return (self.told.get("type") or "text").lower() if self.tag == "input" else self.tag

    @property
    def value(self) -> str:
        return self.told.get("value") or ("on" if self.kind in TICKED else "")

    def tag_with(self, **told: str | None) -> str:
        """Return the tag with other attributes; one that is nothing is left out."""
        kept = {**self.told, **told}
        left_out = {name for name, value in told.items() if value is None}
        words = (
            name if value is None else f'{name}="{escape(value)}"'
            for name, value in kept.items()
            if name not in left_out
        )
        return f"<{' '.join((self.tag, *words))}>"


@dataclass
class PageForm:
    """A form that is sent: where it begins, where it is sent to, and its fields."""

    action: str
    begins: int
    folded: tuple[int, ...]
    controls: list[Control] = field(default_factory=list)

    def is_sent(self, sent: QueryDict, marks: Collection[str]) -> bool:
        """Whether this is what was sent, not another form with the same address: it speaks of the same.

        ``marks`` are the hidden fields that say how old a page is, and may differ.
        """
        hidden = (one for one in self.controls if one.kind == "hidden" and one.name not in marks)
        return all(one.value in sent.getlist(one.name) for one in hidden if one.name in sent)

    def holds(self, sent: QueryDict) -> int:
        """How many of the fields that were sent are this form's."""
        return len({one.name for one in self.controls} & set(sent))


class Forms(HTMLParser):
    """The forms of a page that are sent, and the folded parts (``details``) that fields may lie in."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.found: list[PageForm] = []
        self.folds: list[Control] = []
        self._lines = [0, *(at + 1 for at, letter in enumerate(page) if letter == "\n")]
        self._open: list[int] = []
        self._form: PageForm | None = None
        self._chosen = ""
        self._text: Control | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told, begins = dict(attrs), self._at()
        one = Control(tag, told.get("name") or "", told, begins, begins + len(self.get_starttag_text() or ""))
        one.folded = tuple(self._open)
        if tag == "details":
            self._open.append(len(self.folds))
            self.folds.append(one)
        elif tag == "form" and (told.get("method") or "").lower() == "post":
            self._form = PageForm(told.get("action") or "", begins, one.folded)
            self.found.append(self._form)
        elif tag == "select":
            self._chosen = one.name
        elif tag == "option":
            one.name = self._chosen
        if self._form is not None and tag in ("input", "option", "textarea", "button"):
            self._form.controls.append(one)
            self._text = one if tag == "textarea" else self._text

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "details" and self._open:
            self._open.pop()
        elif tag == "textarea" and self._text is not None:
            self._text.until, self._text = self._at(), None

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column


def filled(page: str, form: PageForm, folds: list[Control], sent: QueryDict, above: str) -> str:
    """Return a page with a form of it filled in with what was sent, and something said above the form."""
    edits = [(form.begins, form.begins, above)]
    unfolded = set(form.folded)
    for control, edit in _typed(form, sent):
        edits.append(edit)
        unfolded |= set(control.folded)
    edits += [(one.begins, one.ends, one.tag_with(open="")) for one in (folds[at] for at in unfolded)]
    for begins, ends, says in sorted(edits, reverse=True):
        page = page[:begins] + says + page[ends:]
    return page


def _typed(form: PageForm, sent: QueryDict) -> Iterator[tuple[Control, Edit]]:
    """Return each field in which something else stands than was sent, with what is put in its place."""
    left = {name: list(values) for name, values in sent.lists()}
    for one in form.controls:
        if one.kind in NOT_TYPED and one.name != SINCE:
            continue
        if one.kind in TICKED or one.tag == "option":
            word = "selected" if one.tag == "option" else "checked"
            is_chosen = one.value in sent.getlist(one.name)
            if is_chosen != (word in one.told) and _is_told(form, one, sent):
                yield one, (one.begins, one.ends, one.tag_with(**{word: "" if is_chosen else None}))
        elif left.get(one.name):
            told = left[one.name].pop(0)
            if one.tag == "textarea":
                yield one, (one.ends, one.until, "\n" + escape(told))
            elif told != one.value:
                yield one, (one.begins, one.ends, one.tag_with(value=told))


def _is_told(form: PageForm, one: Control, sent: QueryDict) -> bool:
    """Whether the choice that a box or an option belongs to was made; boxes may all be left empty."""
    if one.kind == "checkbox":
        return True
    return any(other.name == one.name and other.value in sent.getlist(one.name) for other in form.controls)
