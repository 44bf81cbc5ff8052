"""All that is known about one story at one campaign's desk; what entry it makes is for `listing`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from aggregator.records import Carrier, Decision, Mention, Story
from aggregator.replay import Laid
from crawler.records import Article


@dataclass(frozen=True, kw_only=True, slots=True)
class Rest:
    """What all members of a very large story amount to, where only some are looked at (see `heads`).

    When the first was found, when one was last seen to change, and all of them in order.
    """

    found_at: datetime
    updated_at: datetime
    members: Sequence[Carrier] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """All that is known about one story at one campaign's desk.

    `articles` are the members as the web has them now; `updated` when each was last seen
    to change; `former` the headline that a changed page had before; `mentions` what the
    matcher found, by article key; `gone` why a mention holds no longer; `decisions` those
    of this campaign and of all that name a member, undone ones and undoing included (their
    subjects may be narrowed to the members), `laid` what they amount to, where that is known.
    Of a very large story `articles` are those that matter, and `rest` tells of all.
    """

    story: Story
    articles: Mapping[str, Article]
    mentions: Mapping[str, Mention]
    gone: Mapping[str, str]
    decisions: Sequence[Decision] = ()
    updated: Mapping[str, datetime]
    former: Mapping[str, str]
    laid: Laid | None = None
    rest: Rest | None = None

    @property
    def keys(self) -> list[str]:
        """The members that are looked at, in order."""
        return [member.article_key for member in self.story.members if member.article_key in self.articles]

    @property
    def all_of_it(self) -> Rest:
        """What all members amount to."""
        return self.rest or Rest(
            found_at=min(self.articles[key].first_seen for key in self.keys),
            updated_at=max(self.updated[key] for key in self.keys),
            members=[carrier_of(self.articles[key]) for key in self.keys],
        )


def carrier_of(article: Article) -> Carrier:
    """An article as one that carries a story."""
    return Carrier(key=article.key, outlet=article.outlet, headline=article.headline, url=article.url)
