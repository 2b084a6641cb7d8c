"""Which sentences of an article ask to be checked, and why.

What is imported from here is light. `ranking` needs numpy and, for its first sentence,
150 MB for the encoder: it is for workers.
"""

from .reasons import REASONS
from .values import SHARE, Candidate, Detector, Sentence, calm, sentences_of

__all__ = [
    "REASONS",
    "SHARE",
    "Candidate",
    "Detector",
    "Sentence",
    "calm",
    "sentences_of",
]
