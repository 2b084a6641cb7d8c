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


def notation(quantity: Quantity) -> tuple[str, str]:
    """Value and unit as one line of a table: ("14300000000", "USD"), ("0.3", "point").

    A day is ("2025-07-14", "date"), a longer time ("2026-01-01/2026-04-01", "date") up to,
    not including, its second day; a range is ("12000000..15000000", "EUR").
    """
    if quantity.is_time and quantity.period:
        start, end = quantity.period.start, quantity.period.end
        return (str(start) if quantity.period.is_a_day else f"{start}/{end}"), "date"
    if quantity.value is None:
        return f"{plain(quantity.lower)}..{plain(quantity.upper)}", quantity.unit
    return plain(quantity.value), quantity.unit


def plain(value: Decimal | None) -> str:
    """A decimal without trailing zeros or exponent; a periodic one as a float shows it."""
    if value is None:
        return ""
    if len(value.as_tuple().digits) > 25:
        return repr(float(value))
    return f"{value.normalize():f}"
