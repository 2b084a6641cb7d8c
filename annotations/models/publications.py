from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .claims import Claim
from .search import vector, words
from .translated import translated


class Newsroom(models.Model):
    """The newsroom itself: one row."""

    name = models.CharField(_("name"), max_length=200)
    address = models.URLField(_("address"))
    verdicts_asked = models.PositiveSmallIntegerField(
        _("verdicts asked for"),
        default=2,
        db_default=2,
        help_text=_("How many reviewers judge a claim before it can be decided."),
    )
    suggestions_one_in = models.PositiveSmallIntegerField(
        _("one sentence suggested in"),
        default=7,
        db_default=7,
        help_text=_(
            "At most one sentence in so many is suggested on the desk, 3 to 100; "
            "0 suggests nothing."
        ),
    )
    method_fr = models.TextField(_("method, in French"), blank=True)
    method_en = models.TextField(_("method, in English"), blank=True)
    corrections_fr = models.TextField(_("corrections policy, in French"), blank=True)
    corrections_en = models.TextField(_("corrections policy, in English"), blank=True)
    funding_fr = models.TextField(_("funding, in French"), blank=True)
    funding_en = models.TextField(_("funding, in English"), blank=True)

    class Meta:
        verbose_name = _("newsroom")
        verbose_name_plural = _("newsroom")
        constraints = [
            models.CheckConstraint(
                name="newsroom_is_one",
                condition=Q(pk=1),
                violation_error_message=_("There is one newsroom already."),
            ),
            models.CheckConstraint(
                name="newsroom_asks_for_verdicts",
                condition=Q(verdicts_asked__range=(1, 9)),
                violation_error_message=_("Ask for one to nine verdicts."),
            ),
            models.CheckConstraint(
                name="newsroom_is_suggested_a_calm_few",
                condition=Q(suggestions_one_in=0)
                | Q(suggestions_one_in__range=(3, 100)),
                violation_error_message=_(
                    "Suggest one sentence in 3 to 100, or 0 for none."
                ),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="newsroom_stays", operation=pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def method(self) -> str:
        return translated(self, "method")

    @property
    def corrections(self) -> str:
        return translated(self, "corrections")

    @property
    def funding(self) -> str:
        return translated(self, "funding")


class FactCheckQuerySet(models.QuerySet["FactCheck"]):
    def public(self) -> Self:
        """Those that readers may see now: published, embargo over, not retracted."""
        return self.past_embargo().filter(retracted_at=None)

    def past_embargo(self) -> Self:
        """Those that readers could see once, a tombstone at least."""
        return self.filter(published_at__isnull=False).filter(
            Q(embargo_until=None) | Q(embargo_until__lte=timezone.now())
        )

    def saying(self, query: str) -> Self:
        """Those with these words in what readers see."""
        return self.filter(search=words(query))


class FactCheck(models.Model):
    """What is published about a claim: one claim, one page, one permanent address."""

    claim = models.OneToOneField(
        Claim,
        on_delete=models.PROTECT,
        related_name="factcheck",
        verbose_name=_("claim"),
    )
    slug = models.SlugField(
        _("address"),
        max_length=120,
        unique=True,
        help_text=_("The last part of its permanent address."),
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(
        _("summary"),
        blank=True,
        help_text=_("The answer in a sentence or two; readers see it first."),
    )
    body = models.TextField(
        _("reasoning"),
        blank=True,
        help_text=_("How it was checked. An empty line begins a paragraph."),
    )
    exception = models.TextField(
        _("exception"),
        blank=True,
        help_text=_(
            "Why fewer than two sources of different publishers are enough here. "
            "Readers see it."
        ),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("author"),
    )
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    written_at = models.DateTimeField(_("written"), db_default=Now(), editable=False)
    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_("Nobody outside sees it before."),
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("approved by"),
    )
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    retracted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("retracted by"),
    )
    retracted_at = models.DateTimeField(_("retracted"), null=True, editable=False)
    retraction = models.TextField(
        _("reason of the retraction"), blank=True, editable=False
    )
    search = models.GeneratedField(
        expression=vector("title", "summary", "body"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = FactCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact-check")
        verbose_name_plural = _("fact-checks")
        ordering = [F("published_at").desc(nulls_first=True), "-pk"]
        permissions = [
            ("publish_factcheck", "Can publish fact-checks"),
            ("retract_factcheck", "Can retract fact-checks"),
        ]
        constraints = [
            models.CheckConstraint(
                name="factcheck_is_published_by_another",
                condition=Q(published_by=None) | ~Q(published_by=F("author")),
                violation_error_message=_(
                    "Whoever wrote a fact-check cannot publish it: four eyes see more."
                ),
            ),
            models.CheckConstraint(
                name="factcheck_is_published_by_somebody",
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
                violation_error_message=_("A publication has a time and a publisher."),
            ),
            models.CheckConstraint(
                name="factcheck_is_retracted_with_a_reason",
                condition=Q(retracted_at=None, retracted_by=None, retraction="")
                | Q(
                    published_at__isnull=False,
                    retracted_at__isnull=False,
                    retracted_by__isnull=False,
                    retraction__regex=r"\S",
                ),
                violation_error_message=_("A retraction needs a reason."),
            ),
            models.CheckConstraint(
                name="factcheck_has_a_summary_when_published",
                condition=Q(published_at=None) | Q(summary__regex=r"\S"),
                violation_error_message=_("Readers need a summary."),
            ),
        ]
        indexes = [
            models.Index(name="factcheck_newest_first", fields=["-published_at"]),
            GinIndex(name="factcheck_words", fields=["search"]),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="factcheck_published_rests",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.AnyChange(
                    exclude=["retracted_by", "retracted_at", "retraction", "search"]
                ),
                func="""
                IF OLD.published_at IS NOT NULL THEN
                    RAISE EXCEPTION
                        'factcheck_published_rests: % is published and does not change',
                        OLD.slug USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="factcheck_retracted_rests",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.AnyChange(
                    "retracted_by", "retracted_at", "retraction"
                ),
                func="""
                IF OLD.retracted_at IS NOT NULL THEN
                    RAISE EXCEPTION
                        'factcheck_retracted_rests: % is retracted and stays so',
                        OLD.slug USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="factcheck_published_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
            pgtrigger.Trigger(
                name="factcheck_publisher_wrote_nothing",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__published_by__isnull=False),
                func="""
                IF EXISTS (
                    SELECT 1 FROM annotations_authorship
                    WHERE claim_id = NEW.claim_id AND user_id = NEW.published_by_id
                ) THEN
                    RAISE EXCEPTION
                        'factcheck_publisher_wrote_nothing: user % wrote claim %',
                        NEW.published_by_id, NEW.claim_id
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("factcheck_detail", args=[self.slug])


class Revision(models.Model):
    """What the public saw of a fact-check, whole, so that nothing published moves by itself."""

    factcheck = models.ForeignKey(
        FactCheck, on_delete=models.PROTECT, related_name="revisions"
    )
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("approved by"),
    )
    published_at = models.DateTimeField(_("published"), db_default=Now())

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["factcheck", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="revision_once_per_number", fields=["factcheck", "number"]
            )
        ]
        triggers = [
            pgtrigger.ReadOnly(name="revision_never_changes"),
            pgtrigger.Protect(name="revision_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return _("revision %d") % self.number
