"""The aggregator's records: machine judgements (Mention, Story), human decisions, the listing.

Judgements may be computed again any night from facts; decisions are append-only and
are replayed over every recomputation. The records do nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from aggregator.story import Carrier as Carrier
from aggregator.story import Crowd as Crowd
from aggregator.story import Joined as Joined
from aggregator.story import Kin as Kin
from aggregator.story import Link as Link
from aggregator.story import Member as Member
from aggregator.story import Relation as Relation
from aggregator.story import Story as Story
from crawler.records import Article, Zone


@dataclass(frozen=True, kw_only=True, slots=True)
class Pack:
    """The event pack: what people write when they write about the campaign."""

    hashtags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    context: tuple[str, ...] = ()


class LinkTarget(StrEnum):
    """Where an entry of the list links to."""

    ARTICLE = "article"
    CANONICAL = "canonical"
    NONE = "none"


@dataclass(frozen=True, kw_only=True, slots=True)
class ListForm:
    """How the campaign's list looks.

    `date` is a form made of the tokens YYYY, YY, MMMM, MMM, MM, M, DD, D and anything between them.
    `paragraphs` puts a blank line between headline and outlet in the text export, as the
    paragraphs of a web page are shown; otherwise it is a line break. `carriers` adds
    "via FOX61 and 6 others" to an entry whose story has copies elsewhere.
    """

    title: str = ""
    intro: str = ""
    date: str = "M.D.YYYY"
    paragraphs: bool = False
    carriers: bool = False
    group_by_day: bool = False
    link: LinkTarget = LinkTarget.CANONICAL
    home_url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Campaign:
    """What to look for, when, and how its list looks.

    The window is starts_on - grace_before days to ends_on + grace_after days, in the
    outlet's local days; an open end is None. Of a wire's story that several outlets carry,
    the page of the first of the `preferred` outlets (name, slug or domain) is shown. `rule`
    and `none_of` are in the rule language and are added to what the pack says. `version`
    grows with every change.
    """

    slug: str
    name: str
    pack: Pack = Pack()
    rule: str = ""
    none_of: str = ""
    own_domains: tuple[str, ...] = ()
    partner_domains: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    preferred: tuple[str, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    grace_before: int = 3
    grace_after: int = 30
    context_waits: bool = False
    form: ListForm = ListForm()
    version: int = 1


class Tier(StrEnum):
    """How near a piece is to the campaign, nearest first."""

    NAMES_US = "names us"
    COVERS_EVENT = "covers the event"
    CONTEXT = "context only"


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A whole sentence that shows a mention: exact original text and the marks in it.

    `marks` are (start, end) offsets into `text`; `clause` says which part of the pack or
    rule fired ("hashtag #SeekingSanctuary", "host Local Progress").
    """

    zone: Zone
    text: str
    marks: tuple[tuple[int, int], ...]
    clause: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """An article mentions a campaign: how near, where, and why; or a person says so (`brought_by`)."""

    article_key: str
    campaign: str
    tier: Tier
    passages: tuple[Passage, ...]
    reason: str
    rules_version: int
    brought_by: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Exclusion:
    """An article does not mention a campaign, and why: the clause that failed and how near it came.

    `cause` is a stable word ("own domain", "outside the window", "only in furniture",
    "none of", "language", "no match"); `reason` is the sentence for people.
    """

    article_key: str
    campaign: str
    cause: str
    reason: str
    passages: tuple[Passage, ...] = ()


class Verdict(StrEnum):
    """What a person may decide.

    The subjects of a Decision are article keys: ACCEPT, REJECT, LATER and STAR name one or
    more; CORRECT one, with `corrections`; MERGE and KEEP_APART two or more; SPLIT one, which is
    not the story of those that it is `along`; UNRELATED two, whose stories are no kin; SHOW one
    (the member to show); REORDER the articles of a day in their new order; UNDO a decision id.
    """

    ACCEPT = "accept"
    REJECT = "reject"
    LATER = "later"
    STAR = "star"
    CORRECT = "correct"
    MERGE = "merge"
    KEEP_APART = "keep apart"
    SPLIT = "split off"
    UNRELATED = "not related"
    SHOW = "show"
    REORDER = "reorder"
    UNDO = "undo"


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What a person decided; append-only. `corrections` maps headline, outlet, date, note or link to a value.

    `campaign` is None for what holds everywhere (merge, keep apart). `along` are the other
    members of the entry that the person saw: should the machine take the story apart or
    join it to another, it is known what the person had decided about.
    """

    id: int
    campaign: str | None
    verdict: Verdict
    subjects: tuple[str, ...]
    by: str
    at: datetime
    corrections: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    along: tuple[str, ...] = ()


class Status(StrEnum):
    """Where an entry stands at the desk."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    LATER = "later"
    CONTEXT = "context"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One story at one campaign's desk, with the decisions already laid over it.

    `headline`, `outlet` and `day` are what the list shows (corrected where a person did);
    `article` is the shown member as the web had it, `carriers` the other members. `notices`
    are sentences about what a reviewer should know (the mention is gone, the page's headline
    changed). `found_at` is when its first member was found, `changed_at` the time of the
    newest decision or article in it, `version` the number of the newest decision about it.
    `kin` are stories near to it, which the desk fills in where it shows them.
    """

    campaign: str
    story: Story
    status: Status
    article: Article
    carriers: tuple[Carrier, ...]
    mention: Mention
    headline: str
    outlet: str
    day: date | None
    note: str = ""
    link: str = ""
    starred: bool = False
    corrected: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    kin: tuple[Kin, ...] = ()
    found_at: datetime | None = None
    changed_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ListItem:
    """One line of the published list. `also_in` names the outlets that carried copies.

    `wire` is the agency that wrote it, where another outlet's page is shown.
    """

    headline: str
    outlet: str
    day: date | None
    url: str
    key: str
    language: str | None = None
    also_in: tuple[str, ...] = ()
    wire: str = ""
    note: str = ""
    position: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """The list of accepted entries, ready to be rendered: newest day first, then as people set.

    `changed_at` is the time of the newest decision or article in it, so that an unchanged
    list renders to unchanged bytes.
    """

    campaign: str
    form: ListForm
    changed_at: datetime
    items: tuple[ListItem, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """One rendered listing that was sent to a place."""

    target: str
    digest: str
    sent_at: datetime
    outcome: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RunReport:
    """How one job went. `counts` has stable keys; `troubles` are sentences."""

    job: str
    started: datetime
    ended: datetime
    counts: Mapping[str, int]
    troubles: tuple[str, ...] = ()
