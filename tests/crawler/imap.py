"""A mail server on loopback that speaks enough IMAP4rev1 (RFC 3501) to be read from, with a CA of its own."""

import base64
import datetime
import ipaddress
import re
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "alerts@campaign.example", 'Sesam "öffne" dich'


@dataclass
class MailServer:
    """One account with one folder; the test says what stands in it and how the server behaves."""

    folder: Path
    password: str = PASSWORD
    token: str = "fresh"  # of OAuth 2.0
    mails: dict[int, bytes] = field(default_factory=dict)
    validity: int = 7
    mailbox: str = "INBOX"
    secure: bool = True
    hangs_at: str = ""  # a command that is never answered
    breaks_at: str = ""  # a command in whose middle the connection ends
    speaks: bytes = b"* OK ready\r\n"
    said_sizes: dict[int, int] = field(default_factory=dict)
    commands: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def ca_file(self) -> Path:
        """The certificate of the authority that vouches for the server."""
        return self.folder / "ca.pem"

    @contextmanager
    def serving(self) -> Iterator["MailServer"]:
        """Answer on a free port of loopback."""
        context = make_context(self.folder)
        mails = self

        class Handler(_Handler):
            server_of = mails
            tls = context

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

            def handle_error(self, request: Any, client_address: Any) -> None:
                """A client that hangs up in the middle is part of the tests."""

        self.ended = threading.Event()
        with Server(("127.0.0.1", 0), Handler) as server:
            self.port = server.server_address[1]
            thread = threading.Thread(
                target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
            )
            thread.start()
            yield self
            self.ended.set()
            server.shutdown()


class _Handler(socketserver.BaseRequestHandler):
    server_of: MailServer
    tls: ssl.SSLContext

    def handle(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connection = self.request
        if self.server_of.secure:
            try:
                self.connection = self.tls.wrap_socket(self.request, server_side=True)
            except (ssl.SSLError, OSError):
                return
        self.connection.sendall(self.server_of.speaks)
        self.lines = self.connection.makefile("rb")
        try:
            while line := self.lines.readline():
                tag, _, rest = line.decode("utf-8").strip().partition(" ")
                if not self.answer(tag, rest):
                    return
        except OSError:
            return
        finally:
            self.lines.close()

    def finish(self) -> None:
        self.connection.close()

    def answer(self, tag: str, told: str) -> bool:
        name = (
            " ".join(told.split()[:2]).upper() if told.upper().startswith("UID") else told.split()[0].upper()
        )
        self.server_of.commands.append(told)
        if name == self.server_of.hangs_at:
            self.server_of.ended.wait(60)
            return False
        if name == self.server_of.breaks_at:
            self.say("* 1 FETCH (UID 1 BODY[] {500}\r\nabc", "")
            self.connection.close()
            return False
        method = getattr(self, "do_" + name.lower().replace(" ", "_"), None)
        if method is None:
            self.say(f"{tag} BAD no such command")
        else:
            method(tag, told)
        return name != "LOGOUT"

    def say(self, line: str, end: str = "\r\n") -> None:
        self.connection.sendall((line + end).encode("utf-8"))

    def do_capability(self, tag: str, told: str) -> None:
        self.say(f"* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN AUTH=XOAUTH2\r\n{tag} OK done")

    def do_starttls(self, tag: str, told: str) -> None:
        self.say(f"{tag} OK begin")
        self.lines.close()
        self.connection = self.tls.wrap_socket(self.connection, server_side=True)
        self.lines = self.connection.makefile("rb")

    def do_login(self, tag: str, told: str) -> None:
        _, user, password = re.findall(r'"(?:[^"\\]|\\.)*"|\S+', told)
        plain = [re.sub(r"\\(.)", r"\1", each.strip('"')) for each in (user, password)]
        self.let_in(tag, plain == [USER, self.server_of.password])

    def do_authenticate(self, tag: str, told: str) -> None:
        self.say("+ ")
        given = base64.b64decode(self.lines.readline().strip()).decode()
        if told.upper().endswith("XOAUTH2"):
            self.let_in(tag, given == f"user={USER}\1auth=Bearer {self.server_of.token}\1\1")
        else:
            self.let_in(tag, given.split("\0")[1:] == [USER, self.server_of.password])

    def let_in(self, tag: str, known: bool) -> None:
        self.say(f"{tag} OK welcome" if known else f"{tag} NO [AUTHENTICATIONFAILED] invalid credentials")

    def do_examine(self, tag: str, told: str) -> None:
        if told.split(maxsplit=1)[1].strip('"') != self.server_of.mailbox:
            self.say(f"{tag} NO no such mailbox")
            return
        self.say(
            f"* {len(self.server_of.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.server_of.validity}] valid"
        )
        self.say(f"{tag} OK [READ-ONLY] done")

    def do_uid_search(self, tag: str, told: str) -> None:
        first = int(told.split()[-1].partition(":")[0])
        known = sorted(self.server_of.mails)
        found = [uid for uid in known if uid >= first] or known[-1:]  # "*" is the last mail
        self.say(f"* SEARCH {' '.join(map(str, found))}\r\n{tag} OK done")

    def do_uid_fetch(self, tag: str, told: str) -> None:
        _, _, uids, parts = told.split(maxsplit=3)
        for uid in (int(each) for each in uids.split(",")):
            mail = self.server_of.mails[uid]
            if "RFC822.SIZE" in parts:
                size = self.server_of.said_sizes.get(uid, len(mail))
                self.say(f"* {uid} FETCH (UID {uid} RFC822.SIZE {size})")
            if "BODY" in parts:
                assert "BODY.PEEK[]" in parts, "reading without PEEK sets a flag"
                limit = int(re.findall(r"<0\.(\d+)>", parts)[0])
                self.say(f"* {uid} FETCH (UID {uid} BODY[]<0> {{{len(mail[:limit])}}}")
                self.connection.sendall(mail[:limit])
                self.say(")")
        self.say(f"{tag} OK done")

    def do_logout(self, tag: str, told: str) -> None:
        self.say(f"* BYE see you\r\n{tag} OK done")


def make_context(folder: Path) -> ssl.SSLContext:
    """A server's TLS for 127.0.0.1, and in `folder` the certificate of the authority that signed it."""
    now = datetime.datetime.now(datetime.UTC)
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "The test's own authority")])

    def begin(name: x509.Name, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder(subject_name=name, issuer_name=ca_name, public_key=public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False
            )
        )

    usage = x509.KeyUsage(True, False, False, False, False, True, True, False, False)
    ca = begin(ca_name, ca_key.public_key()).add_extension(x509.BasicConstraints(True, None), critical=True)
    ca_file = ca.add_extension(usage, critical=True).sign(ca_key, hashes.SHA256())
    place = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = begin(name, key.public_key()).add_extension(place, critical=False)
    pem = serialization.Encoding.PEM
    (folder / "ca.pem").write_bytes(ca_file.public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    signed = certificate.sign(ca_key, hashes.SHA256()).public_bytes(pem)
    (folder / "server.pem").write_bytes(private + signed)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context
