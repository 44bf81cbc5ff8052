"""Mail is fetched over verified TLS, from where the last look ended, and nothing in the mailbox changes."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.mailboxes import Mailbox, Security, SignIn
from crawler.politeness import mailbox as door
from crawler.politeness.mailbox import MailboxAway, MailboxShut, fetch_post
from tests.crawler.imap import PASSWORD, USER, MailServer


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with MailServer(folder=tmp_path).serving() as serving:
        serving.mails.update({uid: f"Subject: mail {uid}\r\n\r\nhello {uid}".encode() for uid in (3, 5, 8)})
        yield serving


def box(server: MailServer, **changes: object) -> Mailbox:
    mailbox = Mailbox(
        name="alerts",
        host="127.0.0.1",
        port=server.port,
        user=USER,
        password=PASSWORD,
        ca_file=str(server.ca_file),
    )
    return replace(mailbox, **changes)  # type: ignore[arg-type]


def uids(server: MailServer, position: str | None) -> list[int]:
    return [uid for uid, _ in fetch_post(box(server), position).letters]


def test_mail_comes_once_from_where_the_last_look_ended(server: MailServer) -> None:
    first = fetch_post(box(server), None)
    assert first.letters == tuple(server.mails.items())
    assert first.position == "7:8"
    again = fetch_post(box(server), first.position)
    assert (again.letters, again.position) == ((), "7:8")
    server.mails[11] = b"Subject: new\r\n\r\n"
    assert uids(server, first.position) == [11]


def test_nothing_in_the_mailbox_is_changed(server: MailServer) -> None:
    fetch_post(box(server), None)
    words = {" ".join(each.split()[:2]).upper() for each in server.commands}
    assert not [
        each for each in words if each.startswith(("SELECT", "STORE", "UID STORE", "EXPUNGE", "UID MOVE"))
    ]
    assert "EXAMINE INBOX" in {each.replace('"', "") for each in words}
    assert all("BODY.PEEK[]" in each for each in server.commands if "BODY" in each)


def test_a_mailbox_that_was_made_anew_is_read_anew(server: MailServer) -> None:
    server.validity = 8
    post = fetch_post(box(server), "7:8")
    assert [uid for uid, _ in post.letters] == [3, 5, 8]
    assert post.position == "8:8"
    assert post.problems == ("the mailbox was made anew; its newest mail is read once more",)


def test_an_empty_mailbox_has_a_position_too(server: MailServer) -> None:
    server.mails.clear()
    assert fetch_post(box(server), None).position == "7:0"
    server.mails.update({uid: b"x: y\r\n\r\n" for uid in range(1, 71)})
    assert uids(server, "7:0") == list(range(1, 71))


def test_of_a_mailbox_not_seen_before_the_newest_mail_is_read(server: MailServer) -> None:
    server.mails.update({uid: b"x: y\r\n\r\n" for uid in range(100, 200)})
    assert uids(server, None) == list(range(150, 200))


def test_a_look_ends_after_so_much_mail_and_the_next_goes_on(server: MailServer) -> None:
    server.mails.clear()
    server.mails.update({uid: b"x" * 4_900_000 for uid in range(1, 8)})
    first = fetch_post(box(server), "7:0")
    assert [uid for uid, _ in first.letters] == [1, 2, 3, 4]
    assert first.position == "7:4"
    assert first.problems == ("3 further mails wait",)
    assert uids(server, first.position) == [5, 6, 7]


def test_a_mail_that_is_too_large_is_left_out_and_told_of(server: MailServer) -> None:
    server.said_sizes[5] = 30 * 1024 * 1024
    post = fetch_post(box(server), None)
    assert [uid for uid, _ in post.letters] == [3, 8]
    assert post.problems == ("mail 5 left out: 30 MiB are more than we take",)
    assert post.position == "7:8"
    server.said_sizes[5] = 10
    server.mails[5] = b"x" * (door.LARGEST_MAIL + 10)
    assert len(dict(fetch_post(box(server), None).letters)[5]) == door.LARGEST_MAIL


def test_starttls_is_as_good_as_tls(server: MailServer) -> None:
    server.secure = False
    mailbox = box(server, security=Security.STARTTLS)
    assert len(fetch_post(mailbox, None).letters) == 3
    before_tls = server.commands[: server.commands.index("STARTTLS")]
    assert not [each for each in before_tls if "LOGIN" in each.upper() or "AUTHENTICATE" in each.upper()]


def test_a_server_that_cannot_prove_who_it_is_learns_no_password(server: MailServer) -> None:
    for security in (Security.TLS, Security.STARTTLS):
        server.secure = security is Security.TLS
        with pytest.raises(MailboxShut, match="cannot prove who it is"):
            fetch_post(box(server, ca_file=None, security=security), None)
    assert not [each for each in server.commands if "LOGIN" in each.upper() or "AUTH" in each.upper()]


def test_without_tls_only_this_machine_is_asked(server: MailServer) -> None:
    server.secure = False
    assert len(fetch_post(box(server, security=Security.NONE), None).letters) == 3
    with pytest.raises(MailboxShut, match="never read without TLS"):
        fetch_post(box(server, security=Security.NONE, host="mail.example"), None)


@pytest.mark.parametrize("password", [PASSWORD, "plain ascii"])
def test_a_refused_login_is_told_in_words(server: MailServer, password: str) -> None:
    server.password = "another"
    with pytest.raises(MailboxShut) as error:
        fetch_post(box(server, password=password), None)
    assert "refuses the login of alerts@campaign.example" in str(error.value)
    assert "check INTHENEWS_MAILBOX_ALERTS_PASSWORD" in str(error.value)
    assert password not in str(error.value)


def test_a_password_in_ascii_and_one_that_is_not_are_both_sent(server: MailServer) -> None:
    assert len(fetch_post(box(server), None).letters) == 3
    server.password = 'plain "ascii" \\'
    assert len(fetch_post(box(server, password=server.password), None).letters) == 3


def test_what_a_person_must_change_is_said(server: MailServer, tmp_path: Path) -> None:
    with pytest.raises(MailboxShut, match="no password; set INTHENEWS_MAILBOX_ALERTS_PASSWORD"):
        fetch_post(box(server, password=None), None)
    with pytest.raises(MailboxShut, match="there is no folder 'Alerts' in the mailbox"):
        fetch_post(box(server, folder="Alerts"), None)
    with pytest.raises(MailboxShut, match=r"ca_file .* cannot be read"):
        fetch_post(box(server, ca_file=str(tmp_path / "missing.pem")), None)


@pytest.mark.parametrize("command", ["EXAMINE", "UID SEARCH", "UID FETCH", "AUTHENTICATE"])
def test_a_server_that_breaks_off_is_away(server: MailServer, command: str) -> None:
    server.breaks_at = command
    with pytest.raises(MailboxAway, match=r"the mail server 127\.0\.0\.1 does not answer"):
        fetch_post(box(server), None)


def test_a_server_that_never_answers_is_away_in_time(server: MailServer) -> None:
    server.hangs_at = "UID SEARCH"
    with pytest.raises(MailboxAway, match="timed out"):
        fetch_post(box(server), None, patience=0.2)


def test_what_is_no_mail_server_or_none_at_all_is_away(server: MailServer) -> None:
    server.speaks = b"HTTP/1.1 400 Bad Request\r\n\r\n"
    with pytest.raises(MailboxAway):
        fetch_post(box(server), None)
    with pytest.raises(MailboxAway, match="refused"):
        fetch_post(box(server, port=1), None)
    server.secure = False
    with pytest.raises(MailboxAway):
        fetch_post(box(server), None)


def test_a_mailbox_never_shows_its_password(server: MailServer) -> None:
    assert "Sesam" not in repr(box(server)) + str(box(server))


def printing(words: str, *, status: int = 0, complaint: str = "") -> tuple[str, ...]:
    """A program that prints something and ends so."""
    code = f"import sys; print({words!r}); print({complaint!r}, file=sys.stderr); sys.exit({status})"
    return (sys.executable, "-c", code)


def test_a_program_gives_the_password_or_a_fresh_token_at_each_look(server: MailServer) -> None:
    by_password = box(server, password=None, password_command=printing(PASSWORD + "\nand more"))
    assert len(fetch_post(by_password, None).letters) == 3
    by_token = box(server, password=None, password_command=printing("fresh"), sign_in=SignIn.OAUTH)
    assert len(fetch_post(by_token, None).letters) == 3
    assert "AUTHENTICATE XOAUTH2" in server.commands
    server.token = "another"
    with pytest.raises(MailboxShut, match=r"refuses the login .* check password_command") as error:
        fetch_post(by_token, None)
    assert "fresh" not in str(error.value)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("/no/such/program",), "'/no/such/program' cannot be run: "),
        (
            printing("Sesam", status=3, complaint="permission expired, log in again"),
            "ended with 3: permission",
        ),
        (printing(""), "printed nothing"),
        ((sys.executable, "-c", "import signal; signal.pause()"), "did not end within 0.5 seconds"),
    ],
)
def test_a_program_that_gives_no_secret_is_told_of_and_nobody_is_asked(
    server: MailServer, command: tuple[str, ...], told: str
) -> None:
    with pytest.raises(MailboxShut) as error:
        fetch_post(box(server, password=None, password_command=command), None, patience=0.5)
    assert told in str(error.value) and "Sesam" not in str(error.value)
    assert not server.commands
