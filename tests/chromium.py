"""A Chromium for the browser tests: the one that is there, or one that can be had.

`python -m tests.chromium` makes sure of it, or fails and says why.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Error, Playwright, sync_playwright

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
# The fonts are for pages that show accents and emoji.
PACKAGES = ["chromium", "fonts-dejavu-core", "fonts-noto-color-emoji"]
# A browser that asks nobody but the page's own server.
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]


def executable(playwright: Playwright) -> str | None:
    """The path of a Chromium on this machine: CHROMIUM, the system's, or Playwright's own."""
    if named := os.environ.get("CHROMIUM"):
        return named
    for name in NAMES:
        if found := shutil.which(name):
            return found
    own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def problem() -> str:
    """Why no Chromium starts here, or nothing if one does."""
    with sync_playwright() as playwright:
        path = executable(playwright)
        if path is None:
            return "There is no Chromium on this machine."
        try:
            playwright.chromium.launch(executable_path=path, args=ARGUMENTS).close()
        except Error as error:
            return f"{path} does not start:\n{error.message}"
    return ""


def install() -> None:
    """Get one: Debian's where root may, else Playwright's own download."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["update", "-qq"],
            ["install", "-y", "-qq", "--no-install-recommends", *PACKAGES],
        ):
            subprocess.run(["apt-get", *command], env=quiet, check=False)
        if not problem():
            return
    subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"], check=False
    )


def main() -> int:
    why = problem()
    if why and "CHROMIUM" not in os.environ:
        print(f"{why} Installing one …", flush=True)
        install()
        why = problem()
    if why:
        print(
            f"The browser tests need a Chromium. {why}\n"
            "Install one, or set CHROMIUM to the path of one.",
            file=sys.stderr,
        )
    return 1 if why else 0


if __name__ == "__main__":
    sys.exit(main())
