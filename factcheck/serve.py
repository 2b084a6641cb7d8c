"""`make run`: all of Factcheck on this machine, until Ctrl-C.

One process prepares the database with a single start of Django, then looks after the web
server and the task worker. Whatever ends it ends them too.
"""

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from io import StringIO
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

CHECKOUT = Path(__file__).resolve().parent.parent
DEMO = CHECKOUT / "fixtures" / "demo.json"
# An article that was changed after it was checked; it needs the people of the demo.
VERSIONS = CHECKOUT / "fixtures" / "demo_versions.json"
# Of the people in the demo. They exist nowhere else, and the server listens on loopback.
DEMO_PASSWORD = "factcheck-demo"  # noqa: S105

HOST = "127.0.0.1"
# Measured on two cores: more threads wait for each other, more workers for a core.
WORKERS = 2
THREADS = 1
# Connections a worker accepts at a time, idle ones of browsers included.
BACKPRESSURE = 128
APPLICATION = "factcheck.wsgi:application"
# Somebody waits for the suggestions of an article that was pasted just now.
WORKER_OPTIONS = [
    "--queue-name=*",
    "--no-startup-delay",
    "--no-reload",
    "--interval=0.2",
]
SECONDS_TO_END = 5


class CannotRun(Exception):
    """What is in the way, and what to do about it, in a sentence."""


def main() -> int:
    """Run until a signal ends it; the exit status."""
    # Ctrl-C as well: a shell has what it starts in the background ignore that.
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    try:
        port = free_port(os.environ.get("PORT", "8000"))
        if os.environ.get("DEBUG") == "1":
            # So that the links of mails lead here.
            os.environ.setdefault("SITE_ADDRESS", f"http://localhost:{port}")
        prepare()
        with running(port) as processes:
            while not answers(port):
                check(processes)
            tell("", f"Factcheck is at http://localhost:{port}/", *log_ins())
            tell("Ctrl-C ends it.")
            while True:
                check(processes)
    except KeyboardInterrupt:
        tell("", "Factcheck has ended. What was entered is kept.")
        return 0
    except (CannotRun, ImproperlyConfigured) as reason:
        sys.stderr.write(f"\n{reason}\n")
        return 1


def tell(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


def free_port(wanted: str) -> int:
    """The port's number, if nothing listens there."""
    try:
        port = int(wanted)
        with socket.socket() as probe:
            # What a server that has just ended leaves behind is no hindrance.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
    except (ValueError, OverflowError) as error:
        raise CannotRun(f"PORT is {wanted!r}, and not a number up to 65535.") from error
    except PermissionError as error:
        raise CannotRun(
            f"Port {port} is kept for the system. Use another one: make run PORT=8001"
        ) from error
    except OSError as error:
        other = port + 1 if port < 65535 else 8000
        raise CannotRun(
            f"Port {port} is taken, maybe by a Factcheck that runs already. "
            f"End that, or use another port: make run PORT={other}"
        ) from error
    return port


def prepare() -> None:
    """Everything that has to be there before the first request."""
    if not os.environ.get("DATABASE_URL"):
        if os.environ.get("DEBUG") != "1":
            raise CannotRun("Set the environment variable DATABASE_URL.")
        from factcheck.embedded import HOME, database_url

        if not HOME.exists():
            tell("Making a database in .postgres (once, a few seconds) …")
        os.environ["DATABASE_URL"] = database_url()  # for the processes to come
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    django.setup()

    import pghistory
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.db import OperationalError, connection

    try:
        is_new = not connection.introspection.table_names()
    except OperationalError as error:
        raise CannotRun(
            f"The database of DATABASE_URL does not answer: {error}"
        ) from error
    if is_new:
        tell("Making the tables …")
    call_command("migrate", interactive=False, verbosity=0)
    if not get_user_model().objects.exists():
        if DEMO.exists():
            tell("Loading the demo …")
            with pghistory.context(command="loaddata"):
                call_command("loaddata", DEMO, VERSIONS, verbosity=0)
        else:
            tell(f"There is no demo to load ({DEMO.relative_to(CHECKOUT)}).")
    # Should the worker's chain of rounds have broken, it begins again.
    call_command("watch_feeds", start=True, verbosity=0)
    # Of the demo, and of what came in before there were suggestions.
    call_command("suggest", all=True, later=True, verbosity=0, stdout=StringIO())
    if not settings.DEBUG:
        # While developing, static files are served from where they are written.
        tell("Collecting static files …")
        call_command("collectstatic", interactive=False, verbosity=0)
    connection.close()


def log_ins() -> Iterator[str]:
    """A line for each role, with those of the demo who have it."""
    from django.contrib.auth import get_user_model

    if not DEMO.exists():
        return
    names = [
        record["fields"]["username"]
        for record in json.loads(DEMO.read_text())
        if record["model"] == "annotations.user"
    ]
    people = get_user_model().objects.filter(username__in=names, is_active=True)
    for role in ("editors", "reviewers", "moderators"):
        found = people.filter(groups__name=role).order_by("pk")
        if found:
            who = ", ".join(person.get_username() for person in found)
            yield f"  {role:<12}{who:<18}{DEMO_PASSWORD}"


@contextmanager
def running(port: int) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """The server and the worker, which end when the block does."""
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        processes["web server"] = start("granian", *server_options(port), APPLICATION)
        processes["task worker"] = start("django", "db_worker", *WORKER_OPTIONS)
        yield processes
    finally:
        for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(ending, signal.SIG_IGN)  # it is ending
        for process in processes.values():
            process.terminate()
        for process in processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(SECONDS_TO_END)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # it or what it left


def server_options(port: int) -> list[str]:
    options = {
        "interface": "wsgi",
        "host": HOST,
        "port": port,
        "workers": WORKERS,
        "blocking-threads": THREADS,
        "backpressure": BACKPRESSURE,
        "workers-kill-timeout": SECONDS_TO_END - 1,
        "log-level": "warning",
    }
    return ["--no-ws", *(f"--{name}={value}" for name, value in options.items())]


def start(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for this process, which ends the others
        preexec_fn=_end_with_the_parent if sys.platform == "linux" else None,
    )


def _end_with_the_parent() -> None:
    """Have the kernel end this process should its parent be killed."""
    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def check(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    """Wait a moment, and refuse to go on without one of them."""
    time.sleep(0.1)
    for name, process in processes.items():
        if (status := process.poll()) is not None:
            raise CannotRun(
                f"The {name} ended by itself, with status {status}: see above."
            )


def answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        connection.getresponse()
    except OSError:
        return False
    finally:
        connection.close()
    return True


if __name__ == "__main__":
    sys.exit(main())
