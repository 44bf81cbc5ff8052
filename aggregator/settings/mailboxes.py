"""The mailboxes of the settings: `[mailbox.NAME]` tables -> Mailboxes; passwords stand in no file."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from crawler.mailboxes import PORTS, Mailbox, Security, SignIn, is_this_machine
from crawler.toml import Table

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
EVERY = timedelta(minutes=30)


def read_mailboxes(folder: Path, table: Table) -> tuple[Mailbox, ...]:
    """The mailboxes, each mistake told with its line; paths are taken from the configuration folder."""
    return tuple(_read_all(folder, table))


def _read_all(folder: Path, table: Table) -> Iterator[Mailbox]:
    for name, each in table.tables():
        mailbox = _read(folder, name, each)
        each.finish()
        if mailbox:
            yield mailbox
    table.finish()


def _read(folder: Path, name: str, table: Table) -> Mailbox | None:
    if not _NAME.fullmatch(name):
        table.complain("", "the name after mailbox. must be lower-case letters, digits and hyphens")
    for key in ("host", "user"):
        if not table.has(key):
            table.complain(key, "is missing; it names the mail server and the account on it")
    security = table.one_of("security", Security) or Security.TLS
    host, ca_file = table.text("host"), table.text("ca_file")
    if security is Security.NONE and not is_this_machine(host):
        table.complain("security", 'must be "tls" or "starttls"; "none" is for a server on this machine')
    sign_in, command = table.one_of("sign_in", SignIn) or SignIn.PASSWORD, table.texts("password_command")
    if sign_in is SignIn.OAUTH and not command:
        table.complain("sign_in", '"oauth" needs password_command, a program that prints a fresh token')
    return Mailbox(
        name=name,
        host=host,
        user=table.text("user"),
        folder=table.text("folder", "INBOX"),
        security=security,
        port=table.whole("port", PORTS[security], least=1, most=65535),
        ca_file=str((folder / ca_file).resolve()) if ca_file else None,
        every=table.span("every", EVERY),
        sign_in=sign_in,
        password_command=command,
    )
