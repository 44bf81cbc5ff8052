"""A mailbox in which newsletters and alerts arrive, as the settings name it, and the source that it is."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import quote

from crawler.outlets import source_id
from crawler.records import Source, SourceKind


class Security(StrEnum):
    """How the way to the mail server is kept private; NONE is for a server on this machine only."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class SignIn(StrEnum):
    """How the account is opened: by password, or by a token of OAuth 2.0 (XOAUTH2)."""

    PASSWORD = "password"
    OAUTH = "oauth"


PORTS = {Security.TLS: 993, Security.STARTTLS: 143, Security.NONE: 143}


@dataclass(frozen=True, kw_only=True, slots=True)
class Mailbox:
    """Where mail is read (IMAP): only looked at, nothing in it is changed.

    `name` is what the settings call it; `password` comes from the environment variable that
    `password_variable` names, or is what the program `password_command` prints at each look: with
    OAuth a fresh token. `ca_file` holds the certificates of the authority that vouches for
    the server, where it is not one of the system's. `every` is the pause between two looks.
    """

    name: str
    host: str
    user: str
    folder: str = "INBOX"
    security: Security = Security.TLS
    port: int = 993
    ca_file: str | None = None
    every: timedelta = timedelta(minutes=30)
    sign_in: SignIn = SignIn.PASSWORD
    password_command: tuple[str, ...] = ()
    password: str | None = field(default=None, repr=False)

    @property
    def password_variable(self) -> str:
        """The environment variable that holds the password."""
        return f"INTHENEWS_MAILBOX_{self.name.upper().replace('-', '_')}_PASSWORD"

    @property
    def source(self) -> Source:
        """The mailbox as a source; its address is an IMAP URL (RFC 5092)."""
        scheme = "imaps" if self.security is Security.TLS else "imap"
        port = "" if self.port == PORTS[self.security] else f":{self.port}"
        url = f"{scheme}://{quote(self.user, safe='')}@{self.host}{port}/{quote(self.folder)}"
        identity = source_id(SourceKind.NEWSLETTER, url)
        return Source(id=identity, kind=SourceKind.NEWSLETTER, url=url, every=self.every)


def is_this_machine(host: str) -> bool:
    """Whether a host's name can only be this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
