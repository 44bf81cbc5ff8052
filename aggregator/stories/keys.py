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


def _text_keys(text: Text) -> set[int]:
    """The smallest run of four words of each sentence: it survives edits elsewhere in the sentence."""
    runs = runs_of(text.words)
    starts = text.starts.astype(np.int64)
    ends = np.append(starts, len(text.words))[1:] - (LENGTH - 1)
    long_enough = ends - starts > _SHORTEST_SENTENCE - LENGTH
    places = [(start, end) for start, end in zip(starts[long_enough], ends[long_enough], strict=True)]
    first = {int(run) for start, end in places[:_FIRST_SENTENCES] for run in np.sort(runs[start:end])[:2]}
    later = sorted(int(runs[start:end].min()) for start, end in places[_FIRST_SENTENCES:])
    return first.union([run for run in later if run % _SAMPLE == 0][:_MOST_LATER_KEYS])


def _buckets(day: str | None) -> tuple[int, ...]:
    if day is None:
        return ()
    bucket = date.fromisoformat(day).toordinal() // DAYS_IN_BUCKET
    return bucket, bucket + 1


def _short(text: str) -> str:
    return f"{xxhash.xxh3_64_intdigest(text.encode()):x}"
