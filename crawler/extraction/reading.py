"""One page to one article: each field read by its own file, put together here with its evidence."""

from dataclasses import dataclass, field

from crawler import urls
from crawler.drawn import drawn_by
from crawler.extraction import access, brands, language, prose, trimmings, wire
from crawler.extraction.byline import Bylines
from crawler.extraction.canonical import Addresses, addresses_of, translations_of
from crawler.extraction.choose import evidence, rank
from crawler.extraction.document import Document
from crawler.extraction.headline import Headlines
from crawler.extraction.outlet import Outlets
from crawler.extraction.published import Dates, PageWords
from crawler.extraction.zone import home_of
from crawler.outlets import Directory
from crawler.records import Article, Evidence, Lead, Moment, NotAnArticle, Outlet, Page
from crawler.text import charset


@dataclass(slots=True)
class _Draft:
    """What is known so far of the article on a page."""

    document: Document
    lead: Lead | None
    outlet: Outlet | None
    evidence: dict[str, Evidence] = field(default_factory=dict)

    def keep(self, name: str, found: Evidence | None) -> None:
        if found:
            self.evidence[name] = found


def extract(page: Page, outlets: Directory, lead: Lead | None = None) -> Article | NotAnArticle:
    """Read a page: an article with evidence for each field, or what the page is instead.

    Pure and without network; arguments and result can be pickled. Never raises on bad
    pages: what cannot be read stays empty, with a doubt in its evidence.
    """
    if not charset.is_text(page.body):
        return access.not_text(page)
    return _read(_draft(Document(page), outlets, lead))


def _read(draft: _Draft) -> Article | NotAnArticle:
    document, page, lead = draft.document, draft.document.page, draft.lead
    headline, headlines = _read_headline(draft)
    read = prose.prose_of(document, headline)
    size = f"{len(read.text)} characters"
    draft.keep("text", Evidence(value=size, found_by=read.found_by, doubt=read.doubt))
    spoken, heard = language.language_of(document, read.text)
    draft.keep("language", heard)
    published, modified = _read_dates(draft, PageWords(headline, spoken))
    refused = access.refusal(document, headline, read.text, dated=published is not None)
    if refused:
        return refused
    outlet = _read_outlet(draft, headline)
    authors = _read_authors(draft, outlet)
    credit, seen = wire.credit_of(document, list(authors), read.text, outlet)
    draft.keep("wire_credit", seen)
    given, told_by = access.access_of(document, read.text)
    draft.keep("access", Evidence(value=given.value, found_by=told_by))
    addresses = _read_addresses(draft)
    return Article(
        key=urls.key(addresses.canonical),
        url=urls.clean(page.final_url),
        canonical_url=addresses.canonical,
        headline=headline,
        outlet=outlet,
        outlet_slug=draft.outlet.slug if draft.outlet else None,
        first_seen=lead.found_at if lead else page.fetched_at,
        published=published,
        modified=modified,
        language=spoken,
        authors=authors,
        wire_credit=credit,
        summary=trimmings.summary_of(document, lead),
        text=read.text,
        parts=read.parts,
        image_url=trimmings.image_of(document),
        access=given,
        media_type=trimmings.media_type_of(document, read.text),
        notice=trimmings.notice_of(read),
        headlines=headlines,
        urls=tuple(dict.fromkeys((*addresses.known, *((lead.url,) if lead else ())))),
        translations=translations_of(document, spoken),
        evidence=draft.evidence,
    )


def _draft(document: Document, outlets: Directory, lead: Lead | None) -> _Draft:
    page = document.page
    draft = _Draft(document, lead, outlets.find(page.final_url) or outlets.find(page.requested_url))
    browser = drawn_by(page)
    if browser:
        draft.keep("page", Evidence(value=f"drawn by {browser}", found_by="after its scripts ran"))
    return draft


def _read_headline(draft: _Draft) -> tuple[str, tuple[tuple[str, str], ...]]:
    candidates = Headlines(draft.document, draft.lead)
    ranked = candidates.ranked()
    if not ranked:
        return "", ()
    draft.keep("headline", evidence(ranked))
    return ranked[0].value, candidates.other_forms(ranked[0])


def _read_dates(draft: _Draft, words: PageWords) -> tuple[Moment | None, Moment | None]:
    home = home_of(draft.document, draft.outlet, words.language)
    candidates = Dates(draft.document, home, words, draft.lead)
    published, found = candidates.chosen()
    draft.keep("published", found)
    return published, candidates.modified(published)


def _read_outlet(draft: _Draft, headline: str) -> str:
    candidates = Outlets(draft.document, headline, draft.lead)
    name, found = brands.name_of(draft.document, draft.outlet, candidates)
    draft.keep("outlet", found)
    return name


def _read_authors(draft: _Draft, outlet: str) -> tuple[str, ...]:
    candidates = Bylines(draft.document, outlet, draft.lead)
    ranked = rank("authors", candidates.options.values())
    if not ranked:
        return ()
    draft.keep("authors", evidence(ranked))
    return candidates.names[ranked[0].form]


def _read_addresses(draft: _Draft) -> Addresses:
    addresses = addresses_of(draft.document)
    draft.keep("canonical_url", addresses.evidence)
    if addresses.elsewhere:
        draft.keep(
            "declared_elsewhere", Evidence(value=addresses.elsewhere, found_by="the page names another site")
        )
    return addresses
