"""Takes in what a person brought: it waits at the desk whatever the rules say, or is accepted at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aggregator.bringing import bring
from aggregator.desk import MOST_AT_ONCE, Signature, accept
from aggregator.errors import Unusable
from aggregator.intake import judge_anew
from aggregator.judges import Judges
from aggregator.records import Campaign, Decision, Exclusion, Mention
from aggregator.store import articles, campaigns, mentions, sightings
from aggregator.store.articles import Change, Kept
from aggregator.store.session import Store
from crawler.records import Article, SourceKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Brought:
    """What a person brings, and by which way: MANUAL (pasted, typed) or TABLE."""

    articles: Sequence[Article]
    way: SourceKind = SourceKind.MANUAL


def add(store: Store, campaign: str, brought: Brought, signed: Signature, judges: Judges) -> list[str]:
    """Keep these articles as pieces about the campaign; answers their keys. Raises UnknownSubject, Unusable.

    An article that is known already is not changed, only put at the desk; that a person
    brought it as well is remembered.
    """
    if len(brought.articles) > MOST_AT_ONCE:
        raise Unusable(f"{len(brought.articles)} pieces are too many at once; {MOST_AT_ONCE} can be added")
    with store.writing(durable=True) as c:
        # Judged as the campaigns are now: nobody changes one before this is kept.
        wanted, matcher = campaigns.get(c, campaign), judges.matcher(campaigns.every(c))
        sightings.note(c, [article.key for article in brought.articles], brought.way, signed.at)
        for article in brought.articles:
            known = articles.get(c, article.key)
            kept = Kept(change=Change.SAME, article=known) if known else articles.keep(c, article)
            asked = {wanted.slug, *mentions.campaigns_of(c, article.key)}
            told = matcher.judge(kept.article).telling(asked)
            judged = [told_by(wanted, kept.article, each, signed.by) for each in told]
            judge_anew(c, kept, judged, judges, signed.at)
    return list(dict.fromkeys(article.key for article in brought.articles))


def add_accepted(
    store: Store, campaign: str, brought: Brought, signed: Signature, judges: Judges
) -> Decision | None:
    """Keep these articles and accept them as one decision; None where there are none."""
    keys = add(store, campaign, brought, signed, judges)
    return accept(store, campaign, keys, signed) if keys else None


def told_by(wanted: Campaign, article: Article, judged: Mention | Exclusion, by: str) -> Mention | Exclusion:
    """The judgement, but a mention for the campaign that a person added the article to."""
    if judged.campaign != wanted.slug:
        return judged
    if isinstance(judged, Mention):
        return replace(judged, brought_by=by)
    did = f"added it. By the rules alone: {judged.reason}"
    return bring(wanted, article, by, did, judged.passages)
