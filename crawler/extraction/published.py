"""When an article was first published, and last modified: machine stamps, shown dates and the address weighed."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawler import dates
from crawler.dates import Stamp
from crawler.extraction.choose import Option, Options, evidence, rank
from crawler.extraction.document import Document, ancestors, labels_of, stands_aside, words_of
from crawler.extraction.zone import Home
from crawler.records import Evidence, Lead, Moment, Precision

_META_KINDS = (
    ("meta modified", re.compile(r"modif|updat|revis|lastmod|last-mod|changed|expir|edited", re.IGNORECASE)),
    (
        "article:published_time",
        re.compile(r"^(?:og:)?article:published(?:_time)?$|^og:published_time$", re.IGNORECASE),
    ),
    (
        "meta published",
        re.compile(
            r"publi(?:sh|cation|c)|pub-?_?date|issued|firstpub|datepub|displaydate|original", re.IGNORECASE
        ),
    ),
    ("meta created", re.compile(r"creat|available", re.IGNORECASE)),
    ("meta date", re.compile(r"date|time|fecha|datum", re.IGNORECASE)),
)
_NO_DATE = re.compile(
    r"verif|timezone|runtime|duration|image|video|width|height|publisher|reading|refresh|id$|updates?-|publisher",
    re.IGNORECASE,
)
_ELEMENTS = (
    "time, [itemprop*='date' i], [property*='date' i], [class*='date' i], [class*='time' i], [class*='publi' i], [class*='posted' i], "
    "[class*='fecha' i], [class*='datum' i], [class*='stamp' i], [class*='byline' i], [class*='meta' i], [class*='info' i], [id*='date' i], "
    "[id*='time' i], abbr[title], address"
)
_MOST_ELEMENTS = 120
_LONGEST_LINE = 160
_MOST_LINES = 60
_URL_DAY = re.compile(r"(?<!\d)(20[0-3]\d|199\d)[/_.-]?(0[1-9]|1[0-2])[/_.-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_URL_WORD_DAY = re.compile(r"/(20[0-3]\d)/([a-z]{3})/(\d{1,2})/", re.IGNORECASE)
_SCRIPT = re.compile(
    r"[\"'](datePublished|date_?published|published_?(?:at|on|date|time)|publish_?(?:date|ed|time|at)|publication_?date|first_?published\w*|pub_?date"
    r"|displayDate|display_date|creation_?date|dateCreated|created_?(?:at|date)?|article_?date|original_?publication\w*)[\"']\s*:\s*[\"']?([^\"',}]{8,40})",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"updat|modif|aktualisiert|actuali[sz]|mis à jour|zuletzt|stand:|geändert|aggiornat|atualizad|обновлен|更新|업데이트|수정|letztes update|bearbeitet|güncelle|opdater|oppdater",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"publi|posted|veröffentlicht|erstellt|erschien|creat|issued|first|опублик|发布|入力|등록|입력|掲載|lagt ut|giriş|diterbitkan",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One date of the page: what it says, who says it, and the element where it is shown."""

    stamp: Stamp
    found_by: str
    node: LexborNode | None = None
    line: str = ""


class Dates:
    """The candidates of one page for its first publication."""

    def __init__(self, document: Document, home: Home, language: str | None, lead: Lead | None) -> None:
        self.document, self.home, self.language, self.lead = document, home, language, lead
        self.seen = list(self._collect())
        self.zone = home.zone
        self.offset = self._own_offset()
        self.options = Options()
        self.moments: dict[str, Moment] = {}
        for seen in self.seen:
            self._note(seen)
        if lead and lead.published:
            self._keep(lead.published, "lead")
        self._compare()

    # -- what the page says

    def _collect(self) -> Iterator[Seen]:
        yield from self._of_things()
        yield from self._of_metas()
        yield from self._of_elements()
        yield from self._of_lines()
        yield from self._of_scripts()
        path = urlsplit(self.document.url).path
        for found in _URL_DAY.finditer(path):
            yield from self._read("-".join(found.groups()), "the address")
        for found in _URL_WORD_DAY.finditer(path):
            yield from self._read(" ".join(found.groups()[::-1]), "the address")

    def _read(
        self, text: str, found_by: str, node: LexborNode | None = None, line: str = ""
    ) -> Iterator[Seen]:
        stamp = dates.read_stamp(text, language=self.language, country=self.home.country)
        if stamp:
            yield Seen(stamp, found_by, node, line or text)

    def _of_things(self) -> Iterator[Seen]:
        for thing in self.document.things[:200]:
            kind = (
                "json-ld"
                if thing.is_article
                else "json-ld page"
                if thing.is_work or not thing.types
                else "json-ld other"
            )
            for key in ("datePublished", "dateCreated", "uploadDate", "dateModified"):
                for text in thing.texts(key)[:1]:
                    yield from self._read(text, f"{kind} {'datePublished' if key == 'uploadDate' else key}")

    def _of_metas(self) -> Iterator[Seen]:
        for name, contents in self.document.metas.items():
            if _NO_DATE.search(name):
                continue
            for kind, pattern in _META_KINDS:
                if pattern.search(name):
                    for content in contents[:1]:
                        yield from self._read(content, kind)
                    break

    def _of_elements(self) -> Iterator[Seen]:
        for node in self.document.tree.css(_ELEMENTS)[:_MOST_ELEMENTS]:
            if node.tag in ("meta", "script", "html", "body", "link", "input"):
                continue
            attributes = node.attributes
            text = words_of(node) if len(node.text()) < 3000 else ""
            line = text[:_LONGEST_LINE] if len(text) <= _LONGEST_LINE else ""
            said = f"{labels_of(node)} {attributes.get('itemprop') or ''} {attributes.get('property') or ''} {line}"
            kind = _kind_of(node, said)
            machine = (
                attributes.get("datetime")
                or attributes.get("content")
                or (attributes.get("title") if node.tag in ("abbr", "time") else None)
            )
            if machine:
                yield from self._read(machine, f"{kind} stamp", node, said)
            if line:
                yield from self._read(line, kind, node, said)

    def _of_lines(self) -> Iterator[Seen]:
        """Dates in the first lines of the page's visible text."""
        lines = 0
        for block in self.document.blocks:
            for words in (
                {block.text: 1, **dict.fromkeys(block.words)} if len(block.words) < 8 else block.words
            ):
                text = words.strip()
                if not 6 <= len(text) <= _LONGEST_LINE or sum(char.isdecimal() for char in text) < 3:
                    continue
                lines += 1
                if lines > _MOST_LINES:
                    return
                yield from self._read(
                    text, "text updated" if _UPDATED.search(text) else "text", block.node, text
                )

    def _of_scripts(self) -> Iterator[Seen]:
        for found in list(_SCRIPT.finditer(self.document.source))[:30]:
            yield from self._read(found[2].strip(), "script")

    # -- candidates

    def _own_offset(self) -> int | None:
        """The offset, other than UTC's, that most of the page's stamps carry."""
        given = Counter(seen.stamp.offset_minutes for seen in self.seen if seen.stamp.offset_minutes)
        return given.most_common(1)[0][0] if given else None

    def _note(self, seen: Seen) -> None:
        stamp = seen.stamp
        if stamp.precision is Precision.DAY or stamp.offset_minutes is not None:
            self._sign(
                self._keep(
                    stamp.moment(self.zone if stamp.precision is Precision.DAY else None), seen.found_by
                ),
                seen,
            )
            return
        local = (
            replace(stamp, offset_minutes=self.offset)
            if self.offset is not None and not self.home.sure
            else stamp
        )
        self._sign(self._keep(local.moment(self.zone), f"{seen.found_by}"), seen, "on the outlet's clock")
        as_utc = self._keep(replace(stamp, offset_minutes=0).moment(), f"{seen.found_by} read as UTC")
        self._sign(as_utc, seen, "read as UTC")

    def _keep(self, moment: Moment, found_by: str) -> Option:
        form = (
            moment.day.isoformat()
            if moment.precision is Precision.DAY
            else moment.instant.strftime("%Y-%m-%dT%H:%M")
        )
        held = self.moments.get(form)
        if held is None or (not held.offset_minutes and moment.offset_minutes):
            self.moments[form] = moment
        return self.options.note(moment.local.isoformat(), form, found_by)

    def _sign(self, option: Option, seen: Seen, reading: str = "") -> None:
        stamp, node = seen.stamp, seen.node
        option.add(reading or "offset given", float(stamp.precision is not Precision.DAY))
        option.add("offset not zero", float(bool(stamp.offset_minutes)))
        option.add("says updated", float(bool(_UPDATED.search(seen.line))))
        option.add("says published", float(bool(_PUBLISHED.search(seen.line))))
        if node is not None:
            option.add("shown")
            option.add("shown aside", float(stands_aside(node)))
            option.add(
                "shown in the article",
                float(any(each.tag in ("article", "main") for each in ancestors(node))),
            )
            option.add("first shown", float(seen is self._first_shown()))

    def _first_shown(self) -> Seen | None:
        return next((seen for seen in self.seen if seen.node is not None), None)

    # -- what speaks for and against

    def _compare(self) -> None:
        fetched = self.document.page.fetched_at
        address = {seen.stamp.clock.date() for seen in self.seen if seen.found_by == "the address"}
        shown = {
            seen.stamp.clock.date()
            for seen in self.seen
            if seen.node is not None and not seen.stamp.offset_minutes
        }
        clocks = {
            seen.stamp.clock.strftime("%d%H%M")
            for seen in self.seen
            if seen.node is not None and seen.stamp.precision is not Precision.DAY
        }
        firm = {
            form
            for form, option in self.options.items()
            if "read as UTC" not in option.signs or len(option.found_by) > 1
        }
        earliest = min((self.moments[form].instant for form in firm), default=None)
        days = Counter(self._local_day(self.moments[form]) for form in self.options)
        for form, option in self.options.items():
            moment = self.moments[form]
            day = self._local_day(moment)
            option.add("day of the address", float(day in address))
            option.add(
                "not the day of the address",
                float(bool(address) and min(abs((day - each).days) for each in address) > 1),
            )
            option.add("a day shown", float(day in shown))
            option.add("its clock is shown", float(self._local(moment).strftime("%d%H%M") in clocks))
            option.add("earliest", float(moment.instant == earliest))
            option.add("days agreeing", min(days[day] - 1, 5) / 5)
            option.add("is a day", float(moment.precision is Precision.DAY))
            option.add(
                "midnight",
                float(
                    moment.precision is not Precision.DAY
                    and (moment.local.hour, moment.local.minute) == (0, 0)
                ),
            )
            option.add("seconds told", float(moment.instant.second > 0))
            option.add("in the future", float(moment.instant > fetched + timedelta(days=1)))
            option.add("day of the fetch", float(moment.instant.date() == fetched.date()))
            option.add("places", min(len(option.found_by), 6) / 6)
            option.add(
                "only modified", float(all("odified" in by or "updated" in by for by in option.found_by))
            )

    def chosen(self) -> tuple[Moment | None, Evidence | None]:
        """The first publication on the outlet's own clock, with its evidence; None where no date can be trusted."""
        ranked = [
            option
            for option in rank("published", self.options.values())
            if "in the future" not in option.signs
        ]
        if not ranked:
            return None, None
        best = self._on_own_clock(self.moments[ranked[0].form])
        found = evidence(ranked, self._doubt(ranked, best))
        return best, replace(found, value=best.local.isoformat())

    def modified(self, published: Moment | None) -> Moment | None:
        """The last change that structured data tells, where it is later than the first publication."""
        said = [
            self.moments[form]
            for form, option in self.options.items()
            if any("odified" in by for by in option.found_by) and "read as UTC" not in option.signs
        ]
        latest = max(said, key=lambda moment: moment.instant, default=None)
        if latest is None or (published and latest.instant <= published.instant):
            return None
        return self._on_own_clock(latest)

    def _on_own_clock(self, moment: Moment) -> Moment:
        """UTC stamps are put on the outlet's clock where that is known; an outlet's own offset stays."""
        if moment.offset_minutes == 0 and moment.precision is not Precision.DAY:
            if self.zone and self.home.sure:
                return dates.shift(moment, self.zone)
            if self.offset is not None:
                return replace(moment, offset_minutes=self.offset)
        return moment

    def _doubt(self, ranked: list[Option], best: Moment) -> str | None:
        for option in ranked[1:4]:
            rival = self.moments[option.form]
            apart = abs((self._local_day(rival) - best.day).days)
            if apart > 1 and "only modified" not in option.signs and "shown aside" not in option.signs:
                return f"another date of the page is {apart} days apart: {rival.day.isoformat()} ({', '.join(option.found_by[:2])})"
        if best.offset_minutes is None and best.precision is not Precision.DAY:
            return "the page gives no offset and the outlet's clock is not known"
        return None

    def _local(self, moment: Moment) -> datetime:
        if moment.offset_minutes == 0 and self.zone and self.home.sure:
            return dates.shift(moment, self.zone).local
        return moment.local

    def _local_day(self, moment: Moment) -> date:
        return moment.day if moment.precision is Precision.DAY else self._local(moment).date()


def _kind_of(node: LexborNode, said: str) -> str:
    """The kind of an element that shows a date."""
    item = f"{node.attributes.get('itemprop') or ''} {node.attributes.get('property') or ''}".lower()
    if "datemodified" in item:
        return "itemprop dateModified"
    if "datepublished" in item or "datecreated" in item:
        return "itemprop datePublished"
    kind = "time element" if node.tag == "time" else "dated element"
    return f"{kind} updated" if _UPDATED.search(said) else kind
