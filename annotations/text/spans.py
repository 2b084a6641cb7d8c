"""Where words stand in a text."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """The characters of a text from `start` up to, but not including, `end`.

    Offsets count code points, as Python and PostgreSQL do. Browsers count
    UTF-16 units, so a number that JavaScript counted is not an offset.
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether at least one character belongs to both."""
        return max(self.start, other.start) < min(self.end, other.end)

    def covers(self, other: "Span") -> bool:
        """Whether every character of `other` is one of this span's, too."""
        return self.start <= other.start and other.end <= self.end
