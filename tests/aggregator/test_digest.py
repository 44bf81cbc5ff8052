"""A digest goes out once a period and reader, says what is new, and is lost by no restart and no refusal."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from aggregator import desk, runs, settings
from aggregator.digest import write_mail
from aggregator.rematching import Course, rematch
from aggregator.review.app import make_app
from aggregator.review.room import Room
from aggregator.runs.house import House
from aggregator.settings.digests import Digests
from aggregator.store import campaigns, decisions, people
from aggregator.store.entries import View
from aggregator.store.session import Store
from crawler.errors import ConfigError
from crawler.mailboxes import Security
from crawler.outlets import Directory
from tests.aggregator.delivery.smtp import Outbox
from tests.aggregator.review.morning import CAMPAIGN, NOW, Clock, FakeJobs, open_morning
from tests.aggregator.samples import JUDGES, make_article, take_in

LATER = NOW + timedelta(minutes=5)
DAY = timedelta(days=1)
TABLE = """
[digest]
to = ["ana@campaign.example"]
from = "news@campaign.example"
host = "mail.campaign.example"
every = "6 h"
desk = "https://news.campaign.example"
"""


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with Outbox(tmp_path).serving() as serving:
        yield serving


@pytest.fixture
def house(sqlite_store: Store, outbox: Outbox, tmp_path: Path) -> House:
    """A house at whose desk some entries wait, found now."""
    open_morning(sqlite_store, 7)
    told = settings.Settings(
        folder=tmp_path,
        organisation="Local Progress",
        contact="press@campaign.example",
        database=sqlite_store.url,
        exports=tmp_path,
        digests=Digests(
            to=("ana@campaign.example", "bo@campaign.example"),
            sender="news@campaign.example",
            host="127.0.0.1",
            port=outbox.port,
            ca_file=outbox.ca_file,
            desk="https://news.campaign.example/",
        ),
    )
    return House(settings=told, store=sqlite_store, directory=Directory(()), sources=())


def text_of(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_each_reader_is_told_what_waits_and_what_was_accepted(house: House, outbox: Outbox) -> None:
    found = desk.entries(house.store, "sanctuary", View())
    signed = desk.Signature(by="Ana", at=NOW)
    desk.accept(house.store, "sanctuary", [found[0].article.key], signed)
    report = runs.digest(house, LATER)
    assert report.counts == {"sent": 2} and not report.troubles
    assert [mail["To"] for mail in outbox.mails] == ["ana@campaign.example", "bo@campaign.example"]
    assert len({mail["Message-ID"] for mail in outbox.mails}) == 2
    mail = outbox.mails[0]
    assert mail["Subject"] == f"Seeking Sanctuary: {len(found) - 1} new, 1 accepted"
    assert mail["From"] == "Local Progress <news@campaign.example>"
    assert "<mailto:news@campaign.example?" in mail["List-Unsubscribe"]
    for kind in ("plain", "html"):
        told = text_of(mail, kind)
        assert all(entry.headline in told for entry in found)
        assert "https://news.campaign.example/c/sanctuary/desk" in told


def test_none_is_sent_twice_in_a_period_nor_without_news(house: House, outbox: Outbox) -> None:
    runs.digest(house, LATER)
    again = replace(house, robots={})  # another process on the same database
    assert runs.digest(again, LATER + DAY / 2).counts == {"sent": 0}
    assert runs.digest(again, LATER + 2 * DAY).counts == {"sent": 0}, "nothing is new since"
    assert len(outbox.mails) == 2
    first = desk.entries(house.store, "sanctuary", View())[0]
    signed = desk.Signature(by="Ana", at=LATER + 2 * DAY)
    desk.accept(house.store, "sanctuary", [first.article.key], signed)
    assert runs.digest(again, LATER + 3 * DAY).counts == {"sent": 2}
    assert outbox.mails[-1]["Subject"] == "Seeking Sanctuary: 1 accepted"


def test_what_was_found_before_a_digest_and_kept_after_it_is_in_the_next(
    house: House, outbox: Outbox
) -> None:
    runs.digest(house, LATER)
    slow = make_article(90, headline="Sanctuary, read slowly", first_seen=LATER - timedelta(seconds=20))
    take_in(house.store, slow, at=Clock(LATER + timedelta(seconds=5)))
    assert runs.digest(house, LATER + DAY).counts == {"sent": 2}
    assert outbox.mails[-1]["Subject"] == "Seeking Sanctuary: 1 new"
    assert runs.digest(house, LATER + 2 * DAY).counts == {"sent": 0}


def change(house: House, at: datetime, **parts: Any) -> None:
    """The campaign is changed at that time, and the stored articles are matched again."""
    with house.store.writing() as c:
        campaign = campaigns.save(c, replace(campaigns.get(c, "sanctuary"), **parts), "Ana", at)
    rematch(house.store, campaign, JUDGES, course=Course(clock=Clock(at)))


def told_new(house: House, outbox: Outbox, at: datetime) -> list[str]:
    """The headlines that the digest of that day calls new to Ana."""
    outbox.mails.clear()
    runs.digest(house, at)
    return [
        line
        for mail in outbox.mails[:1]
        for line in text_of(mail, "plain").splitlines()
        if line.startswith("Old news")
    ]


def test_what_a_changed_campaign_gains_is_new_however_old_it_is(house: House, outbox: Outbox) -> None:
    old = make_article(90, headline="Old news of the harbour", text="Harbour.", first_seen=NOW - 9 * DAY)
    take_in(house.store, old)
    runs.digest(house, LATER)
    harbour = CAMPAIGN.pack, replace(CAMPAIGN.pack, names=("sanctuary", "harbour"))
    change(house, LATER + DAY / 2, pack=harbour[1])
    assert told_new(house, outbox, LATER + DAY) == [old.headline]
    change(house, LATER + DAY * 1.2, name="Named anew")
    assert told_new(house, outbox, LATER + 2 * DAY) == [], "matched again, it is no news again"
    change(house, LATER + DAY * 2.2, pack=harbour[0])
    change(house, LATER + DAY * 2.4, pack=harbour[1])
    assert told_new(house, outbox, LATER + 3 * DAY) == [old.headline], "it was gone, and came again"


def test_context_is_new_when_the_campaign_wants_it_and_when_it_comes_nearer(
    house: House, outbox: Outbox
) -> None:
    first, second = (
        make_article(number, headline=f"Old news of {place}", text="Deportation.", first_seen=NOW)
        for number, place in ((90, "the harbour"), (91, "the airport"))
    )
    take_in(house.store, first, second)
    assert told_new(house, outbox, LATER) == []
    pack = replace(CAMPAIGN.pack, names=("sanctuary", "harbour"))
    change(house, LATER + DAY / 2, pack=pack)
    assert told_new(house, outbox, LATER + DAY) == [first.headline]
    change(house, LATER + DAY * 1.5, context_waits=True)
    assert told_new(house, outbox, LATER + 2 * DAY) == [second.headline]


def test_all_that_came_is_counted_and_the_last_to_come_are_named(house: House, outbox: Outbox) -> None:
    runs.digest(house, LATER)
    found = [
        make_article(number, text="Harbour.", headline=f"Old news {number}") for number in range(90, 120)
    ]
    take_in(house.store, *found)
    change(house, LATER + DAY / 2, pack=replace(CAMPAIGN.pack, names=("sanctuary", "old news")))
    assert len(told_new(house, outbox, LATER + DAY)) == 25
    assert outbox.mails[0]["Subject"] == "Seeking Sanctuary: 30 new"
    assert "and 5 more." in text_of(outbox.mails[0], "plain")


def test_what_was_accepted_and_does_not_stand_any_more_is_left_out(house: House, outbox: Outbox) -> None:
    first, second, *_ = desk.entries(house.store, "sanctuary", View())
    signed = desk.Signature(by="Ana", at=NOW)
    taken_back = desk.accept(house.store, "sanctuary", [first.article.key], signed)
    desk.undo(house.store, taken_back.id, signed, JUDGES)
    gone = desk.accept(house.store, "sanctuary", [second.article.key], signed)
    with house.store.writing() as c:
        decisions.append(c, replace(gone, subjects=("nowhere.example/gone",)))
    (told,) = runs.digests(house, LATER)
    assert [entry.headline for entry in told.accepted] == [second.headline]


def test_a_reader_who_is_refused_keeps_nobody_from_their_mail_and_is_tried_again(
    house: House, outbox: Outbox
) -> None:
    outbox.refuses = "ana@campaign.example"
    report = runs.digest(house, LATER)
    assert report.counts == {"sent": 1} and "ana@campaign.example" in report.troubles[0]
    outbox.refuses = ""
    assert runs.digest(house, LATER + timedelta(minutes=1)).counts == {"sent": 1}
    assert [mail["To"] for mail in outbox.mails] == ["bo@campaign.example", "ana@campaign.example"]


def test_a_reader_leaves_by_one_press_and_may_come_back(house: House, outbox: Outbox) -> None:
    runs.digest(house, LATER)
    mails = {mail["To"]: mail for mail in outbox.mails}
    way_out = mails["ana@campaign.example"]["List-Unsubscribe"].split(">")[0].lstrip("<")
    assert way_out.startswith("https://news.campaign.example/digest/")
    assert way_out not in str(mails["bo@campaign.example"])
    assert mails["ana@campaign.example"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert all(way_out in text_of(mails["ana@campaign.example"], kind) for kind in ("plain", "html"))

    at_desk = TestClient(make_app(Room(store=house.store, judges=JUDGES, jobs=FakeJobs(), now=Clock())))
    path = urlsplit(way_out).path
    assert "No more of these mails" in at_desk.get(path).text, "looking changes nothing"
    pressed = at_desk.post(path, data={"List-Unsubscribe": "One-Click"}, follow_redirects=False)
    assert pressed.status_code == 200 and "You get no more mails" in pressed.text
    at_desk.post(path, data={"List-Unsubscribe": "One-Click"})
    first = desk.entries(house.store, "sanctuary", View())[0].article.key
    desk.accept(house.store, "sanctuary", [first], desk.Signature(by="Ana", at=LATER + DAY))
    runs.digest(house, LATER + 2 * DAY)
    assert [mail["To"] for mail in outbox.mails[2:]] == ["bo@campaign.example"]
    with house.store.reading() as c:
        said = [line.what for line in people.noted(c) if line.by == "ana@campaign.example"]
    assert said == ["wants no more digests of sanctuary"]

    at_desk.post(path, data={"again": "yes"})
    runs.digest(house, LATER + 3 * DAY)
    assert [mail["To"] for mail in outbox.mails[3:]] == ["ana@campaign.example"]
    assert at_desk.post("/digest/guessed", data={"List-Unsubscribe": "One-Click"}).status_code == 404


def test_the_way_out_stays_one_address_however_long_it_is_and_needs_https(house: House) -> None:
    (told,) = runs.digests(house, LATER)
    way_out = f"https://{'long-name.' * 9}example/digest/{'x' * 43}"
    sent = write_mail(replace(told, leave=way_out), ("LP", "news@campaign.example"), "ana@campaign.example")
    assert f"List-Unsubscribe: <{way_out}>, <mailto:".encode() in sent.as_bytes()
    assert max(map(len, sent.as_bytes().splitlines())) <= 998
    plain = write_mail(
        replace(told, leave="http://desk/digest/x"), ("LP", "news@campaign.example"), "ana@campaign.example"
    )
    assert plain["List-Unsubscribe-Post"] is None and "http:" not in plain["List-Unsubscribe"]


def test_hostile_headlines_are_text_and_stay_in_their_line(house: House) -> None:
    (told,) = runs.digests(house, LATER)
    nasty = "<script>alert(1)</script>\r\nBcc: all@outlet.example"
    entries = (replace(told.new[0], headline=nasty, link="javascript:alert(1)"),)
    mail = write_mail(replace(told, new=entries, name=nasty), ("X\nY", "x@y.example"), "a@b.example")
    assert "\n" not in mail["Subject"] and mail["Bcc"] is None
    page = text_of(mail, "html")
    assert "<script" not in page and 'href="javascript' not in page
    assert "\nBcc" not in text_of(mail, "plain")


def test_the_table_is_read_and_its_mistakes_are_told(tmp_path: Path) -> None:
    who = '[who]\norganisation = "LP"\ncontact = "press@lp.example"\n'
    (tmp_path / "settings.toml").write_text(who + TABLE)
    told = settings.load(tmp_path, {"INTHENEWS_SMTP_PASSWORD": "secret"}).digests
    assert told is not None and told.every == timedelta(hours=6) and told.port == 587
    assert told.security is Security.STARTTLS and told.password == "secret"
    assert "secret" not in repr(told)
    (tmp_path / "settings.toml").write_text(who + '[digest]\nto = ["ana"]\nsecurity = "none"\n')
    with pytest.raises(ConfigError) as caught:
        settings.load(tmp_path, {})
    words = str(caught.value)
    for part in ("from", "host", "'ana' is no mail address", "on this machine"):
        assert part in words
    for wrong in ("news@münchen.example", "jürgen@campaign.example", "a\\u0000b@campaign.example"):
        (tmp_path / "settings.toml").write_text(who + TABLE.replace("news@campaign.example", wrong), "utf-8")
        with pytest.raises(ConfigError, match="is no mail address"):
            settings.load(tmp_path, {})
    (tmp_path / "settings.toml").write_text(who)
    assert settings.load(tmp_path, {}).digests is None
