"""Reads `lists.toml`, the names that addresses are made of; using them is for the other modules."""

import tomllib
from pathlib import Path

_LISTS = tomllib.loads(Path(__file__).with_name("lists.toml").read_text(encoding="utf-8"))

TRACKER_FAMILIES: tuple[str, ...] = tuple(_LISTS["query"]["tracker_families"])
TRACKERS: frozenset[str] = frozenset(_LISTS["query"]["trackers"])
TRACKERS_OF_ARTICLES: frozenset[str] = frozenset(_LISTS["query"]["trackers_of_articles"])
VIEW_FLAGS: frozenset[str] = frozenset(_LISTS["query"]["view_flags"])
VIEW_NAMES: frozenset[str] = frozenset(_LISTS["query"]["view_names"])
VIEW_VALUES: frozenset[str] = frozenset(_LISTS["query"]["view_values"])
PAGE_NAMES: frozenset[str] = frozenset(_LISTS["query"]["page_names"])
VIEWS: frozenset[str] = frozenset(_LISTS["path"]["views"])
DEVICE_FOLDERS: frozenset[str] = frozenset(_LISTS["path"]["device_folders"])
ENTRANCES: frozenset[str] = frozenset(_LISTS["path"]["entrances"])
DEVICE_LABELS: frozenset[str] = frozenset(_LISTS["host"]["device_labels"])
SISTERS: dict[str, str] = _LISTS["host"]["sisters"]
