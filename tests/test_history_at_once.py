"""Many people at once: every act that was acknowledged is in the history exactly once."""

import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction

from annotations import chain, highlighting, reviewing, workflow, writing
from annotations.models import Claim, ClaimStatus, HistoryEntry, HistoryLink
from annotations.refusals import Refusal
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 20


def at_once(*deeds) -> list[object]:
    """Each deed on a connection of its own, all let go together; what each gave, or refused."""
    start = Barrier(len(deeds))

    def do(deed) -> object:
        try:
            start.wait()
            return deed()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(do, deeds))


def test_twenty_save_the_same_claims_and_each_save_is_there_once(editor):
    claims = [make.claim(f"It is number {n}.", by=editor) for n in range(4)]
    before = HistoryEntry.objects.last().pk

    def save(person: int) -> list[tuple[int, int]]:
        """The versions that this person was told are saved."""
        done = []
        for turn in range(6):
            claim = Claim.objects.get(pk=claims[(person + turn) % 4].pk)
            try:
                saved = writing.write(
                    claim,
                    seen=claim.version,
                    by=editor,
                    statement=f"By {person} in turn {turn}.",
                    claimant=f"Claimant {turn}",
                    claimant_is_unknown=False,
                    claimed_on=None,
                    kind="event",
                    note="",
                )
            except Refusal:
                continue
            done.append((saved.pk, saved.version))
        return done

    acknowledged = at_once(*(lambda n=n: save(n) for n in range(PEOPLE)))

    told = Counter(act for acts in acknowledged for act in acts)
    written = Counter(
        (entry.row, entry.values["version"][1])
        for entry in HistoryEntry.objects.filter(
            table="annotations_claim", operation="update", pk__gt=before
        )
        if "version" in entry.values
    )
    assert sum(told.values()) >= 6
    assert max(told.values()) == 1
    assert written == told
    assert chain.verify().number == HistoryEntry.objects.count()


def test_verdicts_steps_and_highlights_at_once_neither_lock_up_nor_get_lost():
    judged = [
        make.claim(f"It is so {n}.", status=ClaimStatus.IN_REVIEW) for n in range(3)
    ]
    ratings = make.ratings()
    edition = make.edition(" ".join(f"Sentence {n:02d} is here." for n in range(30)))
    people = [make.user(None, "editors", "reviewers") for _ in range(PEOPLE)]
    before = HistoryEntry.objects.last().pk

    def work(number: int):
        person, claim = people[number], judged[number % 3]

        def deed() -> object:
            if number % 4 == 0:
                span = make.span(edition, f"Sentence {number // 2:02d}")
                return highlighting.highlight(edition, span, by=person).claim.pk
            if number % 4 == 1:
                return workflow.move(
                    claim, ClaimStatus.OPEN, by=person, reason="Not yet."
                )
            rating = ratings["true" if number % 4 == 2 else "false"]
            return reviewing.give_verdict(claim, rating, reason="Seen.", by=person)

        return deed

    done = [
        one
        for one in at_once(*(work(n) for n in range(PEOPLE)))
        if not isinstance(one, Refusal)
    ]

    entries = list(HistoryEntry.objects.filter(pk__gt=before))
    tables = Counter(entry.table for entry in entries if entry.operation == "insert")
    acts = Counter(type(one).__name__ for one in done)
    assert acts["int"] == tables["annotations_claim"] == 5
    assert acts["Verdict"] == tables["annotations_verdict"]
    # A unanimous round takes its step by itself.
    decided = tables["annotations_decision"]
    assert acts["Transition"] + decided == tables["annotations_transition"]
    links = HistoryLink.objects.count()
    assert chain.verify().number == links == HistoryEntry.objects.count()


def test_what_is_committed_is_chained_and_what_is_rolled_back_is_not(editor):
    claim = make.claim(by=editor)
    before = chain.verify().number

    with pytest.raises(ZeroDivisionError):
        at_once(lambda: _fail(claim))

    assert chain.verify().number == before == HistoryEntry.objects.count()


def _fail(claim: Claim) -> None:
    with transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(note="Psst.")
        raise ZeroDivisionError


def test_the_chain_is_verified_while_others_write(editor):
    edition = make.edition(" ".join(f"Sentence {n:02d} is here." for n in range(40)))

    def write() -> int:
        for number in range(40):
            span = make.span(edition, f"Sentence {number:02d}")
            highlighting.highlight(edition, span, by=editor)
        return 0

    def read() -> int:
        return max(chain.verify().number for _ in range(8))

    seen = at_once(write, read, read)

    assert chain.verify().number >= max(seen)


def test_manage_py_tells_the_database_which_command_it_runs():
    make.newsroom()
    said = connection.settings_dict
    address = f"postgresql://{said['USER']}:{said['PASSWORD']}@/{said['NAME']}"
    query = urlencode({"host": said["HOST"], "port": said["PORT"] or 5432})

    subprocess.run(
        [
            sys.executable,
            "manage.py",
            "shell",
            "--no-imports",
            "-c",
            "from annotations.models import Newsroom; Newsroom.objects.update(name='Us')",
        ],
        env=os.environ | {"DEBUG": "1", "DATABASE_URL": f"{address}?{query}"},
        cwd=Path(__file__).parent.parent,
        check=True,
    )

    entry = HistoryEntry.objects.filter(table="annotations_newsroom").last()
    assert entry.values == {"name": ["The Daily Check", "Us"]}
    assert (entry.origin, entry.place, entry.by) == ("command", "shell", None)
