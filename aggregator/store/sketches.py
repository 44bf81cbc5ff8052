"""The sketches of articles, and the index by which articles find their neighbours; grouping is for others.

In the index keys and articles are numbers of 64 bits: a row takes a tenth of what the words would, so that a
million articles' index fits on a small machine. Two that share a number by chance are one candidate more.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

import numpy as np
import xxhash
from sqlalchemy import Connection, Insert, Select, TextClause, bindparam, delete, select, text, update

from aggregator.store import rows
from aggregator.store.rows import KEYS
from aggregator.store.tables import sketches

SOME: Select[Any] = select(sketches.c.article_key, sketches.c.record).where(sketches.c.article_key.in_(KEYS))
NUMBERED: Select[Any] = select(sketches.c.article_key, sketches.c.record).where(sketches.c.number.in_(KEYS))
NAMED: Select[Any] = select(sketches.c.article_key).where(sketches.c.number.in_(KEYS))
KEPT: Select[Any] = select(sketches.c.indexed).where(sketches.c.article_key.in_(KEYS))
CHANGE = (
    update(sketches)
    .where(sketches.c.article_key == bindparam("of"))
    .values(record=bindparam("record"), indexed=bindparam("indexed"))
)
# Many numbers are given as one value: a statement with a mark for each takes longer to make than to run.
ASKED = {
    "sqlite": "(SELECT value AS index_key FROM json_each(:keys)) AS asked",
    "postgresql": "(SELECT unnest(CAST(:keys AS BIGINT[])) AS index_key) AS asked",
}
ADD_KEYS = (
    "INSERT INTO index_keys (index_key, holder) SELECT index_key, CAST(:holder AS BIGINT) FROM {asked} "
    "WHERE true ON CONFLICT DO NOTHING"
)
DROP_KEYS = "DELETE FROM index_keys WHERE holder = :holder AND index_key IN (SELECT index_key FROM {asked})"
# A key that a million articles hold is given up after a few rows: of each, at most `most` are read.
HOLDERS = {
    "sqlite": (
        "SELECT asked.index_key, held.holder FROM {asked} CROSS JOIN index_keys AS held "
        "WHERE held.index_key = asked.index_key AND held.holder <= COALESCE((SELECT holder FROM index_keys "
        f"WHERE index_key = asked.index_key ORDER BY holder LIMIT 1 OFFSET :most), {2**63 - 1})"
    ),
    "postgresql": (
        "SELECT asked.index_key, held.holder FROM {asked} CROSS JOIN LATERAL (SELECT holder FROM index_keys "
        "WHERE index_key = asked.index_key ORDER BY holder LIMIT :most + 1) AS held"
    ),
}
# What is kept of an article whose story mentions somebody lies under these keys as well.
_AT_A_DESK = 0x5E71_0A7E_D5C0_11E5


def keep(c: Connection, article_key: str, packed: bytes, keys: Collection[str]) -> bool:
    """Keep an article's sketch and the keys under which its neighbours find it; whether it is a new one."""
    wanted = np.sort(np.array([number_of(key) for key in keys], dtype=np.int64))
    holder = number_of(article_key)
    line = {"article_key": article_key, "number": holder, "record": packed, "indexed": wanted.tobytes()}
    if c.execute(_add(c.dialect.name), line).first() is not None:
        _add_keys(c, holder, wanted.tolist())
        return True
    known = _kept_keys(c, [article_key])
    c.execute(CHANGE, {"of": article_key, "record": packed, "indexed": wanted.tobytes()})
    _drop_keys(c, holder, np.setdiff1d(known, wanted).tolist())
    _add_keys(c, holder, np.setdiff1d(wanted, known).tolist())
    return False


def keep_at_a_desk(c: Connection, article_key: str, keys: Collection[str]) -> None:
    """Let an article be found under these of its keys among those whose story mentions somebody, as well."""
    _add_keys(c, number_of(article_key), [number_of(key) ^ _AT_A_DESK for key in keys])


def forget(c: Connection, article_keys: Iterable[str]) -> None:
    """Forget the sketches of these articles, and their places in the index."""
    for key in article_keys:
        _drop_keys(c, number_of(key), _kept_keys(c, [key]).tolist())
        c.execute(delete(sketches).where(sketches.c.article_key == key))


def some(c: Connection, article_keys: Iterable[str]) -> dict[str, bytes]:
    """The packed sketches of these articles."""
    return {
        row.article_key: row.record
        for batch in rows.batches(article_keys)
        for row in c.execute(SOME, {"keys": batch})
    }


def numbered(c: Connection, numbers: Iterable[int]) -> dict[str, bytes]:
    """The packed sketches of the articles that have these numbers in the index."""
    return {
        row.article_key: row.record
        for batch in rows.batches(sorted(numbers))
        for row in c.execute(NUMBERED, {"keys": batch})
    }


def near(c: Connection, keys: Collection[str], most: int, *, met: int = 0) -> set[int]:
    """The numbers of the articles that hold one of these keys, keys that more than `most` hold left out.

    Where at least a third of the keys are of that kind, the first `met` holders of these count as well.
    """
    found = _read_holders(c, [number_of(key) for key in keys], most)
    many = [sorted(holding) for holding in found.values() if len(holding) > most]
    crowd = many if 3 * len(many) >= len(keys) else []
    few = (holding for holding in found.values() if len(holding) <= most)
    return {number for holding in (*few, *(each[:met] for each in crowd)) for number in holding}


def holders(c: Connection, keys: Collection[str], most: int) -> set[str]:
    """The articles that hold one of these keys, keys that more than `most` hold left out."""
    return _named(c, near(c, keys, most))


def kin(
    c: Connection, twice: Collection[str], once: Collection[str], most: int, *, at_a_desk: bool
) -> set[str]:
    """The articles that hold two of the first keys or one of the others; popular keys are left out.

    With `at_a_desk`, only those that are kept so.
    """
    mark = _AT_A_DESK if at_a_desk else 0
    first, others = ([number_of(key) ^ mark for key in keys] for keys in (twice, once))
    found = _by_key(c, first + others, most)
    held = Counter(holder for key in first for holder in found.get(key, ()))
    enough = {holder for holder, times in held.items() if times >= 2}
    return _named(c, enough.union(*(found.get(key, ()) for key in others)))


def number_of(key: str) -> int:
    """The number of a key or an article, -2^63 to 2^63 - 1."""
    number = xxhash.xxh3_64_intdigest(key.encode("utf-8", "replace"))
    return number - 2**64 if number >= 2**63 else number


def _by_key(c: Connection, asked: Collection[int], most: int) -> dict[int, list[int]]:
    """The holders of each of these keys that one to `most` articles hold."""
    return {key: holders for key, holders in _read_holders(c, asked, most).items() if len(holders) <= most}


def _read_holders(c: Connection, asked: Collection[int], most: int) -> dict[int, list[int]]:
    """The holders of each of these keys, of a popular one a few more than `most`."""
    found: dict[int, list[int]] = {}
    if asked:
        query = _statement(c.dialect.name, HOLDERS[c.dialect.name])
        for index_key, holder in c.execute(query, {"keys": _given(c, asked), "most": most}):
            found.setdefault(index_key, []).append(holder)
    return found


def _named(c: Connection, numbers: Iterable[int]) -> set[str]:
    return {key for batch in rows.batches(sorted(numbers)) for key in c.scalars(NAMED, {"keys": batch})}


def _kept_keys(c: Connection, article_keys: list[str]) -> np.ndarray[Any, np.dtype[np.int64]]:
    packed = c.scalars(KEPT, {"keys": article_keys}).first()
    return np.frombuffer(packed or b"", dtype=np.int64)


def _add_keys(c: Connection, holder: int, numbers: list[int]) -> None:
    if numbers:
        c.execute(_statement(c.dialect.name, ADD_KEYS), {"holder": holder, "keys": _given(c, numbers)})


def _drop_keys(c: Connection, holder: int, numbers: list[int]) -> None:
    if numbers:
        both = numbers + [number ^ _AT_A_DESK for number in numbers]
        c.execute(_statement(c.dialect.name, DROP_KEYS), {"holder": holder, "keys": _given(c, both)})


@cache
def _add(dialect: str) -> Insert:
    return rows.insert_missing(dialect, sketches).returning(sketches.c.article_key)


@cache
def _statement(dialect: str, words: str) -> TextClause:
    return text(words.format(asked=ASKED[dialect]))


def _given(c: Connection, numbers: Collection[int]) -> object:
    return json.dumps(list(numbers)) if c.dialect.name == "sqlite" else list(numbers)
