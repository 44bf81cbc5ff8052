"""The outlet's display name, as the page gives it: no slogan, section, handle, company, agency or CMS."""

from collections import Counter
from collections.abc import Mapping

from crawler import urls
from crawler.extraction.choose import Option, Options, rank
from crawler.extraction.document import Document
from crawler.extraction.masthead import (
    HANDS,
    LONGEST_OWN,
    domain_forms,
    forms_of,
    hands_of,
    is_no_name,
    is_plain,
    read_form,
    tidied,
    trimmed,
)
from crawler.extraction.names import is_portal, label_of, name_of_domain, names_shown, names_told
from crawler.extraction.spellings import less_article, spellings_of
from crawler.extraction.wording import SEPARATOR, fold, overlap, script_of, squeeze, tokens
from crawler.records import Lead

LONGEST = 70
_LONGEST_INITIALS = 5
_MOST_SPELLINGS = 6


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
        chosen = self.certain()
        if chosen is None:
            return rank("outlet", self.weighed().values())
        return [chosen, *(option for option in self.options.values() if option is not chosen)]

    def certain(self) -> Option | None:
        """The candidate that those who write the page agree on, told so plainly that none need be weighed."""
        form = self._certain_name()
        if form is None:
            return None
        self.options = Options()
        for text, found_by in self._told:
            self._note(tidied(text), found_by)
        chosen = self.options[form]
        if chosen.value.islower() or (chosen.value.isupper() and len(form) > _LONGEST_INITIALS):
            return None  # the page may show its case elsewhere
        return chosen

    def weighed(self) -> Options:
        """All candidates, shown ones and parts too, each with the signs for and against it."""
        self.options = Options()
        for text, found_by in (*self._told, *names_shown(self.document)):
            self._note_cut(text, found_by)
        self._note_spellings()
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
            name = trimmed(tidied(text))
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
        return bool(label) and label in {each.removeprefix("the") for each in domain_forms(name)}

    def _is_in_own_script(self, name: str) -> bool:
        """Whether a short name is in the page's own script, which no domain's word can be, and not Latin."""
        if name.isascii() or len(name) > LONGEST_OWN or script_of(self.headline) == "LATIN":
            return False
        is_name = not SEPARATOR.search(name) and not is_no_name(name)
        return is_name and script_of(name) == script_of(self.headline)

    # -- forms of one text

    def _note_cut(self, text: str, found_by: str) -> None:
        text = tidied(text)
        if found_by == "keywords":
            for word in text.split(",")[:12]:
                self._note(word.strip(), found_by)
            return
        for form, cut in forms_of(text):
            self._note(form, f"{found_by}{cut}")

    def _note(self, text: str, found_by: str) -> Option:
        text = trimmed(text)
        form = fold(text)
        if not form or len(text) > LONGEST or not any(char.isalpha() for char in text) or "://" in text:
            return Option("", "")
        option = self.options.note(text, form, found_by)
        if option.value.isupper() or (option.value.islower() and text != form):
            option.value = text if not text.isupper() else option.value
        return option

    def _note_spellings(self) -> None:
        spelt = spellings_of(self.document, self.label).most_common(_MOST_SPELLINGS)
        for text, times in spelt:
            self._note(text, "spelt in the text").add("spelt often", min(times, 5) / 5)
        for text, _ in spelt:  # handles, logos and domains write small what sentences do not
            bare = less_article(text)
            option = self.options.get(fold(bare))
            if option and option.value.islower() and not bare.islower():
                option.value = bare

    # -- what speaks for and against

    def _compare(self) -> None:
        label, host = "" if is_portal(self.host) else squeeze(self.label), squeeze(self.host)
        own_script = script_of(self.headline)
        last = [segment for segment in SEPARATOR.split(self.document.title) if segment and segment.strip()][
            -1:
        ]
        headline = tokens(self.headline)
        squeezed = Counter(squeeze(option.value) for option in self.options.values())
        parted = {squeeze(option.value) for option in self.options.values() if " " in option.form}
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
            read_form(option)
            option.add(
                "in the headline", float(bool(headline) and overlap(tokens(option.value), headline) > 0.3)
            )
            option.add("spelt otherwise too", float(squeezed[squeeze(option.value)] > 1))
            option.add("parted elsewhere", float(option.form in parted))
            script = script_of(option.value)
            option.add("ends the title", float([fold(each) for each in last] == [option.form]))
            option.add("in the page's script", float(script == own_script != "LATIN"))
            option.add("in another script", float(script != own_script))

    def _compare_with_domain(self, option: Option, label: str, host: str) -> None:
        for name in domain_forms(option.value):
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
