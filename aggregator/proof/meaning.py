"""Which article and story a line of a page means: by its link, else by its words, also nearly so."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote, urlsplit

from aggregator.listing import day_of, member_keys
from aggregator.proof.findings import Knowledge
from aggregator.proof.likeness import NEAR_NAME, HeadlineIndex, headline_likeness, name_likeness
from aggregator.records import Entry
from crawler.outlets import Directory
from crawler.readers.news_list import ListedLine
from crawler.records import Article
from crawler.urls import registrable_domain

# Headlines less alike than this are of two articles, whatever outlet and day say.
LEAST = 0.6
_SURE = 0.8  # with the outlet
_SAME = 0.97  # without it: only the same headline
_DAYS = 3  # between the day of a line and that of its article
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS = 4  # of an address that tells a headline


@dataclass(frozen=True, slots=True)
class Face:
    """One form of a headline under which an article is known, and where it stands, in words."""

    text: str
    where: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Meant:
    """What a line means: an entry of this desk, or an article that stands at none, or nothing known.

    `likeness` is that of the headlines. `nearest` is the headline that came nearest where nothing did.
    """

    entry: Entry | None = None
    stranger: Article | None = None
    found_by: str = ""
    likeness: float = 0.0
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a line may mean, as it is compared."""

    what: Entry | Article
    names: tuple[str, ...]
    day: date | None


def faces_of(entry: Entry, former: Mapping[str, Sequence[str]]) -> list[Face]:
    """The headlines under which an entry is known, the list's own first."""
    found = [Face(entry.headline, "on the list"), Face(entry.article.headline, "on the page itself")]
    found += _forms(entry.article)
    for key in member_keys(entry):
        found += [Face(text, "on the page before it was changed") for text in former.get(key, ())]
    found += [Face(each.headline, f"at {each.outlet}") for each in entry.carriers]
    return found + _address(entry.article)


def faces_of_article(article: Article) -> list[Face]:
    """The headlines under which an article is known, the shown one first."""
    return [Face(article.headline, "on the page itself"), *_forms(article), *_address(article)]


def _forms(article: Article) -> list[Face]:
    """The other forms of a headline that a page tells, and that of the feed or list which led to it."""
    return [
        Face(text, "in the feed" if name == "lead" else f"in the page's {name}")
        for name, text in article.headlines
    ]


def _address(article: Article) -> list[Face]:
    """The words of an address, which is the least exact form of a headline."""
    words = _WORD.findall(unquote(urlsplit(article.canonical_url).path.rstrip("/").rpartition("/")[2]))
    return [Face(" ".join(words), "in its address")] if len(words) >= _FEWEST_WORDS else []


def names_at(url: str, directory: Directory) -> tuple[str, ...]:
    """The names by which the outlet of an address goes: now, formerly, and its site's."""
    outlet = directory.find(url)
    site = registrable_domain(url)
    return (*((outlet.name, *outlet.former_names) if outlet else ()), *((site,) if site else ()))


def own_names(entry: Entry, directory: Directory) -> tuple[str, ...]:
    """The names of the outlet that the list shows, that one first."""
    shown = (entry.outlet, entry.article.outlet, *names_at(entry.article.url, directory))
    return tuple(dict.fromkeys(shown))


class Reader:
    """Tells what the lines of a page mean, from what is known."""

    def __init__(self, known: Knowledge) -> None:
        self._known = known
        self._member_of = {key: entry for entry in known.entries for key in member_keys(entry)}
        self._subjects: dict[str, list[_Subject]] = {}
        self._faces: dict[int, list[Face]] = {}
        for subject in self._all_subjects():
            for face in self._faces[id(subject.what)]:
                self._subjects.setdefault(face.text, []).append(subject)
        self._index = HeadlineIndex(self._subjects)

    def faces(self, what: Entry | Article) -> list[Face]:
        """The headlines under which this is known."""
        return self._faces[id(what)]

    def linked(self, line: ListedLine) -> Entry | Article | None:
        """What the line's link leads to, if that is known."""
        key = self._known.addresses.get(line.url, "")
        return self._member_of.get(key) or self._known.strangers.get(key)

    def read(self, line: ListedLine) -> Meant:
        """What the line means."""
        linked, (likeness, worded, nearest) = self.linked(line), self._worded(line)
        if linked is not None:
            own = max(headline_likeness(line.headline, face.text) for face in self.faces(linked))
            if worded is None or worded is linked or own >= min(LEAST, likeness):
                return _meant(linked, "link", own)
        if worded is not None:
            return _meant(worded, "headline", likeness)
        return Meant(nearest=nearest)

    def _worded(self, line: ListedLine) -> tuple[float, Entry | Article | None, str]:
        """What the line's words mean, with the likeness of the headlines; else the nearest headline."""
        best: tuple[float, float, Entry | Article] | None = None
        near = self._index.near(line.headline, LEAST)
        for likeness, text in near:
            for subject in self._subjects[text]:
                score = _score(line, subject, likeness)
                if score and (best is None or score > best[0]):
                    best = (score, likeness, subject.what)
        return (best[1], best[2], "") if best else (0.0, None, near[0][1] if near else "")

    def _all_subjects(self) -> Iterator[_Subject]:
        directory = self._known.directory
        for entry in self._known.entries:
            self._faces[id(entry)] = faces_of(entry, self._known.former)
            yield _Subject(entry, self._names(entry), entry.day)
        for article in self._known.strangers.values():
            self._faces[id(article)] = faces_of_article(article)
            names = (article.outlet, *names_at(article.url, directory))
            yield _Subject(article, names, day_of(article))

    def _names(self, entry: Entry) -> tuple[str, ...]:
        """The names by which anybody who runs this story goes."""
        carriers: Iterable[str] = (
            name
            for each in entry.carriers
            for name in (each.outlet, *names_at(each.url, self._known.directory))
        )
        wire = (entry.article.wire_credit,) if entry.article.wire_credit else ()
        return tuple(dict.fromkeys((*own_names(entry, self._known.directory), *wire, *carriers)))


def _meant(what: Entry | Article, found_by: str, likeness: float) -> Meant:
    if isinstance(what, Entry):
        return Meant(entry=what, found_by=found_by, likeness=likeness)
    return Meant(stranger=what, found_by=found_by, likeness=likeness)


def _score(line: ListedLine, subject: _Subject, likeness: float) -> float:
    """How well a line fits; 0 where it does not mean this."""
    apart = abs((line.day - subject.day).days) if line.day and subject.day else None
    is_near_day = apart is None or apart <= _DAYS
    name = max((name_likeness(line.outlet, each) for each in subject.names), default=0.0)
    if line.outlet and name < NEAR_NAME:
        fits = likeness >= _SAME and is_near_day
    else:
        fits = likeness >= _SURE or (bool(line.outlet) and is_near_day)
    return likeness + 0.2 * name + (0.05 if apart == 0 else 0.0) if fits else 0.0
