from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class ClaimantKind(models.TextChoices):
    """What ClaimReview calls the one who claims."""

    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")


class Claimant(models.Model):
    """Who claims something: a person or an organisation."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=ClaimantKind,
        default=ClaimantKind.PERSON,
        db_default=ClaimantKind.PERSON,
    )
    role = models.CharField(_("role"), max_length=200, blank=True)
    organisation = models.CharField(
        _("party or organisation"), max_length=200, blank=True
    )
    wikidata_id = models.CharField(
        _("Wikidata id"), max_length=20, blank=True, help_text=_("Such as Q42.")
    )

    class Meta:
        verbose_name = _("claimant")
        verbose_name_plural = _("claimants")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="claimant_once_per_name",
                violation_error_message=_("This claimant is here already."),
            ),
            models.CheckConstraint(
                name="claimant_has_a_name",
                condition=~Q(name=""),
                violation_error_message=_("A claimant needs a name."),
            ),
            models.CheckConstraint(
                name="claimant_kind_is_known",
                condition=Q(kind__in=ClaimantKind.values),
                violation_error_message=_("There is no such kind."),
            ),
            models.CheckConstraint(
                name="claimant_wikidata_id_has_its_form",
                condition=Q(wikidata_id="") | Q(wikidata_id__regex=r"^Q[1-9][0-9]*$"),
                violation_error_message=_("A Wikidata id is a Q and a number."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
