from typing import Any

from django.core.management.base import BaseCommand

from annotations.measuring import read_figures
from annotations.models import Claim


class Command(BaseCommand):
    help = "Read the figures of every claim anew, as after an upgrade. Can be repeated."

    def handle(self, **options: Any) -> None:
        claims = Claim.objects.order_by("pk").only("pk", "statement")
        numbers = [read_figures(claim) for claim in claims.iterator(chunk_size=500)]
        self.stdout.write(f"Claims: {len(numbers)}. Figures: {sum(numbers)}.")
