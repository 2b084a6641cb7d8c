"""The one client by which the product reads pages of other people's sites.

Every address, every answer and every byte of it is taken for hostile. What is refused,
and why, is in `refusing`; where a connection may lead is in `destinations`.
"""

from .destinations import Network, Resolver
from .fetching import LIMITS, Fetched, Limits, fetch
from .refusing import FetchRefused, Reason, sentence

__all__ = [
    "LIMITS",
    "FetchRefused",
    "Fetched",
    "Limits",
    "Network",
    "Reason",
    "Resolver",
    "fetch",
    "sentence",
]
