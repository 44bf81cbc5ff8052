"""A mail -> leads: the articles that a newsletter or an alert points to. Pure.

`mail` takes the mail apart, `mail_links` finds the links in its page; here it is decided which of them
lead to articles. That is decided by their shape and by the words they stand on, never by whose they
are: what leads to an article has a headline, or an address as articles have.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from crawler.errors import UnreadableFeed
from crawler.readers.mail import Mail, read_mail
from crawler.readers.mail_links import Link, find_links, find_text_links
from crawler.readers.webpage import WIDE
from crawler.records import Lead, Page, Reading, Source
from crawler.text import plain
from crawler.urls import clean, is_front_page, key, resolve

MOST_LEADS = 200  # of one mail
LONGEST_HEADLINE = 300  # characters: longer is a paragraph
FEWEST_WORDS = 4  # of a headline

_MORE = re.compile(
    r"(?:read|see|view|learn|show)\s+(?:more|full|the\s+(?:full\s+)?(?:story|article))\b.*|full\s+(?:story|article)|more"
    r"|continue(?:\s+reading)?|read(?:\s+(?:on|now|the\s+\w+))?|weiterlesen|mehr(?:\s+lesen)?|zum\s+artikel|artikel\s+lesen"
    r"|lire(?:\s+(?:la\s+suite|plus|l.article))?|en\s+savoir\s+plus|leer(?:\s+(?:más|mas|nota|artículo))?|seguir\s+leyendo"
    r"|ler\s+mais|leia\s+mais|continua(?:\s+a\s+leggere)?|leggi(?:\s+(?:tutto|di\s+più|l.articolo))?|lees\s+(?:meer|verder)",
    re.IGNORECASE,
)  # fmt: skip
_ABOUT_THE_MAIL = re.compile(
    r"unsubscri|opt[\s-]?out|click\s+here|confirm\s+(?:your|my|the|this)|stop\s+(?:receiving|getting)|no\s+longer\s|preferences|manage\s+(?:your|my|this|email|subscription|newsletter|settings|all)|update\s+(?:your|my)\s"
    r"|(?:edit|delete|create|see|view)\s+(?:this|your|all|another|more)(?:\s+\w+){0,2}\s+(?:alerts?|results?|newsletters?)|see\s+more\s+results"
    r"|(?:view|open|read|see)\s+(?:it\s+|this\s+)?(?:\w+\s+){0,2}(?:in|on)\s+(?:your\s+|a\s+|the\s+)?(?:browser|web|online)|web\s+version"
    r"|forward\s+(?:this|to)|sent\s+(?:this|to)\s|you(?:.re|\s+are)?\s+(?:have\s+)?receiv|privacy|terms\s+(?:of|and|&)|cookie|contact\s+us|advertise"
    r"|add\s+(?:us|this)\s+to\s+your|safe\s+sender|customer\s+(?:service|care)|follow\s+us|sign\s*(?:up|in)\b|log\s*in\b|subscribe\b|flag\s+as"
    r"|receive\s+this\s+alert|rss\s+feed|abmelden|abbestell|abonnement|newsletter\s+(?:verwalten|abonnieren)|im\s+browser|online\s+ansehen"
    r"|datenschutz|impressum|kontakt\b|désabonn|désinscri|se\s+désinscrire|dans\s+(?:le|votre)\s+navigateur|mentions\s+légales"
    r"|cancelar\s+(?:la\s+)?suscripci|darse\s+de\s+baja|en\s+(?:el|tu|su)\s+navegador|aviso\s+legal|privacidad|cancelar\s+(?:a\s+)?inscri"
    r"|disiscri|annulla\s+l|nel\s+browser|uitschrijven|afmelden|in\s+(?:je|uw)\s+browser|download\s+(?:our|the)\s+app|app\s+store|google\s+play",
    re.IGNORECASE,
)  # fmt: skip
_NO_ARTICLE = re.compile(
    r"(?:^|/)(?:unsub\w*|opt-?out|preferences?|prefs|privacy(?:-policy)?|terms(?:-of-\w+)?|contact(?:-us)?|about(?:-us)?|login|signin"
    r"|sign-?up|register|account|subscribe|subscriptions?|newsletters?|profile|feedback|share|sharer(?:\.php)?|intent|careers|advertis\w*|help"
    r"|faq|shop|store|donate|imprint|impressum|datenschutz|manage|settings|remove|forward|webversion|viewinbrowser)(?:$|[/.])"
    r"|\.(?:jpe?g|png|gif|svg|webp|css|js|ics|vcf|zip|mp[34])$",
    re.IGNORECASE,
)  # fmt: skip
_DATE = re.compile(r"/(?:19|20)\d{2}[/-](?:\d{1,2}|[a-z]{3})(?:[/-]|$)")


def read(page: Page, source: Source) -> Reading:
    """The articles of one mail, in its order; raises UnreadableFeed where it is none that can be read."""
    mail = read_mail(page.body, page.fetched_at)
    found: dict[str, Lead] = {}
    for link in _links_of(mail):
        lead = _make_lead(link, mail, page, source)
        if lead is None:
            continue
        known = found.get(key(lead.url))
        if known is None or len(lead.headline or "") > len(known.headline or ""):
            found[key(lead.url)] = lead
    leads = tuple(found.values())[:MOST_LEADS]
    left_out = len(found) - len(leads)
    notes = (f"{left_out} further links of one mail left out",) if left_out else ()
    nothing = () if leads else (f"no article in the mail {mail.subject!r}",)
    return Reading(leads=leads, problems=notes + nothing)


def _links_of(mail: Mail) -> Iterator[Link]:
    """The links of the pages of a mail; of its plain text where these have none."""
    if not mail.pages and not mail.texts:
        raise UnreadableFeed(f"the mail {mail.subject!r} holds no text")
    on_pages = [link for markup in mail.pages for link in find_links(markup, _is_about_the_mail)]
    yield from on_pages
    if not on_pages:
        for text in mail.texts:
            yield from find_text_links(text)


def _make_lead(link: Link, mail: Mail, page: Page, source: Source) -> Lead | None:
    whole = resolve("", link.href)
    url = clean(whole) if whole else ""
    headline = _headline_of(link)
    if not url or _is_housekeeping(link, url, mail.unsubscribe):
        return None
    told = _is_headline(headline)
    if not (told or _names_an_article(url)):
        return None
    return Lead(
        url=url,
        source_id=source.id,
        found_at=page.fetched_at,
        headline=headline if told or (headline and link.stands_alone) else None,
        published=mail.sent,
        guid=mail.identity,
        outlet=plain(link.outlet)[:LONGEST_HEADLINE] or None,
    )


def _headline_of(link: Link) -> str:
    """The link's own words; those of the heading beside it where it only says "read more"."""
    words = plain(link.words)
    if not _MORE.fullmatch(words.strip(" .…>»→›")):
        return words
    beside = plain(link.heading)
    return beside if _is_headline(beside) else ""


def _is_headline(words: str) -> bool:
    if _is_about_the_mail(words) or len(words) > LONGEST_HEADLINE:
        return False
    return len(words.split()) >= FEWEST_WORDS or len(WIDE.findall(words)) >= 2 * FEWEST_WORDS


def _is_about_the_mail(words: str) -> bool:
    """Whether a link's words are about the mail itself; a headline that holds such a word is longer."""
    words = words[: 2 * LONGEST_HEADLINE]
    return len(words.split()) <= 2 * FEWEST_WORDS and _ABOUT_THE_MAIL.search(words) is not None


def _is_housekeeping(link: Link, url: str, unsubscribe: Iterable[str]) -> bool:
    if link.in_footer or _is_about_the_mail(link.words) or is_front_page(url):
        return True
    if any(key(url) == key(other) for other in unsubscribe):
        return True
    return _NO_ARTICLE.search(urlsplit(url).path) is not None and not _names_an_article(url)


def _names_an_article(url: str) -> bool:
    """Whether the address itself looks like an article's: a date, a long slug, a number and a slug."""
    path = urlsplit(url).path
    slug = max(path.split("/"), key=len)
    hyphens = slug.count("-") + slug.count("_")
    return bool(_DATE.search(path)) or hyphens >= 3 or (hyphens >= 1 and bool(re.search(r"\d{5,}", path)))
