"""A mailbox in a sweep: mail leads to articles, and bad mail costs its neighbours nothing."""

from pathlib import Path

from crawler.mailboxes import Mailbox
from crawler.records import FindOutcome, Poll, PollOutcome
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


def open_box(server: MailServer, name: str = "alerts", password: str = PASSWORD) -> Mailbox:
    return Mailbox(
        name=name,
        host="127.0.0.1",
        port=server.port,
        user=USER,
        folder="INBOX" if name == "alerts" else name,
        password=password,
        ca_file=str(server.ca_file),
    )


def sweep(web: Web, notebook: Notebook, mailboxes: tuple[Mailbox, ...]) -> Poll:
    """One sweep of mailboxes that are new to us; answers the last one's look."""
    sources = [each.source for each in mailboxes]
    told = order(web, sources, mailboxes=mailboxes, manners={"worker_seconds": 5.0})
    report = run_sweep(told, notebook)
    assert report.ended == "done", report.broken
    return notebook.polls[-1]


def test_mail_leads_to_articles(web: Web, notebook: Notebook, tmp_path: Path) -> None:
    for number in (1, 2):
        web.put(f"{STORY}{number}", article(f"Sanctuary cities join forces, part {number}"))
    bomb = mail(f"<html><body><a {ATTRIBUTES} href='http://bomb.example/a-b-c-d'>x</a></body></html>")
    with MailServer(folder=tmp_path).serving() as server:
        server.mails.update({1: alert(1), 2: bomb, 3: b"Subject: nothing\r\n\r\n", 4: alert(2)})
        mailbox = open_box(server)
        first = sweep(web, notebook, (open_box(server, "lost", "forgotten"), mailbox))
        assert first.outcome is PollOutcome.NEW
        assert first.state.etag == "7:4"
        shut = notebook.polls[0].state
        assert notebook.polls[0].outcome is PollOutcome.FAILED and shut.failures == 1.0
        assert "refuses the login of alerts@campaign.example" in (shut.trouble or "")
        assert "INTHENEWS_MAILBOX_LOST_PASSWORD" in (shut.trouble or "")
        assert {lead.url for lead in first.leads} >= {f"{STORY}1", f"{STORY}2"}
        assert [words for words in first.problems if words.startswith("mail 3 left out")]
        read = {find.lead.url for find in notebook.finds if find.outcome is FindOutcome.READ}
        assert read == {f"{STORY}1", f"{STORY}2"}
    assert web.asked("daily.example") == ["/2017/03/28/story-1", "/2017/03/28/story-2"]
