"""What can go wrong on the way to an article.

    CrawlerError
    ├── ConfigError      an outlet file says something we cannot use
    ├── Hidden           a link that keeps the outlet's address to itself
    ├── Refused          the gate does not let a request through (address, scheme, robots)
    └── UnreadableFeed   a feed, sitemap or section page that holds no leads we can read

A source that fails during a sweep is not an exception but a value: see
`crawler.records.Poll`.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class CrawlerError(Exception):
    """Everything the crawler raises on purpose; the message is one line for a person."""


@dataclass(frozen=True)
class Complaint:
    """One mistake in a file: where it is, what is wrong and what to do."""

    file: str
    line: int | None
    key: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.key}: {self.message}" if self.key else f"{place}: {self.message}"


class ConfigError(CrawlerError):
    """Files that cannot be used; carries every complaint at once."""

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        in_order = sorted(
            dict.fromkeys(complaints), key=lambda complaint: (complaint.file, complaint.line or 0)
        )
        self.complaints = tuple(in_order)
        super().__init__("\n".join(str(complaint) for complaint in in_order))


class Hidden(CrawlerError):
    """A search engine's link from which no page of an outlet can be fetched."""


class Refused(CrawlerError):
    """The gate does not let this request out."""


class UnreadableFeed(CrawlerError):
    """A source's answer that holds nothing we can read; the message says what it is instead."""
