import sys
from pathlib import Path
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations import importing
from annotations.forms import ArticleForm
from annotations.models import User
from annotations.models.people import Language
from annotations.text.cleaning import NotText, decode


class Command(BaseCommand):
    help = "Keep the text of an article, from a file or from standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="A text file, or - for standard input.")
        parser.add_argument("--by", required=True, help="User name of the editor.")
        parser.add_argument("--headline", help="Else the first line of the text.")
        parser.add_argument("--address", default="", help="Where it was published.")
        parser.add_argument("--outlet", default="")
        parser.add_argument("--author", default="", help="Who signed it.")
        parser.add_argument("--date", default="", help="Of publication: 2026-01-31.")
        parser.add_argument(
            "--language", choices=Language.values, default=Language.FRENCH.value
        )
        parser.add_argument("--why", default="", help="Why it is checked.")

    def handle(self, **options: Any) -> None:
        try:
            by = User.objects.get(username=options["by"])
        except User.DoesNotExist as none:
            raise CommandError(f"There is no user “{options['by']}”.") from none
        if not by.has_perm("annotations.add_article"):
            raise CommandError(f"{by.username} may not add articles.")
        text = self._text(options["file"])
        headline = options["headline"]
        if headline is None:
            headline, _, text = text.strip().partition("\n")
        form = ArticleForm(
            {
                "headline": headline.removeprefix("# "),
                "text": text,
                "address": options["address"],
                "outlet": options["outlet"],
                "byline": options["author"],
                "published_on": options["date"],
                "language": options["language"],
                "selected_because": options["why"],
            }
        )
        if not form.is_valid():
            raise CommandError(
                "\n".join(
                    f"{name}: {error}"
                    for name, errors in form.errors.items()
                    for error in errors
                )
            )
        with pghistory.context(user=by.pk, command="import_article"):
            imported = importing.import_article(
                form.cleaned_data["text"], by=by, **form.described()
            )
        article = f"“{imported.article}” (number {imported.article.pk})"
        if imported.is_new_article:
            self.stdout.write(f"Added {article}.")
        elif imported.is_new_edition:
            self.stdout.write(f"Added version {imported.edition.number} of {article}.")
        else:
            self.stdout.write(f"Nothing new: {article} has this very text.")

    @staticmethod
    def _text(name: str) -> str:
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            raise CommandError(f"{name} cannot be read: {error.strerror}.") from error
        try:
            return decode(data)
        except NotText as error:
            raise CommandError(f"{name}: {error}") from error
