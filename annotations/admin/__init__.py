"""The editorial desk. One file for each noun; importing them registers them."""

from . import (
    articles,
    claimants,
    claims,
    factchecks,
    groups,
    newsroom,
    people,
    ratings,
    site,
    sources,
)

__all__ = [
    "articles",
    "claimants",
    "claims",
    "factchecks",
    "groups",
    "newsroom",
    "people",
    "ratings",
    "site",
    "sources",
]
