"""A wheel for others is whole or is not built; who develops goes on without a part and is told so."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

pytest.importorskip(
    "hatchling", reason="the packages that build Triplane are not here (make test brings them)"
)
HOOK = Path(__file__).parents[2] / "hatch_build.py"


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", HOOK)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.delenv("TRIPLANE_SKIP_FRONTEND", raising=False)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setitem(sys.modules, "lay", SimpleNamespace(lay=lambda root: {}))
    return module


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "frontend").mkdir()
    (tmp_path / "frontend" / "package.json").write_text("{}", encoding="ascii")
    (tmp_path / "src/triplane/web/static-built").mkdir(parents=True)
    (tmp_path / "src/triplane/web/locale/de/LC_MESSAGES").mkdir(parents=True)
    return tmp_path


def building(hook: ModuleType, root: Path, version: str) -> None:
    hook.Islands(str(root), {}, None, None, str(root / "dist"), "wheel").initialize(version, {})


def failing(*_: Any) -> None:
    raise OSError("no node here")


def test_what_npm_fetched_stays_only_where_npm_is_at_home(hook, root, monkeypatch, tmp_path) -> None:
    calls: list[list[str]] = []
    monkeypatch.setattr(hook, "_home", lambda: root)
    monkeypatch.setattr(hook, "_node", lambda sources, *words: calls.append([*words]))
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    for name in ("npm_config_cache", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    (root / "npm" / "bin").mkdir(parents=True)
    (root / "npm" / "bin" / "npm-cli.js").touch()

    hook._install(root)
    (place,) = (word.removeprefix("--cache=") for word in calls[0] if word.startswith("--cache="))
    assert not Path(place).is_relative_to(tmp_path / "home")
    assert not Path(place).exists()

    (tmp_path / "home" / ".npm" / "_cacache").mkdir(parents=True)
    hook._install(root)
    assert not any(word.startswith("--cache") for word in calls[1])


def test_without_the_player_there_is_no_wheel_for_others(hook, root, monkeypatch, capsys) -> None:
    monkeypatch.setattr(hook, "build", failing)
    with pytest.raises(RuntimeError, match="player could not be built"):
        building(hook, root, "standard")
    building(hook, root, "editable")
    assert "sessions are shown in words" in capsys.readouterr().out


def test_without_the_words_there_is_no_wheel_and_no_old_words_stay(hook, root, monkeypatch, capsys) -> None:
    monkeypatch.setattr(hook, "build", lambda sources: None)
    monkeypatch.setitem(sys.modules, "lay", SimpleNamespace(lay=failing))
    old = root / "src/triplane/web/locale/de/LC_MESSAGES/django.mo"
    for version in ("editable", "standard"):
        old.write_bytes(b"old")
        if version == "standard":
            with pytest.raises(RuntimeError, match="words of other languages"):
                building(hook, root, version)
        else:
            building(hook, root, version)
            assert "speaks English" in capsys.readouterr().out
        assert not old.exists()


def test_what_could_not_be_built_leaves_no_stamp_so_that_make_tries_again(hook, root, monkeypatch) -> None:
    stamp = root / "src/triplane/web/static-built/stamp"
    stamp.write_text("of other sources", encoding="ascii")
    monkeypatch.setattr(hook, "build", failing)
    building(hook, root, "editable")
    assert not stamp.exists()

    makefile = HOOK.with_name("Makefile").read_text(encoding="utf-8")
    assert f"BUILT := {stamp.relative_to(root).as_posix()}" in makefile
    assert "[ -e $(BUILT) ]" in makefile
