"""What one more near-copy of a text costs that a hundred, a thousand, ten thousand outlets carry already.

`python -m benchmarks.flood [--carried 100 1000 5000 10000] [--further 20]` prints CPU milliseconds a copy,
for a text that mentions a campaign and one that does not, and what reading its entry at the desk costs. The
copies that are there already are kept in the product's own SQLite tables as grouping would leave them; the
further ones come in by `Intake.keep_find`: kept, matched, sketched, placed, linked, put before the desk.
`--acts` prints what each act of a reviewer on such an entry costs instead, in their order.
"""

import argparse
import gc
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

from aggregator import desk, stories
from aggregator.intake import Intake
from aggregator.judges import Judges
from aggregator.placing import resketch
from aggregator.records import Member, Relation, Story
from aggregator.runs.house import make_judges
from aggregator.store import articles, campaigns, entries, mentions
from aggregator.store import stories as stored_stories
from aggregator.store.session import Store
from benchmarks.stories import NOON, make_article, make_articles
from benchmarks.stories_house import CAMPAIGN, NOW, clock
from crawler.outlets import Directory
from crawler.records import Article, Find, FindOutcome, Lead, Moment

MINUTES = 2 * 1440  # over which the copies are told, in no order


class Cost(NamedTuple):
    """CPU milliseconds of one more copy and of reading the entry, and in how many stories all are."""

    copy: float
    reading: float
    stories: int


def main() -> None:
    """Run all and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--carried", type=int, nargs="*", default=[100, 1_000, 5_000, 10_000])
    options.add_argument("--further", type=int, default=20)
    options.add_argument("--acts", action="store_true", help="the acts of a reviewer instead")
    wanted = options.parse_args()
    if wanted.acts:
        for carried in wanted.carried:
            with tempfile.TemporaryDirectory() as name:
                print_acts(Path(name) / "flood.db", near_copies(carried + 2, mentioning=True))
        return
    for mentioning in (False, True):
        for carried in wanted.carried:
            copies = near_copies(carried + wanted.further, mentioning=mentioning)
            with tempfile.TemporaryDirectory() as name:
                cost = measure(Path(name) / "flood.db", copies, wanted.further)
            which = "mentioning a campaign" if mentioning else "mentioning nobody"
            print(
                f"{carried:6} copies, {which}: one more {cost.copy:.1f} CPU ms, "
                f"its entry read in {cost.reading:.1f} CPU ms, {cost.stories} stories",
                flush=True,
            )


def near_copies(count: int, *, mentioning: bool) -> list[Article]:
    """So many outlets' copies of one text, in each a few words of its own, told in no order."""
    chance = Random(11)
    (first,) = make_articles(1, seed=3)
    sentences = [each.replace("Golden River", "") for each in first.text.split("\n\n")]
    words = "".join(sentences).split()
    if mentioning:
        sentences[1] = f"Golden River {sentences[1]}"
    return [near_copy(number, sentences, words, chance) for number in range(count)]


def near_copy(number: int, sentences: Sequence[str], words: Sequence[str], chance: Random) -> Article:
    """One copy: three words changed, at an outlet of its own."""
    changed = [sentence.split() for sentence in sentences]
    for _ in range(3):
        sentence = changed[chance.randrange(2, len(changed))]
        sentence[chance.randrange(len(sentence))] = chance.choice(words)
    article = make_article(f"copy-{number}", [" ".join(sentence) for sentence in changed], chance)
    url = f"https://carrier{number}.example/news/copy-{number}"
    found_at = NOON + timedelta(minutes=chance.randrange(MINUTES))
    return replace(
        article,
        key=url.removeprefix("https://"),
        url=url,
        canonical_url=url,
        outlet=f"carrier{number}.example",
        first_seen=found_at,
        published=Moment(instant=found_at),
    )


def measure(path: Path, copies: Sequence[Article], further: int) -> Cost:
    """Keep all but the last few copies at once; the cost of taking these in, and of reading the entry."""
    store, judges = start(path, copies[:-further])
    intake = Intake(store, (CAMPAIGN,), judges, clock)
    finds = [find_of(each) for each in copies[-further:]]
    intake.keep_find(finds[0])
    gc.freeze()  # The copies that this process holds are no part of the product.
    started = time.process_time()
    for find in finds[1:]:
        intake.keep_find(find)
    cost = (time.process_time() - started) / (further - 1) * 1000
    started = time.process_time()
    desk.entries(store, CAMPAIGN.slug)
    reading = (time.process_time() - started) * 1000
    with store.reading() as c:
        homes = set(stored_stories.of_articles(c, [each.key for each in copies]).values())
    store.close()
    return Cost(cost, reading, len(homes))


def print_acts(path: Path, copies: Sequence[Article]) -> None:
    """What acts on the entry of these copies cost."""
    store, judges = start(path, copies[:-2])
    intake = Intake(store, (CAMPAIGN,), judges, clock)
    name, signed = CAMPAIGN.slug, desk.Signature(by="bench", at=NOW)
    one, two, three = (each.key for each in copies[:3])
    acts: list[tuple[str, Callable[[], object]]] = [
        ("one more copy", lambda: intake.keep_find(find_of(copies[-2]))),
        ("reading", lambda: desk.entry(store, name, one)),
        ("accept", lambda: desk.accept(store, name, [one], signed)),
        ("reading", lambda: desk.entry(store, name, one)),
        ("the list", lambda: desk.listing(store, name)),
        ("show another", lambda: desk.show(store, name, two, signed, judges)),
        ("split one off", lambda: desk.split(store, three, signed, judges)),
        ("one more copy", lambda: intake.keep_find(find_of(copies[-1]))),
        ("undo the split", lambda: desk.undo(store, desk.history(store)[0].id, signed, judges)),
        ("keep two apart", lambda: desk.keep_apart(store, [two, three], signed, judges)),
        ("merge them", lambda: desk.merge(store, [two, three], signed, judges)),
    ]
    for told, do in acts:
        started = time.process_time()
        do()
        print(
            f"{len(copies):6} copies, {told}: {(time.process_time() - started) * 1000:.0f} CPU ms", flush=True
        )
    store.close()


def find_of(article: Article) -> Find:
    """The article, read at its address."""
    lead = Lead(url=article.url, source_id="feed", found_at=NOW)
    return Find(lead=lead, outcome=FindOutcome.READ, article=article)


def start(path: Path, copies: Sequence[Article]) -> tuple[Store, Judges]:
    """A store in which these copies are one story, and who judges."""
    store = Store.create(f"sqlite:///{path}")
    with store.writing() as c:
        campaigns.save(c, CAMPAIGN, by="bench", at=NOW)
    keep_all(store, copies)
    return store, make_judges(Directory(()))


def keep_all(store: Store, copies: Sequence[Article]) -> None:
    """Keep the copies as one story, the first told being the original."""
    judges = make_judges(Directory(()))
    matcher = judges.matcher((CAMPAIGN,))
    with store.writing() as c:
        for article in copies:
            articles.keep(c, article)
            mentions.replace(c, matcher.judge(article).telling(()), NOW)
        resketch(c, copies, judges)
        told = sorted((stories.sketch(each).told, each.key) for each in copies)
        members = tuple(
            Member(
                article_key=key,
                relation=Relation.COPY if place else Relation.ORIGINAL,
                reason="a copy",
                told=instant,
            )
            for place, (instant, key) in enumerate(told)
        )
        shown = members[0].article_key
        whole = Story(id="flood", members=members, shown=shown, shown_because="the earliest")
        saved = stored_stories.save(c, [whole], NOW)
        entries.refresh(c, saved.changed, saved.made)


if __name__ == "__main__":
    main()
