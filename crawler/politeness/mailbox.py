"""The door to a mailbox: brings new mail as bytes over IMAP4rev1, and changes nothing in it.

The server is the administrator's own choice, as a proxy is, and may stand on any network; TLS is
always verified, and left out only on this machine itself. Mail is read by `readers.newsletter`.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from crawler.errors import CrawlerError
from crawler.mailboxes import Mailbox, Security, SignIn, is_this_machine
from crawler.politeness.passwords import NoSecret, secret_of

FIRST_LOOK = 50  # mails of a mailbox that we have not seen before, or that was made anew
MOST_MAILS = 200  # of one look; the next begins after them
MOST_BYTES = 20 * 1024 * 1024  # of one look
LARGEST_MAIL = 5 * 1024 * 1024
SECONDS = 10.0  # of one look, after which no further mail is begun
PATIENCE = 8.0  # seconds for one word of the server

_SIZE = re.compile(rb"UID (\d+)[^()]*RFC822\.SIZE (\d+)|RFC822\.SIZE (\d+)[^()]*UID (\d+)")


class MailboxShut(CrawlerError):
    """The server does not let us in; a person must change something."""


class MailboxAway(CrawlerError):
    """The server does not answer, or not as one should; it may the next time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """New mail: each as (UID, bytes), the oldest first, and the position to go on from the next time.

    A position is "UIDVALIDITY:UID" of the last mail that was dealt with; `problems` are sentences.
    """

    letters: tuple[tuple[int, bytes], ...]
    position: str
    problems: tuple[str, ...] = ()


def fetch_post(mailbox: Mailbox, position: str | None, patience: float = PATIENCE) -> Post:
    """The mail that came since `position` (None: the newest there is); `patience` in seconds.

    Raises MailboxShut, MailboxAway.
    """
    try:
        with _open(mailbox, patience) as box:
            return _fetch_new(box, _read_position(position), monotonic() + SECONDS)
    except MailboxFolderSelectError as error:
        raise MailboxShut(f"there is no folder {mailbox.folder!r} in the mailbox ({_say(error)})") from error
    except ssl.SSLCertVerificationError as error:
        words = f"{mailbox.host} cannot prove who it is: {error.verify_message}; see ca_file in the settings"
        raise MailboxShut(words) from error
    except (OSError, EOFError, ImapToolsError, imaplib.IMAP4.error) as error:
        raise MailboxAway(f"the mail server {mailbox.host} does not answer: {_say(error)}") from error


def _say(error: BaseException) -> str:
    """What the server said, on one short line."""
    result = getattr(error, "command_result", None)
    told = result[1][0] if result and len(result) > 1 and result[1] else error
    text = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
    return " ".join(text.split())[:200] or type(error).__name__


@contextmanager
def _open(mailbox: Mailbox, patience: float) -> Iterator[BaseMailBox]:
    """The folder, opened for looking only (EXAMINE), so that not even a mail's flag "seen" is set."""
    try:
        secret = secret_of(mailbox, patience)
    except NoSecret as error:
        raise MailboxShut(str(error)) from error
    box = _connect(mailbox, patience)
    try:
        _log_in(box, mailbox, secret)
        box.folder.set(mailbox.folder, readonly=True)
        yield box
    finally:
        with suppress(OSError, ImapToolsError, imaplib.IMAP4.error):  # what we came for, we have
            box.logout()


def _connect(mailbox: Mailbox, patience: float) -> BaseMailBox:
    host, port = mailbox.host, mailbox.port
    if mailbox.security is Security.NONE:
        if not is_this_machine(host):
            raise MailboxShut(f"{host} is another machine: mail is never read without TLS from there")
        return MailBoxUnencrypted(host, port, timeout=patience)
    try:
        context = ssl.create_default_context(cafile=mailbox.ca_file)
    except OSError as error:
        raise MailboxShut(f"ca_file {mailbox.ca_file} cannot be read: {error}") from error
    if mailbox.security is Security.STARTTLS:
        return MailBoxStartTls(host, port, timeout=patience, ssl_context=context)
    return MailBox(host, port, timeout=patience, ssl_context=context)


def _log_in(box: BaseMailBox, mailbox: Mailbox, secret: str) -> None:
    """By token: XOAUTH2. By password: LOGIN takes ASCII only, what is not goes by PLAIN (RFC 4616)."""
    by_password = box.login if (mailbox.user + secret).isascii() else box.login_utf8
    log_in = box.xoauth2 if mailbox.sign_in is SignIn.OAUTH else by_password
    try:
        log_in(mailbox.user, secret, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except (MailboxLoginError, imaplib.IMAP4.error) as error:
        by = "password_command" if mailbox.password_command else mailbox.password_variable
        words = f"the mail server refuses the login of {mailbox.user}; check {by}"
        raise MailboxShut(f"{words} ({_say(error)})") from error


def _fetch_new(box: BaseMailBox, position: tuple[int, int] | None, until: float) -> Post:
    validity = _validity(box)
    last = position[1] if position and position[0] == validity else None
    since = last or 0
    told = (int(uid) for uid in box.uids(f"UID {since + 1}:*", charset=None))
    uids = sorted(uid for uid in told if uid > since)  # "*" is the last mail, even if it is an old one
    fresh = uids if last is not None else uids[-FIRST_LOOK:]
    anew = position is not None and last is None
    problems = ("the mailbox was made anew; its newest mail is read once more",) if anew else ()
    post = Post(letters=(), position=f"{validity}:{since}", problems=problems)
    if not fresh:
        return post
    for step in _take(box, fresh[:MOST_MAILS], until):
        post = replace(
            post,
            letters=post.letters + step.letters,
            position=f"{validity}:{step.position}",
            problems=post.problems + step.problems,
        )
    left = sum(uid > int(post.position.partition(":")[2]) for uid in fresh)
    return replace(post, problems=(*post.problems, f"{left} further mails wait")) if left else post


def _take(box: BaseMailBox, uids: Sequence[int], until: float) -> Iterator[Post]:
    """Each mail as a Post of its own; one that is too large is left out and told of."""
    sizes = _sizes(box, uids)
    total = 0
    for uid in uids:
        size = sizes.get(uid, 0)
        total += min(size, LARGEST_MAIL)
        if total > MOST_BYTES or monotonic() > until:
            return
        if size > LARGEST_MAIL:
            words = f"mail {uid} left out: {size / 1024 / 1024:.0f} MiB are more than we take"
            yield Post(letters=(), position=str(uid), problems=(words,))
            continue
        body = _body(box, uid)
        yield Post(letters=((uid, body),) if body else (), position=str(uid))


def _validity(box: BaseMailBox) -> int:
    """UIDVALIDITY: while it is the same, a UID is the same mail (RFC 3501, 2.3.1.1)."""
    _, told = box.client.response("UIDVALIDITY")
    return int(told[0]) if told and told[0] and told[0].isdigit() else 0


def _sizes(box: BaseMailBox, uids: Sequence[int]) -> dict[int, int]:
    _, told = box.client.uid("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)")
    found = (_SIZE.search(line) for line in told or () if isinstance(line, bytes))
    return {int(each[1] or each[4]): int(each[2] or each[3]) for each in found if each}


def _body(box: BaseMailBox, uid: int) -> bytes:
    """The mail byte for byte; never more than we take, whatever its size was said to be."""
    told: Any
    _, told = box.client.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{LARGEST_MAIL}>)")
    return next((bytes(part[1]) for part in told or () if isinstance(part, tuple) and len(part) > 1), b"")


def _read_position(text: str | None) -> tuple[int, int] | None:
    found = re.fullmatch(r"(\d{1,12}):(\d{1,12})", text or "")
    return (int(found[1]), int(found[2])) if found else None
