"""What an answer's status or a failed request means: in words, for the source and for the lead. Pure."""

import re
import zlib
from dataclasses import dataclass
from datetime import datetime
from gzip import BadGzipFile
from traceback import clear_frames

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    IgnoreRequest,
    ResponseDataLossError,
)

from crawler.cadence import HARD, SOFT, TEMPORARY
from crawler.errors import Hidden, Refused
from crawler.politeness.blocks import find_wall
from crawler.politeness.errors import Disallowed, NoBrowser, NotDrawn, NotNow, TooLong
from crawler.records import FindOutcome, Page, PollOutcome

_TOO_LARGE = "the answer is larger than we take"
_CERTIFICATE = re.compile(r"certificate verify failed|VerificationError")
_BOMB = re.compile(r"exceeded DOWNLOAD_MAXSIZE")  # Scrapy says so of what grows while it is unpacked


@dataclass(frozen=True, kw_only=True, slots=True)
class Trouble:
    """Why there is nothing to read, and what follows for a source (`poll`) and for a lead (`find`)."""

    words: str
    poll: PollOutcome
    find: FindOutcome
    weight: float = 0.0
    until: datetime | None = None


def explain_answer(page: Page) -> Trouble | None:
    """The trouble with an answer, None where it can be read."""
    wall = find_wall(page)
    if wall:
        return Trouble(words=str(wall), poll=PollOutcome.BLOCKED, find=FindOutcome.BLOCKED, weight=HARD)
    if 200 <= page.status < 300:
        return None
    if page.status == 410:
        words = "gone for good (410)"
        return Trouble(words=words, poll=PollOutcome.GONE, find=FindOutcome.GONE, weight=HARD)
    if page.status == 404:
        words = "not found (404)"
        return Trouble(words=words, poll=PollOutcome.FAILED, find=FindOutcome.GONE, weight=HARD)
    if page.status in (408, 425, 429) or page.status >= 500:
        words = f"the outlet cannot answer at the moment ({page.status})"
        outcome = PollOutcome.LATER if page.status == 429 else PollOutcome.FAILED
        return Trouble(words=words, poll=outcome, find=FindOutcome.LATER, weight=TEMPORARY)
    words = f"the outlet answers with status {page.status}"
    if page.status == 304:
        words = "the outlet answers that nothing changed (304), though we asked for all of it"
    elif 300 <= page.status < 400:
        words = f"it sends us on to {page.header('location') or 'nowhere'!r}, where we do not follow"
    return Trouble(words=words, poll=PollOutcome.FAILED, find=FindOutcome.UNREADABLE, weight=SOFT)


def explain_failure(error: BaseException) -> Trouble:
    """The trouble that a request ended with; the gate's own words where it did not let it out."""
    _let_go(error)
    if isinstance(error, NotNow):
        return Trouble(words=str(error), poll=PollOutcome.LATER, find=FindOutcome.LATER, until=error.until)
    if isinstance(error, Disallowed):
        return Trouble(words=str(error), poll=PollOutcome.BLOCKED, find=FindOutcome.BLOCKED, weight=HARD)
    if isinstance(error, Hidden):
        return Trouble(words=str(error), poll=PollOutcome.FAILED, find=FindOutcome.HIDDEN)
    if isinstance(error, Refused | IgnoreRequest):
        weight = SOFT if isinstance(error, TooLong | NotDrawn | NoBrowser | IgnoreRequest) else HARD
        words = _TOO_LARGE if _BOMB.search(str(error)) else str(error)
        find = FindOutcome.LATER if isinstance(error, NoBrowser) else FindOutcome.UNREADABLE
        return Trouble(words=words, poll=PollOutcome.FAILED, find=find, weight=weight)
    return Trouble(
        words=_name_failure(error), poll=PollOutcome.FAILED, find=FindOutcome.LATER, weight=TEMPORARY
    )


def _let_go(error: BaseException | None) -> None:
    """Free what the failed request held: a bomb's megabytes hang on its traceback, often in a circle."""
    seen: list[BaseException] = []
    while error and error not in seen:
        seen.append(error)
        clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def _name_failure(error: BaseException) -> str:
    if isinstance(error, CannotResolveHostError):
        return "the name of the host is not known (DNS)"
    if isinstance(error, DownloadConnectionRefusedError):
        return "the host refuses connections"
    if isinstance(error, ResponseDataLossError):
        return "the answer broke off"
    if isinstance(error, BadGzipFile | zlib.error):
        return "the answer is packed in a way that cannot be unpacked"
    if isinstance(error, DownloadFailedError) and _CERTIFICATE.search(str(error)):
        return "its certificate is not valid (self-signed, run out, or for another name)"
    if isinstance(error, DownloadFailedError):
        return "the connection failed before there was an answer that we can read"
    return f"the connection failed ({type(error).__name__}: {error})"
