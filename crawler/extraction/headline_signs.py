"""What a headline's candidates have in common with the page's other words, as signs for and against each.

Which candidates there are, and which is chosen, is for `crawler.extraction.headline`.
"""

from collections.abc import Callable, Sequence
from operator import itemgetter
from urllib.parse import unquote, urlsplit

from crawler.extraction.choose import Option, Options
from crawler.extraction.document import Document
from crawler.extraction.wording import SEPARATOR, fold, overlap, script_of, tokens

# A sample of the page's letters that tells its script.
_MUCH, _STRIDE = 6000, 31
_LONGEST_LINE = _LONGEST_TITLE = 400


class Comparison:
    """One page's candidates beside each other, its metadata, its address and its lines.

    `headings`: (tag, text) of those that readers see in the middle, without a tag where they head a part
    of the page. `is_site` tells whether a text is the site's name.
    """

    def __init__(
        self,
        document: Document,
        options: Options,
        headings: Sequence[tuple[str, str]],
        is_site: Callable[[str], bool],
    ) -> None:
        self.document, self.options, self.headings, self.is_site = document, options, headings, is_site
        self.slug = tokens(unquote(urlsplit(document.url).path).replace("-", " ").replace("_", " "))
        self.title = fold(document.title)
        told = (text for thing in document.articles for text in thing.texts("headline"))
        self.told = {
            "title": tokens(document.title),
            "og:title": tokens(document.meta("og:title") or ""),
            "json-ld": tokens(next(told, "")),
        }
        self.wholes = {
            option.form for option in options.values() if any(" less " not in by for by in option.found_by)
        }
        self.main = fold(self._main_heading())
        self.lines = self._lines()
        self.script = script_of(document.body_text[:_MUCH:_STRIDE])
        self.titles_seen = self._titles_seen()

    def add_signs(self) -> None:
        """Give every candidate its signs."""
        for option in self.options.values():
            words = tokens(option.value)
            self._add_of_page(option, words)
            self._add_of_form(option, words)
            self._add_of_site(option)

    def _add_of_page(self, option: Option, words: list[str]) -> None:
        """How far the page's metadata, address, lines and main heading bear a candidate out."""
        for name, theirs in self.told.items():
            if theirs:
                option.add(f"like {name}", overlap(words, theirs))
        seen = "visible" in option.signs or option.form in self.lines
        main = bool(self.main)
        option.add("like the URL", overlap(words, self.slug))
        option.add("starts the title", float(self.title.startswith(option.form)))
        option.add("in the title", float(option.form in self.title))
        option.add("a line of the page", float(option.form in self.lines))
        option.add("in another script", float(script_of(option.value) != self.script))
        option.add("the main heading", float(main and option.form in self.main))
        option.add("beside the main heading", float(main and not seen))
        unseen = not seen and any(by.startswith("hidden") for by in option.found_by)
        option.add("hidden beside the main heading", float(main and unseen))
        option.add("another heading is the title", float(self._another_is_the_title(option, words)))

    def _add_of_form(self, option: Option, words: list[str]) -> None:
        """What a candidate's own words tell."""
        option.add("two words at most", float(len(words) <= 2))
        option.add("three or four words", float(len(words) in (3, 4)))
        option.add("over 30 words", float(len(words) > 30))
        option.add("has a bar", float("|" in option.value))
        option.add("open quote", float(_odd_quotes(option.value)))
        option.add("ends in an ellipsis", float(option.value.endswith(("...", "…"))))
        option.add("cut short", float(self._is_cut_short(option)))
        option.add("places", min(len(option.found_by), 6) / 6)
        option.add("others have less", float(any(map(self.wholes.__contains__, _cuts(option.value)))))

    def _add_of_site(self, option: Option) -> None:
        marks = list(SEPARATOR.finditer(option.value))
        ends = [option.value[marks[-1].end() :], option.value[: marks[0].start()]] if marks else []
        option.add("is the site", float(self.is_site(option.value)))
        option.add("ends in the site", float(bool(ends) and self.is_site(ends[0])))
        option.add("starts with the site", float(bool(ends) and self.is_site(ends[1])))

    def _titles_seen(self) -> set[str]:
        """The forms of headings in sight that the title, or the title less the site's name, consists of."""
        titles: set[str] = set()
        for text in (self.document.title, self.document.meta("og:title") or ""):
            if len(text) > _LONGEST_TITLE:
                continue
            titles.add(fold(text))
            for mark in SEPARATOR.finditer(text):
                start, end = text[: mark.start()], text[mark.end() :]
                titles.update(fold(kept) for kept, rest in ((start, end), (end, start)) if self.is_site(rest))
        return {fold(text) for _, text in self.headings if not self.is_site(text)} & titles

    def _another_is_the_title(self, option: Option, words: list[str]) -> bool:
        return bool(self.titles_seen) and not any(
            option.form in seen or seen in option.form for seen in self.titles_seen
        )

    def _main_heading(self) -> str:
        """The first h1, else the first h2, in the middle of the page that may be a headline."""
        known = (*self.told.values(), self.slug)
        for tag, text in sorted(self.headings, key=itemgetter(0)):
            words = tokens(text)
            related = max(overlap(words, each) for each in known)
            if tag in ("h1", "h2") and len(words) > 2 and related >= 0.25 and not self.is_site(text):
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

    def _lines(self) -> set[str]:
        """The lines that readers see, on pages without an h1: there a headline may stand in any element."""
        if any(tag == "h1" for tag, _ in self.headings):
            return set()
        place_of = self.document.place_of
        seen = (block for block in self.document.blocks if 2 < len(block.text) < _LONGEST_LINE)
        return {fold(block.text) for block in seen if not place_of(block.node).navigation}


def _cuts(text: str) -> list[str]:
    """Comparison forms of a text less its last or first segment."""
    marks = list(SEPARATOR.finditer(text))
    return [fold(text[: mark.start()]) for mark in marks[-2:]] + [
        fold(text[mark.end() :]) for mark in marks[:1]
    ]


def _odd_quotes(text: str) -> bool:
    return text.count('"') % 2 == 1 or text.count("“") != text.count("”") + text.count("„")
