from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Intake
from annotations.text.cleaning import LONGEST, normalise

from .articles import IncomingDetailsForm
from .fields import AddressField

KINDS = {
    "paragraph": gettext_lazy("Paragraph"),
    "subhead": gettext_lazy("Subhead"),
    "item": gettext_lazy("Item of a list"),
    "quote": gettext_lazy("Quotation"),
}
DOUBTS = {
    "follow": gettext_lazy("it asks readers to follow the outlet somewhere"),
    "read_also": gettext_lazy("it points to another article"),
    "subscribe": gettext_lazy("it asks readers to subscribe"),
    "share": gettext_lazy("it is there for sharing the article"),
    "advert": gettext_lazy("it is an advertisement"),
    "legal": gettext_lazy("it is a legal notice"),
}
# Of a longer text the rest is kept as it is: a browser bears no more fields than this.
MOST_BLOCKS = 1000
# Characters in a line of a field, about, so that it is as high as its words.
LINE = 75
MOST_LINES = 14


class AskForm(forms.Form):
    """The address of an article that is to be fetched."""

    address = AddressField(
        label=gettext_lazy("Address of the article"),
        help_text=gettext_lazy(
            "The page is fetched, and you see what was found before anything is kept."
        ),
    )


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in given] or [
            super().clean(None, initial)
        ]


class FilesForm(forms.Form):
    """Files with an article each."""

    documents = FilesField(
        label=gettext_lazy("Files"),
        allow_empty_file=True,
        widget=FilesInput(
            attrs={"accept": ".txt,.html,.htm,.docx,.pdf,.srt,.vtt", "multiple": True}
        ),
        help_text=gettext_lazy(
            "Texts, pages, Word documents, PDF with text, subtitles (.txt, .html, .docx, "
            ".pdf, .srt, .vtt): up to 20 files of 20 MB, each an article of its own."
        ),
    )


class ReviewForm(IncomingDetailsForm):
    """What was taken from a page or a file, as it is corrected before it is kept."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    choice = forms.ChoiceField(
        choices=[("", ""), ("next", ""), ("own", "")], required=False
    )

    def __init__(self, intake: Intake, data: Any = None) -> None:
        self.intake = intake
        given = {
            name: getattr(intake, name)
            for name in self.Meta.fields
            if name != "address"
        }
        given |= {
            "address": intake.page_address or intake.address,
            "seen": intake.version,
        }
        super().__init__(data, initial=given)

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that describe the article."""
        return [self[name] for name in self.Meta.fields]

    @property
    def chosen(self) -> str:
        """What is to become of a text that is here already, as it was sent."""
        return str(self["choice"].value() or "")

    def blocks(self) -> list[dict[str, Any]]:
        """The blocks as they were sent, and as they are where nothing was sent."""
        return [
            self._sent(number, block) for number, block in enumerate(self.intake.blocks)
        ]

    def _sent(self, number: int, block: dict[str, Any]) -> dict[str, Any]:
        if not self.is_bound or f"text-{number}" not in self.data:
            return dict(block)
        kind = self.data.get(f"kind-{number}", "")
        text = normalise(str(self.data[f"text-{number}"])).strip()
        return block | {
            "kind": kind if kind in KINDS else block["kind"],
            "text": text,
            # A block without words is as good as dropped.
            "dropped": f"drop-{number}" in self.data or not text,
        }

    def rows(self) -> list[dict[str, Any]]:
        """The blocks for the page: each with its number, its reason and its height."""
        return [
            block
            | {
                "number": number,
                "place": number + 1,
                "reason": DOUBTS.get(block["doubt"], block["doubt"]),
                "lines": min(
                    sum(len(line) // LINE + 1 for line in block["text"].split("\n")),
                    MOST_LINES,
                ),
            }
            for number, block in enumerate(self.blocks()[:MOST_BLOCKS])
        ]

    @property
    def unseen(self) -> int:
        """How many blocks are too many for the page."""
        return max(len(self.intake.blocks) - MOST_BLOCKS, 0)

    @property
    def kinds(self) -> Sequence[tuple[str, Any]]:
        return list(KINDS.items())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kept = [block["text"] for block in self.blocks() if not block["dropped"]]
        if sum(len(text) + 2 for text in kept) > LONGEST:
            self.add_error(
                None,
                _("The text is too long: at most 500,000 characters can be kept."),
            )
        return cleaned
