"""Rules for poses and contacts."""

from collections import Counter
from collections.abc import Iterator

from triplane.body import Contact, Landmark
from triplane.catalogue.linting.book import Book
from triplane.errors import Problem

MIDLINE = frozenset(
    {Landmark.PELVIS, Landmark.SACRUM, Landmark.ASIS, Landmark.MIDBACK, Landmark.CHEST, Landmark.HEAD}
)


def contacts_make_sense(book: Book) -> Iterator[Problem]:
    """Every pose has its own key and rests on named points, each with its side and only once."""
    for file, drill in book.files():
        for key, times in Counter(pose.key for pose in drill.pose).items():
            if times > 1:
                yield Problem(file, "pose.key", repr(key), "is used twice", "give every pose its own key")
        for pose in drill.pose:
            where = f"pose.{pose.key}.floor"
            if not (pose.floor or pose.props):
                yield Problem(file, where, "[]", "floats in the air", "name what touches the floor")
            for contact, times in Counter(pose.floor).items():
                if times > 1:
                    yield Problem(file, where, str(contact), "is named twice", "name it once")
                if not _has_its_side(contact):
                    yield Problem(
                        file, where, str(contact), "has the wrong side", "heel_right; but plain chest"
                    )


def poses_keep_joint_limits(book: Book) -> Iterator[Problem]:
    """The figure never shows what a hip cannot do."""
    from triplane.body import beyond_limits

    for file, drill in book.files():
        for pose in drill.pose:
            for angle, degrees in beyond_limits(pose).items():
                hint = "correct the angle"
                yield Problem(
                    file, f"pose.{pose.key}", angle, f"is {degrees:+.0f} deg beyond the joint's limit", hint
                )


def _has_its_side(contact: Contact) -> bool:
    return (contact.side is None) is (contact.landmark in MIDLINE)
