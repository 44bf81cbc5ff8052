"""Why the gate did not let a request out, told apart by what to do next.

crawler.errors.Refused   never: the address is not one we may ask
├── Disallowed           robots.txt says no
├── TooLong              the answer exceeds a limit of time, size or redirects
├── NotDrawn             the page's scripts did not come to an end, or broke the browser
├── NoBrowser            the page must be drawn, and there is nothing to draw it with
└── NotNow               ask again later; `until` is set where the outlet named a time
"""

from datetime import datetime

from crawler.errors import Refused


class Disallowed(Refused):
    """The outlet's robots.txt does not let us read this page."""


class TooLong(Refused):
    """The answer exceeds one of our limits."""


class NotDrawn(Refused):
    """The page cannot be drawn as its scripts would have it; what came from the outlet is still there."""


class NoBrowser(Refused):
    """The page must be drawn by a browser and none is installed; the message says what to install."""


class NotNow(Refused):
    """The outlet asked for a pause, or cannot tell at the moment what we may read."""

    def __init__(self, message: str, until: datetime | None = None) -> None:
        self.until = until
        super().__init__(message)
