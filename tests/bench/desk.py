"""The desk: its pages with few and many passages, and a highlight beside a minimal view."""

import gzip
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.core.management import call_command
from django.db import connection
from django.test import Client

from annotations.importing import import_article
from annotations.models import Appearance, Claim, Edition, User
from tests.bench.database import editor
from tests.bench.minimal import TABLE

QUICK = "--quick" in sys.argv
SIZES = [10, 5_000] if QUICK else [10, 100, 1_000, 5_000]
ROUNDS = 60 if QUICK else 200
PORT = 8199
ROOT = Path(__file__).parent.parent.parent
SENTENCE = "Le ministre a annoncé {} millions d’euros de plus pour l’école publique. "


def article(by: User, passages: int) -> Edition:
    """An article with so many passages; every other sentence is free to be highlighted."""
    count = max(600, passages + 600)
    lines = [SENTENCE.format(number) for number in range(count)]
    text = "\n\n".join("".join(lines[n : n + 6]).strip() for n in range(0, count, 6))
    edition = import_article(
        text,
        by=by,
        headline=f"{passages} passages",
        address=f"https://b.example/{passages}",
    ).edition
    claims = Claim.objects.bulk_create(
        [Claim(created_by=by, statement=f"Claim {n}") for n in range(passages)]
    )
    rows, at = [], 0
    for number, claim in enumerate(claims):
        quote = f"{number} millions d’euros"
        at = edition.text.index(f" {quote}", at) + 1
        rows.append(
            Appearance(
                claim=claim,
                edition=edition,
                start=at,
                end=at + len(quote),
                quote=quote,
                added_by=by,
            )
        )
    Appearance.objects.bulk_create(rows)
    return edition


@contextmanager
def server():
    """The server as `make run` starts it: two workers with one thread each."""
    began = time.perf_counter()
    options = ["--interface=wsgi", f"--port={PORT}", "--host=127.0.0.1", "--no-ws"]
    options += ["--workers=2", "--blocking-threads=1", "--log-level=warning"]
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", *options, "factcheck.wsgi:application"],
        cwd=ROOT,
    )
    try:
        while time.perf_counter() - began < 60:
            try:
                ask("GET", "/methode/", {})
                break
            except OSError:
                time.sleep(0.02)
        yield time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(20)


class Asking:
    """One connection that is kept open, as a browser keeps it."""

    def __init__(self) -> None:
        self.connection = HTTPConnection("127.0.0.1", PORT, timeout=60)

    def ask(self, method, path, headers, body=None) -> tuple[int, bytes, float]:
        began = time.perf_counter()
        self.connection.request(method, path, body, {"Host": "localhost", **headers})
        answer = self.connection.getresponse()
        data = answer.read()
        return answer.status, data, time.perf_counter() - began


def ask(method, path, headers, body=None):
    return Asking().ask(method, path, headers, body)


def cookies(user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    token = "b" * 32
    return {
        "Cookie": f"sessionid={session}; csrftoken={token}",
        "X-CSRFToken": token,
        "HX-Request": "true",
        "Content-Type": "application/x-www-form-urlencoded",
    }


def highlighting(edition: Edition, number: int) -> tuple[str, str]:
    """The request that a browser sends for the sentence of this number."""
    quote = SENTENCE.format(number).strip()
    block = number // 6
    layout = edition.layout[block].span
    before = edition.text[layout.start : edition.text.index(quote, layout.start)]
    form = {
        "desk": edition.pk,
        "quote": quote,
        "before": before,
        "after": "",
        "first_block": block,
        "last_block": block,
    }
    return f"/articles/{edition.article_id}/highlight/", urlencode(form)


def main() -> None:
    call_command("collectstatic", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    user = editor()
    editions = {size: article(user, size) for size in SIZES}
    headers = cookies(user)
    with server() as cold:
        print(f"cold start, to the first answer            {cold:7.2f} s")
        desks(editions, headers)
        deeds(editions, headers)
        browsing(editions, headers)
    fittings()


def desks(editions: dict[int, Edition], headers: dict[str, str]) -> None:
    plain = {"Cookie": headers["Cookie"]}
    for size, edition in editions.items():
        took, data = [], b""
        for _ in range(6):
            status, data, seconds = ask(
                "GET", f"/articles/{edition.article_id}/", plain
            )
            assert status == 200, status
            took.append(seconds)
        print(
            f"desk, {size:5} passages: server              "
            f"{statistics.median(took):7.3f} s   {len(data) / 1024:7.0f} KB, "
            f"{len(gzip.compress(data)) / 1024:.0f} KB compressed"
        )


def deeds(editions: dict[int, Edition], headers: dict[str, str]) -> None:
    free = iter(range(10, 600))
    small = editions[SIZES[0]]
    one = Asking()
    ours, least = [], []
    for _ in range(min(ROUNDS, 250)):
        path, body = highlighting(small, next(free))
        status, data, seconds = one.ask("POST", path, headers, body)
        assert status == 200 and b"hx-swap-oob" in data, (status, data[:300])
        ours.append(seconds)
        status, _, seconds = one.ask("POST", "/bench/note/", headers, body)
        assert status == 200, status
        least.append(seconds)
    ratio = statistics.median(ours) / statistics.median(least)
    print(
        f"highlight {statistics.median(ours) * 1000:.1f} ms, minimal view "
        f"{statistics.median(least) * 1000:.1f} ms: ratio     {ratio:7.2f}     aim ≤ 1.5"
    )
    rates = []
    jobs = [highlighting(small, next(free)) for _ in range(ROUNDS)]
    for paths in (jobs, [("/bench/note/", body) for _, body in jobs]):
        rates.append(rate(paths, headers))
    print(
        f"at 8 connections: {rates[0]:.0f}/s and {rates[1]:.0f}/s: ratio        "
        f"{rates[0] / rates[1]:7.2f}     aim ≥ 0.65"
    )
    for size in (SIZES[0], SIZES[-1]):
        edition, took = editions[size], []
        for number in range(size + 420, size + 450):
            took.append(one.ask("POST", *_swap(edition, number, headers))[2])
        print(
            f"highlight among {size:5} passages              {statistics.median(took) * 1000:7.1f} ms"
        )


def _swap(edition, number, headers):
    path, body = highlighting(edition, number)
    return path, headers, body


def rate(jobs: list[tuple[str, str]], headers: dict[str, str]) -> float:
    """Answers a second to these requests, sent over 8 connections."""

    def send(share: list[tuple[str, str]]) -> None:
        line = Asking()
        for path, body in share:
            status, *_ = line.ask("POST", path, headers, body)
            assert status == 200, status

    began = time.perf_counter()
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(send, [jobs[n::8] for n in range(8)]))
    return len(jobs) / (time.perf_counter() - began)


# Milliseconds from a click on the first passage until its claim is painted beside the text.
OPEN = """() => new Promise((done) => {
  const began = performance.now();
  const seen = new MutationObserver(() => {
    if (!document.getElementById("panel-title")) return;
    seen.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
  });
  seen.observe(document.body, { childList: true, subtree: true });
  document.querySelector("#reader .flag").click();
})"""


def browsing(editions: dict[int, Edition], headers: dict[str, str]) -> None:
    from playwright.sync_api import sync_playwright

    from tests.chromium import ARGUMENTS, executable

    session = headers["Cookie"].partition("sessionid=")[2].partition(";")[0]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=executable(playwright), args=ARGUMENTS
        )
        for size, edition in editions.items():
            usable, opened = [], []
            for _ in range(5):
                context = chromium.new_context(base_url=f"http://localhost:{PORT}")
                context.add_cookies(
                    [
                        {
                            "name": "sessionid",
                            "value": session,
                            "url": f"http://localhost:{PORT}",
                        }
                    ]
                )
                page = context.new_page()
                page.goto("/methode/")
                began = time.perf_counter()
                page.goto(f"/articles/{edition.article_id}/", wait_until="commit")
                page.locator("#show-keys:not([hidden])").wait_for()
                usable.append(time.perf_counter() - began)
                opened.append(page.evaluate(OPEN))
                context.close()
            aim = {10: "aim < 0.3", 5_000: "aim < 1.6"}.get(size, "")
            print(
                f"desk, {size:5} passages: usable in Chromium     {statistics.median(usable):7.3f} s     {aim}\n"
                f"      a click, and its claim is open          {statistics.median(opened) / 1000:7.3f} s"
            )
        chromium.close()


def fittings() -> None:
    names = [
        "annotations.css",
        "problem.js",
        "selection.js",
        "passages.js",
        "sources.js",
        "keys.js",
    ]
    files = [find(f"annotations/{name}") for name in names] + [
        find("django_htmx/htmx-2.min.js")
    ]
    size = sum(len(gzip.compress(Path(str(file)).read_bytes())) for file in files)
    print(
        f"CSS and JavaScript of the desk, compressed  {size / 1024:7.1f} KB    aim ≤ 100"
    )
