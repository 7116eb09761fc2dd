"""Finds every word that Triplane says: in templates, Python, the project's data files and the islands.

What is found is a message: English as it stands in the source is its own key. Where a sentence of the core
holds values, they become ``{1}``, ``{2}`` ... in the order in which they stand there.
"""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

PACKAGE = Path("src/triplane")

CORE = (
    "adaptation",
    "assessment",
    "body",
    "catalogue",
    "coach",
    "evidence",
    "bootstrap/importing.py",
    "formats/activities/as_run.py",
    "formats/activities/packed.py",
    "formats/activities/read.py",
    "formats/progress_page.py",
    "formats/calendar",
    "formats/watch",
    "history",
    "movement/form",
    "planning",
    "screening",
)
"""Rooms whose sentences reach a page. They know no language: a page translates what they say."""

READERS = "formats/activities"
"""What is raised as a ValueError here is shown to whoever brought the file."""

EDGES = (
    "bootstrap",
    "formats",
    "store",
    "errors.py",
    "web/keeping.py",
    "web/phone/keeping.py",
    "web/phone/network.py",
    "web/phone/pairing.py",
)
"""Rooms of which only what they refuse with is shown."""

DATA = {
    "screening/questions": "ask why say says do unit",
    "screening/readiness": "ask says do",
    "screening/signs": "says do",
    "screening/tags": "name note cue how",
    "screening/words": (
        "always titles advice title says elsewhere ask not_asked asked_again paused cleared_before "
        "clearance_over clearance_role unknown_restriction direction_gone stop_during_session"
    ),
    "assessment/battery": (
        "name plain_name quantity setup steps active_steps spoils note how where start go active_go"
    ),
    "catalogue/drills": (
        "name setup steps cues feel stop do happens say ask unseen how note claim never_claimed"
    ),
    "evidence/rules": "says title",
    "evidence/background": "says title",
    "evidence/sources": "note",
}
"""Folders of data, and the keys whose values are read by a runner."""

STOPS = ("catalogue/drills", "stop")
"""A folder of data, and its key that tells when to stop: safety too."""

OURS = "catalogue/linting"
"""What is said to those who write data files, not to runners."""

POSES = "pose"
"""Tables of poses: each is drawn with its key under it."""

NAMED = {"Level"}
"""Values whose first word is said though it stands alone."""

DRAWN = "body/drawing/"
CLASSES = re.compile(
    r"(?:\{1\}|body|cloth|prop|shoe|tee|wall|work) (?:\{1\}|far|glass|patch|top|(?:left|right)(?: far)?)"
    r"|.*(?:@media|@keyframes|animation:).*"
)
"""What a drawing names its shapes with and how they move: looks, and nothing that is said."""

UNREAD = {"case"}
"""Tables of data files that no runner reads: worked cases are for tests."""


@dataclass(frozen=True)
class Message:
    """One thing that is said: the English, its plural where it has one, and where it stands."""

    english: str
    plural: str = ""
    context: str = ""
    places: tuple[str, ...] = field(default=(), compare=False)
    notes: tuple[str, ...] = field(default=(), compare=False)


def everything(root: Path) -> list[Message]:
    """Return all messages, each once, with every file it stands in."""
    found = (*of_templates(root), *of_pages(root), *of_sentences(root), *of_data(root), *of_islands(root))
    return _once(found)


def safety(root: Path) -> list[Message]:
    """Return what safety says in data and sentences, with the stop signs; needs neither Django nor a page."""
    within = str(PACKAGE / "screening")
    told = (*of_sentences(root), *of_data(root))
    screening = (one for one in told if one.places[0].startswith(within))
    return _once((*screening, *of_data(root, dict([STOPS]))))


def of_data(root: Path, read: Mapping[str, str] = DATA) -> Iterator[Message]:
    """Yield the words of the project's data files."""
    for folder, keys in read.items():
        for path in sorted((root / PACKAGE / folder).glob("*.toml")):
            place = path.relative_to(root).as_posix()
            for text in _texts(tomllib.loads(path.read_text(encoding="utf-8")), set(keys.split()), False):
                if re.search("[A-Za-z]", text):
                    yield Message(text, places=(place,))


def _texts(value: object, keys: set[str], is_said: bool) -> Iterator[str]:
    if isinstance(value, str) and is_said:
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, keys, is_said)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key == POSES and isinstance(one, list):
                yield from (pose["key"].replace("_", " ") for pose in one)
                yield from (
                    place for pose in one for prop in pose.get("props", ()) for place in _places(prop["at"])
                )
            elif key not in UNREAD:
                yield from _texts(one, keys, (is_said and not isinstance(one, dict)) or key in keys)


ON_A_SIDE = re.compile("([a-z ]+) (?:left|right)")
OTHER_SIDE = {"left": "right", "right": "left"}


def _places(at: str) -> Iterator[str]:
    """Where a thing of a pose is, piece by piece: a place of one side without it, of two both ways round."""
    for piece in at.split(", "):
        sides = re.findall(r"\b(?:left|right)\b", piece)
        if len(sides) == 1 and (place := ON_A_SIDE.fullmatch(piece)):
            yield place[1]
        else:
            yield piece
            if sides:
                yield re.sub(r"\b(?:left|right)\b", lambda side: OTHER_SIDE[side[0]], piece)


def of_sentences(root: Path) -> Iterator[Message]:
    """Yield what the rooms below the shells say: strings with more than one word, and the names of kinds."""
    for room in (*CORE, *EDGES):
        place = root / PACKAGE / room
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            if OURS in path.as_posix():
                continue
            tree = ast.parse(path.read_text(encoding="utf-8"))
            within = (
                tree
                if room in CORE
                else ast.Module([n for n in ast.walk(tree) if isinstance(n, ast.Raise)], [])
            )
            name = path.relative_to(root).as_posix()
            for text, values in _said_in(within, of_files=READERS in name):
                if DRAWN in name and CLASSES.fullmatch(text.strip()):
                    continue
                yield Message(text.strip(), places=(name,), notes=tuple(values))


def _said_in(tree: ast.AST, of_files: bool = False) -> Iterator[tuple[str, list[str]]]:
    silent = _silent(tree, of_files)
    names = {
        id(line.value)
        for kind in ast.walk(tree)
        if isinstance(kind, ast.ClassDef)
        and any(isinstance(b, ast.Name) and b.id == "StrEnum" for b in kind.bases)
        for line in kind.body
        if isinstance(line, ast.Assign)
    }
    names |= {
        id(call.args[0])
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in NAMED
        and call.args
    }
    for table in (node for node in ast.walk(tree) if isinstance(node, ast.Dict)):
        names |= {id(value) for value in table.values if isinstance(value, ast.Constant)}
    for node in ast.walk(tree):
        if id(node) in silent:
            continue
        if isinstance(node, ast.JoinedStr):
            nested = _nested(node)
            names |= nested
            silent |= {id(part) for part in ast.walk(node) if isinstance(part, ast.Constant)} - nested
            text, values = _as_template(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text, values = _numbered(node.value), []
            if id(node) in names:
                text = text.replace("_", " ")
        else:
            continue
        if _are_words(text) or (id(node) in names and re.fullmatch("[A-Za-z][A-Za-z ]+", text)):
            yield text, values


def _nested(node: ast.JoinedStr) -> set[int]:
    """Strings inside the values of an f-string: they are said too."""
    return {
        id(part)
        for value in node.values
        if isinstance(value, ast.FormattedValue)
        for part in ast.walk(value.value)
    }


def _silent(tree: ast.AST, of_files: bool) -> set[int]:
    """Docstrings and lone strings, patterns and what is compared or looked up: nothing that is said."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.add(id(node.value))
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            found |= {id(part) for part in ast.walk(node.format_spec)}
        if isinstance(node, ast.Raise | ast.Assert) and _is_ours(node, of_files):
            found |= {id(part) for part in ast.walk(node)}
        if isinstance(node, ast.keyword) and node.arg in {"pattern", "mode", "rule"}:
            found |= {id(part) for part in ast.walk(node.value)}
    return found


def _is_ours(node: ast.AST, of_files: bool) -> bool:
    """Whether something raised is a mistake in the program or its data, and no runner's nor a file's."""
    told = ast.unparse(node)
    ours = ("assert", "raise AttributeError", "raise TypeError")
    return told.startswith(ours if of_files else (*ours, "raise ValueError"))


def _as_template(node: ast.JoinedStr) -> tuple[str, list[str]]:
    text, values = "", []
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            values.append(f"{{{len(values) + 1}}}: {ast.unparse(part.value)}")
            text += f"{{{len(values)}}}"
        elif isinstance(part, ast.Constant):
            text += str(part.value)
    return text, values


def _numbered(text: str) -> str:
    """Turn what ``str.format`` fills into numbered values."""
    count = iter(range(1, 100))
    return re.sub(r"\{[^{}\s]*\}", lambda _: f"{{{next(count)}}}", text)


PROGRAM = re.compile(
    r"[\\^$<>|*]|SELECT |triplane\.\w+:|var\(--|--\w+:|=\"|padding|:root|:last-child|caption\{"
)
"""What stands in patterns, queries, drawings and looks, and never in a sentence."""


def _are_words(text: str) -> bool:
    bare = re.sub(r"\{\d\}", "", text).strip()
    plain = re.search(r"[A-Za-z]{2,}", bare) is not None and " " in text.strip()
    return plain and not PROGRAM.search(text)


def of_pages(root: Path) -> Iterator[Message]:
    """Yield what the Python of the pages marks with gettext."""
    from babel.messages.extract import extract

    for path in sorted((root / PACKAGE / "web").rglob("*.py")):
        with path.open("rb") as file:
            found = list(extract("python", file, keywords=KEYWORDS))
        yield from _of_calls(found, path.relative_to(root).as_posix())


def of_templates(root: Path) -> Iterator[Message]:
    """Yield what templates mark with ``translate`` and ``blocktranslate``."""
    from io import BytesIO

    from babel.messages.extract import extract
    from django.utils.translation.template import templatize

    for path in sorted((root / PACKAGE / "web").rglob("*.html")):
        code = templatize(path.read_text(encoding="utf-8"))
        lines = "\n".join(line.strip() for line in code.splitlines())
        found = list(extract("python", BytesIO(lines.encode()), keywords=KEYWORDS))
        yield from _of_calls(found, path.relative_to(root).as_posix())


KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def _of_calls(found: Iterable[tuple[int, object, object, object]], place: str) -> Iterator[Message]:
    for _, said, _, context in found:
        one, many = (said[0], said[1]) if isinstance(said, tuple) else (said, "")
        yield Message(str(one), str(many or ""), str(context or ""), (place,))


def of_islands(root: Path) -> Iterator[Message]:
    """Yield what the scripts say: the text of each ``say("...")``."""
    for path in sorted((root / "frontend/src").rglob("*.ts")):
        if not path.name.endswith(".test.ts"):
            source = path.read_text(encoding="utf-8")
            for text in re.findall(r"\bsay\(\s*(\"(?:[^\"\\]|\\.)*\")", source):
                yield Message(ast.literal_eval(text), places=(path.relative_to(root).as_posix(),))


def _once(found: Iterable[Message]) -> list[Message]:
    met: dict[tuple[str, str], Message] = {}
    for one in found:
        key = (one.context, one.english)
        if key in met:
            old = met[key]
            places = tuple(dict.fromkeys((*old.places, *one.places)))
            notes = old.notes or one.notes
            one = Message(one.english, old.plural or one.plural, one.context, places, notes)
        met[key] = one
    return list(met.values())
