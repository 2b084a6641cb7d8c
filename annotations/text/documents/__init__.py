"""Articles in files: plain text, HTML, Word, PDF with a text layer, subtitles.

What a file is, its content says; its name is only a hint. Every file is taken for hostile:
sizes are looked at before anything is unpacked, and what takes too long is given up.
"""

from .reading import LARGEST, read_document
from .refusing import DocumentRefused, Reason

__all__ = ["LARGEST", "DocumentRefused", "Reason", "read_document"]
