"""The records, and what must always be true of them."""

from .articles import Article, Edition
from .carriages import Carriage, CarriageOutcome, CarriageState
from .claimants import Claimant, ClaimantKind
from .claims import (
    Appearance,
    Authorship,
    Claim,
    ClaimKind,
    ClaimStatus,
)
from .feeds import Feed, Rounds
from .figures import Figure
from .history import HistoryEntry, HistoryHead, HistoryLink, Transition
from .intakes import Intake, IntakeOrigin, IntakeStatus, IntakeStep, Upload
from .people import User
from .publications import FactCheck, Newsroom, Revision
from .ratings import Rating, RatingScale
from .recognition import ArticleAddress, Fingerprint
from .sources import Evidence, Source, Stance
from .suggestions import Detection, DetectorWeights, Suggestion, SuggestionState
from .verdicts import Decision, Verdict

__all__ = [
    "Appearance",
    "Article",
    "ArticleAddress",
    "Authorship",
    "Carriage",
    "CarriageOutcome",
    "CarriageState",
    "Claim",
    "ClaimKind",
    "ClaimStatus",
    "Claimant",
    "ClaimantKind",
    "Decision",
    "Detection",
    "DetectorWeights",
    "Edition",
    "Evidence",
    "FactCheck",
    "Feed",
    "Figure",
    "Fingerprint",
    "HistoryEntry",
    "HistoryHead",
    "HistoryLink",
    "Intake",
    "IntakeOrigin",
    "IntakeStatus",
    "IntakeStep",
    "Newsroom",
    "Rating",
    "RatingScale",
    "Revision",
    "Rounds",
    "Source",
    "Stance",
    "Suggestion",
    "SuggestionState",
    "Transition",
    "Upload",
    "User",
    "Verdict",
]
