"""What is no article is named: error pages in many languages, searches, archives, lists, logins."""

from datetime import UTC, datetime

import pytest

from crawler.extraction import extract
from crawler.outlets import Directory
from crawler.records import Access, Article, Page

SITE = "https://www.coastnews.example"
PARAGRAPH = "The council kept the last ferry of the evening, which fishermen had asked it for since spring. "
TEASERS = "".join(
    f"<article><h2><a href='/2024/{number}'>Story {number} about the ferry that stays</a></h2>"
    f"<p>{PARAGRAPH}</p><time datetime='2024-11-{number:02}'></time></article>"
    for number in range(1, 21)
)
FORM = "<form><input name='name'><input type='password'><button>Go</button></form>"
TEXT = f"<div>{f'<p>{PARAGRAPH * 2}</p>' * 6}</div>"


def kind_of(path: str, headline: str, body: str) -> str:
    """What a page is: an article, or the kind of what it is instead."""
    markup = f"<html><head><title>{headline}</title></head><body><h1>{headline}</h1>{body}</body></html>"
    now = datetime(2024, 11, 20, tzinfo=UTC)
    told = (("content-type", "text/html; charset=utf-8"),)
    url = SITE + path
    page = Page(
        requested_url=url, final_url=url, status=200, headers=told, body=markup.encode(), fetched_at=now
    )
    read = extract(page, Directory(()))
    return "article" if isinstance(read, Article) else read.kind


@pytest.mark.parametrize(
    "headline",
    [
        "404 Not Found", "Seite nicht gefunden", "Página no encontrada", "Страница не найдена",
        "Halaman tidak ditemukan", "Sayfa bulunamadı", "Stránka nebyla nalezena", "الصفحة غير موجودة",
        "ページが見つかりません", "找不到頁面", "Error establishing a database connection",
    ],
)  # fmt: skip
def test_an_error_with_status_200_is_one_in_every_language(headline: str) -> None:
    assert kind_of("/2024/11/ferry", headline, "<p>404</p>") == "error"


@pytest.mark.parametrize(
    ("path", "headline", "body", "kind"),
    [
        ("/sport/", "Sport", TEASERS, "section"),
        ("/?s=ferry", "Search results for: ferry", TEASERS, "section"),
        ("/search?q=ferry", "Ferry", TEASERS, "section"),
        ("/2024/11/", "November 2024", TEASERS, "section"),
        ("/2024/11/page/2", "November 2024", TEASERS, "section"),
        ("/account", "Log in to your account", FORM, "login"),
        ("/konto", "Anmelden", FORM, "login"),
        ("/konto", "Вход", FORM, "login"),
    ],
)
def test_lists_searches_and_logins_are_no_articles(path: str, headline: str, body: str, kind: str) -> None:
    assert kind_of(path, headline, body) == kind


@pytest.mark.parametrize(
    ("path", "headline", "body"),
    [
        ("/2024/11/ferry", "Ferry stays", TEXT + TEASERS),
        ("/2024/11/20/", "Council keeps the last ferry of the evening", TEXT + "<time>2024-11-20</time>"),
        ("/?s=1&p=77", "Council keeps the last ferry of the evening", TEXT + FORM),
        ("/2024/11/brief", "Council keeps the last ferry of the evening", f"<p>{PARAGRAPH}</p>" + TEASERS),
        ("/2024/11/log", "Log in the harbour", TEXT + FORM),
    ],
)
def test_an_article_is_one_whatever_stands_around_it(path: str, headline: str, body: str) -> None:
    assert kind_of(path, headline, body) == "article"


def read(body: str, head: str = "") -> Article:
    url, now = f"{SITE}/2024/11/ferry", datetime(2024, 11, 20, tzinfo=UTC)
    markup = f"<html><head>{head}</head><body><h1>Council keeps the last ferry</h1>{body}</body></html>"
    told = (("content-type", "text/html; charset=utf-8"),)
    found = extract(
        Page(
            requested_url=url, final_url=url, status=200, headers=told, body=markup.encode(), fetched_at=now
        ),
        Directory(()),
    )
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    "words",
    [
        "Subscribe to continue reading", "You have reached your limit of free articles.",
        "Mit F+ weiterlesen",
        "Réservé aux abonnés", "Exclusivo para suscriptores", "Riservato agli abbonati", "Vain tilaajille",
        "Dostęp dla prenumeratorów", "Pouze pro předplatitele", "Csak előfizetőknek", "Только подписчикам",
        "有料会員限定", "구독자 전용입니다", "订阅后可阅读全文", "הכתבה למנויים בלבד", "Abonelere özeldir",
    ],
)  # fmt: skip
def test_a_short_text_that_asks_to_subscribe_stands_before_a_paywall(words: str) -> None:
    assert read(f"<p>{PARAGRAPH}</p><div>{words}</div>").access is Access.PAYWALL
    assert read(f"{TEXT * 2}<div>{words}</div>").access is Access.OPEN, "the whole text is there"


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: an earlier version of this story misstated the vote.",
        "Anmerkung der Redaktion: In einer früheren Version hieß es anders.",
        "Mise à jour : l'article a été modifié pour corriger le vote.",
        "Rättelse: I en tidigare version stod fel antal röster.",
        "Sprostowanie: w poprzedniej wersji podaliśmy złą liczbę.",
        "Исправление: в более ранней версии было указано иначе.",
        "【訂正】初出時、票数に誤りがありました。",
    ],
)
def test_a_correction_is_found_in_the_languages_of_the_press(notice: str) -> None:
    assert read(f"{TEXT}<p><em>{notice}</em></p>").notice == notice
    assert read(TEXT).notice is None
