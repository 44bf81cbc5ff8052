"""When an article was first published and last modified: stamps, shown dates and address weighed."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from selectolax.lexbor import LexborNode

from crawler import dates
from crawler.extraction.agreement import FIRM, agree, is_change
from crawler.extraction.choose import Option, Options, evidence, rank
from crawler.extraction.clocks import is_borne_out, next_day_shown, offset_between
from crawler.extraction.datings import RECENT, DateReader, Seen, in_comments, tells_first_instant
from crawler.extraction.document import Document
from crawler.extraction.nearness import headline_at, is_beside_another_headline, nearness
from crawler.extraction.wording import fold
from crawler.extraction.zone import Home
from crawler.records import Evidence, Lead, Moment, Precision


@dataclass(frozen=True, slots=True)
class PageWords:
    """What is known of a page: its headline and the language of its text."""

    headline: str
    language: str | None


class Dates:
    """The candidates of one page for its first publication."""

    def __init__(self, document: Document, home: Home, page_words: PageWords, lead: Lead | None) -> None:
        self.document, self.home = document, home
        self._headline = fold(page_words.headline)
        reader = DateReader(document, page_words.language, home.country)
        self.seen = list(reader.declared())
        for read_more in (reader.in_elements, reader.in_words):
            if not agree(self.seen, home, document.url):
                self.seen += read_more()
        if not any(seen.found_by in FIRM for seen in self.seen):
            self.seen += reader.in_scripts()
        if not self.seen:
            self.seen += reader.last_resort()
        self.zone = home.zone
        given = self._own_offset()
        told = offset_between(self.seen, home.zone) if given is None else None
        self.offset = told if given is None else given
        self._knows_zone = home.sure and told is None  # what the page tells goes before where it is at home
        self._by_place: dict[int, dict[str, float]] = {}
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
            own = stamp.moment(self.zone if stamp.precision is Precision.DAY else None)
            self._sign(self._keep(own, seen.found_by), seen, self._signs_of(seen))
            return
        local = (
            replace(stamp, offset_minutes=self.offset)
            if self.offset is not None and not self._knows_zone
            else stamp
        )
        signs = self._signs_of(seen)
        self._sign(self._keep(local.moment(self.zone), seen.found_by), seen, signs, "on the outlet's clock")
        as_utc = self._keep(replace(stamp, offset_minutes=0).moment(), f"{seen.found_by} read as UTC")
        self._sign(as_utc, seen, signs, "read as UTC")

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

    def _sign(self, option: Option, seen: Seen, signs: dict[str, float], reading: str = "") -> None:
        option.add(reading or "offset given", float(seen.stamp.precision is not Precision.DAY))
        option.add_all(signs)

    def _signs_of(self, seen: Seen) -> dict[str, float]:
        """What speaks for or against a date, however its clock is read."""
        signs = {"offset not zero": float(bool(seen.stamp.offset_minutes)), **seen.signs}
        if seen.node is not None:
            signs.update(self._signs_of_place(seen.node))
            signs["first shown"] = float(seen is self._first_shown)
        return signs

    def _signs_of_place(self, node: LexborNode) -> dict[str, float]:
        """What speaks for or against a date by where it is shown; one element often shows it twice."""
        if node.mem_id not in self._by_place:
            place = self.document.place_of(node)
            self._by_place[node.mem_id] = {
                "shown": 1.0,
                "shown aside": float(place.aside),
                "shown in comments": float(in_comments(node)),
                "shown in the article": float(place.in_article),
                "shown with another headline": float(is_beside_another_headline(node, self._headline)),
                **nearness(self.document, node, self._headline_at),
            }
        return self._by_place[node.mem_id]

    @cached_property
    def _headline_at(self) -> int | None:
        return headline_at(self.document, self._headline)

    @cached_property
    def _first_shown(self) -> Seen | None:
        return next((seen for seen in self.seen if seen.node is not None), None)

    # -- what speaks for and against

    def _compare(self) -> None:
        for form, option in self.options.items():
            moment = self.moments[form]
            self._compare_days(option, moment)
            self._compare_changes(option, moment)
            self._look_at_clock(option, moment)
            option.add("places", min(len(option.found_by), 6) / 6)

    def _compare_days(self, option: Option, moment: Moment) -> None:
        """Agreement with the address, with what is shown, and with the other candidates."""
        day = self._local_day(moment)
        away = min((abs((day - each).days) for each in self._address_days), default=0)
        option.add("day of the address", float(day in self._address_days))
        option.add("not the day of the address", float(away > 1))
        option.add("a day shown", float(day in self._shown_days))
        option.add("its clock is shown", float(self._local(moment).strftime("%d%H%M") in self._shown_clocks))
        option.add("earliest", float(moment.instant == self._earliest))
        option.add("days agreeing", min(self._days[day] - 1, 5) / 5)
        option.add("told better elsewhere", float(_is_vague(moment) and day in self._exact_days))

    def _compare_changes(self, option: Option, moment: Moment) -> None:
        """Whether this is the time of a change rather than of the first publication."""
        modified = [is_change(by) or "updated" in by for by in option.found_by]
        told_apart = bool(self._first) and option.form not in self._first
        option.add("the time of a change", float(any(modified) and told_apart))
        option.add("only modified", float(all(modified)))
        option.add("before the change", float(not any(modified) and moment.instant < self._last_change))

    def _look_at_clock(self, option: Option, moment: Moment) -> None:
        fetched = self.document.page.fetched_at
        is_day = moment.precision is Precision.DAY
        option.add("is a day", float(is_day))
        option.add("midnight", float(not is_day and _is_vague(moment)))
        option.add("seconds told", float(moment.instant.second > 0))
        option.add("in the future", float(moment.instant > fetched + timedelta(days=1)))
        option.add("day of the fetch", float(moment.instant.date() == fetched.date()))
        option.add("its clock is UTC's elsewhere", float(self._is_mislabelled(moment)))

    @cached_property
    def _address_days(self) -> set[date]:
        return {seen.stamp.clock.date() for seen in self.seen if seen.found_by == "the address"}

    @cached_property
    def _shown_days(self) -> set[date]:
        shown = (seen.stamp for seen in self.seen if seen.node is not None)
        return {stamp.clock.date() for stamp in shown if not stamp.offset_minutes}

    @cached_property
    def _shown_clocks(self) -> set[str]:
        shown = (seen.stamp for seen in self.seen if seen.node is not None)
        return {stamp.clock.strftime("%d%H%M") for stamp in shown if stamp.precision is not Precision.DAY}

    @cached_property
    def _earliest(self) -> datetime | None:
        firm = (
            self.moments[form].instant
            for form, option in self.options.items()
            if "read as UTC" not in option.signs or len(option.found_by) > 1
        )
        return min(firm, default=None)

    @cached_property
    def _first(self) -> set[str]:
        """The candidates that machines call the first publication and nothing calls a change."""
        return {
            form
            for form, option in self.options.items()
            if not FIRM.isdisjoint(option.found_by) and not any(map(is_change, option.found_by))
        }

    @cached_property
    def _last_change(self) -> datetime:
        changes = (
            self.moments[form].instant
            for form, option in self.options.items()
            if any(map(is_change, option.found_by))
        )
        return max(changes, default=datetime.min.replace(tzinfo=UTC))

    @cached_property
    def _exact_days(self) -> set[date]:
        """Days of which a machine tells the time too."""
        firm = (form for form, option in self.options.items() if not FIRM.isdisjoint(option.found_by))
        exact = (self.moments[form] for form in firm)
        return {self._local_day(moment) for moment in exact if not _is_vague(moment) and moment.local.hour}

    @cached_property
    def _days(self) -> Counter[date]:
        return Counter(self._local_day(moment) for moment in self.moments.values())

    def _is_mislabelled(self, moment: Moment) -> bool:
        """Whether another stamp has the same clock reading, in UTC: one of the two has the wrong offset."""
        clock = moment.local.replace(tzinfo=None)
        return bool(moment.offset_minutes) and any(
            seen.stamp.offset_minutes == 0 and seen.stamp.clock == clock for seen in self.seen
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
        ranked = self._exact_first(ranked)
        best = self._on_own_clock(self.moments[ranked[0].form])
        found = evidence(ranked, self._doubt(ranked, best))
        return best, replace(found, value=best.local.isoformat())

    def _exact_first(self, ranked: list[Option]) -> list[Option]:
        """Where the best tells only a day, the stamp of that day which a machine gives goes before it."""
        best = self.moments[ranked[0].form]
        if best.precision is not Precision.DAY:
            return ranked
        stamped = (option for option in ranked[1:] if tells_first_instant(option))
        of_day = (each for each in stamped if self._local_day(self.moments[each.form]) == best.day)
        exact = next((each for each in of_day if not _is_vague(self.moments[each.form])), None)
        return ranked if exact is None else [exact, *(each for each in ranked if each is not exact)]

    def modified(self, published: Moment | None) -> Moment | None:
        """The last change that structured data tells, where it is later than the first publication."""
        said = [
            self.moments[form]
            for form, option in self.options.items()
            if any(map(is_change, option.found_by)) and "read as UTC" not in option.signs
        ]
        latest = max(said, key=lambda moment: moment.instant, default=None)
        if latest is None or (published and latest.instant <= published.instant):
            return None
        return self._on_own_clock(latest)

    def _on_own_clock(self, moment: Moment) -> Moment:
        """UTC stamps are put on the outlet's clock where that is known; an outlet's own offset stays."""
        if moment.offset_minutes == 0 and moment.precision is not Precision.DAY:
            if self.zone and (self._knows_zone or is_borne_out(self.zone, moment, self._shown_days)):
                return dates.shift(moment, self.zone)
            if self.offset is not None:
                return replace(moment, offset_minutes=self.offset)
        return moment

    def _doubt(self, ranked: list[Option], best: Moment) -> str | None:
        if ranked[0].found_by == ["htmldate"]:
            return "found only by guessing from the page's other dates"
        if ranked[0].found_by == [RECENT]:
            return "the page tells the day only as seen from the day of the fetch"
        for option in ranked[1:4]:
            rival = self.moments[option.form]
            apart = abs((self._local_day(rival) - best.day).days)
            if apart > 1 and "only modified" not in option.signs and "shown aside" not in option.signs:
                return f"{option.found_by[0]} says {rival.day.isoformat()}, {apart} days apart"
        if shown := next_day_shown(best, self._shown_days):
            return f"the page shows {shown.isoformat()}; in UTC, its stamp is of {best.day.isoformat()}"
        if best.offset_minutes is None and best.precision is not Precision.DAY:
            return "the page gives no offset and the outlet's clock is not known"
        return None

    def _local(self, moment: Moment) -> datetime:
        if moment.offset_minutes == 0 and self.zone and self._knows_zone:
            return dates.shift(moment, self.zone).local
        return moment.local

    def _local_day(self, moment: Moment) -> date:
        return moment.day if moment.precision is Precision.DAY else self._local(moment).date()


def _is_vague(moment: Moment) -> bool:
    """Whether a moment tells no more than its day: precision, or midnight sharp."""
    return moment.precision is Precision.DAY or (moment.local.hour, moment.local.minute) == (0, 0)
