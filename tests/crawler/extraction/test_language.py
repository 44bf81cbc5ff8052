"""The language of a text: what its words say, what its page claims, and who is believed when they differ."""

from datetime import UTC, datetime

import pytest

from crawler.extraction.document import Document
from crawler.extraction.language import language_of
from crawler.records import Page

BULGARIAN = (
    "Общинският съвет одобри във вторник повишаването на цените на градския транспорт от пролетта, съобщи "
    "кметицата на пресконференция. Жителите на квартала обявиха протести срещу мярката."
)
CATALAN = (
    "L'Ajuntament ha aprovat aquest dimarts l'augment dels preus del transport públic a partir de la "
    "primavera, segons ha explicat l'alcaldessa en roda de premsa davant dels veïns del barri."
)
CHINESE = (
    "市议会周二批准从春季起上调公共交通票价，市长在新闻发布会上表示。"
    "该区居民宣布将举行抗议活动，因为他们认为这项措施不公平。"
)
DANISH = (
    "Byrådet vedtog tirsdag at hæve priserne på offentlig transport fra foråret, oplyste borgmesteren på et "
    "pressemøde. Beboerne i kvarteret har varslet protester."
)
ESTONIAN = (
    "Linnavolikogu kiitis teisipäeval heaks ühistranspordi hinnatõusu alates kevadest, ütles linnapea "
    "pressikonverentsil. Piirkonna elanikud on teatanud protestidest."
)
GERMAN = (
    "Gemeinderat beschließt höhere Fahrpreise ab Frühjahr, sagte Bürgermeisterin Muster vor Journalisten. "
    "Anwohner kündigten Proteste an, weil Familien mit wenig Einkommen stärker belastet würden."
)
HINDI = (
    "नगर परिषद ने मंगलवार को वसंत से सार्वजनिक परिवहन की कीमतों में "
    "वृद्धि को मंजूरी दी, महापौर ने संवाददाता सम्मेलन में बताया। मोहल्ले के निवासियों ने विरोध प्रदर्शन की घोषणा की है।"
)
UKRAINIAN = (
    "Міська рада у вівторок ухвалила підвищення цін на громадський транспорт з весни, повідомила мерка на "
    "пресконференції. Мешканці району оголосили про протести проти цього рішення."
)
PLACEHOLDER = (
    "Dolor ipsam et est cumque. Laboriosam sed delectus rerum sint qui natus tenetur ea. Tenetur debitis "
    "aspernatur sapiente iure. Esse voluptatem eos sequi quia. Repellat odio libero et aliquam dicta."
)
ASTURIAN = (
    "L'Ayuntamientu aprobó esti martes la xubida de los precios del tresporte públicu a partir de la "
    "primavera, según esplicó l'alcaldesa en rueda de prensa ante los vecinos del barriu."
)


def language(text: str, head: str = "", tag: str = "") -> str | None:
    markup = f"<html lang='{tag}'><head>{head}</head><body><p>{text}</p></body></html>"
    url, now = "https://www.coastnews.example/fares", datetime(2024, 3, 9, tzinfo=UTC)
    headers = (("content-type", "text/html; charset=utf-8"),)
    page = Page(
        requested_url=url, final_url=url, status=200, headers=headers, body=markup.encode(), fetched_at=now
    )
    return language_of(Document(page), text)[0]


@pytest.mark.parametrize("tag", ["utf-8", "UTF8", "xx", "und", "en-US-POSIX-utf8-x", "und-x", "mul"])
def test_what_is_no_language_is_no_claim(tag: str) -> None:
    assert language(CHINESE, f"<meta http-equiv='content-language' content='{tag}'>") == "zh"


@pytest.mark.parametrize(
    ("tag", "expected"), [("eng", "en"), ("ger", "de"), ("deu", "de"), ("jp", "ja"), ("pt_BR", "pt")]
)
def test_a_claim_is_read_in_every_form_that_pages_write(tag: str, expected: str) -> None:
    assert language("2024", tag=tag) == expected, "no words, so that the claim decides"


@pytest.mark.parametrize(
    ("text", "claim", "spoken"),
    [
        (CATALAN, "es", "ca"),
        (UKRAINIAN, "ru", "uk"),
        (BULGARIAN, "ru", "bg"),
        (HINDI, "en", "hi"),
        (CHINESE, "en", "zh"),
        (ESTONIAN, "ee", "et"),
        (GERMAN, "ch", "de"),
        (GERMAN, "en", "de"),
    ],
)
def test_clear_words_are_believed_before_a_claim(text: str, claim: str, spoken: str) -> None:
    assert language(text, tag=claim) == spoken


@pytest.mark.parametrize(("text", "claim"), [(DANISH, "no"), (ASTURIAN, "ast"), (PLACEHOLDER, "de")])
def test_a_claim_is_believed_where_words_are_close_unknown_or_without_sense(text: str, claim: str) -> None:
    assert language(text, tag=claim) == claim


def test_latin_of_a_page_that_claims_nothing_is_no_language_of_the_news() -> None:
    assert language(PLACEHOLDER) is None
    assert language(PLACEHOLDER, tag="la") == "la"
