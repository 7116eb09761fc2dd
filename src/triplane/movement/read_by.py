"""What a camera reads of a range, and from where: said in a test's file, without what reading needs."""

from typing import Literal

from triplane.movement.form.rules import Signal, View
from triplane.value import Value


class ReadBy(Value):
    """How a camera reads a range.

    ``signal`` is what is read off the working leg, and ``turned`` whether more of the range makes it less.
    ``trunk`` is how the trunk lies in the picture, which also tells a phone that is not upright.
    """

    view: View
    signal: Signal
    turned: bool = False
    trunk: Literal["on_back", "face_down", "upright"]
