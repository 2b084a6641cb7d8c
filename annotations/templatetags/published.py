"""What was put down of a fact-check, in words for the reader's language."""

from datetime import date, datetime

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from annotations.snapshots import Content

register = template.Library()


@register.filter
def day(moment: str | date) -> str:
    """The day of a date or time as JSON has it, as people here write it."""
    if isinstance(moment, str):
        moment = (
            datetime.fromisoformat(moment)
            if "T" in moment
            else date.fromisoformat(moment)
        )
    if isinstance(moment, datetime):
        moment = timezone.localdate(moment)
    words = date_format(moment, "DATE_FORMAT")
    return f"1er{words[1:]}" if get_language() == "fr" and moment.day == 1 else words


@register.filter
def said(content: Content, key: str) -> str:
    """The text of `key` in the language of the page, or else in the newsroom's."""
    text = content.get(f"{key}_{get_language()}")
    return str(text or content[f"{key}_{settings.LANGUAGE_CODE}"])


@register.filter
def web(address: str) -> str:
    """The address if it leads to the web, and nothing if it is a script or the like."""
    return address if address.startswith(("https://", "http://")) else ""
