from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from annotations.models import Article, Edition
from annotations.recognising import fingerprint, know_as

BATCH = 100


class Command(BaseCommand):
    help = (
        "Have articles from before be recognised by their addresses and words, as after an "
        "upgrade. Can be stopped and repeated: what is done is not done again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=BATCH, help="Texts at a time.")

    def handle(self, **options: Any) -> None:
        articles = Article.objects.filter(addresses=None).exclude(address="")
        known = 0
        for article in articles.only("pk", "address").iterator(chunk_size=1000):
            know_as(article, [article.address])
            known += 1
        waiting = Edition.objects.filter(fingerprint=None).order_by("pk").only("text")
        done = 0
        with tqdm(
            total=waiting.count(), unit=" versions", disable=None, file=self.stderr
        ) as bar:
            while some := list(waiting[: options["batch"]]):
                fingerprint(*some)
                done += len(some)
                bar.update(len(some))
        self.stdout.write(f"Addresses: {known}. Versions: {done}.")
