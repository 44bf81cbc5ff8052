"""Who signed an article: names from structured data, meta tags and the shown byline."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawler import urls
from crawler.extraction import vocabulary
from crawler.extraction.choose import Options
from crawler.extraction.document import Document, labels_of, words_of
from crawler.extraction.signatures import signatures_in
from crawler.extraction.structured import unescape
from crawler.extraction.wording import squeeze, tokens
from crawler.records import Lead

MOST = 12
_METAS = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl",
"article.author", "dcterms.creator",
          "cxenseparse:author", "authors", "og:article:author", "author-name", "rbauthors",
          "citation_author")  # fmt: skip
_KINDS = ("itemprop_author", "rel_author", "author_class", "byline_class")
_BY = vocabulary.alternatives("by")
_LEAD_IN = re.compile(
    rf"^(?:{_BY})\b\s*[:|]?\s+|^(?:{_BY})\s*[:：・＝]\s*"
    r"|^(?:last )?(?:published|posted|updated)\b.{0,40}?\bby\s+",
    re.IGNORECASE,
)
_LINE = re.compile(rf"^(?:{_BY})\s*[:|]?\s+(?=[^\W\d_])[^\d@:!?]{{3,70}}$", re.IGNORECASE)
_FIRST_WORDS = "|".join(item.partition(" ")[0] for item in vocabulary.items("by"))
_FIRST_WORD = re.compile(rf"(?:{_FIRST_WORDS})(?:\W|$)|[\uac00-\ud7af]", re.IGNORECASE)
_LONGEST_LINE, _FAR_TOO_LONG = 120, 1000
_SHORT = 3  # letters: "in", "by" and other words between names
_LABEL = re.compile(r"^[^\W\d_]{2,20}(?:[/*:_-]{1,2}in(?:nen)?)?\s?[:：]\s*")
_AGENCIES = "|".join(forms for _, forms in vocabulary.table("agencies"))
_SPLIT = re.compile(
    rf"(?<!\bthe)\s+(?=(?:the )?(?:{_AGENCIES})\s*$)|\.\s+(?=[^\W\d_]+\s?:)|"
    r"\s*(?:[;/|•·\n]|,(?!\s*(?:jr|sr|ii|iii|phd|md)\b)|\s&\s|\s+(?:and|und|y|et|og|och|en|oraz|и|e|with|mit|avec|con)\s+)\s*",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"\s*(?:@\w+|https?://\S+|www\.\S+|\S+@\S+\.\w+|\((?:[^)]{0,40})\)|^\W+)\s*|\s+(?:(?:선임|인턴|전문)?기자|특파원|논설위원|記者|记者)(?=\s*(?:\S+@|$))"
    r"|\b(?:on )?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d\d?\b.*$"
    r"|\b(?:published|posted|updated|veröffentlicht|aktualisiert|publicado|publié|stand)\b.*$|\s[-–—|]\s.*$"
    r"|\s+(?:illustrationen?|illustrations?|fotos?|photos?|photograph(?:s|y)|bilder)\s+(?:von|by|par)\b.*$",
    re.IGNORECASE,
)
_ROLE = vocabulary.any_of(
    "roles",
    r"[\s,]+(?:(?:senior|staff|chief|political|managing|executive|news|guest|freelance|associate|deputy) )*"
    r"(?:{})\b.*$",
)
_INITIAL = re.compile(r"\b(?:[A-Z]|[JS]r)\.\s*$")
_NO_NAME = vocabulary.any_of("no_person", r"\d{3,}|\d[:.]\d\d|^\w+\.? \d\d?$|^\d\d?\.? \w+$|^(?:{})\b")
_PARTICLES = frozenset(vocabulary.items("particles"))
_FIRST_WITHOUT_CASE = "\u0590"  # behind Latin, Greek, Cyrillic and Armenian; Georgian writes names small


class Bylines:
    """The candidates of one page: each option is a whole list of names, joined by a line break."""

    def __init__(self, document: Document, outlet: str, lead: Lead | None) -> None:
        self.document, self.outlet = document, outlet
        domain = urls.registrable_domain(urlsplit(document.url).hostname or "")
        self._own_names = {squeeze(outlet), squeeze(domain)}
        self.options = Options()
        self.names: dict[str, tuple[str, ...]] = {}
        for thing in document.articles[:4]:
            kind = "json-ld" if thing.is_article else "json-ld page"
            for key in ("author", "creator", "contributor"):
                self._note(thing.texts(key), f"{kind} {key}")
        if document.told_by_scripts:
            self._note(list(document.told_by_scripts.authors), "script state")
        for name in _METAS:
            self._note(document.metas.get(name, []), f"meta {name}")
        self._read_elements()
        self._read_lines()
        for text in signatures_in(document.blocks):
            if all(map(looks_like_a_person, names_in(text))):
                self._note_line(text, "signature")
        if lead and lead.authors:
            self._note(list(lead.authors), "lead")
        self._compare()

    def _read_elements(self) -> None:
        for kind in _KINDS:
            nodes = [
                node
                for node in self.document.walk.by_kind[kind][:12]
                if node.tag not in ("meta", "script", "link", "body", "html")
            ]
            said: list[list[str]] = []
            for node in nodes:
                if _is_of_comments(node) or (said and self.document.place_of(node).aside):
                    continue
                if shown := [text for text in _names_shown(node) if 2 < len(text) <= 120]:
                    said.append(shown)
            named = kind.replace("_", " ")
            self._note(said[0] if said else [], f"first {named}")
            self._note(list(dict.fromkeys(chain.from_iterable(said))), f"all {named}")

    def _read_lines(self) -> None:
        """Lines near the top that begin as bylines do."""
        previous = ""
        for text in islice(filter(None, self._pieces()), 600):
            leads_in = len(text) < _LONGEST_LINE and _may_lead_in(text.partition(" ")[0])
            if leads_in and _LINE.match(text):
                self._note_line(text, "line")
            elif previous and len(text) < 60 and _LEAD_IN.fullmatch(previous + " "):
                self._note_line(text, "line after by")
            previous = text if leads_in and len(text) < 20 else ""

    def _note_line(self, text: str, found_by: str) -> None:
        if all(map(may_sign, names_in(text))):
            self._note([text], found_by)

    def _pieces(self) -> Iterator[str]:
        """The page's words on lines of their own, as inline elements part them."""
        for block in self.document.blocks:
            if len(block.words) == 1:
                yield block.text
            else:
                yield from (
                    words if len(words) > _FAR_TOO_LONG else " ".join(words.split()) for words in block.words
                )

    def _note(self, said: list[str], found_by: str) -> None:
        names = tuple(dict.fromkeys(name for text in said[:MOST] for name in names_in(text)))[:MOST]
        others = tuple(name for name in names if squeeze(name) not in self._own_names)
        names = others if any(map(looks_like_a_person, others)) else names
        if not names:
            return
        form = "\n".join(sorted(map(squeeze, names)))
        held = self.names.setdefault(form, names)
        option = self.options.note("; ".join(held), form, found_by)
        if not all(map(looks_like_a_person, held)) and all(map(looks_like_a_person, names)):
            self.names[form], option.value = names, "; ".join(names)  # "jane-doe" is Jane Doe

    def _compare(self) -> None:
        outlet = squeeze(self.outlet)
        forms = {form: set(form.split("\n")) for form in self.options}
        for form, option in self.options.items():
            names = self.names[form]
            option.add("several", float(len(names) > 1))
            option.add("over four", float(len(names) > 4))
            option.add(
                "one is the outlet",
                float(
                    any(squeeze(name) in outlet or outlet in squeeze(name) for name in names) and bool(outlet)
                ),
            )
            option.add("all look like people", float(all(looks_like_a_person(name) for name in names)))
            option.add(
                "one looks like a slug", float(any(name.islower() and len(name) > 3 for name in names))
            )
            option.add("one word each", float(all(len(tokens(name)) == 1 for name in names)))
            option.add("long name", float(any(len(tokens(name)) > 5 for name in names)))
            option.add("within another", float(any(forms[form] < other for other in forms.values())))
            option.add("holds another", float(any(other < forms[form] for other in forms.values())))
            option.add("places", min(len(option.found_by), 6) / 6)


@lru_cache(maxsize=4096)
def _may_lead_in(word: str) -> bool:
    """Whether a byline may begin with this word; most lines of a page begin with one of few words."""
    return bool(_FIRST_WORD.match(word))


def _names_shown(node: LexborNode) -> list[str]:
    """The words of an element that names authors: of each link where links are all that it holds."""
    named = node.css("[itemprop~='name'], [property~='name'], [property~='schema:name']") or node.css("a")
    texts = [words_of(each) or (each.attributes.get("content") or "") for each in named[:MOST]]
    if len(texts) == 1 and texts[0]:
        return texts
    whole = words_of(node)
    if len(texts) > 1 and squeeze("".join(texts)) == squeeze(whole):
        return texts
    if not texts:
        pieces = [words_of(child) for child in islice(node.iter(), MOST)]
        if (
            len(pieces) > 1
            and all(map(_is_only_a_person, pieces))
            and squeeze("".join(pieces)) == squeeze(whole)
        ):
            return pieces
    return [next(iter(texts), "") or whole]


def _is_only_a_person(text: str) -> bool:
    return looks_like_a_person(text) and not _ROLE.search(text)


def _is_of_comments(node: LexborNode) -> bool:
    """Whether an element names who comments, or asks for their name."""
    around = (node, node.parent)
    return any("comment" in labels_of(each).lower() for each in around if each is not None)


@lru_cache(maxsize=512)  # metadata, byline and lines say the same
def names_in(text: str) -> tuple[str, ...]:
    """The names in a byline, without lead-in, role, handle and address."""
    text = unescape(text)
    if text.startswith(("http://", "https://", "//")) or len(text) > 300:
        return ()
    return tuple(_names_in(text))


def _names_in(text: str) -> Iterator[str]:
    for piece in filter(None, _SPLIT.split(_LEAD_IN.sub("", _LABEL.sub("", text)))):
        words = " ".join(_NOISE.sub(" ", _LEAD_IN.sub("", piece)).split())
        if _ROLE.fullmatch(f" {words}"):
            continue
        name = _ROLE.sub("", words).strip(" ,.:-–—|*'\"")
        name += "." if _INITIAL.search(piece) else ""
        is_name = 1 < len(name) <= 60 and not _NO_NAME.search(name) and not _is_a_phrase(name)
        if is_name and not (len(name) < _SHORT and name.islower()):
            yield name


def may_sign(name: str) -> bool:
    """Whether words behind "by" may be a name: where a script has capitals, names begin with them."""
    words = [word for word in name.split() if word.lower() not in _PARTICLES]
    return len(words) <= 5 and bool(words) and all(map(_begins_as_names_do, words))


def _begins_as_names_do(word: str) -> bool:
    first = word[2:3] if word[1:2] in ("'", "’") else word[:1]  # d'Arc
    return first.isupper() or first >= _FIRST_WITHOUT_CASE


def _is_a_phrase(name: str) -> bool:
    """Whether several words are written small that are no part of a name: "so Artikel empfehlen"."""
    words = [word for word in name.split() if word.lower() not in _PARTICLES]
    return len(words) > 2 and sum(not _begins_as_names_do(word) for word in words) > 1


def looks_like_a_person(name: str) -> bool:
    words = name.split()
    return (
        2 <= len(words) <= 5
        and words[0][0].isupper()
        and words[-1][0].isupper()
        and not any(char.isdigit() for char in name)
    )
