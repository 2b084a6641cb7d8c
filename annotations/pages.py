"""Long lists, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Page[M: Model]:
    """The rows of one page; whether others follow is known without counting them all."""

    rows: Sequence[M]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def next(self) -> int:
        return self.number + 1

    @property
    def previous(self) -> int:
        return self.number - 1


def page_number(request: HttpRequest) -> int:
    """The page that `?page=` asks for, the first where it asks for nonsense."""
    asked = request.GET.get("page", "")
    # Nobody leafs further than this by hand, and an offset costs what it skips.
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return max(number, 1)


def page_of[M: Model](request: HttpRequest, rows: QuerySet[M], size: int) -> Page[M]:
    """The page that `?page=` asks for, the first where it asks for nonsense. One query."""
    number = page_number(request)
    found = list(rows[(number - 1) * size : number * size + 1])
    return Page(found[:size], number, has_next=len(found) > size)
