"""A mailbox in a sweep: mail leads to articles, once, and bad mail costs its neighbours nothing."""

from pathlib import Path

from crawler.mailboxes import Mailbox
from crawler.records import FindOutcome, Poll, PollOutcome, PollState
from crawler.sweep import run_sweep
from tests.crawler.imap import PASSWORD, USER, MailServer
from tests.crawler.loopback import Web
from tests.crawler.notebook import Notebook
from tests.crawler.readers.mails import google, mail
from tests.crawler.sweeping import article, order

ATTRIBUTES = "".join(f" a{number}='1'" for number in range(80_000))
STORY = "http://daily.example/2017/03/28/story-"


def alert(number: int) -> bytes:
    link = google(f"{STORY}{number}")
    return mail(
        f'<html><body><p><a href="{link}">Sanctuary cities join forces, part {number}</a></p></body></html>'
    )


def open_box(server: MailServer, password: str = PASSWORD) -> Mailbox:
    return Mailbox(
        name="alerts",
        host="127.0.0.1",
        port=server.port,
        user=USER,
        password=password,
        ca_file=str(server.ca_file),
    )


def sweep(web: Web, notebook: Notebook, mailbox: Mailbox, before: Poll | None = None) -> Poll:
    """One sweep of the mailbox, from where the look before ended."""
    source = mailbox.source
    state = before.state if before else PollState(source_id=source.id)
    told = order(web, [(source, state)], mailboxes=(mailbox,), manners={"worker_seconds": 5.0})
    report = run_sweep(told, notebook)
    assert report.ended == "done", report.broken
    return notebook.polls[-1]


def test_mail_leads_to_articles_once(web: Web, notebook: Notebook, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        web.put(f"{STORY}{number}", article(f"Sanctuary cities join forces, part {number}"))
    bomb = mail(f"<html><body><a {ATTRIBUTES} href='http://bomb.example/a-b-c-d'>x</a></body></html>")
    with MailServer(folder=tmp_path).serving() as server:
        server.mails.update({1: alert(1), 2: bomb, 3: b"Subject: nothing\r\n\r\n", 4: alert(2)})
        mailbox = open_box(server)
        first = sweep(web, notebook, mailbox)
        assert first.outcome is PollOutcome.NEW
        assert first.state.etag == "7:4"
        assert {lead.url for lead in first.leads} >= {f"{STORY}1", f"{STORY}2"}
        assert [words for words in first.problems if words.startswith("mail 3 left out")]
        read = {find.lead.url for find in notebook.finds if find.outcome is FindOutcome.READ}
        assert read == {f"{STORY}1", f"{STORY}2"}
        server.mails[9] = alert(3)
        server.commands.clear()
        second = sweep(web, notebook, mailbox, first)
        assert [lead.url for lead in second.leads] == [f"{STORY}3"]
        assert [each for each in server.commands if "BODY" in each] == [
            f"UID FETCH 9 (BODY.PEEK[]<0.{5 * 1024 * 1024}>)"
        ]
    assert web.asked("daily.example") == [f"/2017/03/28/story-{number}" for number in (1, 2, 3)]
