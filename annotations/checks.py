"""What `manage.py` makes sure of before it does anything."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.utils.module_loading import import_string


@register
def detector_is_there(app_configs: Sequence[Any] | None, **options: Any) -> list[Error]:
    """That the detector of suggestions can be imported, whatever it needs when it is used."""
    try:
        import_string(settings.FACTCHECK_DETECTOR)
    except ImportError as error:
        return [
            Error(
                f"FACTCHECK_DETECTOR names nothing that can be imported: {error}",
                hint="Write package.module.name, or leave it out for the detector of ours.",
                id="annotations.E001",
            )
        ]
    return []
