"""When an article was first published and last modified: stamps, shown dates and address weighed."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

from crawler import dates
from crawler.extraction.choose import Option, Options, evidence, rank
from crawler.extraction.datings import PUBLISHED, UPDATED, DateReader, Seen
from crawler.extraction.document import Document, ancestors, stands_aside
from crawler.extraction.zone import Home
from crawler.records import Evidence, Lead, Moment, Precision


class Dates:
    """The candidates of one page for its first publication."""

    def __init__(self, document: Document, home: Home, language: str | None, lead: Lead | None) -> None:
        self.document, self.home = document, home
        self.seen = list(DateReader(document, language, home.country).seen())
        self.zone = home.zone
        self.offset = self._own_offset()
        self.options = Options()
        self.moments: dict[str, Moment] = {}
        for seen in self.seen:
            self._note(seen)
        if lead and lead.published:
            self._keep(lead.published, "lead")
        self._compare()

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
        option.add("says updated", float(bool(UPDATED.search(seen.line))))
        option.add("says published", float(bool(PUBLISHED.search(seen.line))))
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
        """The first publication on the outlet's own clock, with its evidence; None where there is none."""
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
                return f"{option.found_by[0]} says {rival.day.isoformat()}, {apart} days apart"
        if best.offset_minutes is None and best.precision is not Precision.DAY:
            return "the page gives no offset and the outlet's clock is not known"
        return None

    def _local(self, moment: Moment) -> datetime:
        if moment.offset_minutes == 0 and self.zone and self.home.sure:
            return dates.shift(moment, self.zone).local
        return moment.local

    def _local_day(self, moment: Moment) -> date:
        return moment.day if moment.precision is Precision.DAY else self._local(moment).date()
