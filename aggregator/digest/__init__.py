"""What came to a campaign's desk since the last digest, as a mail for the team: plain text and HTML. Pure.

Whether one is due and to whom it goes is left to the job (`runs.digesting`), sending to `delivery.mail`.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, formataddr
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from aggregator.exports.inert import one_line, web_link
from aggregator.records import Entry
from aggregator.wording import long_day

MOST_SHOWN = 25
# An address in a header is one word: folded at the usual 78, a long one would be put into code
# (RFC 2047), and no reader would find it. A line may have 998 (RFC 5322, 2.1.1).
UNFOLDED = EmailPolicy(max_line_length=998)


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """The news of one campaign's desk between two times.

    Of the entries that came to the desk and wait, by whichever way and however old their pages are,
    `new_in_all` counts all, and `new` are as many as are shown, the last to come first. `accepted` are
    those that somebody accepted. `waiting` counts all that wait. `desk` is the address of the review
    page, `leave` where the reader of this mail says that they want no more of it.
    """

    campaign: str
    name: str
    since: datetime
    until: datetime
    new: tuple[Entry, ...]
    new_in_all: int
    accepted: tuple[Entry, ...]
    waiting: int
    desk: str = ""
    leave: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not self.new_in_all and not self.accepted

    @property
    def subject(self) -> str:
        """What the mail is about, on one line."""
        told = [
            f"{self.new_in_all} new" if self.new_in_all else "",
            f"{len(self.accepted)} accepted" if self.accepted else "",
        ]
        return one_line(f"{self.name}: {', '.join(part for part in told if part) or 'nothing new'}")


def render_text(digest: Digest) -> str:
    """The digest as plain text."""
    return _environment().get_template("digest.txt").render(digest=digest, most=MOST_SHOWN)


def render_html(digest: Digest) -> str:
    """The digest as a page without script, style sheet or anything that is fetched."""
    return _environment().get_template("digest.html").render(digest=digest, most=MOST_SHOWN)


def write_mail(digest: Digest, sender: tuple[str, str], to: str) -> EmailMessage:
    """The digest as a mail (RFC 5322) in text and HTML; `sender` is a name and an address.

    A reader who does not want it any more writes to the sender (RFC 2369, List-Unsubscribe) or
    presses the button that their mail program makes of it (RFC 8058, which asks for https).
    """
    mail = EmailMessage(UNFOLDED)
    mail["Subject"] = digest.subject
    mail["From"] = formataddr((one_line(sender[0]), sender[1]))
    mail["To"] = to
    mail["Date"] = format_datetime(digest.until)
    # Each reader's is a message of its own: mailboxes show only one of those with the same id.
    whose = hashlib.blake2b(to.encode(), digest_size=8).hexdigest()
    name = f"{digest.campaign}.{digest.until:%Y%m%dT%H%M%S}.{whose}"
    mail["Message-ID"] = f"<{name}@{sender[1].rpartition('@')[2]}>"
    ways_out = [f"<mailto:{sender[1]}?subject=no%20more%20digests>"]
    if digest.leave.startswith("https://"):
        ways_out.insert(0, f"<{digest.leave}>")
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["List-Unsubscribe"] = ", ".join(ways_out)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(render_text(digest), cte="quoted-printable")
    mail.add_alternative(render_html(digest), subtype="html", cte="quoted-printable")
    return mail


def _written(value: Any) -> Any:
    """Every value on its way into the mail, without what neither text nor HTML can carry."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return one_line(value)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("aggregator.digest"),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_written,
    )
    environment.filters |= {"long_day": long_day, "web_link": web_link}
    return environment
