"""The headline that a reader sees: whole, without site or section tail, kicker or entity."""

import re
from collections import Counter
from itertools import islice
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborNode

from crawler import urls
from crawler.extraction import vocabulary
from crawler.extraction.choose import Option, Options
from crawler.extraction.document import Document, ancestors, is_hidden, labels_of, words_of
from crawler.extraction.names import label_of
from crawler.extraction.structured import unescape
from crawler.extraction.wording import SEPARATOR, fold, overlap, site_words, squeeze, tokens
from crawler.records import Lead

LONGEST = 400
_METAS = (
    ("og:title", ("og:title",)),
    ("twitter:title", ("twitter:title",)),
    (
        "meta title",
        ("title", "dc.title", "dcterms.title", "sailthru.title", "parsely-title", "headline", "hdl", "name"),
    ),
)
_KEPT_FORMS = {
    "og:title", "twitter:title", "meta title", "title", "json-ld headline", "json-ld alternativeHeadline",
    "lead", "h1",
}  # fmt: skip
_MOST_HEADINGS = 60
_A_ROW, _LONG_ROW = 4, 8
_KICKER = vocabulary.any_of("kicker")
# A blank before a colon or comma, which French has and others get from markup.
_TORN = re.compile(r"\s+([:,;.?!])(?=\s|$)")
_TITLE_CLASS = re.compile(r"head-?line|title|titulo|titel|heading|hed\b", re.IGNORECASE)
_SITE_CLASS = re.compile(r"logo|brand|site-?(?:name|title)|blog-?title|masthead", re.IGNORECASE)


class Headlines:
    """The candidates of one page."""

    def __init__(self, document: Document, lead: Lead | None) -> None:
        self.document = document
        self.lead = lead
        self.options = Options()
        self._sites: dict[str, bool] = {}
        self._headings: list[tuple[str, str]] = []  # (tag, text) of those that readers see in the middle
        self.site = (*site_words(document), squeeze(label_of(urls.host(document.url))))
        self._read_metadata()
        self._read_headings()
        self._compare()

    def _read_metadata(self) -> None:
        document = self.document
        for found_by, names in _METAS:
            for name in names:
                for content in document.metas.get(name, [])[:2]:
                    self._note_cut(content, found_by)
        self._note_cut(document.title, "title")
        for thing in document.articles[:6]:
            kind = "json-ld" if thing.is_article else "json-ld page"
            for key in ("headline", "name", "alternativeHeadline"):
                for text in thing.texts(key)[:1]:
                    self._note_cut(text, f"{kind} {key}")
        if self.lead and self.lead.headline:
            self._note_cut(unescape(self.lead.headline), "lead")

    def _note_cut(self, text: str, found_by: str) -> None:
        """A text of the metadata, whole and less its first or last segments."""
        text = unescape(text)[:LONGEST]
        self._note(text, found_by)
        marks = list(SEPARATOR.finditer(text))
        for mark in marks[-3:]:
            self._note_part(text[: mark.start()], text[mark.end() :], f"{found_by} less its end")
        for mark in marks[:2]:
            self._note_part(text[mark.end() :], text[: mark.start()], f"{found_by} less its start")

    def _note_part(self, kept: str, dropped: str, found_by: str) -> None:
        option = self._note(kept, found_by)
        if option and squeeze(dropped):
            option.add("dropped the site", float(self._is_site(dropped)))
            option.add("dropped much", float(len(dropped) > 0.6 * len(kept)))

    def _is_site(self, text: str) -> bool:
        """Whether a segment is the site's name, alone or with a word or two around it."""
        if text not in self._sites:
            self._sites[text] = self._looks_like_the_site(squeeze(text))
        return self._sites[text]

    def _looks_like_the_site(self, words: str) -> bool:
        return (
            any(
                words == name
                or (len(name) > 3 and name in words and len(words) < 2.5 * len(name))
                or words in name
                for name in self.site
            )
            and len(words) > 1
        )

    def _note(self, text: str, found_by: str) -> Option | None:
        text = text.strip(" \t\n|")
        form = fold(text)
        if not form or len(text) > LONGEST or not any(char.isalpha() for char in text):
            return None
        option = self.options.note(text, form, found_by)
        if found_by[:2] in ("h1", "h2") and "visible" not in option.signs:
            option.value = text  # as the reader sees it: the same words in the metadata may have other quotes
        return option

    def _read_headings(self) -> None:
        nodes = self.document.walk.by_kind["headings"][:_MOST_HEADINGS]
        counts = Counter((node.tag, labels_of(node)) for node in nodes)
        first_h1 = True
        for number, node in enumerate(nodes):
            text = words_of(node)
            if not text or len(text) > LONGEST:
                continue
            place = self.document.place_of(node)
            unseen = "hidden " if place.hidden or place.navigation else ""
            alike = counts[node.tag, labels_of(node)]
            looks = self._looks(node, number, alike)
            looks["first h1"] = float(first_h1 and node.tag == "h1")
            # Of headings in a long row, which no headline stands in, the parts are no candidates.
            for found_by, form in self._forms(node, text) if alike < _LONG_ROW else [(_name_of(node), text)]:
                option = self._note(form, unseen + found_by)
                if option:
                    option.add_all(looks)
            if node.tag == "h1" and text:
                first_h1 = False
            if not unseen and not place.aside and alike < _A_ROW:
                self._headings.append((node.tag or "", text))

    def _forms(self, node: LexborNode, text: str) -> list[tuple[str, str]]:
        """An element's text whole, less its kicker, and of its longest child."""
        tag = _name_of(node)
        forms = [(tag, text), (f"{tag} tidied", _TORN.sub(r"\1", text))]
        forms.append((f"{tag} in pieces", words_of(node, between=" ")))
        children = [child for child in node.iter() if child.tag not in ("script", "style", "br", "svg")]
        if children and len(children) <= 12:
            pieces = [words_of(child) for child in children]
            for child, piece in zip(children, pieces, strict=True):
                rest = (
                    text.removeprefix(piece).strip()
                    if text.startswith(piece)
                    else text.removesuffix(piece).strip()
                )
                if piece and rest and rest != text:
                    kind = (
                        "less its kicker"
                        if _KICKER.search(labels_of(child)) or is_hidden(child)
                        else "less a child"
                    )
                    forms.append((f"{tag} {kind}", rest.lstrip(" :|-–—•·/")))
            longest = max(pieces, key=len)
            if longest and longest != text:
                forms.append((f"{tag} longest child", longest))
        for mark in list(SEPARATOR.finditer(text))[:1]:
            forms.append((f"{tag} less its start", text[mark.end() :]))
        for mark in list(SEPARATOR.finditer(text))[-1:]:
            forms.append((f"{tag} less its end", text[: mark.start()]))
        return forms

    def _looks(self, node: LexborNode, number: int, alike: int) -> dict[str, float]:
        """The signs that lie in an element itself, whatever form of its text is taken."""
        place = self.document.place_of(node)
        labels = labels_of(node)
        around = [labels, *(labels_of(each) for each in islice(ancestors(node), 1, 3))]
        return {
            "visible": 1.0,
            "hidden": float(place.hidden),
            "aside": float(place.aside),
            "in navigation": float(place.navigation),
            "in article": float(place.in_article),
            "in header": float(place.in_header and not place.in_article),
            "in a link": float(place.in_link or node.css_first("a") is not None),
            "one of many": float(alike >= _A_ROW),
            "one of two": float(alike in (2, 3)),
            "class says title": float(bool(_TITLE_CLASS.search(labels))),
            "class says kicker": float(bool(_KICKER.search(labels))),
            "class says site": float(any(map(_SITE_CLASS.search, around))),
            "itemprop headline": float("headline" in (node.attributes.get("itemprop") or "")),
            "early": 1.0 / (1 + number),
        }

    def _main_heading(self) -> str:
        """The first heading in the middle of the page that may be a headline: h1 before h2 before others."""
        known = [tokens(text) for text in (self.document.title, self.document.meta("og:title") or "")]
        slug = tokens(unquote(urlsplit(self.document.url).path))
        for tags in (("h1",), ("h2",)):
            for tag, text in self._headings:
                words = tokens(text)
                related = max(overlap(words, each) for each in (*known, slug))
                if tag in tags and len(words) > 2 and related >= 0.25 and not self._is_site(text):
                    return text
        return ""

    def _is_cut_short(self, option: Option) -> bool:
        """Whether a heading or the title goes on where this candidate breaks off, without a separator."""
        return any(
            other.form.startswith(option.form)
            and other.form != option.form
            and not SEPARATOR.match(other.form, len(option.form))
            and ("visible" in other.signs or "title" in other.found_by)
            for other in self.options.values()
        )

    def _cuts(self, text: str) -> list[str]:
        """Comparison forms of a text less its last or first segment."""
        marks = list(SEPARATOR.finditer(text))
        return [fold(text[: mark.start()]) for mark in marks[-2:]] + [
            fold(text[mark.end() :]) for mark in marks[:1]
        ]

    def other_forms(self, chosen: Option) -> tuple[tuple[str, str], ...]:
        """Headlines that the page gives elsewhere: (where it stood, text), whole as they stood there."""
        whole = [
            (found_by, option.value)
            for option in self.options.values()
            for found_by in option.found_by
            if option is not chosen and " less " not in found_by and found_by in _KEPT_FORMS
        ]
        return tuple(dict.fromkeys(whole))

    def _compare(self) -> None:
        """Signs that come from comparing a candidate with the page's other words."""
        slug = tokens(unquote(urlsplit(self.document.url).path).replace("-", " ").replace("_", " "))
        others = {
            "title": tokens(self.document.title),
            "og:title": tokens(self.document.meta("og:title") or ""),
            "json-ld": tokens(
                next((t for thing in self.document.articles for t in thing.texts("headline")), "")
            ),
        }
        main, title = fold(self._main_heading()), fold(self.document.title)
        others_whole = {
            option.form
            for option in self.options.values()
            if any(" less " not in by for by in option.found_by)
        }
        for option in self.options.values():
            words = tokens(option.value)
            for name, theirs in others.items():
                if theirs:
                    option.add(f"like {name}", overlap(words, theirs))
            option.add("like the URL", overlap(words, slug))
            option.add("starts the title", float(title.startswith(option.form)))
            option.add("in the title", float(option.form in title))
            option.add("two words at most", float(len(words) <= 2))
            option.add("three or four words", float(len(words) in (3, 4)))
            option.add("over 30 words", float(len(words) > 30))
            option.add("is the site", float(self._is_site(option.value)))
            marks = list(SEPARATOR.finditer(option.value))
            ends = [option.value[marks[-1].end() :], option.value[: marks[0].start()]] if marks else []
            option.add("ends in the site", float(bool(ends) and self._is_site(ends[0])))
            option.add("starts with the site", float(bool(ends) and self._is_site(ends[1])))
            option.add("has a bar", float("|" in option.value))
            option.add("places", min(len(option.found_by), 6) / 6)
            option.add(
                "others have less", float(any(map(others_whole.__contains__, self._cuts(option.value))))
            )
            option.add("the main heading", float(bool(main) and option.form in main))
            option.add("beside the main heading", float(bool(main) and "visible" not in option.signs))
            option.add("cut short", float(self._is_cut_short(option)))
            option.add("open quote", float(_odd_quotes(option.value)))
            option.add("ends in an ellipsis", float(option.value.endswith(("...", "…"))))


def _name_of(node: LexborNode) -> str:
    """By what a heading was found: its tag, or its class."""
    return node.tag if node.tag in ("h1", "h2", "h3") else "class"


def _odd_quotes(text: str) -> bool:
    return text.count('"') % 2 == 1 or text.count("“") != text.count("”") + text.count("„")
