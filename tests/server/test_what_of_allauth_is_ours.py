"""What of allauth is overridden is still there, so that an upgrade that renames it stops loudly.

Two of the methods are private: they count wrong passwords by address and visitor, and take a count back. Were
they renamed, ours would be called by nobody, and whoever guesses would lock a runner out of their account.
"""

import ast
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def class_in(path: Path, name: str) -> ast.ClassDef:
    """Return a class as it is written: allauth is imported only where a server is set up."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return next(one for one in tree.body if isinstance(one, ast.ClassDef) and one.name == name)


def methods_of(found: ast.ClassDef) -> set[str]:
    return {one.name for one in found.body if isinstance(one, ast.FunctionDef)}


def called_on_self(found: ast.ClassDef) -> set[str]:
    """Return the methods that a class calls on itself."""
    calls = [one.func for one in ast.walk(found) if isinstance(one, ast.Call)]
    return {
        one.attr
        for one in calls
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id == "self"
    }


def test_what_is_overridden_of_accounts_is_still_theirs_and_still_called() -> None:
    pytest.importorskip("allauth", reason="the packages of the extra called server are not here")
    package = find_spec("allauth.account")
    assert package and package.origin
    theirs = class_in(Path(package.origin).with_name("adapter.py"), "DefaultAccountAdapter")
    ours = methods_of(class_in(ROOT / "src/triplane/web/server/adapter.py", "Accounts"))
    private = {name for name in ours if name.startswith("_")}
    assert private, "nothing private is leaned on any more: this test may go"
    assert ours - methods_of(theirs) == set(), "allauth has these no more"
    assert private - called_on_self(theirs) == set(), "allauth calls these no more"
