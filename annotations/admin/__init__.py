"""The editorial desk. One file for each noun; importing them registers them."""

from . import (
    articles,
    claimants,
    claims,
    factchecks,
    groups,
    intakes,
    newsroom,
    people,
    ratings,
    site,
    sources,
    suggestions,
)

__all__ = [
    "articles",
    "claimants",
    "claims",
    "factchecks",
    "groups",
    "intakes",
    "newsroom",
    "people",
    "ratings",
    "site",
    "sources",
    "suggestions",
]
