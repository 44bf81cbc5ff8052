"""The outlet's display name, as the page gives it: no slogan, section, handle, company, agency or CMS."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from crawler import urls
from crawler.extraction.choose import Option, Options
from crawler.extraction.document import Document, words_of
from crawler.extraction.structured import Thing, unescape
from crawler.extraction.wording import SEPARATOR, fold, overlap, squeeze, tokens
from crawler.records import Lead

LONGEST = 70
_METAS = (
    ("og:site_name", ("og:site_name", "og:sitename")),
    (
        "app name",
        (
            "application-name",
            "apple-mobile-web-app-title",
            "al:ios:app_name",
            "al:android:app_name",
            "msapplication-tooltip",
        ),
    ),
    (
        "meta publisher",
        (
            "publisher",
            "dc.publisher",
            "dcterms.publisher",
            "article:publisher",
            "cre",
            "source",
            "og:provider_name",
        ),
    ),
    ("meta copyright", ("copyright", "dc.rights", "rights")),
    ("meta author", ("author", "dc.creator")),
    ("twitter handle", ("twitter:site", "twitter:creator")),
    ("keywords", ("keywords", "news_keywords")),
)
_LOGOS = (
    "header img[alt], [class*='logo' i] img[alt], img[class*='logo' i][alt], [id*='logo' i] img[alt], a[rel~='home'], "
    "a[class*='logo' i], [class*='logo' i] a[title], [class*='site-title' i], [class*='site-name' i], [class*='brand' i] a, a[href='/'][title]"
)
_FEEDS = "link[rel~='alternate' i][type*='rss' i][title], link[rel~='alternate' i][type*='atom' i][title], link[rel='search' i][title]"
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright|&copy;)[\s©:]*(?:copyright|by|\(c\))?\s*(?:\d{4}\s*(?:[-–—/]\s*(?:\d{2,4}|present))?)?[\s,:|–-]*(?:by\s+)?([^|©\n.;<>]{2,60})",
    re.IGNORECASE,
)
_RESERVED = re.compile(
    r"\s*(?:[-–—,.|]|\ball rights|\balle rechte|\btodos (?:los|os)|\btous droits|\binc\b|\bllc\b|\bgmbh\b|\b\d{4}\b).*$",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:gmbh|inc|llc|ltd|limited|ag|kg|co|corp(?:oration)?|company|s\.?a\.?s?|s\.?r\.?l|s\.?p\.?a|plc|pty|e\.?v|verlag(?:s\w*)?|publishing|publications"
    r"|holdings?|group|grupo|gruppe|mediengruppe|media|medien|editora|editorial|communications|interactive|networks?|partners|ab|oy|as|a/s|b\.?v)\b\.?",
    re.IGNORECASE,
)
_GENERIC_TAIL = re.compile(
    r"[\s,]+(?:online|homepage|rss(?:[\s-]feed)?|feed|feeds|startseite|home(?:\s?page)?|newspaper|logo|news|digital|website|app|magazine|magazin|"
    r"nachrichten|e-?paper|english|international|deutschland|germany|comments?|search|suche|beiträge|articles)$",
    re.IGNORECASE,
)
_GENERIC_HEAD = re.compile(
    r"^(?:zur startseite(?: von)?|startseite|logo(?: of| von)?|home(?:\s?page)?|go to|back to|zurück zu[rm]?|visit|rss|feed|search|suche|follow|the)\s+",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"^(?:home(?:page)?|startseite|logo|news|nachrichten|rss|feed|menu|search|suche|website|blog|articles?|all rights reserved|inicio|accueil|latest|admin|facebook"
    r"|twitter|instagram|youtube|author|staff|editor|redaktion|main|default|site|rss feed|english|sport|sports|politics|politik|opinion|business|world|life)$",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"^(?:the )?(?:associated press|ap|reuters|afp|agence france-presse|dpa|efe|upi|pa media|press association|ansa|tass|cnn wire|bloomberg|sid|apa|xinhua|getty images|canadian press)$",
    re.IGNORECASE,
)
_MAKER = re.compile(
    r"^(?:blogger|wordpress(?:\.com)?|tumblr|medium|wix|squarespace|drupal|joomla!?|typo3|naver|facebook|google|yahoo|substack|ghost|youtube|vimeo|amp)\b",
    re.IGNORECASE,
)


class Outlets:
    """The candidates of one page, given its chosen headline."""

    def __init__(self, document: Document, headline: str, lead: Lead | None) -> None:
        self.document = document
        self.headline = headline
        self.options = Options()
        self.host = urls.host(document.url).removeprefix("www.")
        self.label = label_of(self.host)
        self._spellings = self._count_spellings()
        if lead and lead.outlet:
            self._note_cut(lead.outlet, "lead")
        for text, found_by in self._said():
            self._note_cut(text, found_by)
        for text, times in self._spellings.most_common(6):
            self._note(text, "spelt in the text").add("spelt often", min(times, 5) / 5)
        self._note(name_of_domain(self.host), "domain")
        self._note(self.host, "host")
        self._compare()

    # -- where a name may stand

    def _said(self) -> Iterator[tuple[str, str]]:
        document = self.document
        for found_by, names in _METAS:
            for name in names:
                yield from ((content.lstrip("@"), found_by) for content in document.metas.get(name, [])[:2])
        for thing in document.things[:80]:
            yield from _names_of(thing)
        for part in self._title_rest():
            yield part, "title"
        for node in document.tree.css(_LOGOS)[:8]:
            attributes = node.attributes
            for text in (
                attributes.get("alt"),
                attributes.get("title"),
                words_of(node) if node.tag != "img" else None,
            ):
                if text:
                    yield unescape(text), "logo"
        for node in document.tree.css(_FEEDS)[:4]:
            yield unescape(node.attributes.get("title") or ""), "feed title"
        for found in _COPYRIGHT.finditer(self._footer):
            yield _RESERVED.sub("", found[1]), "copyright"

    def _title_rest(self) -> Iterator[str]:
        """The page titles' segments that are not the headline."""
        for title in {
            self.document.title: 1,
            self.document.meta("og:title") or "": 1,
            self.document.meta("twitter:title") or "": 1,
        }:
            rest = title.replace(self.headline, " | ") if self.headline else title
            segments = [
                segment.strip() for segment in SEPARATOR.split(rest) if segment and segment.strip(" |-–—")
            ]
            whole = rest.strip(" |-–—:·•»«：")
            if whole and whole != title.strip():
                yield whole
            yield from (
                segment for segment in segments[-3:] if overlap(tokens(segment), tokens(self.headline)) < 0.5
            )
            yield from segments[:1]

    @cached_property
    def _footer(self) -> str:
        """The words at the end of the page and around copyright signs."""
        text = self.document.body_text
        return (
            text[-1500:]
            + " "
            + " ".join(text[m.start() : m.start() + 90] for m in list(re.finditer("©", text))[:6])
        )

    # -- the domain's own word

    def _count_spellings(self) -> Counter[str]:
        """How the page's own words spell the domain's word: "elsoldemazatlan" -> "El Sol de Mazatlán"."""
        letters = [char for char in self.label if char.isalnum()]
        if len(letters) < 3:
            return Counter()
        pattern = r"[\W_]{0,2}".join(map(re.escape, letters))
        pattern = re.sub(r"([aou])\[\\W_\]\{0,2\}e", r"\1(?:[\\W_]{0,2}e)?", pattern)
        metas = " \n ".join(content for contents in self.document.metas.values() for content in contents[:2])
        text = " \n ".join(
            (self.document.title, metas, self.document.body_text[:60_000], self.document.body_text[-4000:])
        )
        bare = text.translate(_BARE)
        found = re.finditer(
            rf"(?<![\w@/#.])(?:the |die |der |el |la |le )?{pattern}(?![\w@/])", bare, re.IGNORECASE
        )
        return Counter(self._with_article(text[match.start() : match.end()]) for match in found)

    def _with_article(self, text: str) -> str:
        return " ".join(text.split()).strip("-– ,.:|")

    # -- forms of one text

    def _note_cut(self, text: str, found_by: str) -> None:
        text = " ".join(unescape(text).split())
        if found_by == "keywords":
            for word in text.split(",")[:12]:
                self._note(word.strip(), found_by)
            return
        self._note(text, found_by)
        segments = [segment.strip() for segment in SEPARATOR.split(text) if segment and segment.strip()]
        if len(segments) > 1:
            for place, segment in enumerate(segments[:5]):
                self._note(segment, f"{found_by} {'first' if place == 0 else 'later'} segment")
        for form in {*segments[:4], text}:
            for shorter in self._shorter(form):
                self._note(shorter, f"{found_by} cut")

    def _shorter(self, text: str) -> Iterator[str]:
        yield _GENERIC_TAIL.sub("", text)
        yield _GENERIC_HEAD.sub("", text)
        yield re.sub(r"\s*[,(:].*$", "", text)
        yield re.sub(r"\.(?:com|net|org|de|at|ch|[a-z]{2,3}(?:\.[a-z]{2})?)$", "", text, flags=re.IGNORECASE)
        yield _COMPANY.sub("", text).strip(" ,.&")

    def _note(self, text: str, found_by: str) -> Option:
        text = " ".join(text.split()).strip(" |–—-•·,:\"'@")
        form = fold(text)
        if not form or len(text) > LONGEST or not any(char.isalpha() for char in text) or "://" in text:
            return Option("", "")
        option = self.options.note(text, form, found_by)
        if option.value.isupper() or (option.value.islower() and text != form):
            option.value = text if not text.isupper() else option.value
        return option

    # -- what speaks for and against

    def _compare(self) -> None:
        label, host = squeeze(self.label), squeeze(self.host)
        headline = tokens(self.headline)
        squeezed = Counter(squeeze(option.value) for option in self.options.values())
        for option in self.options.values():
            self._compare_with_domain(option, label, host)
            value, words = option.value, tokens(option.value)
            option.add("in the headline", float(bool(headline) and overlap(words, headline) > 0.3))
            option.add("one word", float(len(words) == 1))
            option.add("four words", float(len(words) in (4, 5)))
            option.add("many words", float(len(words) > 5))
            option.add("has a bar", float(bool(SEPARATOR.search(value))))
            option.add("has a comma", float("," in value))
            option.add("names a company", float(bool(_COMPANY.search(value))))
            option.add("generic", float(bool(_GENERIC.match(value))))
            option.add("an agency", float(bool(_AGENCY.match(value))))
            option.add("a maker", float(bool(_MAKER.match(value))))
            option.add("ends in a domain", float(bool(re.search(r"\w\.[a-z]{2,4}$", value, re.IGNORECASE))))
            option.add("lower case", float(value.islower()))
            option.add("inner capital", float(bool(re.search(r"[a-z][A-Z]", value))))
            option.add("has blanks", float(" " in value))
            option.add("generic tail", float(bool(_GENERIC_TAIL.search(value))))
            option.add(
                "places",
                min(
                    len(
                        {by.split(" cut")[0].split(" first")[0].split(" later")[0] for by in option.found_by}
                    ),
                    6,
                )
                / 6,
            )
            option.add("spelt otherwise too", float(squeezed[squeeze(value)] > 1))
            option.add("starts with the", float(form_starts_with_the(option.form)))
            option.add("non-latin", float(any(ord(char) > 0x24F and char.isalpha() for char in value)))

    def _compare_with_domain(self, option: Option, label: str, host: str) -> None:
        for name in _domain_forms(option.value):
            bare = re.sub(r"^the", "", name)
            option.add("spells the label", float(label in (name, bare)))
            option.add("spells the host", float(name == host))
            option.add("within the label", float(len(bare) > 2 and bare in label and bare != label))
            option.add(
                "holds the label", float(len(label) > 2 and label in name and name not in (label, host))
            )
        initials = "".join(word[0] for word in tokens(option.value))
        option.add("initials of the label", float(len(initials) > 1 and initials == label))
        option.add(
            "initials start the label",
            float(len(initials) > 1 and label.startswith(initials) and initials != label),
        )
        share = sum(len(word) for word in tokens(option.value) if len(word) > 2 and squeeze(word) in label)
        option.add("shares with the label", min(share / max(len(label), 1), 1.0))


def label_of(host: str) -> str:
    """The part of a host name that people call it by: "abendblatt" of www.abendblatt.de."""
    return urls.registrable_domain(host).partition(".")[0] or host


def name_of_domain(host: str) -> str:
    """A humane form of a domain: "kenya-today.com" -> "Kenya Today", "wdr.de" -> "WDR"."""
    label = label_of(host)
    words = [word for word in re.split(r"[-_]", label) if word]
    if len(words) == 1 and len(label) <= 4:
        return label.upper()
    return " ".join(word.capitalize() for word in words) or host


def form_starts_with_the(form: str) -> bool:
    return form.startswith(("the ", "der ", "die ", "das ", "el ", "la ", "le ", "les "))


def _names_of(thing: Thing) -> Iterator[tuple[str, str]]:
    """Names that a JSON-LD node gives to who publishes this page."""
    role = thing.role
    if role in ("publisher", "sourceorganization", "copyrightholder", "provider"):
        found_by = "json-ld publisher"
    elif role in ("ispartof", "issn"):
        found_by = "json-ld part of"
    elif "website" in thing.types:
        found_by = "json-ld website"
    elif role in ("", "@graph", "author") and any(kind.endswith("organization") for kind in thing.types):
        found_by = "json-ld author" if role == "author" else "json-ld organization"
    else:
        if isinstance(thing.fields.get("publisher"), str):
            yield from ((text, "json-ld publisher") for text in thing.texts("publisher")[:1])
        return
    for key in ("name", "alternateName"):
        yield from (
            (text, f"{found_by}{'' if key == 'name' else ' alternate'}") for text in thing.texts(key)[:2]
        )


def _domain_forms(name: str) -> set[str]:
    """How a name may be written in a domain: "Übermedien" -> ubermedien, uebermedien."""
    german = (
        name.casefold()
        .replace("ä", "ae")
        .replace("ö", "oe")
        .replace("ü", "ue")
        .replace("&", "and")
        .replace("+", "und")
    )
    return {squeeze(name), squeeze(german)}


class _Bare(dict[int, str]):
    """A translation table that takes the accents off, one character for one."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        plain = unicodedata.normalize("NFKD", char)[:1] or char
        self[point] = plain
        return plain


_BARE = _Bare()
