"""The keys under which the store finds articles that may be one story; what they are is not decided here."""

from datetime import date

import numpy as np
import xxhash

from aggregator.stories import headlines
from aggregator.stories.runs import LENGTH, runs_of
from aggregator.stories.words import Text

# Sentences at the beginning give two keys each, since short copies keep them; later ones are sampled.
_FIRST_SENTENCES = 8
_SAMPLE = 3
_MOST_LATER_KEYS = 40
_SHORTEST_SENTENCE = 6
_NONE = np.uint64(2**64 - 1)
_ANOTHER = np.uint64(0xD6E8FEB86659FD93)
# Two days that are at most this far apart share a bucket.
DAYS_IN_BUCKET = 4


def index_keys(
    pages: frozenset[str], forms: tuple[tuple[str, ...], ...], day: str | None, text: Text
) -> frozenset[str]:
    """Keys of an article's addresses (`u:`), headlines (`h:`, with days `d:`) and sentences (`t:`)."""
    found = {f"u:{page}" for page in pages}
    for form in forms:
        said = headlines.content(form)
        if len(said) >= 3:
            mark = _short(" ".join(sorted(said)))
            found.add(f"h:{mark}")
            found.update(f"d:{bucket}:{mark}" for bucket in _buckets(day))
    found.update(f"t:{run:x}" for run in _text_keys(text))
    return frozenset(found)


def kin_keys(names: tuple[str, ...], translations: frozenset[str], day: str | None) -> frozenset[str]:
    """Keys under which kin find each other: names with their day's bucket (`n:`), declared pages (`x:`)."""
    found = {f"x:{page}" for page in translations}
    if day is not None:
        found.update(f"n:{_bucket(day)}:{name}" for name in names)
    return frozenset(found)


def asked_of_kin(kept: frozenset[str], pages: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Which keys kin may hold, for an article of these keys and pages: of names, and of declared pages.

    Kin share two names on days of the same or the next bucket; one declared page is enough.
    """
    names = [key.split(":", 2) for key in kept if key.startswith("n:")]
    near = frozenset(f"n:{int(bucket) + step}:{name}" for _, bucket, name in names for step in (-1, 0, 1))
    declared = {f"u:{key.removeprefix('x:')}" for key in kept if key.startswith("x:")}
    return near, frozenset(declared | {f"x:{page}" for page in pages})


def _text_keys(text: Text) -> set[int]:
    """The smallest run of four words of each sentence: it survives edits elsewhere in the sentence."""
    if not len(text.words):
        return set()
    starts = text.starts.astype(np.int64)
    lengths = np.append(starts, len(text.words))[1:] - starts
    long_enough = lengths >= _SHORTEST_SENTENCE
    runs = np.append(runs_of(text.words), np.full(LENGTH - 1, _NONE))[: len(text.words)]
    for back in range(1, LENGTH):  # runs that reach into the next sentence are nobody's
        runs[np.maximum(starts[1:] - back, 0)] = _NONE
    smallest = np.minimum.reduceat(runs, starts)[long_enough].tolist()
    runs[runs != _NONE] *= _ANOTHER  # another order of the same runs
    others = np.minimum.reduceat(runs, starts)[long_enough].tolist()
    later = [run for run in sorted(smallest[_FIRST_SENTENCES:]) if run % _SAMPLE == 0]
    return {*smallest[:_FIRST_SENTENCES], *others[:_FIRST_SENTENCES], *later[:_MOST_LATER_KEYS]}


def _buckets(day: str | None) -> tuple[int, ...]:
    if day is None:
        return ()
    return _bucket(day), _bucket(day) + 1


def _bucket(day: str) -> int:
    return date.fromisoformat(day).toordinal() // DAYS_IN_BUCKET


def _short(text: str) -> str:
    return f"{xxhash.xxh3_64_intdigest(text.encode()):x}"
