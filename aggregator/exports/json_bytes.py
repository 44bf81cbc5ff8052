"""JSON in UTF-8 that stays inert even where somebody pastes it into a page's script element."""

import json
import re
from typing import Any

from aggregator.exports.inert import encodable

# What could end a script element or a line of JavaScript; JSON reads the escapes as the same characters.
_RISKY = re.compile("[<>&\u2028\u2029]")


def json_bytes(value: Any) -> bytes:
    """The value as indented JSON."""
    text = encodable(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))
    return (_RISKY.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n").encode()


def without_empty(value: dict[str, Any]) -> dict[str, Any]:
    """The mapping without its empty values."""
    return {key: each for key, each in value.items() if each not in (None, "", [], {})}
