"""The figures of a text: one grammar for French and English, over tokens.

Every figure is read from left to right in one pass; nothing looks farther than a few tokens
ahead or back, so time grows as the text does.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from annotations.text.spans import Span

from .amounts import FACTORS, SIGNED, Amount, Amounts
from .context import approximation_after, approximation_before, change_of
from .dates import may_begin, period_at
from .measures import per_at
from .tokens import lower_at, tokens
from .values import Approximation, Change, Quantity

MOVES = [
    "pass",
    "mont",
    "grimp",
    "augment",
    "baiss",
    "chut",
    "tomb",
    "rédui",
    "recul",
    "progress",
    "bond",
    "descend",
    "relev",
    "abaiss",
    "rise",
    "rose",
    "fell",
    "fall",
    "increas",
    "decreas",
    "climb",
    "drop",
    "jump",
    "went",
    "grow",
    "grew",
    "move",
    "cut",
    "rais",
    "lower",
]
# Units of what is a share already: "3 % sur dix ans" is none of ten.
SHARES = frozenset({"%", "‰", "point", "bp", "×"})
FARTHEST_MOVE = 7  # tokens between "passe" and "de 3 % à 5 %"


def figures(
    text: str,
    *,
    language: str = "fr",
    published: date | None = None,
    within: Span | None = None,
) -> list[Quantity]:
    """The figures of `text`, or of its part `within`, in reading order, free of overlaps.

    `language` is "fr" or "en" ("fr-CA" is French; any other is read as English).
    `published` is the day from which "l'an dernier" is seen; without it such words are
    passed over. Where all speaks of one time, each figure has it as its `period`.
    """
    region = within or Span(0, len(text))
    tongue = "fr" if language.lower().startswith("fr") else "en"
    row = tokens(text, region.start, region.end)
    found = list(Reader(row, tongue, published).read())
    periods = {quantity.period for quantity in found if quantity.is_time}
    if len(periods) == 1:
        period = periods.pop()
        found = [q if q.is_time else replace(q, period=period) for q in found]
    return found


@dataclass(frozen=True, slots=True)
class Reader(Amounts):
    """The tokens of a text, and the day it was published, if that is known."""

    published: date | None

    def read(self) -> list[Quantity]:
        found: list[Quantity] = []
        index = 0
        while index < len(self.row):
            past = index + 1
            if may_begin(self.row[index]) and (
                when := period_at(self.row, index, self.language, self.published)
            ):
                period, past = when
                found.append(Quantity(self.span(index, past), period=period))
            elif amount := self.amount_at(index):
                several, past = self.quantities(amount)
                found.extend(several)
            index = past
        return found

    def span(self, first: int, past: int) -> Span:
        return Span(self.row[first].start, self.row[past - 1].end)

    def moves(self, first: int) -> bool:
        """Whether "de 3 % à 5 %", whose "de" is before `first`, tells of a movement."""
        if lower_at(self.row, first - 1) not in {"de", "d'", "from"}:
            return False
        for token in self.row[max(first - 1 - FARTHEST_MOVE, 0) : first - 1]:
            if token.lower.startswith(tuple(MOVES)):
                return True
        return False

    def quantities(self, amount: Amount) -> tuple[list[Quantity], int]:
        """What the amount, or the range it begins, says; and the index past it."""
        is_count = amount.unit not in SHARES and not amount.number.is_scaled
        whole = replace(amount.number, past=amount.past)
        if is_count and (part := self.share_past(whole)):
            amount = Amount(part, None, amount.first, part.past)
        right = None if amount.number.is_share else self.range_after(amount)
        if right is None:
            return [self.quantity(amount)], self.past_of(amount)
        left = amount
        if left.measure is None or not left.number.is_scaled:
            left = replace(left, measure=left.measure or right.measure)
            factor = (
                right.number.value / right.number.mantissa
                if right.number.mantissa
                else Decimal(1)
            )
            if (
                not left.number.is_scaled
                and left.number.mantissa < right.number.mantissa
            ):
                left = replace(
                    left,
                    number=replace(
                        left.number,
                        value=left.number.value * factor,
                        quantum=left.number.quantum * factor,
                        readings=(),
                    ),
                )
        if left.number.value >= right.number.value or self.moves(amount.first):
            both = [self.quantity(left, is_end=True), self.quantity(right, is_end=True)]
            return both, self.past_of(right)
        first = amount.first
        per, past = per_at(self.row, right.past)
        near, start = approximation_before(self.row, first, self.language)
        change = Change.LEVEL
        joint = lower_at(self.row, first - 1)
        if joint in {"de", "d'", "by", "entre", "between"}:
            change = change_of(
                self.row, first - (joint in {"entre", "between"}), right.past
            )
        return [
            Quantity(
                self.span(start, past),
                lower=left.number.value,
                upper=right.number.value,
                unit=right.unit,
                is_money=bool(right.measure and right.measure.is_money),
                approximation=near,
                change=change,
                per=per,
                quantum=min(left.number.quantum, right.number.quantum),
            )
        ], past

    def past_of(self, amount: Amount) -> int:
        past = per_at(self.row, amount.past)[1]
        return approximation_after(self.row, past, self.language)[1]

    def quantity(self, amount: Amount, *, is_end: bool = False) -> Quantity:
        """What the amount says; `is_end` for one end of a movement, which is a level."""
        number = amount.number
        per, past = per_at(self.row, amount.past)
        near, start = approximation_before(self.row, amount.first, self.language)
        if near is Approximation.EXACT:
            near, past = approximation_after(self.row, past, self.language)
        if near is Approximation.EXACT and number.is_about:
            near = Approximation.ABOUT
        change = Change.LEVEL
        if not is_end:
            change = self.change(amount, start, past)
        return Quantity(
            self.span(start, past),
            value=number.value,
            lower=number.value
            if near in {Approximation.MORE_THAN, Approximation.AT_LEAST}
            else None,
            upper=number.value
            if near in {Approximation.LESS_THAN, Approximation.AT_MOST}
            else None,
            unit=amount.unit,
            is_money=bool(amount.measure and amount.measure.is_money),
            approximation=near,
            change=change,
            per=per,
            quantum=number.quantum,
            readings=number.readings,
        )

    def change(self, amount: Amount, start: int, past: int) -> Change:
        """Whether the amount, in words from `start` up to `past`, is a change."""
        if amount.unit == "×":
            before = lower_at(self.row, amount.first - 2)
            return next(
                (c for stem, c in FACTORS.items() if before.startswith(stem)),
                Change.LEVEL,
            )
        if self.row[amount.first].text in SIGNED:
            if amount.unit in {"°C", "°F"}:
                return Change.LEVEL
            return Change.UP if amount.number.value > 0 else Change.DOWN
        return change_of(self.row, start, past)
