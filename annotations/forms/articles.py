from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Article
from annotations.text.cleaning import LONGEST, NotText, decode, normalise

from .fields import AddressField, DateInput

# No character takes more bytes in any encoding that is understood.
LARGEST_FILE = 4 * LONGEST


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


class ArticleForm(ArticleDetailsForm):
    """A new article: its details, and its text pasted or in a file."""

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
    upload = forms.FileField(
        label=gettext_lazy("or a text file (.txt)"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,text/plain"}),
    )

    field_order = ["headline", "text", "upload"]

    def _get_validation_exclusions(self) -> set[str]:
        # An address that is there already leads to its article; that is no mistake.
        return {*super()._get_validation_exclusions(), "address"}  # type: ignore[misc]

    def clean_upload(self) -> str:
        upload: UploadedFile[bytes] | None = self.cleaned_data["upload"]
        if not upload:
            return ""
        if upload.size is not None and upload.size > LARGEST_FILE:
            raise forms.ValidationError(self._too_long())
        try:
            text = decode(upload.read())
        except NotText as error:
            raise forms.ValidationError(
                _("This file is not a plain text. Save it as .txt, or paste the words.")
            ) from error
        if self.is_bound:
            # A file cannot be shown again in a form; its words can.
            self.data = dict(self.data.items()) | {self.add_prefix("text"): text}
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "text" not in cleaned or "upload" not in cleaned:
            return cleaned
        cleaned["text"] = cleaned["upload"] or cleaned["text"]
        if not normalise(cleaned["text"]).strip():
            self.add_error(
                "text", _("The text is empty. Paste the words of the article.")
            )
        elif len(cleaned["text"]) > LONGEST:
            self.add_error("text", self._too_long())
        return cleaned

    @staticmethod
    def _too_long() -> str:
        return _("The text is too long: at most 500,000 characters can be kept.")

    def described(self) -> dict[str, Any]:
        """The details, as `importing.import_article` takes them."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
