"""Hands mail to the team's own mail server (SMTP, RFC 5321); what it says is written elsewhere.

The server is the administrator's choice, as a proxy is. TLS is always verified, and left out only
on this machine itself.
"""

import smtplib
import ssl
from email.message import EmailMessage

from aggregator.errors import Unusable
from aggregator.settings.digests import Digests
from crawler.mailboxes import Security

SECONDS = 20.0  # for one word of the server


def send(mail: EmailMessage, by: Digests) -> None:
    """Give one mail to the server. Raises Unusable, in one line, where the server does not take it."""
    try:
        with _connect(by) as server:
            if by.security is Security.STARTTLS:
                server.starttls(context=_trust(by))
            if by.user:
                _log_in(server, by)
            server.send_message(mail)
    except smtplib.SMTPAuthenticationError as error:
        raise Unusable(
            f"the mail server {by.host} refuses {by.user}; look at [digest] user and INTHENEWS_SMTP_PASSWORD"
        ) from error
    except ssl.SSLCertVerificationError as error:
        words = f"{by.host} cannot prove who it is: {error.verify_message}; see ca_file in the settings"
        raise Unusable(words) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unusable(
            f"the mail server {by.host} did not take the mail for {mail['To']}: {error}"
        ) from error


def _connect(by: Digests) -> smtplib.SMTP:
    if by.security is Security.TLS:
        return smtplib.SMTP_SSL(by.host, by.port, timeout=SECONDS, context=_trust(by))
    return smtplib.SMTP(by.host, by.port, timeout=SECONDS)


def _log_in(server: smtplib.SMTP, by: Digests) -> None:
    try:
        server.login(by.user or "", by.password or "")
    except UnicodeEncodeError as error:  # Python's SMTP knows ASCII only
        raise Unusable(
            "the mail server's password must be of letters without accents, digits and signs"
        ) from error


def _trust(by: Digests) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=by.ca_file)
