"""Taking articles in: how many a second, with their sentences and figures, and what memory it takes."""

import os
import random
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from django.db import connections

from annotations.importing import import_article
from annotations.models import User
from annotations.text.quantities import figures
from annotations.text.segmentation import sentences
from tests.bench.database import editor

ARTICLES = 200 if "--quick" in sys.argv else 1_000
WORDS = 600
CORES = 2
# Of which sentences are made: what news is made of, figures in every third.
OPENINGS = [
    "Le ministre a annoncé", "La région confirme", "Selon l’Insee, on compte", "L’entreprise prévoit",
    "Les syndicats dénoncent", "D’après le rapport, il faudrait", "M. Martin, le maire, attend",
    "La Cour des comptes relève",
]  # fmt: skip
FIGURES = [
    "14,3 milliards d’euros", "près de 40\u202f000 emplois", "une hausse de 3,2 %", "deux tiers des voix",
    "de 12 à 15 M€", "une dizaine de sites", "mille deux cents logements", "un Français sur trois",
]  # fmt: skip
ENDINGS = [
    "au premier trimestre 2026", "depuis l’an dernier", "dans les écoles de la ville",
    "malgré les réserves de l’opposition, qui demande un débat", "avant le 14 juillet 2025",
    "pour les ménages les plus modestes", "et la suite reste à écrire", "selon plusieurs sources",
]  # fmt: skip


def text(number: int) -> str:
    """An article of some 600 words, in paragraphs, none like another."""
    chance = random.Random(number)
    paragraphs, words = [], 0
    while words < WORDS:
        lines = [
            f"{chance.choice(OPENINGS)} {chance.choice(FIGURES)} {chance.choice(ENDINGS)}, "
            f"dossier {chance.randrange(10**6)}."
            for _ in range(chance.randrange(2, 6))
        ]
        paragraphs.append(" ".join(lines))
        words += sum(len(line.split()) for line in lines)
    return "\n\n".join(paragraphs)


def take_in(numbers: range) -> tuple[int, int]:
    """Import these articles and read them through; sentences found, and peak memory in MB."""
    connections.close_all()
    by = User.objects.get(username="bench")
    found = 0
    for number in numbers:
        edition = import_article(
            text(number),
            by=by,
            headline=f"Article {number}",
            address=f"https://i.example/{number}",
        ).edition
        for block in edition.layout:
            for span in sentences(edition.text, block.span):
                figures(span.of(edition.text), language="fr")
                found += 1
    connections.close_all()
    return found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    editor()
    connections.close_all()
    with ProcessPoolExecutor(CORES) as pool:
        warm = [range(-n * 10 - 10, -n * 10) for n in range(CORES)]
        before = max(memory for _, memory in pool.map(take_in, warm))
        began = time.perf_counter()
        size = ARTICLES // (CORES * 4)
        shares = [range(start, start + size) for start in range(0, ARTICLES, size)]
        rows = list(pool.map(take_in, shares))
        seconds = time.perf_counter() - began
    print(
        f"{ARTICLES} articles of {WORDS} words, {sum(n for n, _ in rows)} sentences, "
        f"{CORES} of {os.cpu_count()} cores: {ARTICLES / seconds:.0f}/s     aim ≥ 40\n"
        f"memory of a process: {before} MB after 20 articles, "
        f"{max(memory for _, memory in rows)} MB after all     aim: flat"
    )
