"""What people type, turned into values. Forms do not save."""

from .articles import ArticleDetailsForm, ArticleForm, IncomingDetailsForm
from .carriages import SettleForm
from .claims import ClaimForm, HighlightForm, MoveForm
from .evidence import AttachForm, EvidenceEditForm
from .factchecks import FactCheckForm
from .feeds import FeedForm
from .intakes import AskForm, FilesForm, ReviewForm
from .reviews import VerdictForm

__all__ = [
    "ArticleDetailsForm",
    "ArticleForm",
    "AskForm",
    "AttachForm",
    "ClaimForm",
    "EvidenceEditForm",
    "FactCheckForm",
    "FeedForm",
    "FilesForm",
    "HighlightForm",
    "IncomingDetailsForm",
    "MoveForm",
    "ReviewForm",
    "SettleForm",
    "VerdictForm",
]
