"""The headline that a reader sees: whole, without site or section tail, kicker or entity."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

from selectolax.lexbor import LexborNode

from crawler import urls
from crawler.extraction import headings
from crawler.extraction.choose import Option, Options, rank
from crawler.extraction.document import Document, labels_of, words_of
from crawler.extraction.headline_signs import Comparison
from crawler.extraction.names import label_of, site_words
from crawler.extraction.structured import unescape
from crawler.extraction.wording import SEPARATOR, fold, squeeze, tokens
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
_STATE = "script state"
_KEPT_FORMS = {
    "og:title", "twitter:title", "meta title", "title", "json-ld headline", "json-ld alternativeHeadline",
    "lead", "h1", _STATE,
}  # fmt: skip
_WHOLE = {f"{tag}{form}" for tag in ("h1", "h2", "h3", "class") for form in ("", " tidied", " in pieces")}
_MOST_HEADINGS = 60
_CERTAIN_WORDS, _CERTAIN_KINDS = 3, 2
_LONG_ROW = 8
_PARAGRAPH = 120
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))  # where a line may break or must not


class Headlines:
    """The candidates of one page."""

    def __init__(self, document: Document, lead: Lead | None) -> None:
        self.document = document
        self.lead = lead
        self._sites: dict[str, bool] = {}
        self._is_french = (document.lang or "").lower().startswith("fr")
        self._headings: list[tuple[str, str]] = []  # (tag or "", text), see Comparison
        self._told = [(unescape(text)[:LONGEST], found_by) for text, found_by in self._metadata()]
        self.options = Options()

    def ranked(self) -> list[Option]:
        """The candidates, best first. Beside a heading that is certain the others stand as they are told."""
        for text, found_by in self._told:
            self._note(text, found_by)
        certain = self._certain_heading()
        if certain is None:
            return rank("headline", self.weighed().values())
        chosen = self._note(headings.tidied(words_of(certain), self._is_french), "h1")
        assert chosen is not None
        return [chosen, *(option for option in self.options.values() if option is not chosen)]

    def weighed(self) -> Options:
        """All candidates, in parts too, each with the signs for and against it."""
        self.options = Options()
        for text, found_by in self._told:
            if found_by == _STATE:
                self._note(text, found_by)
            else:
                self._note_cut(text, found_by)
        self._read_headings()
        Comparison(self.document, self.options, self._headings, self._is_site).add_signs()
        return self.options

    @cached_property
    def site(self) -> tuple[str, ...]:
        """The names by which the site may call itself, squeezed."""
        return (*site_words(self.document), squeeze(label_of(urls.host(self.document.url))))

    def _metadata(self) -> Iterator[tuple[str, str]]:
        """What everything but the page's body gives as its title, and who says it."""
        document = self.document
        for found_by, names in _METAS:
            for name in names:
                yield from ((content, found_by) for content in document.metas.get(name, [])[:2])
        yield document.title, "title"
        for thing in document.articles[:6]:
            kind = "json-ld" if thing.is_article else "json-ld page"
            for key in ("headline", "name", "alternativeHeadline"):
                yield from ((text, f"{kind} {key}") for text in thing.texts(key)[:1])
        if document.told_by_scripts:
            yield document.told_by_scripts.headline, _STATE
        if self.lead and self.lead.headline:
            yield self.lead.headline, "lead"

    def _note_cut(self, text: str, found_by: str) -> None:
        """A text of the metadata, whole and less its first or last segments."""
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
        text = text.translate(_UNSEEN).strip(" \t\n|")
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
        seen_h1 = False
        for number, node in enumerate(nodes):
            text = headings.tidied(words_of(node), self._is_french)
            if not text or len(text) > LONGEST or headings.leads_home(self.document, node):
                continue
            alike = counts[node.tag, labels_of(node)]
            looks = headings.looks_of(self.document, node, number, alike)
            is_h1 = node.tag == "h1" and bool(looks["visible"])
            looks["first h1"] = float(is_h1 and not seen_h1)
            seen_h1 = seen_h1 or is_h1
            looks["behind a paragraph"] = float(self._is_behind_a_paragraph(node))
            is_title = looks["class says title"] and alike == 1 and not looks["behind a paragraph"]
            if is_title and node.tag in ("h2", "h3"):
                self._add_opening(text, looks)
            self._note_forms(node, text, looks, alike)
            if looks["visible"] and not looks["aside"] and alike < headings.A_ROW:
                # One that heads a part of the page has no rank among those that may head all of it.
                tag = (node.tag or "") if node.tag == "h1" or is_title else ""
                self._headings.append((tag, text))

    def _note_forms(self, node: LexborNode, text: str, looks: Mapping[str, float], alike: int) -> None:
        """A heading's candidates. Of those in a long row, which no headline stands in, the parts are none."""
        unseen = "" if looks["visible"] else "hidden "
        forms = [(headings.name_of(node), text)]
        if alike < _LONG_ROW:
            forms = headings.forms_of(node, text, self._is_site, self._is_french)
        marked = any(found_by.endswith(headings.LESS_A_MARK) for found_by, _ in forms)
        kicked = any(found_by.endswith(headings.LESS_ITS_KICKER) for found_by, _ in forms)
        for found_by, form in forms:
            option = self._note(form, unseen + found_by)
            if option:
                option.add_all(looks)
                option.add("less a mark", float(found_by.endswith(headings.LESS_A_MARK)))
                option.add("with its mark", float(marked and found_by in _WHOLE))
                option.add("with its kicker", float(kicked and found_by in _WHOLE))

    def _add_opening(self, text: str, looks: dict[str, float]) -> None:
        """The signs of a lower heading that opens the article.

        It is the headline where no h1 says anything, in sight or not, or where the metadata bears it out.
        """
        if looks["in article"] and looks["visible"]:
            looks["opens the article"] = float(not self._has_telling_h1)
            looks["opens the article as told"] = float(fold(text) in self._told_forms)

    @cached_property
    def _has_telling_h1(self) -> bool:
        return any(len(tokens(words_of(node))) >= _CERTAIN_WORDS for node in self.document.walk.by_tag["h1"])

    @cached_property
    def _told_forms(self) -> set[str]:
        return {fold(text) for text, found_by in self._told if "alternative" not in found_by}

    def _is_behind_a_paragraph(self, node: LexborNode) -> bool:
        """Whether the text has begun before this heading: it heads a part of it, or another story."""
        number, first = self.document.block_number(node), self._first_paragraph
        return number is not None and first is not None and number > first

    @cached_property
    def _first_paragraph(self) -> int | None:
        """The number of the first block that holds a sentence or two outside links and furniture."""
        return next(
            (
                number
                for number, block in enumerate(self.document.blocks)
                if block.length >= _PARAGRAPH and not block.fence and block.linked * 2 < block.length
            ),
            None,
        )

    def _certain_heading(self) -> LexborNode | None:
        """The only h1 in sight whose words two kinds of metadata give, alone or before the site's name."""
        seen = [node for node in self.document.walk.by_tag["h1"] if self._is_in_sight(node)]
        borne_out = [node for node in seen[: headings.A_ROW] if self._is_borne_out(words_of(node))]
        return borne_out[0] if len(borne_out) == 1 and len(seen) < headings.A_ROW else None

    def _is_borne_out(self, text: str) -> bool:
        """Whether a heading stands in the metadata of two kinds; not if it is the site, or a word or two."""
        form = fold(text)
        if len(tokens(text)) < _CERTAIN_WORDS or self._is_site(text):
            return False
        kinds = {
            kind
            for option in self.options.values()
            if option.form.startswith(form)
            and (option.form == form or SEPARATOR.match(option.form, len(form)))
            for kind in option.found_by
        }
        return len(kinds) >= _CERTAIN_KINDS

    def _is_in_sight(self, node: LexborNode) -> bool:
        place = self.document.place_of(node)
        hidden = place.hidden or place.navigation or headings.leads_home(self.document, node)
        return not hidden and bool(node.text(strip=True))

    def other_forms(self, chosen: Option) -> tuple[tuple[str, str], ...]:
        """Headlines that the page gives elsewhere: (where it stood, text), whole as they stood there."""
        whole = [
            (found_by, option.value)
            for option in self.options.values()
            for found_by in option.found_by
            if option is not chosen and " less " not in found_by and found_by in _KEPT_FORMS
        ]
        return tuple(dict.fromkeys(whole))
