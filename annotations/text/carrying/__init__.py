"""Passages carried over from one edition of a text to the next, and what differs between both."""

from .carrier import Carrier
from .comparing import Kind, Row, changes
from .outcomes import Carried, Doubt, Outcome, Proposal

__all__ = [
    "Carried",
    "Carrier",
    "Doubt",
    "Kind",
    "Outcome",
    "Proposal",
    "Row",
    "changes",
]
