"""Mail is handed to a real mail server over TLS; what goes wrong is told in one line."""

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from aggregator.delivery.mail import send
from aggregator.errors import Unusable
from aggregator.settings.digests import Digests
from crawler.mailboxes import Security
from tests.aggregator.delivery.smtp import PASSWORD, USER, Outbox


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with Outbox(tmp_path).serving() as serving:
        yield serving


def server(outbox: Outbox) -> Digests:
    return Digests(
        to=("ana@campaign.example",),
        sender="news@campaign.example",
        host="127.0.0.1",
        port=outbox.port,
        user=USER,
        password=PASSWORD,
        ca_file=outbox.ca_file,
    )


def letter() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "news@campaign.example", "ana@campaign.example", "Así"
    mail.set_content("‘We Cannot Hide’\n.\n..\n")
    return mail


def test_a_mail_arrives_as_it_was_written(outbox: Outbox) -> None:
    send(letter(), server(outbox))
    (got,) = outbox.mails
    assert got["Subject"] == "Así"
    assert got.get_content().splitlines() == ["‘We Cannot Hide’", ".", ".."]


def test_a_wrong_password_is_told_with_where_to_put_it_right(outbox: Outbox) -> None:
    with pytest.raises(Unusable, match="INTHENEWS_SMTP_PASSWORD"):
        send(letter(), replace(server(outbox), password="wrong"))


def test_a_password_that_cannot_be_sent_is_told(outbox: Outbox) -> None:
    with pytest.raises(Unusable, match="letters without accents"):
        send(letter(), replace(server(outbox), password="fünf Worte"))


def test_a_server_that_cannot_prove_who_it_is_gets_nothing(outbox: Outbox) -> None:
    with pytest.raises(Unusable, match="cannot prove who it is"):
        send(letter(), replace(server(outbox), ca_file=None))
    assert outbox.mails == []


def test_a_reader_whom_the_server_does_not_know_is_told(outbox: Outbox) -> None:
    outbox.refuses = "ana@campaign.example"
    with pytest.raises(Unusable, match=r"ana@campaign\.example"):
        send(letter(), server(outbox))


def test_a_server_that_is_away_is_told(outbox: Outbox) -> None:
    with pytest.raises(Unusable, match="did not take the mail"):
        send(letter(), replace(server(outbox), port=1, security=Security.NONE))
