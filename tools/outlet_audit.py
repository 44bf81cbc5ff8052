"""What looks odd in the facts about outlets, for a person to judge; what must hold is `outlet_checks`'.

Run `python -m tools.outlet_audit` from the root of the repository. A finding that was looked at and
is right stands in `tools/outlets_settled.tsv` (check, slug, why) and is not told again.
"""

import csv
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.countries import country_codes
from crawler.extraction.wording import script_of, squeeze
from tools import make_outlets
from tools.outlet_checks import Row, parts_of

SETTLED = make_outlets.ROOT / "tools" / "outlets_settled.tsv"
# Legal forms and the words of houses, where they end a name; and houses that own many mastheads.
_COMPANY = re.compile(
    r"""(?:^|\s|,)(?:gmbh|kg|ag|inc\.?|llc|ltd\.?|limited|plc|corp\.?|corporation|co\.|s\.?a\.?s?\.?|s\.?p\.?a\.?
    |s\.?r\.?l\.?|b\.v\.|n\.v\.|oy|ab|a/s|group|gruppe|mediengruppe|verlag|verlagsgesellschaft|holdings?|publishing
    |publications|publishers|enterprises|communications|newspapers|grupo|groupe|editora|éditions|foundation)$""",
    re.IGNORECASE | re.VERBOSE,
)
_OWNER = re.compile(
    r"""gannett|hearst|tegna|nexstar|scripps|sinclair|gray|audacy|iheartmedia|leeenterprises|mcclatchy|medianewsgroup
    |cnhi|adams|paxton|ogden|eomedia|swift|postmedia|metroland|blackpress|villagemedia|reach|newsquest|dcthomson
    |jpimedia|archant|iliffe|madsack|funke|ippen|burda|bertelsmann|axelspringer|prosiebensat1|nzzmedia|tamedia|ringier
    |chmedia|mediahuis|dpgmedia|roularta|ebra|rossel|prisa|vocento|unidadeditorial|gedi|rcsmediagroup|monrif|caltagirone
    |schibsted|bonnier|amedia|polaris|sanoma|alma|grupoglobo|impremedia|newscorp|nineentertainment|fairfax""",
    re.VERBOSE,
)
_JUNK = re.compile(r"[()\[\]|@#]|https?:|www\.|\s[-–—:]\s|\s[/»›]\s")
_SLOGAN = re.compile(
    r"\b(?:breaking news|latest news|news from|news, weather|official site)\b", re.IGNORECASE
)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", re.IGNORECASE)
_MOST_WORDS = 7
# Country endings that the whole world uses, and the one that is not its country's code.
_OPEN_ENDING = re.compile(
    "ac|ai|am|bz|cc|cd|co|eu|fm|gg|gl|io|is|la|ly|me|ms|nu|pm|re|sc|sh|st|tk|to|tv|vc|ws"
)
_CODE_OF_ENDING = {"uk": "GB"}
_SCRIPTS = {
    "am": "ETHIOPIC", "ar": "ARABIC", "as": "BENGALI", "be": "CYRILLIC", "bg": "CYRILLIC", "bn": "BENGALI",
    "el": "GREEK", "fa": "ARABIC", "gu": "GUJARATI", "he": "HEBREW", "hi": "DEVANAGARI", "hy": "ARMENIAN",
    "ka": "GEORGIAN", "km": "KHMER", "kn": "KANNADA", "ky": "CYRILLIC", "ml": "MALAYALAM",
    "mr": "DEVANAGARI", "my": "MYANMAR", "ne": "DEVANAGARI", "or": "ORIYA", "pa": "GURMUKHI",
    "ps": "ARABIC", "ru": "CYRILLIC", "si": "SINHALA", "ta": "TAMIL", "te": "TELUGU", "tg": "CYRILLIC",
    "th": "THAI", "ti": "ETHIOPIC", "uk": "CYRILLIC", "ur": "ARABIC",
}  # fmt: skip
_SHORTEST_LABEL = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One odd thing: which check, which outlet (its slug and place), and what is odd."""

    check: str
    slug: str
    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.check}: {self.slug}: {self.what}"


def findings(rows: Sequence[Row]) -> list[Finding]:
    """Everything odd, in the order of the checks."""
    return [
        Finding(name, row.slug, row.place, what)
        for name, check in CHECKS.items()
        for row, what in check(rows)
    ]


def unsettled(rows: Sequence[Row], settled: Mapping[tuple[str, str], str]) -> list[Finding]:
    """What nobody has judged yet."""
    return [each for each in findings(rows) if (each.check, each.slug) not in settled]


def read_settled(file: Path = SETTLED) -> dict[tuple[str, str], str]:
    """(check, slug) -> why it is right all the same."""
    with file.open(encoding="utf-8", newline="") as lines:
        table = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {(check, slug): why for check, slug, why in table[1:]}


Odd = Iterator[tuple[Row, str]]


def company(rows: Iterable[Row]) -> Odd:
    """A company's or an owner's name instead of a masthead's."""
    for row in rows:
        if row.scope != "press-release" and (
            _COMPANY.search(row.name) or _OWNER.fullmatch(squeeze(row.name))
        ):
            yield row, f"{row.name!r} reads as a company"


def junk(rows: Iterable[Row]) -> Odd:
    """Handles, brackets, bars, slogans, whole sentences in a name."""
    for row in rows:
        is_long = len(row.name.split()) > _MOST_WORDS
        if _JUNK.search(row.name) or _SLOGAN.search(row.name) or is_long:
            yield row, f"{row.name!r} holds more than a name"


def other_domain(rows: Iterable[Row]) -> Odd:
    """A name in the form of an address that is none of the outlet's."""
    for row in rows:
        own = {squeeze(parts_of(domain).domain) for domain in row.domains}
        said = parts_of(row.name.lower())
        if _HOST.fullmatch(row.name) and said.suffix and squeeze(said.domain) not in own:
            yield row, f"{row.name!r} is no address of {' '.join(row.domains)}"


def twin(rows: Iterable[Row]) -> Odd:
    """Two outlets of one country whose addresses differ in the ending alone."""
    labels: dict[tuple[str, str], Row] = {}
    for row in rows:
        for domain in row.domains:
            parts = parts_of(domain)
            if "/" in domain or parts.subdomain or len(parts.domain) < _SHORTEST_LABEL:
                continue
            other = labels.setdefault((parts.domain, row.country), row)
            if other is not row:
                yield row, f"{domain} ({row.name}) and {' '.join(other.domains)} ({other.name}, {other.slug})"


def same_as_house(rows: Iterable[Row]) -> Odd:
    """A part of a house under the house's own name: the house's entry says it already."""
    owners = {domain: row for row in rows for domain in row.domains}
    for row in rows:
        for domain in row.domains:
            house = next((owners[above] for above in _above(domain) if above in owners), row)
            if house is not row and squeeze(house.name) == squeeze(row.name):
                yield row, f"{domain} goes by the name of its house {house.slug}"


def old_name(rows: Iterable[Row]) -> Odd:
    """An outlet's name that is a former name of another one of the same country: one paper twice."""
    names: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        names[squeeze(row.name), row.country].append(row)
    for row in rows:
        for former in row.former_names:
            for other in names.get((squeeze(former), row.country), ()):
                if other is not row:
                    yield row, f"once {former!r}, as {other.slug} ({' '.join(other.domains)}) is called"


def ending(rows: Iterable[Row]) -> Odd:
    """A first domain with another country's ending."""
    for row in rows:
        last = row.domains[0].partition("/")[0].rpartition(".")[2]
        code = _CODE_OF_ENDING.get(last, last.upper())
        if not _OPEN_ENDING.fullmatch(last) and code in country_codes() and code != row.country:
            yield row, f"{row.domains[0]} is of {code}, the outlet of {row.country}"


def script(rows: Iterable[Row]) -> Odd:
    """A name in a script that its language is not written in."""
    for row in rows:
        wanted, found = _SCRIPTS.get(row.language, "LATIN"), script_of(row.name)
        if row.language in ("zh", "ja", "ko", "sr", "kk", "uz", "mk", "mn", "dv", "az") or found in (
            "LATIN",
            "",
        ):
            continue
        if found != wanted:
            yield row, f"{row.name!r} is {found.title()}, its language {row.language}"


def mixed_letters(rows: Iterable[Row]) -> Odd:
    """A word with letters of two scripts that look alike (a Cyrillic A in a Latin name)."""
    for row in rows:
        for word in re.findall(r"\w+", row.name):
            scripts = {unicodedata.name(char).split()[0] for char in word if char.isalpha()}
            if len(scripts & {"LATIN", "CYRILLIC", "GREEK"}) > 1:
                yield row, f"{word!r} mixes {' and '.join(sorted(scripts))}"


def _above(domain: str) -> Iterator[str]:
    """The addresses that a domain or path lies under, the nearest first."""
    host, slash, path = domain.partition("/")
    while slash:
        path, slash, _ = path.rpartition("/")
        yield f"{host}/{path}" if slash else host
    labels = host.split(".")
    yield from (".".join(labels[start:]) for start in range(1, len(labels) - 1))


CHECKS: Mapping[str, Callable[[Sequence[Row]], Odd]] = {
    check.__name__: check
    for check in (company, junk, other_domain, twin, same_as_house, old_name, ending, script, mixed_letters)
}


def main() -> int:
    """Tell what is not settled; 1 where there is anything."""
    rows = [row for facts in sorted(make_outlets.FACTS.glob("*.tsv")) for row in make_outlets.read(facts)]
    odd = unsettled(rows, read_settled())
    print("\n".join(map(str, odd)), f"{len(odd)} findings in {len(rows)} outlets", sep="\n" if odd else "")
    return 1 if odd else 0


if __name__ == "__main__":
    sys.exit(main())
