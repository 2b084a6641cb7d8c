"""Two figures side by side: the claim's, and the source's.

Says "same" only of what is the same. Rounding follows the precision in which the coarser
figure is written: 14,3 milliards may stand for 14,289.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .units import IN_ANOTHER
from .values import Approximation, Change, Quantity

# What is left when rounding is named as such: a tenth. "1 milliard" for 1,4 is no rounding.
MOST_ROUNDED = Decimal("0.1")
# Of two values that are a power of ten apart: how far the digits may be from each other.
SAME_DIGITS = Decimal("0.005")
POWERS = (3, -3, 6, -6, 9, -9)


class Verdict(StrEnum):
    """How one figure stands to another."""

    SAME = "same"
    ROUNDED = "rounded"
    WITHIN = "within"
    SCALE = "scale"
    UNIT = "unit"
    DIFFERENT = "different"
    INCOMPARABLE = "incomparable"


class Reason(StrEnum):
    """Why two figures cannot be compared."""

    CURRENCY = "currency"
    UNIT = "unit"
    PERIOD = "period"
    CHANGE = "change"
    PER = "per"
    READINGS = "readings"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Comparison:
    """`claimed` beside `found`.

    `factor` is the claim's value in terms of the source's, if that is not zero; `share`
    is by how much of the source's value the claim's is more or less (0.1: ten per cent
    more). `power` is the power of ten of a mistaken scale. `reason` is set if the two
    are not comparable.
    """

    verdict: Verdict
    factor: Decimal | None = None
    share: Decimal | None = None
    power: int = 0
    reason: Reason | None = None


def compare(claimed: Quantity, found: Quantity) -> Comparison:
    """How the figure of a claim stands to the one of its source."""
    if reason := unlike(claimed, found):
        if reason is Reason.UNIT and same_number(claimed, found):
            return Comparison(Verdict.UNIT)
        return Comparison(Verdict.INCOMPARABLE, reason=reason)
    if claimed.is_time:
        return compare_times(claimed, found)
    if claimed.value is None or found.value is None:
        return compare_ranges(claimed, found)
    ours, theirs = in_base(claimed, claimed.value), in_base(found, found.value)
    if claimed.change is not Change.LEVEL:
        # "−3 %" and "en baisse de 3 %" say the same.
        ours, theirs = abs(ours), abs(theirs)
    if ours == theirs and claimed.approximation is found.approximation:
        return Comparison(Verdict.SAME)
    factor = ours / theirs if theirs else None
    share = factor - 1 if factor is not None else None
    if within_bound(claimed, theirs) or within_bound(found, ours):
        return Comparison(Verdict.WITHIN, factor, share)
    if ours == theirs or is_rounded(claimed, found, ours, theirs):
        return Comparison(Verdict.ROUNDED, factor, share)
    if factor is not None and (power := mistaken_power(factor)):
        return Comparison(Verdict.SCALE, factor, share, power)
    return Comparison(Verdict.DIFFERENT, factor, share)


def unlike(claimed: Quantity, found: Quantity) -> Reason | None:
    """Why the two are not to be compared, if they are not."""
    if claimed.is_time != found.is_time:
        return Reason.TIME
    if claimed.is_time:
        return None
    if claimed.is_ambiguous or found.is_ambiguous:
        return Reason.READINGS
    if claimed.is_money and found.is_money and claimed.unit != found.unit:
        return Reason.CURRENCY
    if base(claimed) != base(found):
        return Reason.UNIT
    if claimed.change is not found.change:
        return Reason.CHANGE
    if claimed.per != found.per:
        return Reason.PER
    if claimed.period and found.period and claimed.period != found.period:
        return Reason.PERIOD
    return None


def base(quantity: Quantity) -> str:
    """The unit in which all of its kind are compared."""
    if quantity.is_money:
        return quantity.unit
    return IN_ANOTHER.get(quantity.unit, (quantity.unit, "1"))[0]


def in_base(quantity: Quantity, value: Decimal) -> Decimal:
    if quantity.is_money:
        return value
    return value * Decimal(IN_ANOTHER.get(quantity.unit, ("", "1"))[1])


def same_number(claimed: Quantity, found: Quantity) -> bool:
    """Whether the digits agree and the units do not: "3 %" for "3 points"."""
    return (
        claimed.value is not None
        and found.value is not None
        and abs(claimed.value) == abs(found.value)
        and bool(claimed.unit)
        and bool(found.unit)
    )


def compare_times(claimed: Quantity, found: Quantity) -> Comparison:
    if claimed.period == found.period:
        return Comparison(Verdict.SAME)
    if claimed.period and found.period:
        ours, theirs = claimed.period, found.period
        if theirs.start <= ours.start and ours.end <= theirs.end:
            return Comparison(Verdict.WITHIN)
        if ours.start <= theirs.start and theirs.end <= ours.end:
            return Comparison(Verdict.WITHIN)
    return Comparison(Verdict.DIFFERENT)


def compare_ranges(claimed: Quantity, found: Quantity) -> Comparison:
    """Two figures of which one at least is a range: alike, one inside the other, or not."""
    ours, theirs = bounds(claimed), bounds(found)
    if ours == theirs:
        return Comparison(Verdict.SAME)
    if holds(theirs, ours) or holds(ours, theirs):
        return Comparison(Verdict.WITHIN)
    return Comparison(Verdict.DIFFERENT)


type Bounds = tuple[Decimal | None, Decimal | None]


def bounds(quantity: Quantity) -> Bounds:
    """From and to, None for an open end; a value is both ends of itself."""
    lower, upper = quantity.lower, quantity.upper
    if quantity.value is not None and lower is None and upper is None:
        lower = upper = quantity.value
    return (
        None if lower is None else in_base(quantity, lower),
        None if upper is None else in_base(quantity, upper),
    )


def holds(outer: Bounds, inner: Bounds) -> bool:
    """Whether all of `inner` lies in `outer`."""
    lower = outer[0] is None or (inner[0] is not None and inner[0] >= outer[0])
    upper = outer[1] is None or (inner[1] is not None and inner[1] <= outer[1])
    return lower and upper


def within_bound(quantity: Quantity, value: Decimal) -> bool:
    """Whether `value` is what "plus de 40 000" or "au plus 30" leaves room for."""
    limit = in_base(quantity, quantity.value or Decimal(0))
    match quantity.approximation:
        case Approximation.MORE_THAN:
            return value > limit
        case Approximation.AT_LEAST:
            return value >= limit
        case Approximation.LESS_THAN:
            return value < limit
        case Approximation.AT_MOST:
            return value <= limit
    return False


def is_rounded(
    claimed: Quantity, found: Quantity, ours: Decimal, theirs: Decimal
) -> bool:
    """Whether the values agree at the precision of the coarser one."""
    quantum = max(in_base(claimed, claimed.quantum), in_base(found, found.quantum))
    gap = abs(ours - theirs)
    return gap * 2 <= quantum and gap <= MOST_ROUNDED * max(abs(ours), abs(theirs))


def mistaken_power(factor: Decimal) -> int:
    """The power of ten by which the digits of two values are shifted, or 0."""
    for power in POWERS:
        if abs(factor.scaleb(-power) - 1) <= SAME_DIGITS:
            return power
    return 0
