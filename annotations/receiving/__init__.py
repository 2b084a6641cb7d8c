"""Articles on their way in: asked for, fetched, looked at, and then kept or dismissed."""

from .asking import ask_for, receive_file, receive_text, settle, try_again
from .fetching import take_in
from .keeping import Choice, ReceivingRefused, dismiss, keep, review

__all__ = [
    "Choice",
    "ReceivingRefused",
    "ask_for",
    "dismiss",
    "keep",
    "receive_file",
    "receive_text",
    "review",
    "settle",
    "take_in",
    "try_again",
]
