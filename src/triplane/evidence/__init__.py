"""The bibliography: what we lean on, and how sure we are of it.

Speaks:  Source, Reason, Strength.      Knows: datafile, value.      Never: what a source is used for.
"""

from triplane.evidence.reason import Reason, Strength

__all__ = ["Reason", "Strength"]
