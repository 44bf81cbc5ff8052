"""The keys of the desk: which there are, and what a person made of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Key:
    """One key: the act that the script knows it by, what it does in words, and its default."""

    act: str
    words: str
    default: str


MOVING = (
    Key("next", "Next entry", "j"),
    Key("previous", "Previous entry", "k"),
    Key("open", "Open or close the evidence", "o"),
    Key("original", "Open the article itself", "v"),
)
DECIDING = (
    Key("accept", "Accept", "a"),
    Key("reject", "Reject", "r"),
    Key("later", "Later", "l"),
    Key("star", "Star", "s"),
    Key("edit", "Edit", "e"),
    Key("merge", "Merge the selected, or compare copies", "m"),
    Key("undo", "Undo the last act", "u"),
    Key("pick", "Select", "x"),
    Key("pick-range", "Select from the last selected to here", "X"),
)
GOING = (
    Key("search", "Search", "/"),
    Key("go-desk", "Go to the desk", "g d"),
    Key("go-accepted", "Go to the accepted", "g a"),
    Key("go-list", "Go to the list", "g l"),
    Key("go-coverage", "Go to coverage", "g c"),
    Key("go-history", "Go to history", "g h"),
    Key("go-sources", "Go to sources", "g s"),
    Key("help", "Show the keys", "?"),
)
GROUPS = (("Moving", MOVING), ("Deciding", DECIDING), ("Going", GOING))
EVERY = (*MOVING, *DECIDING, *GOING)


def chosen(preferences: Mapping[str, Any]) -> dict[str, str]:
    """Act -> key, as this person has it; empty where they switched keys off."""
    if preferences.get("keys_off"):
        return {}
    own = preferences.get("keys", {})
    return {key.act: str(own.get(key.act) or key.default) for key in EVERY}


def as_attribute(preferences: Mapping[str, Any]) -> str:
    """Key -> act as JSON, for the script."""
    return json.dumps({key: act for act, key in chosen(preferences).items()})


def read(form: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """The keys that a form sets, and what is wrong with them (empty if nothing).

    A key is one character, or "g" and one more.
    """
    own = {key.act: " ".join(str(form.get(f"key-{key.act}", "")).split()) for key in EVERY}
    taken: dict[str, str] = {}
    for key in EVERY:
        wanted = own[key.act] or key.default
        plain = len(wanted) == 1 or (len(wanted) == 3 and wanted.startswith("g "))
        if not plain or not wanted.isprintable():
            return {}, f"{key.words}: {wanted!r} is no key; write one character, or g and one more."
        if wanted in taken:
            return {}, f"{wanted!r} would mean both “{taken[wanted]}” and “{key.words}”."
        taken[wanted] = key.words
    return {act: key for act, key in own.items() if key}, ""
