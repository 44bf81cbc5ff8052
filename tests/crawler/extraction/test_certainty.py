"""Where a page's signs prove a field nothing more is read for it; where they do not, all is."""

from datetime import UTC, datetime

import pytest

from crawler.extraction import extract
from crawler.extraction.document import Document
from crawler.extraction.language import language_of
from crawler.outlets import Directory
from crawler.records import Article, Outlet, Page

NOW = datetime(2024, 3, 9, tzinfo=UTC)
HEADLINE = "Ferry fares rise ‘by a fifth’ in spring"
PARAGRAPH = "Ferry fares rise by a fifth from spring on, the harbour board said after a long night. "
LANGUAGES = {
    "en": "The board said that the fare of the ferry will rise in the spring, and that it has no other way "
    "to pay for the fuel, which is more than it was for the whole of the year that came before.",
    "de": "Der Rat der Stadt hat am Dienstag die Preise für die Fähre erhöht, weil das Geld für den Hafen "
    "nicht mehr reicht und die Kosten im vergangenen Jahr um ein Fünftel gestiegen sind.",
    "fr": "Le conseil de la ville a décidé mardi que le prix du ferry sera plus élevé au printemps, et que "
    "les habitants de l'île qui le prennent pour aller à l'hôpital ne paieront pas.",
    "es": "El consejo de la ciudad decidió el martes que el precio del barco sube en primavera, y que los "
    "vecinos de la isla que lo usan para ir al hospital no tendrán que pagar más por las noches.",
    "it": "Il consiglio della città ha deciso martedì che il prezzo del traghetto sale in primavera, e che "
    "gli abitanti dell'isola che lo prendono per andare in ospedale non pagano di più.",
    "nl": "Het bestuur van de stad heeft dinsdag besloten dat de prijs van het veer in de lente stijgt, en "
    "dat een bewoner van het eiland die er mee naar het ziekenhuis gaat niet meer betaalt.",
    "pl": "Rada miasta zdecydowała we wtorek, że cena promu w tym roku nie jest już taka jak do tej pory, "
    "i że za przejazd do szpitala na wyspie w nocy nie trzeba płacić więcej niż to było od lat.",
    "tr": "Belediye meclisi salı günü bu yıl feribot için daha yüksek bir fiyat ile devam edilecek dedi ve "
    "gece hastaneye giden adalılar için bir değişiklik olmadığını da açıkladı, çok daha sonra.",
}


def page(head: str, body: str, *, language: str = "en") -> Page:
    text = f"<html lang='{language}'><head>{head}</head><body>{body}</body></html>"
    url = "https://www.coastnews.example/ferry-fares-rise"
    headers = (("content-type", "text/html; charset=utf-8"),)
    return Page(
        requested_url=url, final_url=url, status=200, headers=headers, body=text.encode(), fetched_at=NOW
    )


def article(head: str, body: str = f"<h1>{HEADLINE}</h1>", *outlets: Outlet) -> Article:
    found = extract(page(head, f"{body}<div>{f'<p>{PARAGRAPH * 2}</p>' * 3}</div>"), Directory(outlets))
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("claimed", LANGUAGES)
def test_a_claim_is_believed_where_the_words_are_that_languages(spoken: str, claimed: str) -> None:
    text = LANGUAGES[spoken]
    assert language_of(Document(page("", "", language=claimed)), text)[0] == spoken


@pytest.mark.parametrize("title", [HEADLINE, f"{HEADLINE} | Coast News", f"{HEADLINE} - Coast News"])
def test_a_heading_before_the_sites_name_is_taken_as_the_reader_sees_it(title: str) -> None:
    straight = title.replace("‘", "&#39;").replace("’", "&#39;")
    told = f"<title>{straight}</title><meta property='og:title' content='{straight}'>"
    read = article(told, f"<h1>Most read today</h1><h1>{HEADLINE}</h1>")
    assert read.headline == HEADLINE
    assert "h1" not in dict(read.headlines), "the other heading is no form of this headline"


def test_the_lines_are_not_read_for_a_date_that_an_element_bears_out_and_are_for_another() -> None:
    stated = "<meta property='article:published_time' content='2024-03-08T09:30:00+01:00'>"
    borne_out = article(stated, f"<h1>{HEADLINE}</h1><time datetime='2024-03-08'></time><p>7 March 2024</p>")
    doubted = article(stated, f"<h1>{HEADLINE}</h1><time datetime='2024-02-01'></time><p>8 March 2024</p>")
    for read, is_read in ((borne_out, False), (doubted, True)):
        assert read.published and read.published.day.isoformat() == "2024-03-08"
        told = read.evidence["published"]
        told_by = (told.found_by, *(rival.found_by for rival in told.rivals))
        assert any("text" in by for by in told_by) is is_read


@pytest.mark.parametrize(
    ("listed", "confirmed", "told", "expected"),
    [
        ("CoastNews", True, "Coast News", "CoastNews"),
        ("CoastNews", False, "Coast News", "Coast News"),
        ("The Shore Herald", True, "Coast News", "The Shore Herald"),
        ("The Shore Herald", False, "Coast News", "Coast News"),
        ("The Shore Herald", False, "Welcome", "The Shore Herald"),
    ],
)
def test_a_listed_name_stands_unless_nothing_confirms_it_and_the_page_is_certain(
    listed: str, confirmed: bool, told: str, expected: str
) -> None:
    outlet = Outlet(slug="coast", name=listed, domains=("coastnews.example",), confirmed=confirmed)
    head = f"<title>{HEADLINE} | {told}</title><meta property='og:site_name' content='{told}'>"
    read = article(
        head.replace(f"| {told}", "| Home") if told == "Welcome" else head, f"<h1>{HEADLINE}</h1>", outlet
    )
    assert (read.outlet, read.outlet_slug) == (expected, "coast")


def test_a_text_that_tells_nearly_all_of_the_headline_needs_no_second_reading() -> None:
    others = f"<aside><p>{'Something else was said by somebody about other matters. ' * 8}</p></aside>" * 6
    assert article("", f"<h1>{HEADLINE}</h1>{others}").evidence["text"].found_by == "the page's paragraphs"
    unlike = article("", f"<h1>Council votes against new school gymnasium</h1>{others}")
    assert unlike.evidence["text"].found_by != "the page's paragraphs"
