"""The history of a claim in words: who did what, when, where and why."""

from .story import KINDS, Happening, story

__all__ = ["KINDS", "Happening", "story"]
