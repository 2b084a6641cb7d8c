from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnnotationsConfig(AppConfig):
    name = "annotations"
    verbose_name = _("Fact checks")

    def ready(self) -> None:
        from . import checks  # noqa: F401  registers them
