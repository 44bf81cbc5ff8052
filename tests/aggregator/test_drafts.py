"""Drafts are kept by a name that nobody can guess, the newest of each kind."""

from aggregator.review.pages.adding import Upload
from aggregator.store import drafts
from aggregator.store.session import Store
from crawler.records import Article
from tests.aggregator.samples import NOON, make_article


def test_the_newest_of_each_kind_are_kept_as_they_are(store: Store) -> None:
    pieces = [make_article(number) for number in range(5)]
    table = Upload(names=("Title", "Outlet"), rows=[{"Title": "Así", "Outlet": "=1+1"}])
    with store.writing() as c:
        [upload] = drafts.keep(c, [table], NOON, 1)
        names = drafts.keep(c, pieces[:3], NOON, 4) + drafts.keep(c, pieces[3:], NOON, 4)
        assert drafts.keep(c, [], NOON, 4) == []
    with store.reading() as c:
        assert [drafts.get(c, Article, name) for name in names] == [None, *pieces[1:]]
        kept = drafts.get(c, Upload, upload)
        assert kept and (list(kept.names), list(kept.rows)) == (list(table.names), list(table.rows))
        assert drafts.get(c, Article, upload) is None and drafts.get(c, Article, "guessed\0") is None
    assert len(set(names)) == 5 and all(len(name) >= 20 for name in names)
