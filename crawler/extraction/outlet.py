"""The outlet's display name, as the page gives it: no slogan, section, handle, company, agency or CMS."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from crawler import urls
from crawler.extraction import vocabulary
from crawler.extraction.choose import Option, Options, rank
from crawler.extraction.document import Document
from crawler.extraction.names import is_portal, label_of, name_of_domain, names_shown, names_told
from crawler.extraction.spellings import spellings_of
from crawler.extraction.structured import unescape
from crawler.extraction.wording import SEPARATOR, fold, overlap, script_of, squeeze, tokens
from crawler.records import Lead

LONGEST = 70
_LONGEST_INITIALS, _LONGEST_OWN = 5, 40
# Where a page names itself, by the hand that wrote it there: agreement counts between hands only.
HANDS = {
    "og:site_name": "metadata", "app name": "metadata", "meta publisher": "metadata",
    "json-ld publisher": "structured data", "json-ld website": "structured data",
    "json-ld part of": "structured data", "json-ld organization": "structured data",
    "title": "title",
}  # fmt: skip
_SHOWN_HANDS = {**HANDS, "logo": "logo"}
_FORMS = (" cut", " first segment", " later segment", " alternate")
_COMPANY = vocabulary.any_of("company_words", r"\b(?:{})\b\.?")
_GENERIC_TAIL = vocabulary.any_of("after_a_name", r"[\s,]+(?:{})$")
_GENERIC_HEAD = vocabulary.any_of("before_a_name", r"^(?:{})\s+")
_GENERIC = vocabulary.any_of("generic_names", r"^(?:{})$")
_AGENCY = vocabulary.any_of("agency_names", r"^(?:the )?(?:{})$")
_WWW = re.compile(r"^(?:https?://)?www\.(?=\w)", re.IGNORECASE)
_BEHIND_A_MARK = re.compile(r"\s*[,(:].*$")
_ENDING = re.compile(r"\.(?:com|net|org|de|at|ch|[a-z]{2,3}(?:\.[a-z]{2})?)$", re.IGNORECASE)
_DOMAIN = re.compile(r"\w\.[a-z]{2,4}$", re.IGNORECASE)
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]")
_MAKER = vocabulary.any_of("makers", r"^(?:{})\b")


class Outlets:
    """The candidates of one page, given its chosen headline."""

    def __init__(self, document: Document, headline: str, lead: Lead | None) -> None:
        self.document = document
        self.headline = headline
        self.options = Options()
        self.host = urls.host(document.url).removeprefix("www.")
        self.label = label_of(self.host)
        self._told = [(lead.outlet, "lead")] if lead and lead.outlet else []
        self._told += names_told(document, headline)

    def told(self) -> list[Option]:
        """What metadata, structured data and titles call the outlet, in parts too; by most hands first."""
        self.options = Options()
        for text, found_by in self._told:
            self._note_cut(text, found_by)
        return sorted(self.options.values(), key=lambda option: -len(hands_of(option)))

    def ranked(self) -> list[Option]:
        """The candidates, best first. Beside a name that is certain the others stand as they are told."""
        certain = self._certain_name()
        if certain is None:
            return rank("outlet", self.weighed().values())
        for text, found_by in self._told:
            self._note(_tidied(text), found_by)
        chosen = self.options[certain]
        if chosen.value.islower() or (chosen.value.isupper() and len(certain) > _LONGEST_INITIALS):
            return rank("outlet", self.weighed().values())  # the page may show its case elsewhere
        return [chosen, *(option for option in self.options.values() if option is not chosen)]

    def weighed(self) -> Options:
        """All candidates, shown ones and parts too, each with the signs for and against it."""
        self.options = Options()
        for text, found_by in (*self._told, *names_shown(self.document)):
            self._note_cut(text, found_by)
        for text, times in spellings_of(self.document, self.label).most_common(6):
            self._note(text, "spelt in the text").add("spelt often", min(times, 5) / 5)
        self._note(name_of_domain(self.host), "domain")
        self._note(self.host, "host")
        self._compare()
        return self.options

    def _certain_name(self) -> str | None:
        """The form of the only telling name that two hands wrote: metadata, structured data, title.

        A name tells that is the domain's word, or in the page's own script; a plain one that all three
        wrote need not.
        """
        hands: dict[str, set[str]] = {}
        own: dict[str, str] = {}  # of names in the page's own script: their letters, and the first such form
        plain: dict[str, set[str]] = {}
        for text, found_by in self._told:
            if found_by not in HANDS:
                continue
            name = _trimmed(_tidied(text))
            is_own = self._is_in_own_script(name)
            form = own.setdefault(squeeze(name), fold(name)) if is_own else fold(name)
            if is_own or self._spells_the_label(name):
                hands.setdefault(form, set()).add(HANDS[found_by])
            elif is_plain(name):
                plain.setdefault(form, set()).add(HANDS[found_by])
        borne_out = [form for form, by in hands.items() if len(by | _hands_behind(form, own, hands)) > 1]
        borne_out += [form for form, by in plain.items() if len(by) == len(set(HANDS.values()))]
        return borne_out[0] if len(borne_out) == 1 else None

    def _spells_the_label(self, name: str) -> bool:
        """Whether a name is the domain's word; of portals the domain says nothing."""
        label = "" if is_portal(self.host) else squeeze(self.label).removeprefix("the")
        return bool(label) and label in {each.removeprefix("the") for each in _domain_forms(name)}

    def _is_in_own_script(self, name: str) -> bool:
        """Whether a short name is in the page's own script, which no domain's word can be, and not Latin."""
        if name.isascii() or len(name) > _LONGEST_OWN or script_of(self.headline) == "LATIN":
            return False
        is_name = not SEPARATOR.search(name) and not is_no_name(name)
        return is_name and script_of(name) == script_of(self.headline)

    # -- forms of one text

    def _note_cut(self, text: str, found_by: str) -> None:
        text = _tidied(text)
        if found_by == "keywords":
            for word in text.split(",")[:12]:
                self._note(word.strip(), found_by)
            return
        for form, cut in _forms_of(text):
            self._note(form, f"{found_by}{cut}")

    def _note(self, text: str, found_by: str) -> Option:
        text = _trimmed(text)
        form = fold(text)
        if not form or len(text) > LONGEST or not any(char.isalpha() for char in text) or "://" in text:
            return Option("", "")
        option = self.options.note(text, form, found_by)
        if option.value.isupper() or (option.value.islower() and text != form):
            option.value = text if not text.isupper() else option.value
        return option

    # -- what speaks for and against

    def _compare(self) -> None:
        label, host = "" if is_portal(self.host) else squeeze(self.label), squeeze(self.host)
        own_script = script_of(self.headline)
        last = [segment for segment in SEPARATOR.split(self.document.title) if segment and segment.strip()][
            -1:
        ]
        headline = tokens(self.headline)
        squeezed = Counter(squeeze(option.value) for option in self.options.values())
        endings = urls.registrable_domain(self.host).removeprefix(self.label)
        text = self.document.body_text
        with_ending = text.lower().count(self.label + endings) if endings in text else 0
        for option in self.options.values():
            guessed = set(option.found_by) <= {"domain", "host"}
            option.add("only guessed", float(guessed))
            option.add(
                "only the domain's word",
                float(set(option.found_by) <= {"domain", "host", "spelt in the text"} and not guessed),
            )
            option.add("its ending is dropped", float(fold(option.value) + endings in self.options))
            option.add(
                "its ending is often told",
                min(with_ending, 5) / 5 if fold(option.value).endswith(endings) else 0.0,
            )
            self._compare_with_domain(option, label, host)
            _read_form(option)
            option.add(
                "in the headline", float(bool(headline) and overlap(tokens(option.value), headline) > 0.3)
            )
            option.add("spelt otherwise too", float(squeezed[squeeze(option.value)] > 1))
            script = script_of(option.value)
            option.add("ends the title", float([fold(each) for each in last] == [option.form]))
            option.add("in the page's script", float(script == own_script != "LATIN"))
            option.add("in another script", float(script != own_script))

    def _compare_with_domain(self, option: Option, label: str, host: str) -> None:
        for name in _domain_forms(option.value):
            bare = name.removeprefix("the")
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


def _hands_behind(form: str, own: Mapping[str, str], hands: Mapping[str, set[str]]) -> set[str]:
    """Who wrote a name in the page's own script with more words: "Al-Akhbar online" bears out "Al-Akhbar"."""
    mine = squeeze(form)
    if own.get(mine) != form:
        return set()
    return set().union(*(hands[other] for letters, other in own.items() if mine in letters))


def _tidied(text: str) -> str:
    return _WWW.sub("", " ".join(unescape(text).split()))


def _trimmed(text: str) -> str:
    return " ".join(text.split()).strip(" |–—-•·,:\"'@")


@lru_cache(maxsize=4096)
def _forms_of(text: str) -> tuple[tuple[str, str], ...]:
    """A text whole, in segments and cut shorter, each with the words that say so."""
    segments = [segment.strip() for segment in SEPARATOR.split(text) if segment and segment.strip()]
    forms = [(text, "")]
    if len(segments) > 1:
        forms += [
            (segment, " later segment" if place else " first segment")
            for place, segment in enumerate(segments[:5])
        ]
    for form in dict.fromkeys((*segments[:4], text)):
        forms += [(shorter, " cut") for shorter in _shorter(form)]
    return tuple(dict.fromkeys(forms))


def _shorter(text: str) -> Iterator[str]:
    yield _GENERIC_TAIL.sub("", text)
    yield _GENERIC_HEAD.sub("", text)
    yield _BEHIND_A_MARK.sub("", text)
    yield _ENDING.sub("", text)
    yield _COMPANY.sub("", text).strip(" ,.&")


def _read_form(option: Option) -> None:
    """The signs that lie in a name itself and in how many places tell it."""
    value, words = option.value, tokens(option.value)
    option.add("one word", float(len(words) == 1))
    option.add("four words", float(len(words) in (4, 5)))
    option.add("many words", float(len(words) > 5))
    option.add("has a bar", float(bool(SEPARATOR.search(value))))
    option.add("has a comma", float("," in value))
    option.add("names a company", float(bool(_COMPANY.search(value))))
    option.add("generic", float(bool(_GENERIC.match(value))))
    option.add("an agency", float(bool(_AGENCY.match(value))))
    option.add("a maker", float(bool(_MAKER.match(value))))
    option.add("ends in a domain", float(bool(_DOMAIN.search(value))))
    option.add("lower case", float(value.islower()))
    option.add("inner capital", float(bool(_INNER_CAPITAL.search(value))))
    option.add("has blanks", float(" " in value))
    option.add("generic tail", float(bool(_GENERIC_TAIL.search(value))))
    places = {by.split(" cut")[0].split(" first")[0].split(" later")[0] for by in option.found_by}
    option.add("places", min(len(places), 6) / 6)
    option.add("starts with the", float(form_starts_with_the(option.form)))


def is_plain(name: str) -> bool:
    """Whether nothing can be cut off a name: no slogan, section, company or ending of a domain."""
    forms = {form for form, _ in _forms_of(name)}
    return len(name) <= _LONGEST_OWN and not is_no_name(name) and forms == {name}


def hands_of(option: Option) -> set[str]:
    """Who of those that write a page wrote a name, whole or in part; the logo is one of its own."""
    return {_SHOWN_HANDS[root] for by in option.found_by if (root := _root(by)) in _SHOWN_HANDS}


def _root(found_by: str) -> str:
    """Where the text stood of which a name is a part."""
    for form in _FORMS:
        found_by = found_by.removesuffix(form)
    return found_by


def is_no_name(text: str) -> bool:
    """Whether a text names a company, an agency, a system's maker or nothing in particular."""
    return any(pattern.search(text) for pattern in (_COMPANY, _GENERIC, _AGENCY, _MAKER))


def form_starts_with_the(form: str) -> bool:
    return form.startswith(("the ", "der ", "die ", "das ", "el ", "la ", "le ", "les "))


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
