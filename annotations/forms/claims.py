from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.models import Claim, ClaimantKind, ClaimKind, ClaimStatus, Edition
from annotations.text.anchoring import Ambiguous, Blank, NotFound, locate
from annotations.text.segmentation import sentences
from annotations.text.spans import Span

from .fields import DateInput


class HighlightForm(forms.Form):
    """Which words of the edition the editor pointed at: a sentence, or a selection.

    A sentence is named by the offset that the server printed beside it. A selection is
    named by its words, those before and after it, and the blocks it begins and ends in:
    no number that a browser counted is an offset. `cleaned_data["span"]` is the span.
    """

    at = forms.IntegerField(required=False)
    quote = forms.CharField(required=False, strip=False, label=gettext_lazy("Words"))
    before = forms.CharField(
        required=False, strip=False, label=gettext_lazy("Words just before them")
    )
    after = forms.CharField(required=False, strip=False)
    first_block = forms.IntegerField(required=False)
    last_block = forms.IntegerField(required=False)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            at = cleaned["at"]
            cleaned["span"] = (
                self._sentence(at) if at is not None else self._selection()
            )
        return cleaned

    def _sentence(self, at: int) -> Span:
        for block in self.edition.layout:
            if block.span.start <= at < block.span.end:
                for sentence in sentences(self.edition.text, block.span):
                    if sentence.start == at:
                        return sentence
        raise forms.ValidationError(
            _("The article has changed; there is no such sentence any more.")
        )

    def _selection(self) -> Span:
        cleaned = self.cleaned_data
        try:
            return locate(
                self.edition.text,
                cleaned["quote"],
                before=cleaned["before"],
                after=cleaned["after"],
                within=self._region(),
            )
        except Blank as blank:
            raise forms.ValidationError(
                _("No words were selected. Select those that make the claim.")
            ) from blank
        except Ambiguous as several:
            raise forms.ValidationError(
                ngettext(
                    "The text has these words %d time. Add some words before them.",
                    "The text has these words %d times. Add some words before them.",
                    several.count,
                )
                % several.count
            ) from several
        except NotFound as none:
            raise forms.ValidationError(
                _(
                    "The text does not have these words. "
                    "Reload the page if the article has changed."
                )
            ) from none

    def _region(self) -> Span | None:
        first, last = self.cleaned_data["first_block"], self.cleaned_data["last_block"]
        if first is None or last is None:
            return None
        layout = self.edition.layout
        if not 0 <= first <= last < len(layout):
            raise forms.ValidationError(
                _("The article has changed; reload the page and select again.")
            )
        return Span(layout[first].span.start, layout[last].span.end)


class ClaimForm(forms.Form):
    """What is claimed, by whom, when."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    statement = forms.CharField(
        label=gettext_lazy("Statement"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What is claimed, in our own words: one full sentence."),
    )
    claimant = forms.CharField(
        label=gettext_lazy("Claimant"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "claimants", "autocomplete": "off"}),
        help_text=gettext_lazy("The person or organisation who says so."),
    )
    claimant_is_unknown = forms.BooleanField(
        label=gettext_lazy("The claimant is unknown"), required=False
    )
    claimant_kind = forms.ChoiceField(
        label=gettext_lazy("The claimant is"),
        required=False,
        choices=[
            ("", gettext_lazy("As recorded, or a person")),
            *ClaimantKind.choices,
        ],
    )
    claimed_on = forms.DateField(
        label=gettext_lazy("Claimed on"), required=False, widget=DateInput()
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ClaimKind.choices)
    note = forms.CharField(
        label=gettext_lazy("Note for colleagues"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @classmethod
    def of(cls, claim: Claim) -> "ClaimForm":
        """The form filled in with what is there."""
        return cls(initial=cls.values(claim), auto_id="claim-%s")

    @staticmethod
    def values(claim: Claim) -> dict[str, Any]:
        return {
            "seen": claim.version,
            "statement": claim.statement,
            "claimant": claim.claimant.name if claim.claimant else "",
            "claimant_is_unknown": claim.claimant_is_unknown,
            "claimed_on": claim.claimed_on,
            "kind": claim.kind,
            "note": claim.note,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("claimant") and cleaned.get("claimant_is_unknown"):
            self.add_error(
                "claimant_is_unknown",
                _("The claimant cannot be named and unknown at once."),
            )
        return cleaned


class MoveForm(forms.Form):
    to = forms.ChoiceField(choices=ClaimStatus.choices)
    seen = forms.ChoiceField(choices=ClaimStatus.choices)
    round = forms.IntegerField(min_value=0)
    reason = forms.CharField(required=False, max_length=2000)
