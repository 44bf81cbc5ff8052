"""Whether a page is an article at all, and how much of it was given: walls, front pages, sections and errors."""

import re
from urllib.parse import urlsplit

from crawler import urls
from crawler.extraction.document import Document
from crawler.records import Access, NotAnArticle

_SHORT = 1500
_CHALLENGE = re.compile(
    r"just a moment\.\.\.|attention required! \| cloudflare|checking (?:if the site connection is secure|your browser before)|access (?:to this page has been )?denied"
    r"|are you (?:a )?(?:robot|human)|verify(?:ing)? (?:that )?you are (?:a )?human|pardon our interruption|please enable (?:js|javascript|cookies) and|ddos protection by"
    r"|unusual traffic|human verification|request unsuccessful\. incapsula|security check|bot verification|you have been blocked|captcha",
    re.IGNORECASE,
)
_CHALLENGE_PARTS = "#challenge-form, #cf-challenge, #px-captcha, .px-captcha, iframe[src*='captcha-delivery'], #challenge-running, [class*='cf-turnstile'], #sec-if-cpt-container"
_CONSENT = re.compile(
    r"before you continue|zustimmung|einwilligung|ihre privatsphäre|mit werbung weiterlesen|wir (?:brauchen|benötigen) ihre zustimmung|cookie[- ]?consent"
    r"|we value your privacy|your privacy choices|nous respectons votre vie privée|votre vie privée|tu privacidad|datenschutz-einstellungen|accept (?:all )?cookies|pur-abo",
    re.IGNORECASE,
)
_ERROR = re.compile(
    r"^(?:error\s*)?(?:404|410|403|500|502|503)\b|\b(?:error )?404\b|(?:page|article|story|content|file|url) (?:was |is |you (?:requested|are looking for) )?"
    r"(?:not found|cannot be found|could not be found|does(?:n't| not) exist|no longer available|has moved|unavailable)|nothing found|not found|seite (?:wurde )?nicht gefunden"
    r"|(?:seite|artikel) (?:existiert nicht|ist nicht (?:mehr )?(?:verfügbar|vorhanden))|página no encontrada|page (?:introuvable|non trouvée)|pagina non trovata"
    r"|página não encontrada|pagina niet gevonden|sidan (?:kunde inte hittas|finns inte)|siden (?:ble ikke|blev ikke|finnes ikke)|sivua ei löytynyt|страница не найдена|nie znaleziono strony"
    r"|ページが見つかりません|页面不存在|페이지를 찾을 수 없|internal server error|service unavailable|bad gateway|site maintenance|under maintenance|oops[,!. ]",
    re.IGNORECASE,
)
_SECTION_PATH = re.compile(
    r"/(?:tags?|topics?|thema|themen|categor(?:y|ies|ia|ie)|kategorie|rubrik|ressort|authors?|autoren|autor|search|suche|archive?s?|sections?|dossier|schlagwort|etiquetas?|keywords?)"
    r"(?:/[^/]+){0,3}/?(?:page/\d+/?)?$",
    re.IGNORECASE,
)
_SECTION_TYPES = {
    "collectionpage",
    "searchresultspage",
    "profilepage",
    "itemlist",
    "aboutpage",
    "contactpage",
}
_LOCKED = re.compile(
    r"^(?:locked|metered|premium|paid|subscriber|registration|abo|plus|paywall|hard|limited)", re.IGNORECASE
)
_PAYWALL_WORDS = re.compile(
    r"subscribe (?:now )?to (?:continue|read|keep reading|unlock)|to continue reading|already a subscriber|subscribers only|for subscribers|this (?:article|content|story) is (?:for|exclusive)"
    r"|jetzt weiterlesen|weiterlesen mit|mit .{0,20}(?:abo|plus) (?:weiter)?lesen|sie haben bereits ein abo|abonnenten|réservé aux abonnés|pour lire la suite|solo para suscriptores"
    r"|para suscriptores|per gli abbonati|abbonati per|para assinantes|exclusivo para assinantes|voor abonnees|for abonnenter|för prenumeranter|会員限定|有料会員|残り\d+文字",
    re.IGNORECASE,
)
_PAYWALL_PARTS = "[class*='paywall' i], [id*='paywall' i], [class*='piano-' i], [class*='paid-content' i], [class*='premium-wall' i], [class*='subscriber-only' i]"


def refusal(document: Document, headline: str, text: str, dated: bool) -> NotAnArticle | None:
    """Why a page is no article, None where it may be one. `dated` says whether a publication date was found."""
    page = document.page
    if page.status >= 400:
        return _no(document, "error", f"the outlet answered with status {page.status}")
    short = len(text) < _SHORT
    wall = _wall(document, text) if short else None
    if wall:
        return wall
    if short and not _has_article_node(document) and _is_error(document, headline):
        return _no(document, "error", f"the page says {_first_words(document.title or headline)!r}")
    if urls.is_front_page(page.final_url) and not _has_article_node(document):
        return _no(document, "front page", "the address is a front page")
    section = _section(document, dated, text)
    if section:
        return section
    if not headline:
        return _no(document, "empty", "the page has no headline")
    return None


def access_of(document: Document, text: str) -> tuple[Access, str]:
    """How much of the article was given, and what tells so."""
    for thing in document.things:
        free = thing.fields.get("isAccessibleForFree")
        if (thing.is_article or thing.is_work) and str(free).strip().lower() in (
            "false",
            "no",
            "0",
            "http://schema.org/false",
        ):
            return Access.PAYWALL, "json-ld isAccessibleForFree"
    tier = document.meta(
        "article:content_tier", "content_tier", "article:tier", "access", "cxenseparse:access"
    )
    if tier and _LOCKED.match(tier):
        return Access.PAYWALL, "meta content_tier"
    if len(text) < _SHORT and (
        _PAYWALL_WORDS.search(document.body_text) or document.tree.css_first(_PAYWALL_PARTS)
    ):
        return Access.PAYWALL, "the page asks to subscribe"
    if not text:
        return Access.UNREADABLE, "no text was found"
    return Access.OPEN, "the page gives its text"


def _no(document: Document, kind: str, reason: str) -> NotAnArticle:
    return NotAnArticle(url=document.url, kind=kind, reason=reason)


def _wall(document: Document, text: str) -> NotAnArticle | None:
    said = f"{document.title} {document.body_text[:600]}"
    if document.tree.css_first(_CHALLENGE_PARTS) and not _has_article_node(document) and len(text) < 600:
        return _no(document, "challenge", "the page asks for proof of being human")
    if _CHALLENGE.search(document.title) or (len(document.body_text) < 1200 and _CHALLENGE.search(said)):
        return (
            None
            if _has_article_node(document)
            else _no(document, "challenge", "the page asks for proof of being human")
        )
    if _CONSENT.search(document.title) or (len(document.body_text) < 3000 and _CONSENT.search(said)):
        return (
            None
            if _has_article_node(document) or len(text) > 700
            else _no(document, "consent wall", "the page asks for consent first")
        )
    return None


def _has_article_node(document: Document) -> bool:
    kind = (document.meta("og:type") or "").lower()
    return any(thing.is_article for thing in document.things) or kind in (
        "article",
        "news",
        "newsarticle",
        "blog",
    )


def _is_error(document: Document, headline: str) -> bool:
    heading = document.tree.css_first("h1")
    said = [document.title, headline, heading.text().strip() if heading else ""]
    return any(_ERROR.search(words) for words in said if len(words) < 90)


def _section(document: Document, dated: bool, text: str) -> NotAnArticle | None:
    """Sections, tags and authors' pages: the address or the structured data says so and nothing says article."""
    if _has_article_node(document):
        return None
    kinds = {
        kind
        for thing in document.things
        if thing.role in ("", "@graph", "mainentity")
        for kind in thing.types
    }
    path = urlsplit(document.url).path
    if _SECTION_PATH.search(path) and not (dated and len(text) > _SHORT):
        return _no(document, "section", f"the address {path} is a section's, a tag's or an author's")
    if kinds & _SECTION_TYPES and not dated:
        return _no(
            document, "section", f"the structured data says {', '.join(sorted(kinds & _SECTION_TYPES))}"
        )
    return None


def _first_words(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
