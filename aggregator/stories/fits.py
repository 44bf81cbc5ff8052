"""Decides whether two articles are one story and says why, with figures; making stories is for `grouping`.

Two pages of one outlet are one story when they are one page, versions of one article, or the
same article again. Two outlets' pages are one story when one text is the other, whole or cut
from its beginning: not when they report one event, quote the same people or carry the same
background. The numbers below were chosen on the development data, in the middle of the range in
which they change little; docs/decisions/0006-one-story-many-copies.md has the figures.
"""

from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from aggregator.records import Relation
from aggregator.stories import headlines
from aggregator.stories.overlap import Measured, Overlap, measured, overlap
from aggregator.stories.sketches import WORD_BYTES, Sketch, text_of
from aggregator.stories.templates import say_something_else
from aggregator.stories.words import QUOTED, number_of

# Wire copy is printed within days; a page may be published again much later.
COPY_DAYS = 4
_STUB_WORDS = 60  # words of a text that tells hardly more than its headline, at most
_SAME_TOP = 60  # words before the first common sentence in versions of one page
_STATION_TOP = 100  # words of its own that a station puts before wire copy, at most
STATION_WORDS = 220  # words of its own that a station adds in all, at most
_OWN_LEAD = 60  # words of its own before wire copy of which the first paragraphs are left out, at most
_LEFT_OUT = 170  # words of the original that a carrier leaves out before it begins, at most
_TOLD = 20  # words with which a text says what it is about, at least
_TEMPLATE_WORDS = 100  # words of a page of which a template may be most, at most
_OTHER_NEWS = 5  # words of its own that make a column's page another day's, at least
_OPENING = 150  # words of a text in which a headline's words are looked for
_PLAIN = np.uint32(~QUOTED & 0xFFFFFFFF)


class Prepared:
    """A sketch made ready for comparing with many others; what is not asked for is not worked out."""

    def __init__(self, sketch: Sketch) -> None:
        self.sketch = sketch
        self.day = date.fromisoformat(sketch.day).toordinal() if sketch.day else None

    @cached_property
    def identity(self) -> int:
        """A number for the sketch, the same for another copy of it in this process."""
        return hash(self.sketch)

    @property
    def length(self) -> int:
        """How many words the text has."""
        return len(self.sketch.words) // WORD_BYTES

    @cached_property
    def text(self) -> Measured:
        """The text, measured."""
        return measured(text_of(self.sketch))

    @cached_property
    def said(self) -> tuple[frozenset[int], ...]:
        """The telling words of each form of the headline."""
        return tuple(frozenset(map(number_of, headlines.content(form))) for form in self.sketch.headlines)

    @cached_property
    def opening(self) -> frozenset[int]:
        """The words in the opening of the text."""
        return frozenset((text_of(self.sketch).words[:_OPENING] & _PLAIN).tolist())

    @cached_property
    def is_recurring(self) -> bool:
        """Whether another day's page may bear the same headline over other news."""
        return headlines.is_recurring(self.sketch.headlines)

    @cached_property
    def is_round_up(self) -> bool:
        """Whether the page holds several stories."""
        return headlines.is_round_up(self.sketch.headlines)


class Fit(NamedTuple):
    """Two articles are one story: how, how surely (0 to 1), and why in words with figures.

    `shared` is how many words they have in whole common sentences.
    """

    relation: Relation
    strength: float
    reason: str
    shared: int = 0


class Pair(NamedTuple):
    """The evidence on two articles: days between, likeness of headlines, how far one tells the other's."""

    one: Prepared
    other: Prepared
    days: int | None
    alike: float
    told: float
    common: Overlap


def prepare(sketch: Sketch) -> Prepared:
    """A sketch made ready for comparing."""
    return Prepared(sketch)


def fit(one: Prepared, other: Prepared) -> Fit | None:
    """Whether two articles are one story; None where they are two. Their order makes no difference."""
    if other.sketch.key < one.sketch.key:  # of two equally long texts the first one gives the figures
        one, other = other, one
    shared_pages = one.sketch.pages & other.sketch.pages
    if not shared_pages and _are_apart(one, other):
        return None
    pair = _pair(one, other)
    if shared_pages and not _are_strangers(pair):
        return Fit(Relation.SAME_PAGE, 1.0, f"the same page ({min(shared_pages)})")
    return _fit_in_outlet(pair) if one.sketch.outlet == other.sketch.outlet else _fit_across_outlets(pair)


def _are_strangers(pair: Pair) -> bool:
    """Whether headlines and texts refute an address in common: some sites declare one for all they print."""
    told = min(pair.one.length, pair.other.length) >= _TOLD
    return told and pair.alike < 0.5 and pair.told < 0.75 and pair.common.cover < 0.4


def _are_apart(one: Prepared, other: Prepared) -> bool:
    """What rules one story out before texts are read: days, a round-up beside an article."""
    if one.is_round_up != other.is_round_up:
        return True
    if one.sketch.outlet == other.sketch.outlet or one.day is None or other.day is None:
        return False
    return abs(one.day - other.day) > COPY_DAYS


def _pair(one: Prepared, other: Prepared) -> Pair:
    days = abs(one.day - other.day) if one.day is not None and other.day is not None else None
    alike = headlines.likeness(one.sketch.headlines, other.sketch.headlines)
    told = max(told_by(one, other), told_by(other, one))
    return Pair(one, other, days, alike, told, overlap(one.text, other.text))


def told_by(headline: Prepared, text: Prepared) -> float:
    """How much of a headline stands in the opening of the other's text, 0 to 1."""
    return max(
        (len(said & text.opening) / len(said) for said in headline.said if len(said) >= 3), default=0.0
    )


def _fit_in_outlet(pair: Pair) -> Fit | None:
    """Versions of one article: the same beginning or headline, and hardly anything in between changed."""
    common = pair.common
    if headlines.name_other_years(pair.one.sketch.headlines, pair.other.sketch.headlines):
        return None
    if _is_stub(pair):
        return Fit(
            Relation.SAME_PAGE,
            0.9,
            f"the same headline at the same outlet, {_days(pair)}; one has hardly any text",
        )
    if common.whole < 0.75 or common.shared < 20 or _is_template(pair) or not _numbers_agree(pair):
        return None
    near = pair.days is None or pair.days <= COPY_DAYS
    same_top = max(side.start for side in common) <= _SAME_TOP
    same_head = pair.alike >= 0.5
    solid = max(side.solid for side in common) >= 0.93
    same_beginning = near and same_top and solid and common.cover >= 0.6
    new_beginning = near and solid and common.cover >= 0.75 and (same_head or pair.told >= 0.75)
    again = same_top and same_head and common.cover >= 0.75
    is_version = (same_beginning or new_beginning or again) and not _is_of_template(pair)
    return _told(Relation.UPDATE, pair, "the same outlet, ") if is_version else None


def _fit_across_outlets(pair: Pair) -> Fit | None:
    """One text at two outlets: nearly all of it, or its beginning with a station's own text around it."""
    common = pair.common
    if _is_stub(pair) and pair.days is not None:
        return Fit(Relation.COPY, 0.8, f"the same headline, {_days(pair)}; one has hardly any text")
    if common.whole < 0.7 or _is_template(pair) or not _numbers_agree(pair):
        return None
    is_copy = _is_whole_copy(pair) or _is_cut_copy(pair)
    return _told(Relation.COPY, pair) if is_copy and not _is_of_template(pair) else None


def _is_of_template(pair: Pair) -> bool:
    """A page of the same column or template over other news: of another day, or of another place."""
    one, other = pair.one, pair.other
    if pair.days and one.sketch.outlet == other.sketch.outlet and one.is_recurring and other.is_recurring:
        return pair.common.cover < 0.97 and _rest(pair) >= _OTHER_NEWS
    return say_something_else(one.sketch.headlines, other.sketch.headlines, one.text, other.text)


def _is_whole_copy(pair: Pair) -> bool:
    """Nearly all of the shorter text is the other's, in its own words and not in quotations alone."""
    common = pair.common
    top = max(side.start for side in common) <= _STATION_TOP
    own = min(side.own_shared for side in common)
    return own >= 40 and common.cover >= 0.8 and (top or common.cover >= 0.93)


def _is_cut_copy(pair: Pair) -> bool:
    """A part of the longer text without gaps, mostly its beginning, with a station's own text around it."""
    common = pair.common
    own = min(side.own_shared for side in common)
    first, last = sorted(side.start for side in common)
    solid = max(side.solid for side in common)
    surrounded = _rest(pair) <= STATION_WORDS or common.cover >= 0.65
    begins = first <= 12 or pair.alike >= 0.5 or common.shared >= 100
    if not (surrounded and begins and solid >= 0.8):
        return False
    if last > _STATION_TOP:  # the carrier left out the first paragraphs
        longer = max(common, key=lambda side: side.words)
        cut = last <= _LEFT_OUT and longer.start == last and solid >= 0.97
        return cut and first <= _OWN_LEAD and own >= 60 and common.cover >= 0.4
    if own >= 50 and common.cover >= 0.55:
        return True
    same_head = pair.alike >= 0.9 and _headline_words(pair) >= 5
    enough = own >= 16 or (common.shared >= 9 and 3 * own >= common.shared and same_head)
    return enough and first <= 40 and (pair.alike >= 0.5 or pair.told >= 0.65)


def _rest(pair: Pair) -> int:
    """How many words of the shorter text are not in common."""
    shorter = min(pair.common, key=lambda side: side.words)
    return shorter.words - shorter.shared - shorter.touched


def _is_stub(pair: Pair) -> bool:
    """One has the other's headline and hardly any text: a feed item, a redirect, a wall."""
    shorter, longer = sorted(pair.common, key=lambda side: side.words)
    if shorter.words > _STUB_WORDS or (pair.days is not None and pair.days > 1):
        return False
    if len({pair.one.sketch.language, pair.other.sketch.language} - {None}) == 2:
        return False  # a translation may keep the headline; whole sentences in common are no translation
    if pair.days != 0 and (pair.one.is_recurring or pair.other.is_recurring):
        return False
    if longer.words < _TOLD and pair.one.sketch.outlet != pair.other.sketch.outlet:
        return False  # of two that hardly say anything neither is the other's story
    long_enough = _headline_words(pair) >= 4
    same_text = shorter.words < 10 or (shorter.covered >= 0.5 and shorter.odd_numbers == 0)
    return pair.alike >= 0.75 and long_enough and same_text


def _headline_words(pair: Pair) -> int:
    """How many words that say something the shorter of the two headlines has."""
    return min(max((len(said) for said in side.said), default=0) for side in (pair.one, pair.other))


def _is_template(pair: Pair) -> bool:
    """Short pages that differ in their facts alone, such as scores: in their headlines, or in their leads."""
    shorter = min(pair.common, key=lambda side: side.words)
    if shorter.words < 60 and pair.alike < 0.5 and pair.told < 0.75:
        return True
    leads = [side.lead for side in pair.common]
    return shorter.words < _TEMPLATE_WORDS and min(leads) >= 0.3 and max(leads) < 0.95


def _numbers_agree(pair: Pair) -> bool:
    """Whether the numbers in the common sentences are the same; a new version may bring new ones, soon.

    `odd` is the share of numbers that only one text has, in the text with fewer of them.
    """
    odd = min(side.odd_numbers for side in pair.common)
    if (
        pair.days is not None
        and pair.days <= 1
        and pair.alike >= 0.9
        and pair.common.cover >= 0.9
        and pair.common.shared >= 150
    ):
        return odd <= 0.6
    return odd <= (0.1 if pair.days is not None and pair.days >= 2 and pair.common.shared < 100 else 0.25)


def _told(relation: Relation, pair: Pair, where: str = "") -> Fit:
    return Fit(relation, _strength(pair), f"{where}{_figures(pair)}", pair.common.shared)


def _strength(pair: Pair) -> float:
    return round(
        min(1.0, 0.5 * pair.common.cover + 0.3 * pair.common.whole + 0.2 * max(pair.alike, pair.told)), 3
    )


def _figures(pair: Pair) -> str:
    common = pair.common
    shorter = min(common, key=lambda side: side.words)
    return (
        f"{shorter.sentences} whole sentences in common ({shorter.shared} of the shorter's {shorter.words} "
        f"words), from word {shorter.start + 1} on; headlines {pair.alike:.0%} alike, {_days(pair)}"
    )


def _days(pair: Pair) -> str:
    if pair.days is None:
        return "one without a date"
    return "on the same day" if pair.days == 0 else f"{pair.days} day{'s' if pair.days > 1 else ''} apart"
