from django.db.models import Model
from django.utils.translation import get_language

from .people import Language


def translated(row: Model, column: str) -> str:
    """What `column` says in the language of the page, or else in French."""
    language = (get_language() or Language.FRENCH)[:2]
    return getattr(row, f"{column}_{language}", "") or getattr(row, f"{column}_fr")
