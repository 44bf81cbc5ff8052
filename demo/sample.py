"""The whole sample press: every outlet with its own, its nearly-matching and its ordinary articles."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import timedelta, timezone
from itertools import count, cycle
from typing import Any, NamedTuple

from demo.newsroom import Newsroom
from demo.ordinary import Desk, dress
from demo.pieces import STORIES, Masthead, Piece, read_masthead, read_piece
from demo.press import Press

DRESSED_EVERY = 10
"""One ordinary article in so many carries the campaign's words in its furniture."""


class Edition(NamedTuple):
    """One outlet's masthead and its articles: told by hand, near misses, ordinary, and those
    ordinary ones that carry the campaign's words in their furniture."""

    masthead: Masthead
    told: tuple[Piece, ...]
    near_misses: tuple[Piece, ...]
    ordinary: tuple[Piece, ...]
    dressed: tuple[Piece, ...]

    @property
    def zone(self) -> timezone:
        """The outlet's own clock in these days."""
        return timezone(timedelta(hours=self.masthead.offset_hours))

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All articles of the outlet."""
        return (*self.told, *self.near_misses, *self.ordinary, *self.dressed)


def sample_press() -> Press:
    """The press with all its newsrooms; start it with `serving()`."""
    return Press(Newsroom(edition.masthead, edition.pieces) for edition in editions())


def editions() -> tuple[Edition, ...]:
    """Every outlet of the sample press, in the order of its host name; the same on every run."""
    return tuple(_editions(_by_host("ordinary/near-misses"), _Wardrobe()))


def later_article() -> tuple[str, Piece]:
    """A host and an article about the campaign that is not on the air yet: `publish` it."""
    [(host, [piece])] = _by_host("later/article").items()
    return host, piece


class _Wardrobe:
    """Decides which ordinary articles get furniture, and which."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._furniture = cycle(_read("ordinary/furniture")["furniture"])

    def try_on(self, piece: Piece) -> Piece:
        """The piece itself nine times of ten; then one with the next furniture."""
        return piece if next(self._numbers) % DRESSED_EVERY else dress(piece, next(self._furniture))


def _editions(near_misses: Mapping[str, list[Piece]], wardrobe: _Wardrobe) -> Iterator[Edition]:
    desk = Desk({})
    for path in sorted(STORIES.glob("*.toml")):
        masthead, told = read_masthead(path)
        written = [desk.write(masthead, number) for number in range(masthead.ordinary)]
        dressed = {piece: wardrobe.try_on(piece) for piece in written}
        yield Edition(
            masthead,
            told,
            tuple(near_misses.get(masthead.host, ())),
            tuple(piece for piece, worn in dressed.items() if worn is piece),
            tuple(worn for piece, worn in dressed.items() if worn is not piece),
        )


def _by_host(name: str) -> dict[str, list[Piece]]:
    by_host: dict[str, list[Piece]] = {}
    for table in _read(name)["article"]:
        host = table.pop("host")
        table.pop("why", None)
        by_host.setdefault(host, []).append(read_piece(table))
    return by_host


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((STORIES / f"{name}.toml").read_text("utf-8"))
