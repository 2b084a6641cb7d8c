from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """The languages the interface speaks; each names itself."""

    FRENCH = "fr", "Français"
    ENGLISH = "en", "English"


class User(AbstractUser):
    """Somebody of the newsroom."""

    language = models.CharField(
        _("language of the interface"),
        max_length=5,
        choices=Language,
        default=Language.FRENCH,
        db_default=Language.FRENCH,
    )
    sees_suggestions = models.BooleanField(
        _("sees suggestions"),
        default=True,
        db_default=True,
        help_text=_("Sentences that ask to be checked, marked on the desk."),
    )

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_once_per_email",
                condition=~Q(email=""),
                violation_error_message=_("Somebody has this e-mail address already."),
            ),
            models.CheckConstraint(
                name="user_language_is_known",
                condition=Q(language__in=Language.values),
                violation_error_message=_("There is no such language."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username
