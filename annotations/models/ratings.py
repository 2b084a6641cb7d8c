from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .translated import translated


class Colour(models.TextChoices):
    """Colours the style sheet knows, in light and dark, readable on both."""

    GREEN = "green", _("green")
    LIME = "lime", _("light green")
    AMBER = "amber", _("amber")
    ORANGE = "orange", _("orange")
    RED = "red", _("red")
    GREY = "grey", _("grey")


class Icon(models.TextChoices):
    """Signs that tell ratings apart where colour does not."""

    CHECK = "check", "✓"
    NEARLY = "nearly", "≈"
    APPROXIMATE = "approximate", "~"
    WARNING = "warning", "!"
    CROSS = "cross", "✗"
    QUESTION = "question", "?"


class RatingScale(models.Model):
    """The ratings that a newsroom chooses from."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    is_current = models.BooleanField(
        _("in use"), default=False, help_text=_("The one scale reviewers choose from.")
    )

    class Meta:
        verbose_name = _("rating scale")
        verbose_name_plural = _("rating scales")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="rating_scale_in_use_is_one",
                fields=["is_current"],
                condition=Q(is_current=True),
                violation_error_message=_("Another scale is in use."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class RatingQuerySet(models.QuerySet["Rating"]):
    def to_choose(self) -> "RatingQuerySet":
        """Those of the scale in use that were not retired."""
        return self.filter(scale__is_current=True, retired_at=None)


class Rating(models.Model):
    """One judgement of a scale. It is retired, never deleted."""

    scale = models.ForeignKey(
        RatingScale,
        on_delete=models.PROTECT,
        related_name="ratings",
        verbose_name=_("scale"),
    )
    code = models.SlugField(_("code"))
    label_fr = models.CharField(_("label in French"), max_length=60)
    label_en = models.CharField(_("label in English"), max_length=60)
    definition_fr = models.TextField(_("meaning in French"))
    definition_en = models.TextField(_("meaning in English"))
    order = models.PositiveSmallIntegerField(_("order"))
    number = models.PositiveSmallIntegerField(
        _("number"),
        null=True,
        blank=True,
        help_text=_(
            "1 for the worst, higher is better; none for a rating off the scale."
        ),
    )
    colour = models.CharField(_("colour"), max_length=20, choices=Colour)
    icon = models.CharField(_("icon"), max_length=20, choices=Icon)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["scale", "order"]
        constraints = [
            models.UniqueConstraint(
                name="rating_once_per_code",
                fields=["scale", "code"],
                violation_error_message=_("The scale has this code already."),
            ),
            models.UniqueConstraint(
                name="rating_once_per_order",
                fields=["scale", "order"],
                violation_error_message=_("Two ratings cannot stand at one place."),
            ),
            models.UniqueConstraint(
                name="rating_looks_like_no_other",
                fields=["scale", "icon"],
                condition=Q(retired_at=None),
                violation_error_message=_("Another rating has this icon."),
            ),
            models.CheckConstraint(
                name="rating_colour_is_known",
                condition=Q(colour__in=Colour.values),
                violation_error_message=_("There is no such colour."),
            ),
            models.CheckConstraint(
                name="rating_icon_is_known",
                condition=Q(icon__in=Icon.values),
                violation_error_message=_("There is no such icon."),
            ),
            models.CheckConstraint(
                name="rating_number_is_positive",
                condition=Q(number=None) | Q(number__gte=1),
                violation_error_message=_("Numbers begin at 1."),
            ),
        ]

    def __str__(self) -> str:
        return translated(self, "label")

    @property
    def definition(self) -> str:
        return translated(self, "definition")

    @property
    def sign(self) -> str:
        """The character that stands for it."""
        return str(Icon(self.icon).label)
