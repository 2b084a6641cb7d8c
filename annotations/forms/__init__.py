"""What people type, turned into values. Forms do not save."""

from .articles import ArticleDetailsForm, ArticleForm
from .claims import ClaimForm, HighlightForm, MoveForm
from .evidence import AttachForm, EvidenceEditForm
from .factchecks import FactCheckForm
from .reviews import VerdictForm

__all__ = [
    "ArticleDetailsForm",
    "ArticleForm",
    "AttachForm",
    "ClaimForm",
    "EvidenceEditForm",
    "FactCheckForm",
    "HighlightForm",
    "MoveForm",
    "VerdictForm",
]
