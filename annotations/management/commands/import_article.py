import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from annotations import importing, receiving
from annotations.forms import ArticleForm, IncomingDetailsForm
from annotations.forms.intakes import DOUBTS
from annotations.models import User
from annotations.models.people import Language
from annotations.receiving import problems
from annotations.receiving.reading import Found, fetch_page, read_file, read_page
from annotations.recognising import article_at, nearest
from annotations.text.addresses import BadAddress, canonical
from annotations.text.cleaning import NotText, decode
from annotations.text.syndication import shortened

ADDED, NEXT, SKIPPED, REFUSED = "added", "next version", "here already", "refused"


class Command(BaseCommand):
    help = (
        "Keep articles: from addresses, from files (.txt, .html, .docx, .pdf, .srt, .vtt), or "
        "one text from standard input. Nobody reviews them: blocks that may be no part of the "
        "article are left out, and named. Can be stopped and repeated: what is here is skipped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "what", nargs="*", help="Addresses and files, or - for standard input."
        )
        parser.add_argument(
            "--from-list", metavar="FILE", help="A file with an address or file a line."
        )
        parser.add_argument(
            "--again",
            action="store_true",
            help="Fetch what is here too; another text becomes the next version.",
        )
        parser.add_argument("--by", required=True, help="User name of the editor.")
        parser.add_argument("--headline", help="Else that of the page or file.")
        parser.add_argument("--address", default="", help="Where it was published.")
        parser.add_argument("--outlet", default="")
        parser.add_argument("--author", default="", help="Who signed it.")
        parser.add_argument("--date", default="", help="Of publication: 2026-01-31.")
        parser.add_argument("--language", choices=Language.values)
        parser.add_argument("--why", default="", help="Why it is checked.")

    def handle(self, **options: Any) -> None:
        try:
            by = User.objects.get(username=options["by"])
        except User.DoesNotExist as none:
            raise CommandError(f"There is no user “{options['by']}”.") from none
        if not by.has_perm("annotations.add_article"):
            raise CommandError(f"{by.username} may not add articles.")
        what = [*options["what"]]
        if options["from_list"]:
            what += self._lines(options["from_list"])
        if not what:
            raise CommandError("Name addresses or files, or a list of them.")
        given = {
            "headline": options["headline"] or "",
            "address": options["address"],
            "outlet": options["outlet"],
            "byline": options["author"],
            "published_on": options["date"],
            "language": options["language"] or "",
            "selected_because": options["why"],
        }
        with pghistory.context(user=by.pk, command="import_article"):
            if len(what) == 1 and (what[0] == "-" or what[0].endswith(".txt")):
                self._one_text(what[0], given, by=by)
            else:
                self._many(what, given, by=by, again=options["again"])

    def _one_text(self, name: str, given: dict[str, str], *, by: User) -> None:
        text = self._text(name)
        headline = given["headline"]
        if not headline:
            headline, _, text = text.strip().partition("\n")
        form = ArticleForm(
            given
            | {
                "headline": headline.removeprefix("# "),
                "text": text,
                "language": given["language"] or Language.FRENCH,
            }
        )
        if not form.is_valid():
            raise CommandError(self._faults(form))
        imported = importing.import_article(
            form.cleaned_data["text"], by=by, **form.described()
        )
        receiving.settle([imported.article.address], imported.article, by=by)
        self.stdout.write(self._outcome(imported)[1])

    def _many(
        self, what: list[str], given: dict[str, str], *, by: User, again: bool
    ) -> None:
        if len(what) > 1 and (given["headline"] or given["address"]):
            raise CommandError("A headline or an address is of one article alone.")
        if "-" in what:
            raise CommandError("Standard input is one text; import it alone.")
        counts: Counter[str] = Counter()
        with tqdm(what, unit="", disable=None, file=sys.stderr) as bar:
            for each in bar:
                outcome, sentence = self._one(each, given, by=by, again=again)
                counts[outcome] += 1
                with tqdm.external_write_mode(file=sys.stderr):
                    self.stdout.write(f"{each}: {sentence}")
        names = [name for name in (ADDED, NEXT, SKIPPED, REFUSED) if counts[name]]
        self.stdout.write(", ".join(f"{counts[name]} {name}" for name in names) + ".")
        if counts[REFUSED]:
            raise CommandError(f"Not imported: {counts[REFUSED]} of {len(what)}.")

    def _one(
        self, each: str, given: dict[str, str], *, by: User, again: bool
    ) -> tuple[str, str]:
        """What has become of one address or file, and a sentence about it."""
        try:
            if each.lower().startswith(("http://", "https://")):
                address = canonical(each)
                there = article_at([address])
                if there and not again:
                    return SKIPPED, f"Here already: “{there}” (number {there.pk})."
                found = read_page(fetch_page(address))
            else:
                found = read_file(Path(each).name, Path(each).read_bytes())
            return self._keep(found, given, by=by, otherwise=Path(each).stem)
        except problems.CannotRead as failure:
            return REFUSED, problems.sentence(failure.problem, failure.status)
        except (BadAddress, importing.ImportRefused, CommandError) as refusal:
            return REFUSED, str(refusal)
        except OSError as error:
            return REFUSED, f"cannot be read: {error.strerror}."

    def _keep(
        self, found: Found, given: dict[str, str], *, by: User, otherwise: str
    ) -> tuple[str, str]:
        extracted = found.extracted
        known: dict[str, Any] = {
            "headline": shortened(extracted.headline or otherwise, 300),
            "address": found.address,
            "outlet": shortened(extracted.outlet, 200),
            "byline": shortened(extracted.byline, 200),
            "published_on": extracted.published_on,
            "language": extracted.language or Language.FRENCH,
        }
        said = {name: value for name, value in given.items() if value}
        form = IncomingDetailsForm(known | said)
        if not form.is_valid():
            raise CommandError(self._faults(form))
        details = form.described()
        kept = [block for block in extracted.blocks if not block.doubt]
        text = "\n\n".join(block.text for block in kept)
        addresses = [details["address"], *found.aliases]
        near = None if article_at(addresses) else nearest(text)
        imported = importing.import_article(
            kept, by=by, aliases=found.aliases, **details
        )
        receiving.settle(addresses, imported.article, by=by)
        outcome, sentence = self._outcome(imported)
        dropped = [block for block in extracted.blocks if block.doubt]
        lines = [
            f"  left out, as {DOUBTS.get(block.doubt, block.doubt)}: “{shortened(block.text, 70)}”"
            for block in dropped
            if imported.is_new_edition
        ]
        if near and imported.is_new_article:
            lines.append(
                f"  much like “{near.edition.article}” (number {near.edition.article_id})"
            )
        return outcome, "\n".join([sentence, *lines])

    @staticmethod
    def _outcome(imported: importing.Imported) -> tuple[str, str]:
        article = f"“{imported.article}” (number {imported.article.pk})"
        if imported.is_new_article:
            return ADDED, f"Added {article}."
        if imported.is_new_edition:
            return NEXT, f"Added version {imported.edition.number} of {article}."
        return SKIPPED, f"Nothing new: {article} has this very text."

    @staticmethod
    def _faults(form: IncomingDetailsForm) -> str:
        return "\n".join(
            f"{name}: {error}"
            for name, errors in form.errors.items()
            for error in errors
        )

    @staticmethod
    def _lines(name: str) -> list[str]:
        try:
            text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")
        except OSError as error:
            raise CommandError(f"{name} cannot be read: {error.strerror}.") from error
        found = [line.strip() for line in text.splitlines()]
        return [line for line in found if line and not line.startswith("#")]

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
