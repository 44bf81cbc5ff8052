"""The records of proofreading: what is known, what was found at each line, and the page as it should be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from aggregator.records import Campaign, Entry, Listing, ListItem
from crawler.outlets import Directory
from crawler.readers.news_list import ListedLine
from crawler.records import Article


class Kind(StrEnum):
    """What may be wrong with a line; `said` and `right` of a finding are of this kind."""

    OUTLET = "outlet"
    CARRIER = "carrier"
    HEADLINE = "headline"
    DAY = "day"
    LINK = "link"
    LOST = "lost page"
    TWICE = "twice"
    OWN = "own page"
    WAITING = "waiting"
    REJECTED = "rejected"
    LATER = "later"
    CONTEXT = "context only"
    NO_MENTION = "no mention"
    UNKNOWN = "not known"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing that is wrong: in words, what the line says and what it should say, and how that is known.

    `repair` is the command that takes it up, where that is one for a person to decide on.
    """

    kind: Kind
    word: str
    said: str = ""
    right: str = ""
    evidence: str = ""
    repair: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """One line of the page with its findings; `entry` is what it means at the campaign's desk, if anything.

    `found_by` says by what it was recognised: link or headline; empty where it was not.
    """

    line: ListedLine
    entry: Entry | None = None
    found_by: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """A page as it was read: its lines, the accepted entries that it lacks, and the page as it should be.

    `corrected` holds the lines in the page's order, those that mean an entry as the list has them, the
    missing ones where the list has them; without repetitions, own pages and what was rejected.
    """

    campaign: Campaign
    lines: tuple[Checked, ...]
    missing: tuple[ListItem, ...]
    corrected: Listing

    @property
    def wrong(self) -> list[Checked]:
        """The lines with which something is wrong."""
        return [each for each in self.lines if each.findings]

    @property
    def is_right(self) -> bool:
        """Whether nothing is to be corrected."""
        return not self.wrong and not self.missing


@dataclass(frozen=True, kw_only=True, slots=True)
class Knowledge:
    """What is known here that may matter to the lines of one page.

    `addresses` are those of the lines that are known, with the key of their article; `strangers` articles
    that stand at no desk of this campaign, by key. `former` are the headlines that a page had before,
    by key; `lost` a sentence for each address that does not open any more, `decided` one for each story
    of which a person decided something.
    """

    campaign: Campaign
    listing: Listing
    entries: Sequence[Entry]
    directory: Directory
    addresses: Mapping[str, str] = field(default_factory=dict)
    strangers: Mapping[str, Article] = field(default_factory=dict)
    former: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lost: Mapping[str, str] = field(default_factory=dict)
    decided: Mapping[str, str] = field(default_factory=dict)
