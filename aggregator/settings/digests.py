"""The digest of the settings: the `[digest]` table -> who gets it, how often, by which mail server."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from crawler.mailboxes import Security, is_this_machine
from crawler.toml import Table

EVERY = timedelta(days=1)
PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}
# Of visible ASCII only: what else there is (RFC 6531) most mail servers refuse.
_ADDRESS = re.compile(r"(?:(?![@<>,;\"])[!-~])+@(?:(?![@<>,;\"])[!-~])+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Digests:
    """Who gets a digest, and the mail server that takes it (SMTP).

    `sender` is the address it comes from, `desk` the address of the review page for its links.
    `user` logs in with the password of the environment; `ca_file` holds the certificates of the
    authority that vouches for the server, where it is not one of the system's.
    """

    to: tuple[str, ...]
    sender: str
    host: str
    every: timedelta = EVERY
    security: Security = Security.STARTTLS
    port: int = PORTS[Security.STARTTLS]
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    desk: str = ""


def read_digests(folder: Path, table: Table) -> Digests | None:
    """The digest's settings, each mistake told with its line; None where there is no such table."""
    to, sender = table.texts("to"), table.text("from")
    asked = bool(to or sender or table.has("host"))
    for key, value in (("to", to), ("from", sender), ("host", table.text("host"))):
        if asked and not value:
            table.complain(
                key, "is missing; a digest needs readers (to), a sender (from) and a mail server (host)"
            )
    for key, addresses in (("to", to), ("from", (sender,) if sender else ())):
        for address in addresses:
            if not _ADDRESS.fullmatch(address):
                words = "write it like ana@campaign.example, a domain with other letters in its xn-- form"
                table.complain(key, f"{address!r} is no mail address; {words}")
    security = table.one_of("security", Security) or Security.STARTTLS
    host, ca_file, desk = table.text("host"), table.text("ca_file"), table.text("desk")
    if security is Security.NONE and not is_this_machine(host):
        table.complain("security", 'must be "tls" or "starttls"; "none" is for a server on this machine')
    if desk and not desk.startswith(("http://", "https://")):
        table.complain("desk", f"{desk!r} must begin with http:// or https://")
    digests = Digests(
        to=to,
        sender=sender,
        host=host,
        every=table.span("every", EVERY),
        security=security,
        port=table.whole("port", PORTS[security], least=1, most=65535),
        user=table.text("user") or None,
        ca_file=str((folder / ca_file).resolve()) if ca_file else None,
        desk=desk.rstrip("/") + "/" if desk else "",
    )
    table.finish()
    return digests if asked else None
