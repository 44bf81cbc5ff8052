"""How fast articles are matched: against peers, and how the cost grows with campaigns.

    python -m benchmarks.matching [--campaigns 10000] [--articles 300]

Campaigns are of 20 terms (phrases of one to three words, as people write them), articles of
800 words, every tenth of which names one of the first ten campaigns. As in any language,
the words that articles are made of are the short ones.
"""

import argparse
import json
import re
import sqlite3
import statistics
import subprocess
import tempfile
import time
import venv
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random

from aggregator.matching import Matcher
from aggregator.records import Campaign, Mention, Pack
from crawler.records import Article
from crawler.text import words

SYLLABLES = "ba ce di fo gu ha ji ko lu ma ne pi ro su ta ve wi xo ya ze bra cle dri fro gla ple sti tru"
WORDS = 40_000
ROUNDS = 5
COMMON = 3_000  # words that articles are made of
PEERS = Path("build/peers/matching")
PEER = Path(__file__).with_name("matching_peer.py")


def main() -> None:
    """Measure and print."""
    options = _read_options()
    random = Random(7)
    vocabulary = _words(random)
    campaigns = [_campaign(number, vocabulary, random) for number in range(options.campaigns)]
    articles = [_article(number, vocabulary, campaigns, random) for number in range(options.articles)]
    _compare(campaigns, articles)
    for name, peer in _peers(campaigns):
        _time(name, peer, articles[: max(3, len(articles) // 50)])
    _scan_with_sql(campaigns, articles[: max(3, len(articles) // 50)])
    _run_pyahocorasick(campaigns, articles)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--campaigns", type=int, default=10_000)
    parser.add_argument("--articles", type=int, default=300)
    return parser.parse_args()


def _words(random: Random) -> list[str]:
    """Different words of one to four syllables, short ones first."""
    syllables = SYLLABLES.split()
    made: dict[str, None] = {}
    while len(made) < WORDS:
        made["".join(random.choices(syllables, k=random.randint(1, 4)))] = None
    return sorted(made, key=len)


def _campaign(number: int, vocabulary: Sequence[str], random: Random) -> Campaign:
    def name() -> str:
        return " ".join(word.title() for word in random.choices(vocabulary, k=random.randint(2, 3)))

    pack = Pack(
        hashtags=(f"#{name().replace(' ', '')}",),
        names=(name(), name()),
        hosts=tuple(name() for _ in range(3)),
        people=tuple(name() for _ in range(4)),
        places=tuple(name() for _ in range(4)),
        context=tuple(name().lower() for _ in range(6)),
    )
    return Campaign(slug=f"c{number}", name=f"Campaign {number}", pack=pack)


def _article(
    number: int, vocabulary: Sequence[str], campaigns: Sequence[Campaign], random: Random
) -> Article:
    text = random.choices(vocabulary[:COMMON], k=800)
    if number % 10 == 0:
        text[random.randrange(1, 800)] = random.choice(campaigns[:10]).pack.names[0]
    sentences = (" ".join(text[start : start + 16]) for start in range(0, 800, 16))
    return Article(
        key=f"a{number}",
        url=f"https://example.org/{number}",
        canonical_url=f"https://example.org/{number}",
        headline=" ".join(random.choices(vocabulary[:COMMON], k=9)),
        outlet="Example",
        first_seen=datetime(2026, 1, 1, tzinfo=UTC),
        text="’s day. “So it is” — and more. ".join(sentences),
    )


def _compare(campaigns: Sequence[Campaign], articles: Sequence[Article]) -> None:
    """Ten campaigns and all of them, in turns, so that what else the machine does weighs on both."""
    matchers = {number: Matcher(campaigns[:number]) for number in (10, len(campaigns))}
    rates: dict[int, list[float]] = {number: [] for number in matchers}
    for _ in range(ROUNDS):
        for number, matcher in matchers.items():
            rates[number].append(_time(f"ours, {number:,} campaigns", partial(_match, matcher), articles))
    found = sum(_match(matchers[10], article) for article in articles)
    few, many = (statistics.median(each) for each in rates.values())
    print(f"    {found / len(articles):.1f} mentions an article; the medians are {few:,.0f} and {many:,.0f}")
    print(
        f"growth from 10 to {len(campaigns):,} campaigns: {few / many:.2f}x the cost an article", flush=True
    )


def _match(matcher: Matcher, article: Article) -> int:
    return sum(isinstance(verdict, Mention) for verdict in matcher.judge(article).telling())


def _time(name: str, match: Callable[[Article], object], articles: Sequence[Article]) -> float:
    for article in articles[:3]:
        match(article)
    began = time.process_time()
    for article in articles:
        match(article)
    rate = len(articles) / (time.process_time() - began)
    print(f"{name:<42}{rate:>12,.1f} articles/s of CPU time")
    return rate


def _peers(campaigns: Sequence[Campaign]) -> Iterator[tuple[str, Callable[[Article], object]]]:
    terms = [term for campaign in campaigns for term in _terms(campaign)]
    alternation = re.compile("|".join(re.escape(term) for term in terms[:20_000]), re.IGNORECASE)
    yield "re alternation, 20,000 terms, unfolded", lambda article: alternation.findall(article.text)
    folded = [words(term) for term in terms]
    yield (
        f"substring of the folded words, {len(terms):,} terms",
        lambda article: _find_each(folded, words(article.text)),
    )


def _scan_with_sql(campaigns: Sequence[Campaign], articles: Sequence[Article]) -> None:
    """The terms of all campaigns in a table of SQLite, and one LIKE over it for each article."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE terms (term TEXT)")
    terms = [(term,) for campaign in campaigns for term in _terms(campaign)]
    database.executemany("INSERT INTO terms VALUES (?)", terms)

    def scan(article: Article) -> object:
        query = "SELECT term FROM terms WHERE ? LIKE '%' || term || '%'"
        return database.execute(query, (article.text,)).fetchall()

    _time(f"SQL LIKE scan, {len(terms):,} terms, unfolded", scan, articles)
    database.close()


def _run_pyahocorasick(campaigns: Sequence[Campaign], articles: Sequence[Article]) -> None:
    """In its own environment: one automaton of all terms over the texts, both in small letters."""
    terms = [term for campaign in campaigns for term in _terms(campaign)]
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump({"terms": terms, "texts": [article.text for article in articles]}, file)
        file.flush()
        subprocess.run([_peer_python(), PEER, file.name], check=True)


def _peer_python() -> Path:
    """The interpreter of the peer's own virtual environment, made when it is missing."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        venv.create(PEERS, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "pyahocorasick"], check=True)
    return python


def _find_each(terms: Sequence[str], text: str) -> list[str]:
    return [term for term in terms if term in text]


def _terms(campaign: Campaign) -> Iterator[str]:
    pack = campaign.pack
    for part in (pack.hashtags, pack.names, pack.hosts, pack.people, pack.places, pack.context):
        yield from part


if __name__ == "__main__":
    main()
