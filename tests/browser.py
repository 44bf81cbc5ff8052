"""Finds a Chromium for the tests, or installs one; nothing is ever skipped for want of a browser."""

import os
import shutil
import subprocess
import sys
from functools import cache

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = ("--headless", "--no-sandbox", "--disable-background-networking", "--disable-gpu")


@cache
def find_chromium() -> str | None:
    """The path of a Chromium or Chrome of the system; None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def ensure_chromium() -> str:
    """The path of a browser, installed if need be. Raises RuntimeError where that fails.

    Debian's package where apt-get and root are there, else Playwright's own Chromium.
    """
    if found := find_chromium() or _playwrights_own():
        return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        _run("apt-get", "update", "--quiet")
        _run("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium")
    else:
        _run(sys.executable, "-m", "playwright", "install", "chromium")
    find_chromium.cache_clear()
    if found := find_chromium() or _playwrights_own():
        return found
    raise RuntimeError("no Chromium: install chromium or google-chrome, and run the tests again")


def _playwrights_own() -> str | None:
    """The browser that Playwright installed for itself, if it did."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def _run(*command: str) -> None:
    try:
        subprocess.run(command, check=True, timeout=900)
    except (OSError, subprocess.SubprocessError) as error:
        raise RuntimeError(f"cannot install Chromium: {' '.join(command)}: {error}") from error


if __name__ == "__main__":
    print(ensure_chromium())
