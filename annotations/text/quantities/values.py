"""What a figure says."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from annotations.text.spans import Span


class Approximation(StrEnum):
    """How near the figure is to what is meant."""

    EXACT = "exact"
    ABOUT = "about"
    ALMOST = "almost"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    LESS_THAN = "less_than"
    AT_MOST = "at_most"


class Change(StrEnum):
    """Whether the figure says how much there is, or how much that has moved."""

    LEVEL = "level"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` up to, not including, `end`."""

    start: date
    end: date

    @property
    def is_a_day(self) -> bool:
        return (self.end - self.start).days == 1


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in a text: the words at `span`, in code points, and what they say.

    `value` is None where the words give a range or a time only; `lower` and `upper` are what
    they bound, None where they leave it open. `unit` is a symbol ("%", "point", "km/h"), or
    an ISO 4217 code if `is_money`; it is empty for a count. `quantum` is the value of one in
    the last digit that was written: 14,3 milliards is given to 100 million. `per` is the time
    it is counted by ("year"). `readings` are all the values that digits such as 1.250 may
    mean, if they may mean more than one.
    """

    span: Span
    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    is_money: bool = False
    approximation: Approximation = Approximation.EXACT
    change: Change = Change.LEVEL
    per: str = ""
    quantum: Decimal = Decimal(1)
    readings: tuple[Decimal, ...] = ()
    period: Period | None = None

    @property
    def is_ambiguous(self) -> bool:
        return len(self.readings) > 1

    @property
    def is_time(self) -> bool:
        """Whether it says when, and not how much."""
        return self.value is None and self.lower is None and self.upper is None
