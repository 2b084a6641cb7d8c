"""The queues, for the start page of the admin."""

from django import template
from django.template import Context

from annotations import queue
from annotations.models import ClaimStatus

register = template.Library()


@register.simple_tag(takes_context=True)
def queue_boards(context: Context) -> list[queue.Board]:
    """What waits, for whom, since when, as this person may know it."""
    return queue.boards(context["request"].user)


@register.simple_tag
def queue_numbers() -> list[tuple[ClaimStatus, int]]:
    """How many claims are in each state."""
    return queue.numbers_by_status()
