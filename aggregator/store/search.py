"""Finds stored articles by the words that they have: SQLite FTS5, or a GIN index in PostgreSQL.

Which words an article is found by, and which a rule needs, is said by `matching.needs`;
both databases keep just these and so find the same. In SQLite the words lie in a
full-text table without contents, from which a row is taken out by naming its words again.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import (
    ARRAY,
    Connection,
    Integer,
    Text,
    bindparam,
    cast,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    text,
)

from aggregator.matching.needs import FORM, AllOf, AnyOf, Need, Word, index_words
from aggregator.store import rows
from aggregator.store.packing import unpack
from aggregator.store.rows import KEYS
from aggregator.store.tables import article_versions, article_words, articles
from crawler.records import Article

# PostgreSQL's vector holds a megabyte; beyond it, it forgets words without a word. Nobody writes so many.
MOST_BYTES = 1_000_000
# The form of what has more words than can be kept: it is a candidate whatever is asked.
TOO_MANY = 0
ROWS = select(article_words.c.id, article_words.c.form, article_words.c.version_id).where(
    article_words.c.article_key.in_(KEYS)
)
_CURRENT = select(articles.c.key, articles.c.version_id, literal(FORM, Integer)).where(
    articles.c.key == bindparam("of")
)
ADD = (
    insert(article_words)
    .from_select(["article_key", "version_id", "form"], _CURRENT)
    .returning(article_words.c.id, article_words.c.version_id)
)
ADD_FOUND = text("INSERT INTO words_found (rowid, words) VALUES (:id, :words)")
TAKE_OUT = text("INSERT INTO words_found (words_found, rowid, words) VALUES ('delete', :id, :words)")
FIND_IN_SQLITE = text(
    "SELECT article_key FROM article_words WHERE form = :form AND id IN "
    "(SELECT rowid FROM words_found WHERE words_found MATCH :needed)"
)
FIND_IN_POSTGRES = text(
    "SELECT article_key FROM article_words WHERE form = :form AND words @@ CAST(:needed AS tsquery)"
)


def keep(c: Connection, key: str, new: Article | None = None) -> None:
    """Keep the words of an article, of the version that is its page's current one.

    They are those of the stored record: a page that says again what it said before keeps its
    first record, whatever stands beside the text today. `new` is the record where it is the
    first of its page, for which nothing need be forgotten or read.
    """
    if new is None:
        forget(c, [key])
    if c.dialect.name == "sqlite":
        row = c.execute(ADD, {"of": key}).one()
        found = index_words(new) if new else _words_of(c, row.version_id)
        c.execute(ADD_FOUND, {"id": row.id, "words": " ".join(found)})
    else:
        version = c.execute(select(articles.c.version_id).where(articles.c.key == key)).scalar_one()
        found = index_words(new) if new else _words_of(c, version)
        fits = sum(len(word.encode()) for word in found) < MOST_BYTES
        line = {"article_key": key, "version_id": version, "form": FORM if fits else TOO_MANY}
        words = func.array_to_tsvector(cast(found if fits else [], ARRAY(Text)))
        c.execute(insert(article_words).values(**line, words=words))


def forget(c: Connection, keys: Sequence[str]) -> None:
    """Forget the words of these articles; their versions must still be there."""
    for batch in rows.batches(keys):
        if c.dialect.name == "sqlite":
            for row in c.execute(ROWS, {"keys": batch}).all():
                # Words of another form cannot be named any more: they stay, and lead nowhere.
                if row.form == FORM:
                    c.execute(TAKE_OUT, {"id": row.id, "words": " ".join(_words_of(c, row.version_id))})
        c.execute(delete(article_words).where(article_words.c.article_key.in_(batch)))


def _words_of(c: Connection, version_id: int) -> list[str]:
    record = c.execute(
        select(article_versions.c.record).where(article_versions.c.id == version_id)
    ).scalar_one()
    return index_words(unpack(Article, record))


def candidates(c: Connection, need: Need) -> set[str]:
    """The articles that may have what is needed: those that have it, and those whose words are not kept."""
    asked = {"form": FORM}
    if need == AnyOf(()):
        found: Iterable[str] = ()
    elif c.dialect.name == "sqlite":
        found = c.scalars(FIND_IN_SQLITE, {**asked, "needed": _in_fts5(need)})
    else:
        found = c.scalars(FIND_IN_POSTGRES, {**asked, "needed": _in_tsquery(need)})
    return {*found, *unkept(c)}


def unkept(c: Connection) -> list[str]:
    """The articles whose words are not kept, or in an older form."""
    there = article_words.c.article_key == articles.c.key
    missing = or_(article_words.c.id.is_(None), article_words.c.form != FORM)
    query = select(articles.c.key).outerjoin(article_words, there).where(missing)
    return list(c.scalars(query.order_by(articles.c.key)))


def _in_fts5(need: Need) -> str:
    match need:
        case Word(word, goes_on):
            return f'"{word}"' + (" *" if goes_on else "")
        case AllOf(parts):
            return "(" + " AND ".join(map(_in_fts5, parts)) + ")"
        case AnyOf(parts):
            return "(" + " OR ".join(map(_in_fts5, parts)) + ")"


def _in_tsquery(need: Need) -> str:
    match need:
        case Word(word, goes_on):
            return f"'{word}'" + (":*" if goes_on else "")
        case AllOf(parts):
            return "(" + " & ".join(map(_in_tsquery, parts)) + ")"
        case AnyOf(parts):
            return "(" + " | ".join(map(_in_tsquery, parts)) + ")"
