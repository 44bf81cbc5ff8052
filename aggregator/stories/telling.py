"""Tells a story from its articles: its id, how each member belongs to it and why, and which one is shown."""

from bisect import bisect
from collections.abc import Callable, Mapping, Sequence

import xxhash

from aggregator.records import Member, Relation, Story
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
        return alone(ordered[0].sketch.key)
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


def take_in(
    story: Story, article: Prepared, because: tuple[Prepared | None, Fit], moment_of: Callable[[str], Moment]
) -> Story:
    """A large story with one more article, or with this one as it is now; the others stay as they were told.

    `because` is the member by which it came in, and how it fits that one; `moment_of` tells by
    what members are in order.
    """
    standing, found = because
    key = article.sketch.key
    others = [member for member in story.members if member.article_key != key]
    at = bisect(others, moment_of(key), key=lambda member: moment_of(member.article_key))
    if _is_new_original(article, standing, others, at):
        others = [_as_copy(member, key, found) for member in others]
        mine = Member(article_key=key, relation=Relation.ORIGINAL, reason=_ORIGINAL)
    else:
        same = standing is not None and standing.sketch.outlet == article.sketch.outlet
        relation = found.relation if same else Relation.COPY
        name = standing.sketch.key if standing is not None else story.shown
        before = next((each for each in story.members if each.article_key == key), None)
        is_original = before is not None and before.relation is Relation.ORIGINAL
        reason = f"with {name}: {found.reason}{_credit(article)}"
        mine = before if before and is_original else Member(article_key=key, relation=relation, reason=reason)
    members = (*others[:at], mine, *others[at:])
    takes_over = mine.relation is Relation.ORIGINAL and story.shown_because != _BY_HAND
    return Story(
        id=story_id(members[0].article_key),
        members=members,
        shown=key if takes_over else story.shown,
        shown_because=_OWN_PAGE if takes_over and key != story.shown else story.shown_because,
    )


def _is_new_original(article: Prepared, standing: Prepared | None, others: Sequence[Member], at: int) -> bool:
    """Whether a newcomer is what the others are copies of: the wire's own page, or a fuller, earlier one."""
    wire = standing.sketch.wire if standing is not None else None
    if wire is not None:
        return is_own_page(article.sketch.outlet, wire)
    if is_agency(article.sketch.outlet) and article.sketch.wire is None:
        return True
    first_is_original = others[0].relation is Relation.ORIGINAL
    return at == 0 and first_is_original and article.sketch.wire is None and article.length >= _STUB_WORDS


def _as_copy(member: Member, original: str, found: Fit) -> Member:
    if member.relation is not Relation.ORIGINAL:
        return member
    return Member(
        article_key=member.article_key, relation=Relation.COPY, reason=f"with {original}: {found.reason}"
    )


def standing_for(story: Story) -> str:
    """The article that stands for a story: the original, else the one that is shown."""
    originals = (each.article_key for each in story.members if each.relation is Relation.ORIGINAL)
    return next(originals, story.shown)


def alone(key: str) -> Story:
    """The story of an article that has no other."""
    reason = "the only page of its story"
    member = Member(article_key=key, relation=Relation.ORIGINAL, reason=reason)
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
    key = article.sketch.key
    if original is not None and key == original.sketch.key:
        return Member(article_key=key, relation=Relation.ORIGINAL, reason=_ORIGINAL)
    neighbour, found = _nearest(key, original, middle, fits)
    if found is None:
        if original is None and key == middle.sketch.key:
            return Member(article_key=key, relation=Relation.COPY, reason=_why_carrier(article))
        return Member(
            article_key=key, relation=_by_hand(article, original or middle), reason="put together by hand"
        )
    elsewhere = original is not None and article.sketch.outlet != original.sketch.outlet
    if found.relation is not Relation.COPY and elsewhere:
        # Another page of a carrier: to the story it is a copy all the same.
        return Member(article_key=key, relation=Relation.COPY, reason=f"with {neighbour}: {found.reason}")
    return Member(
        article_key=key, relation=found.relation, reason=f"with {neighbour}: {found.reason}{_credit(article)}"
    )


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
