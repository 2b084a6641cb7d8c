"""What people type, turned into values. Forms do not save."""

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .models import (
    Article,
    Claim,
    ClaimantKind,
    ClaimKind,
    ClaimStatus,
    Edition,
    Rating,
    Stance,
)
from .models.sources import SourceKind
from .text.addresses import BadAddress, canonical
from .text.anchoring import Ambiguous, Blank, NotFound, locate
from .text.cleaning import LONGEST, NotText, decode, normalise
from .text.segmentation import sentences
from .text.spans import Span

# No character takes more bytes in any encoding that is understood.
LARGEST_FILE = 4 * LONGEST


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AddressField(forms.CharField):
    """An address on the web, in the one spelling that is kept."""

    SENTENCES = {
        "scheme": gettext_lazy("An address begins with http:// or https://."),
        "credentials": gettext_lazy("Leave the user name and password out of it."),
        "host": gettext_lazy("This address does not name a site."),
        "long": gettext_lazy("This address is too long: 2,000 characters at most."),
        "characters": gettext_lazy("An address has no spaces or hidden characters."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "url", "maxlength": 2000})
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        address = super().clean(value)
        if not address:
            return ""
        try:
            return canonical(address)
        except BadAddress as bad:
            message = self.SENTENCES.get(bad.reason, self.SENTENCES["host"])
            raise forms.ValidationError(message) from bad


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
            "Paste the words. An empty line parts paragraphs; ## begins a subhead."
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


class EvidenceForm(forms.Form):
    """What a source says about the claim."""

    stance = forms.ChoiceField(label=gettext_lazy("Stance"), choices=Stance.choices)
    excerpt = forms.CharField(
        label=gettext_lazy("Excerpt"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The exact words of the source that matter."),
    )
    locator = forms.CharField(
        label=gettext_lazy("Where in it"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Page, paragraph, minute."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note for colleagues"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class EvidenceEditForm(EvidenceForm):
    seen = forms.IntegerField(widget=forms.HiddenInput)


class AttachForm(EvidenceForm):
    """A source, and what it says about the claim."""

    address = AddressField(
        label=gettext_lazy("Address"),
        required=False,
        help_text=gettext_lazy("Leave it out for a person or a paper document."),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    publisher = forms.CharField(label=gettext_lazy("Publisher"), max_length=200)
    published_on = forms.DateField(
        label=gettext_lazy("Published on"), required=False, widget=DateInput()
    )
    source_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of source"),
        choices=SourceKind.choices,
        initial=SourceKind.SECONDARY,
    )

    field_order = [
        "address",
        "title",
        "publisher",
        "published_on",
        "source_kind",
        "stance",
        "excerpt",
        "locator",
        "note",
    ]


class MoveForm(forms.Form):
    to = forms.ChoiceField(choices=ClaimStatus.choices)
    seen = forms.ChoiceField(choices=ClaimStatus.choices)
    round = forms.IntegerField(min_value=0)
    reason = forms.CharField(required=False, max_length=2000)


class VerdictForm(forms.Form):
    """A rating and why. Decisions are made with it too."""

    round = forms.IntegerField(widget=forms.HiddenInput)
    rating = forms.ModelChoiceField(
        label=gettext_lazy("Rating"),
        queryset=Rating.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a rating.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy(
                "Say why: a verdict without a reason convinces nobody."
            )
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rating = cast(forms.ModelChoiceField[Rating], self.fields["rating"])
        rating.queryset = Rating.objects.to_choose().select_related("scale")


class FactCheckForm(forms.Form):
    """What readers will read."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("Often the question that the page answers."),
    )
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "The answer in a sentence or two; readers see it first."
        ),
    )
    body = forms.CharField(
        label=gettext_lazy("Reasoning"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy("An empty line begins a paragraph."),
    )
    exception = forms.CharField(
        label=gettext_lazy("Exception"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Why fewer than two sources of different publishers are enough here. "
            "Readers see it."
        ),
    )
