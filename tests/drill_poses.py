"""The key poses of every drill, read as plain data: the body knows no drills, its tests may."""

import tomllib
from functools import cache
from pathlib import Path

from triplane.body import Film, Motion, Pose, Side, film, motion

FOLDER = Path(__file__).parents[1] / "src" / "triplane" / "catalogue" / "drills"
DRILLS = sorted(path.stem for path in FOLDER.glob("*.toml"))
TESTS = FOLDER.parents[1] / "assessment" / "battery"
STEPS_WITH_OTHER_LEG = ("posterior", "posteromedial")


@cache
def drill_file(drill: str) -> dict[str, object]:
    return tomllib.loads((FOLDER / f"{drill}.toml").read_text(encoding="utf-8"))


@cache
def poses_of(drill: str) -> tuple[Pose, ...]:
    found = drill_file(drill)["pose"]
    assert isinstance(found, list)
    return tuple(Pose.model_validate(pose) for pose in found)


def poses_of_test(test: str) -> tuple[Pose, ...]:
    """Return the key poses of a test of the battery."""
    found = tomllib.loads((TESTS / f"{test}.toml").read_text(encoding="utf-8"))["pose"]
    return tuple(Pose.model_validate(pose) for pose in found)


def stands_on(drill: str) -> Side | None:
    """The foot that stays in a lunge: the other one, or the working one where the other steps."""
    direction = drill_file(drill).get("lunge_direction")
    if direction is None:
        return None
    return Side.RIGHT if direction in STEPS_WITH_OTHER_LEG else Side.LEFT


@cache
def moved(drill: str) -> Motion:
    """Every drill at one slow tempo, 12 frames a second."""
    return motion(poses_of(drill), (2, 1, 2, 1), stands_on=stands_on(drill), frames_per_s=12)


@cache
def film_of(drill: str) -> Film:
    """The film of a drill as a page is sent it."""
    return film(poses_of(drill), stands_on(drill))


ALL_POSES = [(drill, pose) for drill in DRILLS for pose in poses_of(drill)]
NAMES = [f"{drill}-{pose.key}" for drill, pose in ALL_POSES]
