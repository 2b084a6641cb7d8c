from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations import learning
from annotations.models import User


class Command(BaseCommand):
    help = (
        "Have the detector of suggestions learn from what was accepted and rejected, "
        "and say how much better it ranks; what is no better is refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", help="User name of who answers for it.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Only say how much better it is."
        )
        parser.add_argument(
            "--revert", action="store_true", help="Go back to what it knew before."
        )

    def handle(self, **options: Any) -> None:
        by = User.objects.filter(username=options["by"], is_active=True).first()
        if by is None and not options["dry_run"]:
            raise CommandError("Say who answers for it: --by and a user name.")
        try:
            if options["revert"] and by:
                with pghistory.context(user=by.pk, command="fit_detector"):
                    before = learning.revert(by=by)
                self.stdout.write(f"In use: {before or 'the weights it came with'}.")
                return
            weights, report = learning.tried()
            self._tell(report)
            if report.refusal and options["dry_run"]:
                self.stdout.write(learning.why_not(report))
            elif by and not options["dry_run"]:
                with pghistory.context(user=by.pk, command="fit_detector"):
                    kept = learning.keep(weights, report, by=by)
                self.stdout.write(f"In use: {kept}.")
                self.stdout.write("manage.py suggest --all reads every text by it.")
        except learning.LearningRefused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _tell(self, report: Any) -> None:
        self.stdout.write(
            f"Answers: {report.examples} ({report.accepted} accepted) "
            f"in {report.documents} articles."
        )
        for label, measure in (
            ("Average precision on the desk's answers", report.desk),
            ("Accepted ones in the top fifth", report.desk_top_fifth),
            ("Average precision on the corpus", report.corpus),
        ):
            self.stdout.write(f"{label}: {measure.before:.3f} → {measure.after:.3f}")
