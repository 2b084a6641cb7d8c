from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from .claims import HighlightForm


class SettleForm(HighlightForm):
    """What became of a passage: a proposal, words of the new text, or that it is gone.

    `cleaned_data["choice"]` is what `settling.settle` takes.
    """

    seen = forms.IntegerField(
        error_messages={
            "required": gettext_lazy("Nothing was chosen. Go back and choose again.")
        }
    )
    proposal = forms.IntegerField(required=False)
    gone = forms.BooleanField(required=False)
    reason = forms.CharField(required=False, max_length=2000)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if self.errors:
            return cleaned
        if cleaned["gone"]:
            cleaned["choice"] = None
        elif cleaned["proposal"] is not None:
            cleaned["choice"] = cleaned["proposal"]
        else:
            cleaned = super().clean()
            cleaned["choice"] = cleaned["span"]
        return cleaned
