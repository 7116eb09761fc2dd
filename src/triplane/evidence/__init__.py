"""The bibliography and the rule book: what we lean on, and how sure we are of it.

Speaks:  Source, Rule, Reason, Strength.      Knows: datafile, value.      Never: what a source is used for.
"""

from triplane.evidence.load import backgrounds, reason, rule, rules, source, sources
from triplane.evidence.reason import Reason, Strength
from triplane.evidence.rule import Background, Rule
from triplane.evidence.source import Source, Status

__all__ = [
    "Background", "Reason", "Rule", "Source", "Status", "Strength", "backgrounds", "reason", "rule",
    "rules", "source", "sources",
]  # fmt: skip
