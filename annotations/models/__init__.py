"""The records, and what must always be true of them."""

from .articles import Article, Edition
from .claimants import Claimant, ClaimantKind
from .claims import (
    Appearance,
    Authorship,
    Claim,
    ClaimKind,
    ClaimStatus,
)
from .figures import Figure
from .history import Transition
from .people import User
from .publications import FactCheck, Newsroom, Revision
from .ratings import Rating, RatingScale
from .sources import Evidence, Source, Stance
from .verdicts import Decision, Verdict

__all__ = [
    "Appearance",
    "Article",
    "Authorship",
    "Claim",
    "ClaimKind",
    "ClaimStatus",
    "Claimant",
    "ClaimantKind",
    "Decision",
    "Edition",
    "Evidence",
    "FactCheck",
    "Figure",
    "Newsroom",
    "Rating",
    "RatingScale",
    "Revision",
    "Source",
    "Stance",
    "Transition",
    "User",
    "Verdict",
]
