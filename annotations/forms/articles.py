from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Article
from annotations.text.cleaning import LONGEST, normalise

from .fields import AddressField, DateInput


class ArticleDetailsForm(forms.ModelForm[Article]):
    """What is known of an article besides its text."""

    address = AddressField(
        label=gettext_lazy("Address"),
        required=False,
        help_text=gettext_lazy("Where it was published. Leave it out for paper."),
    )

    class Meta:
        model = Article
        fields = [
            "headline",
            "address",
            "outlet",
            "byline",
            "published_on",
            "language",
            "selected_because",
        ]
        widgets = {
            "published_on": DateInput(),
            "selected_because": forms.Textarea(attrs={"rows": 2}),
        }

    def clean_headline(self) -> str:
        return " ".join(normalise(self.cleaned_data["headline"]).split())


class IncomingDetailsForm(ArticleDetailsForm):
    """What is known of an article on its way in, which may be here already."""

    def _get_validation_exclusions(self) -> set[str]:
        # An address that is there already leads to its article; that is no mistake.
        return {*super()._get_validation_exclusions(), "address"}  # type: ignore[misc]

    def described(self) -> dict[str, Any]:
        """The details, as `importing.import_article` takes them."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ArticleForm(IncomingDetailsForm):
    """A new article: its details, and its text pasted."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=gettext_lazy(
            "Paste the words. An empty line parts paragraphs; ## begins a subhead, "
            "- an item of a list, > a quotation."
        ),
        error_messages={
            "null_characters_not_allowed": gettext_lazy(
                "This is not a text but binary data. Paste the words themselves."
            )
        },
    )

    field_order = ["headline", "text"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "text" not in cleaned:
            return cleaned
        if not normalise(cleaned["text"]).strip():
            self.add_error(
                "text", _("The text is empty. Paste the words of the article.")
            )
        elif len(cleaned["text"]) > LONGEST:
            self.add_error(
                "text",
                _("The text is too long: at most 500,000 characters can be kept."),
            )
        return cleaned
