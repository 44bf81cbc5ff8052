"""Of a mail, the links to articles are leads, whoever sent it; what is about the mail itself is not."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from crawler.errors import UnreadableFeed
from crawler.readers import newsletter
from crawler.records import Page, Precision, Reading, Source, SourceKind
from tests.crawler.readers.mails import (
    ARTICLE,
    ESSAY,
    GOOGLE_PAGE,
    GOOGLE_TEXT,
    LIST,
    NEWSLETTER,
    SECOND,
    TALKWALKER,
    forwarded,
    google,
    in_charset,
    mail,
    nested,
)
from tests.crawler.readers.pages import NOW

BOX = Source(id="newsletter-1", kind=SourceKind.NEWSLETTER, url="imaps://alerts@mail.example/INBOX")
HEADLINE = "'We Cannot Hide': Sanctuary Cities Join Forces in First Meeting"


def read(body: bytes) -> Reading:
    page = Page(requested_url=BOX.url, final_url=BOX.url, status=200, headers=(), body=body, fetched_at=NOW)
    return newsletter.read(page, BOX)


def found(body: bytes) -> dict[str, str | None]:
    return {lead.url: lead.headline for lead in read(body).leads}


def link(href: str, words: str) -> bytes:
    return mail(f'<html><body><p><a href="{href}">{words}</a></p></body></html>')


@pytest.mark.parametrize("parts", [(GOOGLE_PAGE, GOOGLE_TEXT), (GOOGLE_PAGE, ""), ("", GOOGLE_TEXT)])
def test_an_alert_brings_its_articles_and_nothing_else(parts: tuple[str, str]) -> None:
    assert found(mail(*parts)) == {
        ARTICLE: HEADLINE,
        SECOND: "City Leaders Met Yesterday in NYC to Strategize the Resistance",
    }


def test_a_lead_tells_the_day_of_the_mail_and_the_outlet_that_the_mail_names() -> None:
    lead = read(mail(GOOGLE_PAGE)).leads[0]
    assert lead.outlet == "NBC News"
    assert lead.guid == "alert-1@google.example"
    assert lead.published is not None
    assert lead.published.precision is Precision.DAY
    assert lead.published.day == datetime(2017, 3, 28).date()  # noqa: DTZ001 - a day has no zone
    assert lead.published.instant == datetime(2017, 3, 28, 4, tzinfo=UTC)


def test_a_newsletter_brings_its_articles_and_nothing_else() -> None:
    assert found(mail(NEWSLETTER, "Read it in a browser: https://daily.example/nl")) == {
        f"{LIST}/track/click?u=1&id=aa&e=9": "Mayors answer the threat of cuts with one voice",
        f"{LIST}/track/click?u=1&id=ab&e=9": "Mayors answer the threat of cuts with one voice",
        "https://daily.example/2017/03/28/asi-reacciona/": "Así reacciona la conferencia al ultimátum",
        "https://daily.example/opinion/editorial-city-must-not-give-in-123456.html": "Editorial",
    }


def test_other_alerts_and_letters_are_told_apart_by_shape_as_well() -> None:
    assert found(mail(TALKWALKER)) == {
        "https://daily.example/news/council-votes-to-stay-a-sanctuary-city-3010841": (
            "Council votes to stay a sanctuary city"
        ),
        "https://metro.example/2017/03/28/mayor": None,
    }
    assert found(mail(ESSAY)) == {
        "https://open.example/pub/city/p/the-week-in-city-hall": "The week in City Hall",
        # Three words of a sentence are no headline; the page will tell it.
        "https://www.times.example/2017/03/28/us/politics/sessions-sanctuary-cities.html": None,
        "https://redirect.example/2/eyJlIjoiaHR0cHM6": "What forty mayors said to Washington in one day",
    }


def test_a_page_without_links_leaves_the_word_to_the_text() -> None:
    assert list(found(mail("<html><body>Your mail program shows no pages.</body></html>", GOOGLE_TEXT))) == [
        ARTICLE,
        SECOND,
    ]


@pytest.mark.parametrize(
    "wrapped",
    [
        google(ARTICLE),
        f"https://nam02.safelinks.protection.outlook.com/?url={ARTICLE}&amp;data=02%7C01&amp;reserved=0",
        f"https://urldefense.com/v3/__{ARTICLE}__;!!abc!def$",
        f"https://l.facebook.com/l.php?u={ARTICLE}&amp;h=AT0",
        f"{ARTICLE}?utm_source=newsletter&amp;utm_medium=email&amp;mc_cid=1",
    ],
)
def test_wrappers_are_opened(wrapped: str) -> None:
    assert found(link(wrapped, "Sanctuary cities join forces in New York")) == {
        ARTICLE: "Sanctuary cities join forces in New York"
    }


@pytest.mark.parametrize(
    "words",
    [
        "Unsubscribe", "Manage your email preferences", "View in browser", "Im Browser ansehen",
        "Newsletter abbestellen oder Einstellungen ändern", "Se désinscrire de cette lettre",
        "Voir dans le navigateur", "Darse de baja de este boletín", "Cancelar la suscripción a este boletín",
        "Annulla l'iscrizione a questa lista",
        "Forward to a friend", "Privacy Policy", "Follow us", "Sign in", "Sign up for our other newsletters",
        "See all results for this alert", "Contact us", "Afmelden", "Add us to your address book",
        "Terms of Service", "Click here", "Confirm your subscription", "I no longer want these mails",
        "You are receiving this because of your account",
    ],
)  # fmt: skip
def test_links_about_the_mail_are_none(words: str) -> None:
    assert found(link("https://mail.example/c/eJwNyE0", words)) == {}


@pytest.mark.parametrize(
    "href",
    [
        "https://daily.example/", "https://daily.example/news/", "https://twitter.com/daily",
        "https://daily.example/newsletters/morning", "https://mail.example/unsubscribe?u=1", "tel:+1212",
        "https://twitter.com/intent/tweet?text=hello", "javascript:alert(1)", "ftp://daily.example/a-b-c-d-e",
        "https://daily.example/logo.png", "", "#", "http://", "https://",
    ],
)  # fmt: skip
def test_addresses_that_are_no_articles_are_none(href: str) -> None:
    assert found(link(href, "Here")) == {}


@pytest.mark.parametrize(
    "headline",
    [
        "Contact tracing begins in forty American cities as the virus spreads",
        "Voters sign up in record numbers for the November election day",
        "Senate passes privacy bill that companies fought for many years",
        "市长们联合起来反对削减联邦资金",
    ],
)
def test_a_headline_may_hold_such_a_word(headline: str) -> None:
    assert found(link("https://mail.example/c/eJwNyE0", headline)) == {
        "https://mail.example/c/eJwNyE0": headline
    }


def test_an_article_may_be_called_so() -> None:
    url = "https://daily.example/2017/03/28/city-asks-washington-for-help"
    assert list(found(link(url, "The city asks Washington for help"))) == [url]


def test_the_way_out_that_the_mail_itself_names_is_no_article() -> None:
    page = '<p><a href="https://mail.example/out/xyz">Not interested in sanctuary cities any more?</a></p>'
    assert found(mail(page, List_Unsubscribe="<mailto:x@y.z>, <https://mail.example/out/xyz>")) == {}
    assert len(found(mail(page))) == 1


PAGE = f'<html><body><a href="{ARTICLE}">Un café à São Paulo, naïve “déjà vu”</a></body></html>'


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("utf-8", "utf-8"), ("utf-8", "us-ascii"), ("utf-8", "x-unknown"), ("utf-8", "iso-8859-1;;"),
        ("utf-8", '"utf-8'), ("cp1252", "utf-8"), ("cp1252", "windows-1252"), ("cp1252", "unknown-8bit"),
        ("utf-16", "utf-16"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("coding", ["quoted-printable", "base64"])
def test_charsets_are_read_even_where_they_lie(written: str, told: str, coding: str) -> None:
    headline = found(in_charset(PAGE.encode(written), told, coding))[ARTICLE]
    assert headline is not None
    if told != "iso-8859-1;;":  # which can hold any byte: it cannot be known to lie
        assert headline == "Un café à São Paulo, naïve “déjà vu”"


def test_a_forwarded_mail_is_read_too() -> None:
    assert list(found(forwarded(mail(GOOGLE_PAGE, GOOGLE_TEXT)))) == [ARTICLE, SECOND]


def test_attached_files_are_left_alone() -> None:
    kind = b"Content-Type: text/html"
    body = mail(PAGE).replace(kind, b"Content-Disposition: attachment\n" + kind)
    with pytest.raises(UnreadableFeed, match="holds no text"):
        read(body)


@pytest.mark.parametrize("depth", [50, 1_000])
def test_a_mail_that_nests_without_end_is_told_of(depth: int) -> None:
    with pytest.raises(UnreadableFeed) as error:
        assert not read(nested(depth)).leads
        raise UnreadableFeed("no article in it")
    assert "mail" in str(error.value) or "no article" in str(error.value)


def test_a_mail_without_articles_says_so() -> None:
    reading = read(mail("", "Welcome! Your alert has been created."))
    assert reading.leads == ()
    assert reading.problems == ("no article in the mail 'Google Alert – sanctuary cities'",)


def test_what_is_no_mail_holds_no_text() -> None:
    for body in (b"\x00\x01\x02", b"\r\n\r\n", b"Subject: x\r\n\r\n", b"\xff\xfe" * 100):
        with pytest.raises(UnreadableFeed):
            assert not read(body).leads
            raise UnreadableFeed("nothing")


@pytest.mark.parametrize(
    "date", ["", "yesterday", "Tue, 99 Mar 2017 25:61:00 +9999", "Tue, 28 Mar 2099 10:00:00 +0000", "0"]
)
def test_a_date_that_cannot_be_is_none(date: str) -> None:
    body = mail(GOOGLE_PAGE).replace(b"Date: Tue, 28 Mar 2017 21:05:00 -0400", f"Date: {date}".encode())
    assert {lead.published for lead in read(body).leads} == {None}


def test_damaged_mails_crash_nothing() -> None:
    chance = random.Random(7)
    whole = [mail(GOOGLE_PAGE, GOOGLE_TEXT), mail(NEWSLETTER), forwarded(mail(NEWSLETTER))]
    readable = 0
    for _ in range(150):
        body = bytearray(chance.choice(whole))
        for _ in range(chance.randint(1, 12)):
            start = chance.randrange(len(body))
            body[start : start + chance.choice((1, 1, 40, 400))] = chance.randbytes(chance.choice((0, 1, 20)))
        try:
            readable += bool(read(bytes(body)).leads)
        except UnreadableFeed:
            continue
    assert readable > 100


def test_many_links_are_read_in_a_moment() -> None:
    row = '<tr><td><b>Headline {0} of the day</b><a href="https://a.example/{0}">Read more</a></td></tr>'
    page = "<table>" + "".join(row.format(number) for number in range(5_000)) + "</table>"
    began = datetime.now(UTC)
    reading = read(mail(page))
    assert datetime.now(UTC) - began < timedelta(seconds=5)
    assert len(reading.leads) <= newsletter.MOST_LEADS
