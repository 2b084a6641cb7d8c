"""What the history costs a highlight, what it does to twenty writers, and how fast it is verified."""

import random
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pghistory
from django.core.management import call_command
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations import chain, replaying
from annotations.highlighting import highlight
from annotations.importing import import_article
from annotations.models import Claim, HistoryLink, User
from annotations.text.spans import Span
from tests.bench import database

SENTENCE = "Le ministre a annoncé {} millions d’euros de plus pour l’école publique."
WRITERS = 20
CLAIMS = 500
ENTRIES = 100_000
# Recorded and chained; chained not; not even recorded.
RECORDED = "history_is_kept"
CHAINED = "history_is_chained"


def switch(name: str, *, on: bool) -> None:
    """Let the triggers of this name run on every table, or not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [name]
        )
        for (table,) in cursor.fetchall():
            state = "ENABLE" if on else "DISABLE"
            cursor.execute(f"ALTER TABLE {table} {state} TRIGGER {name}")


def clock() -> Callable[[], float]:
    """Seconds that the server has computed for this connection, or else seconds that passed.

    What others do on the machine meanwhile is not in the first, which Linux counts.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        counted = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    if not counted.exists():
        return time.perf_counter
    return lambda: int(counted.read_text().split()[0]) / 1e9


def cost(user: User) -> None:
    """A highlight with the history and without, in turns, on an article of usual length."""
    edition = import_article(
        "\n\n".join(SENTENCE.format(number) for number in range(100, 800)),
        by=user,
        headline="What a highlight costs",
        address="https://b.example/cost",
    ).edition
    numbers = list(range(100, 800))
    random.Random(4).shuffle(numbers)
    took: dict[str, list[float]] = {"without": [], "recorded": [], "with": []}
    now = clock()
    for _ in range(6):
        for name, seconds in took.items():
            switch(RECORDED, on=name != "without")
            switch(CHAINED, on=name == "with")
            for turn in range(36):
                words = f"{numbers.pop()} millions"
                at = edition.text.index(words)
                began = now()
                with pghistory.context(user=user.pk, place="annotations:highlight"):
                    highlight(edition, Span(at, at + len(words)), by=user)
                if turn > 9:
                    seconds.append(now() - began)
    switch(RECORDED, on=True)
    switch(CHAINED, on=True)
    ms = {name: statistics.median(seconds) * 1000 for name, seconds in took.items()}
    print(
        f"highlight, computed by the server: {ms['without']:.2f} ms without history, "
        f"{ms['recorded']:.2f} recorded, {ms['with']:.2f} chained"
    )


def writers() -> None:
    """Saves a second by twenty connections, each of its own claim."""
    claims = list(Claim.objects.order_by("pk").values_list("pk", flat=True)[:WRITERS])

    def save(pk: int) -> None:
        try:
            for turn in range(30):
                Claim.objects.filter(pk=pk).update(note=f"{time.time()} {turn}")
        finally:
            connection.close()

    rates = {}
    for name in ("without", "recorded", "with"):
        switch(RECORDED, on=name != "without")
        switch(CHAINED, on=name == "with")
        began = time.perf_counter()
        with ThreadPoolExecutor(WRITERS) as threads:
            list(threads.map(save, claims))
        rates[name] = 30 * WRITERS / (time.perf_counter() - began)
    print(
        f"{WRITERS} writers: {rates['without']:.0f} saves/s without history, "
        f"{rates['recorded']:.0f} recorded, {rates['with']:.0f} chained"
    )


def verification() -> None:
    """Everything that the bench has written so far, filled up to a hundred thousand."""
    with connection.cursor() as cursor:
        # What the runs above have written with the chain switched off is not to be verified.
        cursor.execute("SET session_replication_role = replica")
        for table in ("entry", "link", "head"):
            cursor.execute(f"TRUNCATE annotations_history{table}")
        cursor.execute("RESET session_replication_role")
        began = time.perf_counter()
        for turn in range(ENTRIES // CLAIMS):
            cursor.execute(
                "UPDATE annotations_claim SET note = %s WHERE id IN "
                "(SELECT id FROM annotations_claim ORDER BY id DESC LIMIT %s)",
                [f"Turn {turn} of « many », with words of the usual length.", CLAIMS],
            )
        seconds = time.perf_counter() - began
    print(f"{ENTRIES} changes of {CLAIMS} claims written       {seconds:7.1f} s")
    began = time.perf_counter()
    intact = chain.verify()
    seconds = time.perf_counter() - began
    assert intact.number == HistoryLink.objects.count() >= ENTRIES
    print(
        f"{intact.number} entries verified                    {seconds:7.1f} s     aim < 60"
    )
    began = time.perf_counter()
    _states, told = replaying.replay("annotations_claim")
    seconds = time.perf_counter() - began
    assert told
    print(f"their claims told again from the first entry on {seconds:7.1f} s")


def page(user: User) -> None:
    """The story of a claim with two hundred entries, among five hundred such claims."""
    client = Client()
    client.force_login(user)
    pk = Claim.objects.order_by("-pk").values_list("pk", flat=True)[0]
    took = []
    for query in ("", "?all=1"):
        for _ in range(5):
            reset_queries()
            with CaptureQueriesContext(connection) as asked:
                began = time.perf_counter()
                answer = client.get(
                    f"/claims/{pk}/story/{query}", headers={"host": "localhost"}
                )
                took.append(time.perf_counter() - began)
            assert answer.status_code == 200, answer.status_code
        print(
            f"story{query:7}: {statistics.median(took) * 1000:5.0f} ms, {len(asked)} queries"
        )
        took.clear()


def main() -> None:
    # The story's page names static files by their digests.
    call_command("collectstatic", verbosity=0, interactive=False)
    user = database.editor()
    cost(user)
    writers()
    verification()
    page(user)
