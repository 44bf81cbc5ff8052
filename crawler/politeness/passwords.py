"""Asks the program that an administrator named for a mailbox's password or token, and tells it to nobody."""

import subprocess

from crawler.errors import CrawlerError
from crawler.mailboxes import Mailbox

_LONGEST_WORDS = 200


class NoSecret(CrawlerError):
    """There is no password or token; a person must change something."""


def secret_of(mailbox: Mailbox, patience: float) -> str:
    """What opens the mailbox: the first line that `password_command` prints, else the given password.

    A token of OAuth 2.0 is good for an hour, so the program is asked at each look; `patience` in seconds.
    Raises NoSecret.
    """
    if mailbox.password_command:
        return _ask(mailbox.password_command, patience)
    if mailbox.password is None:
        raise NoSecret(f"no password; set {mailbox.password_variable}")
    return mailbox.password


def _ask(command: tuple[str, ...], patience: float) -> str:
    name = f"password_command {command[0]!r}"
    try:
        ended = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=patience, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise NoSecret(f"{name} did not end within {patience:g} seconds") from error
    except (OSError, ValueError) as error:
        raise NoSecret(f"{name} cannot be run: {error}") from error
    if ended.returncode:
        words = " ".join(ended.stderr.decode("utf-8", "replace").split())[:_LONGEST_WORDS]
        raise NoSecret(f"{name} ended with {ended.returncode}{f': {words}' if words else ''}")
    secret = next(iter(ended.stdout.decode("utf-8", "replace").splitlines()), "").strip()
    if not secret:
        raise NoSecret(f"{name} printed nothing; its first line must be the password or token")
    return secret
