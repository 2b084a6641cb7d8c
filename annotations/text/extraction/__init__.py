"""The article in a page of HTML: headline, text in blocks, and what is known of it.

Finding the article among everything else is trafilatura's work; guarding it against
hostile pages (`trees`), reading what a page says of itself (`facts`) and pointing at
what may not belong to the article (`doubts`) is ours. Nothing is fetched.
"""

from ..extracted import Doubt, Extracted, ExtractedBlock
from .articles import LEAST_WORDS, from_html
from .doubts import doubt_of
from .trees import NotAnArticle

__all__ = [
    "LEAST_WORDS",
    "Doubt",
    "Extracted",
    "ExtractedBlock",
    "NotAnArticle",
    "doubt_of",
    "from_html",
]
