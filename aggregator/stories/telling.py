"""Tells a story from its articles: its id, how each member belongs to it and why, and which one is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import xxhash

from aggregator.records import Crowd, Member, Relation, Story
from aggregator.stories.constraints import Wanted
from aggregator.stories.fits import STATION_WORDS, Fit, Prepared
from aggregator.stories.newsroom import is_agency, is_own_page

# A member with less text than this is not shown while another has more.
_STUB_WORDS = 60

_ORIGINAL = "what the others are copies or versions of"
_OWN_PAGE = "the wire's own page"
_BY_HAND = "chosen by hand"

Fits = Mapping[str, Mapping[str, Fit]]
Moment = tuple[str, str]  # when an article was told, and its key


def story(articles: Sequence[Prepared], fits: Fits, constraints: Wanted) -> Story:
    """The story of these articles, the middle one first; members are in order of time."""
    ordered = sorted(articles, key=lambda article: (article.sketch.told, article.sketch.key))
    if len(ordered) == 1:
        return alone(ordered[0].sketch.key, ordered[0].sketch.told)
    original, original_because = _original(ordered)
    middle = articles[0]
    fits = _among(ordered, fits)
    shown, because = _shown(ordered, (original, original_because), fits, constraints)
    return Story(
        id=story_id(ordered[0].sketch.key),
        members=tuple(_member(article, original, middle, fits) for article in ordered),
        shown=shown.sketch.key,
        shown_because=because,
    )


def _among(articles: Sequence[Prepared], fits: Fits) -> Fits:
    """The fits between these articles: how one fits those of another story explains nothing here."""
    keys = {article.sketch.key for article in articles}
    return {
        key: {other: found for other, found in fits.get(key, {}).items() if other in keys} for key in keys
    }


def crowd_of(story: Story) -> Crowd:
    """What a large story is without its members."""
    originals = (each.article_key for each in story.members if each.relation is Relation.ORIGINAL)
    return Crowd(
        id=story.id,
        size=len(story.members),
        first=min((each.told, each.article_key) for each in story.members),
        original=next(originals, None),
        shown=story.shown,
        shown_because=story.shown_because,
    )


def take_in(
    crowd: Crowd, article: Prepared, because: tuple[Prepared | None, Fit], *, is_new: bool
) -> tuple[Crowd, Member]:
    """A large story with one more article, or with this one as it is now; and this one's place in it.

    `because` is the article that stands for the story, and how the newcomer fits. Its id stays,
    though it be told before all others: to name ten thousand members anew would cost more than it tells.
    """
    standing, found = because
    key, moment = article.sketch.key, (article.sketch.told, article.sketch.key)
    is_original = crowd.original == key or _is_new_original(article, standing, crowd)
    if is_original:
        relation, reason = Relation.ORIGINAL, _ORIGINAL
    else:
        same = standing is not None and standing.sketch.outlet == article.sketch.outlet
        relation = found.relation if same else Relation.COPY
        name = standing.sketch.key if standing is not None else crowd.shown
        reason = f"with {name}: {found.reason}{_credit(article)}"
    takes_over = is_original and crowd.shown_because != _BY_HAND and crowd.shown != key
    taken = replace(
        crowd,
        size=crowd.size + is_new,
        first=min(crowd.first, moment),
        original=key if is_original else crowd.original,
        shown=key if takes_over else crowd.shown,
        shown_because=_why_original(article, standing) if takes_over else crowd.shown_because,
    )
    return taken, Member(article_key=key, relation=relation, reason=reason, told=article.sketch.told)


def _is_new_original(article: Prepared, standing: Prepared | None, crowd: Crowd) -> bool:
    """Whether a newcomer is what the others are copies of: the wire's own page, or a fuller, earlier one."""
    wire = standing.sketch.wire if standing is not None else None
    if wire is not None:
        return is_own_page(article.sketch.outlet, wire)
    if is_agency(article.sketch.outlet) and article.sketch.wire is None:
        return True
    is_first = (article.sketch.told, article.sketch.key) < crowd.first
    follows_original = crowd.first[1] == crowd.original
    return is_first and follows_original and article.sketch.wire is None and article.length >= _STUB_WORDS


def _why_original(article: Prepared, standing: Prepared | None) -> str:
    wire = standing.sketch.wire if standing is not None else None
    return _OWN_PAGE if wire is not None or is_agency(article.sketch.outlet) else "the earliest"


def as_copy(former: Prepared, original: str, found: Fit) -> Member:
    """The place of what was taken for the original until this one came."""
    reason = f"with {original}: {found.reason}"
    return Member(
        article_key=former.sketch.key, relation=Relation.COPY, reason=reason, told=former.sketch.told
    )


def standing_for(story: Story | Crowd) -> str:
    """The article that stands for a story: the original, else the one that is shown."""
    if isinstance(story, Crowd):
        return story.original or story.shown
    originals = (each.article_key for each in story.members if each.relation is Relation.ORIGINAL)
    return next(originals, story.shown)


def alone(key: str, told: str) -> Story:
    """The story of an article that has no other."""
    reason = "the only page of its story"
    member = Member(article_key=key, relation=Relation.ORIGINAL, reason=reason, told=told)
    return Story(id=story_id(key), members=(member,), shown=key, shown_because=reason)


def story_id(first_key: str) -> str:
    """The id of the story that begins with this article: stable while no earlier article joins."""
    return f"s{xxhash.xxh3_64_hexdigest(first_key.encode())}"


def _original(ordered: Sequence[Prepared]) -> tuple[Prepared | None, str]:
    """The member that the others are copies of: the wire's own page, else the first page.

    None where the first pages carry a wire's story and the wire's own page was not seen.
    """
    wire = next((article.sketch.wire for article in ordered if article.sketch.wire), None)
    if wire is not None:
        own = [article for article in ordered if is_own_page(article.sketch.outlet, wire)]
        if own:
            return max(own, key=lambda article: article.length), _OWN_PAGE
    full = [article for article in ordered if article.length >= _STUB_WORDS]
    first = (full or list(ordered))[0]
    if wire is None:
        return first, "the earliest"
    return (first, "the earliest, and credits no wire") if first.sketch.wire is None else (None, "")


def _shown(
    ordered: Sequence[Prepared], original: tuple[Prepared | None, str], fits: Fits, constraints: Wanted
) -> tuple[Prepared, str]:
    """The member to show and why: by hand, else the original, else of the first day the nearest to it."""
    by_key = {article.sketch.key: article for article in ordered}
    for key in reversed(constraints.shown):
        if key in by_key:
            return by_key[key], _BY_HAND
    if original[0] is not None:
        return original[0], original[1]
    first_day = next((article.day for article in ordered if article.day is not None), None)
    same_day = [article for article in ordered if article.day == first_day] or list(ordered)
    nearest = max(same_day, key=lambda article: _nearness(article, fits))
    return nearest, "nearest to the wire's text on the first day; the wire's own page was not seen"


def _nearness(article: Prepared, fits: Fits) -> tuple[int, int]:
    """How many words of the wire's a copy has, and how few of its own: what no other copy has, and is no
    more than a station adds, is its own."""
    shared = max((found.shared for found in fits.get(article.sketch.key, {}).values()), default=0)
    rest = max(0, article.length - shared)
    return (shared, -rest) if rest <= STATION_WORDS else (article.length, 0)


def _member(article: Prepared, original: Prepared | None, middle: Prepared, fits: Fits) -> Member:
    relation, reason = _place_of(article, original, middle, fits)
    return Member(article_key=article.sketch.key, relation=relation, reason=reason, told=article.sketch.told)


def _place_of(
    article: Prepared, original: Prepared | None, middle: Prepared, fits: Fits
) -> tuple[Relation, str]:
    """How a member belongs to its story, and why."""
    key = article.sketch.key
    if original is not None and key == original.sketch.key:
        return Relation.ORIGINAL, _ORIGINAL
    neighbour, found = _nearest(key, original, middle, fits)
    if found is None:
        if original is None and key == middle.sketch.key:
            return Relation.COPY, _why_carrier(article)
        return _by_hand(article, original or middle), "put together by hand"
    elsewhere = original is not None and article.sketch.outlet != original.sketch.outlet
    if found.relation is not Relation.COPY and elsewhere:
        # Another page of a carrier: to the story it is a copy all the same.
        return Relation.COPY, f"with {neighbour}: {found.reason}"
    return found.relation, f"with {neighbour}: {found.reason}{_credit(article)}"


def _nearest(key: str, original: Prepared | None, middle: Prepared, fits: Fits) -> tuple[str, Fit | None]:
    """The fit that explains a member best: with the original, else with the middle, else the strongest."""
    around = fits.get(key, {})
    for article in (original, middle):
        if article is not None and article.sketch.key in around:
            return article.sketch.key, around[article.sketch.key]
    if not around:
        return "", None
    strongest = max(sorted(around), key=lambda other: around[other].strength)
    return strongest, around[strongest]


def _by_hand(article: Prepared, other: Prepared) -> Relation:
    return Relation.UPDATE if article.sketch.outlet == other.sketch.outlet else Relation.COPY


def _why_carrier(article: Prepared) -> str:
    return f"carries {(article.sketch.wire or 'a wire').title()}; the wire's own page was not seen"


def _credit(article: Prepared) -> str:
    return f"; credits {article.sketch.wire.title()}" if article.sketch.wire else ""
