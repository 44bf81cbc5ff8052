"""What an export format is; the formats themselves are the other files of this room."""

from collections.abc import Callable
from dataclasses import dataclass

from aggregator.records import Listing


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """One way to write a listing down.

    `file_name` is the file's name in a delivery; `inline` says that a browser may show
    the bytes as they are. `render` is pure: the same listing gives the same bytes.
    """

    name: str
    title: str
    media_type: str
    file_name: str
    render: Callable[[Listing], bytes]
    inline: bool = False
