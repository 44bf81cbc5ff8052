"""Stories, mentions and decisions -> Entries at the desk -> the Listing; pure.

It decides nothing of its own: an entry is on the list when a person accepted it, and
stands where people put it. Rendering is left to the exports.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from aggregator.cases import Case
from aggregator.records import (
    Campaign,
    Decision,
    Entry,
    LinkTarget,
    Listing,
    ListItem,
    Mention,
    Status,
    Tier,
    Verdict,
)
from aggregator.replay import STATUS_OF, Laid, lay, standing
from crawler.records import Article
from crawler.urls import host

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
NEARNESS = {tier: rank for rank, tier in enumerate(Tier)}


def entries(campaign: Campaign, cases: Iterable[Case]) -> tuple[Entry, ...]:
    """The entries of the cases, in their order; a case without a mention that counts has none."""
    made = (make_entry(campaign, case) for case in cases)
    return tuple(entry for entry in made if entry is not None)


def make_entry(campaign: Campaign, case: Case) -> Entry | None:
    """The entry of one story, or None where nothing in it mentions the campaign.

    A mention that is gone still makes an entry when somebody decided about it: what a
    person accepted does not vanish because a machine changed its mind.
    """
    keys = case.keys
    laid = case.laid or lay(case.decisions, [member.article_key for member in case.story.members])
    holding = [key for key in keys if key in case.mentions and key not in case.gone]
    counting = holding or ([key for key in keys if key in case.mentions] if laid.verdict else [])
    if not counting:
        return None
    shown = choose_shown(campaign, case, counting, laid)
    article = case.articles[shown]
    fixed, rest = laid.corrections, case.all_of_it
    return Entry(
        campaign=campaign.slug,
        story=case.story,
        status=status_of(campaign, laid, nearest(case, counting).tier),
        article=article,
        carriers=tuple(each for each in rest.members if each.key != shown),
        mention=case.mentions[shown] if shown in counting else nearest(case, counting),
        headline=fixed.get("headline", article.headline),
        outlet=fixed.get("outlet", article.outlet),
        day=date.fromisoformat(fixed["date"]) if "date" in fixed else day_of(article),
        note=fixed.get("note", ""),
        link=fixed.get("link", ""),
        starred=laid.starred,
        corrected=tuple(sorted(fixed)),
        notices=tuple(notices(case, laid, holding)),
        found_at=rest.found_at,
        changed_at=max(rest.updated_at, laid.changed_at or rest.updated_at),
        version=laid.version,
    )


def nearest(case: Case, keys: Sequence[str]) -> Mention:
    """The mention of the nearest tier among these members'."""
    return min((case.mentions[key] for key in keys), key=lambda mention: NEARNESS[mention.tier])


def day_of(article: Article) -> date | None:
    """The outlet's local day, None where it is not known."""
    return article.published.day if article.published else None


def choose_shown(campaign: Campaign, case: Case, counting: Sequence[str], laid: Laid) -> str:
    """The member to show: a person's choice, else a preferred outlet's, else the story's own.

    Preferred outlets count where a wire wrote the story: what an outlet reported itself is
    shown at that outlet. Where the story's own page does not mention us, the first member
    that does: a page of the organisation itself is never coverage, and is not shown as such.
    """
    if laid.shown in case.articles:
        return str(laid.shown)
    if any(article.wire_credit for article in case.articles.values()):
        wanted = preferred_of(campaign, case, counting)
        if wanted is not None:
            return wanted
    return case.story.shown if case.story.shown in counting else counting[0]


def preferred_of(campaign: Campaign, case: Case, keys: Sequence[str]) -> str | None:
    """The first of these members, if any, at the outlet that the campaign prefers most."""
    for wanted in campaign.preferred:
        for key in keys:
            if is_called(case.articles[key], wanted) and case.articles[key].text:
                return key
    return None


def is_called(article: Article, name: str) -> bool:
    """Whether a name is that of the article's outlet, its slug, or its domain."""
    known = (article.outlet.casefold(), (article.outlet_slug or "").casefold())
    return name.casefold() in known or is_on(article.url, (name.casefold().removeprefix("www."),))


def status_of(campaign: Campaign, laid: Laid, tier: Tier) -> Status:
    """Where the entry stands: as somebody decided, else waiting; context where the campaign wants it."""
    if laid.verdict:
        return STATUS_OF[laid.verdict.verdict]
    return Status.CONTEXT if tier is Tier.CONTEXT and not campaign.context_waits else Status.WAITING


def notices(case: Case, laid: Laid, holding: Sequence[str]) -> Iterable[str]:
    """What a reviewer should know about the entry, in sentences; a new headline until somebody acts on it."""
    if not holding:
        yield from (f"No longer matches: {case.gone[key]}" for key in case.gone)
    if laid.overruled:
        verdict = laid.overruled
        yield f"A copy that joined this story was decided otherwise ({verdict.verdict}) by {verdict.by}."
    for key, headline in case.former.items():
        if laid.changed_at and case.updated[key] <= laid.changed_at:
            continue
        yield f"{case.articles[key].outlet} changed the headline; it was: {headline}"


def compose(campaign: Campaign, found: Iterable[Entry], decisions: Sequence[Decision]) -> Listing:
    """The list as people made it: accepted entries only, newest day first, an unknown day last.

    Within a day the order is the one that people set; where they set none, the order of
    finding. `decisions` are all of the campaign, undone ones included.
    """
    accepted = [entry for entry in found if entry.status is Status.ACCEPTED]
    ordered = in_order(accepted, decisions)
    items = tuple(make_item(campaign, entry, position) for position, entry in enumerate(ordered))
    return Listing(
        campaign=campaign.slug,
        form=campaign.form,
        changed_at=changed_at(accepted, decisions),
        items=items,
    )


def in_order(accepted: Sequence[Entry], decisions: Sequence[Decision]) -> list[Entry]:
    """The entries in the order of the list.

    Each reordering is replayed in its turn: the places that the entries it names hold in
    their day are filled again in the order it names, so entries found since keep theirs.
    """
    days: dict[date | None, list[Entry]] = {}
    for entry in sorted(accepted, key=lambda entry: (entry.found_at or NEVER, entry.story.id)):
        days.setdefault(entry.day, []).append(entry)
    for decision in standing(decisions):
        if decision.verdict is Verdict.REORDER:
            days = {day: refill(row, decision.subjects) for day, row in days.items()}
    newest_first = sorted(days, key=lambda day: day or date.min, reverse=True)
    return [entry for day in newest_first for entry in days[day]]


def refill(row: Sequence[Entry], subjects: Sequence[str]) -> list[Entry]:
    """One day with the entries that the subjects name put in that order, on the places these hold."""
    rank = {subject: position for position, subject in reversed(list(enumerate(subjects)))}
    wanted = {
        place: min(rank[key] for key in member_keys(entry) if key in rank)
        for place, entry in enumerate(row)
        if any(key in rank for key in member_keys(entry))
    }
    refilled = list(row)
    for place, source in zip(wanted, sorted(wanted, key=wanted.__getitem__), strict=True):
        refilled[place] = row[source]
    return refilled


def member_keys(entry: Entry) -> list[str]:
    """The keys of all articles of an entry."""
    return [member.article_key for member in entry.story.members]


def make_item(campaign: Campaign, entry: Entry, position: int) -> ListItem:
    """One line of the list."""
    return ListItem(
        headline=entry.headline,
        outlet=entry.outlet,
        day=entry.day,
        url=link_of(campaign, entry),
        key=entry.article.key,
        language=entry.article.language,
        also_in=also_in(campaign, entry),
        wire=wire_of(entry),
        note=entry.note,
        position=position,
    )


def link_of(campaign: Campaign, entry: Entry) -> str:
    """Where the line links to: what a person set, else what the campaign's form wants."""
    if campaign.form.link is LinkTarget.NONE:
        return ""
    if entry.link:
        return entry.link
    article = entry.article
    return article.canonical_url if campaign.form.link is LinkTarget.CANONICAL else article.url


def also_in(campaign: Campaign, entry: Entry) -> tuple[str, ...]:
    """The other outlets that carried the story, each once; our own and our partners' pages do not count."""
    ours = (*campaign.own_domains, *campaign.partner_domains)
    names = (article.outlet for article in entry.carriers if not is_on(article.url, ours))
    return tuple(dict.fromkeys(name for name in names if name not in (entry.outlet, wire_of(entry))))


def wire_of(entry: Entry) -> str:
    """The agency that the shown page credits, where the entry does not bear its name; empty without one."""
    credit = entry.article.wire_credit or ""
    return "" if credit.casefold() == entry.outlet.casefold() else credit


def is_on(url: str, domains: Iterable[str]) -> bool:
    """Whether the address lies on one of the domains or below it."""
    name = host(url)
    return any(name == domain or name.endswith(f".{domain}") for domain in domains)


def changed_at(accepted: Sequence[Entry], decisions: Sequence[Decision]) -> datetime:
    """When the list last changed: an accepted article, or a decision about one that ever was accepted.

    Decisions about entries that never were on the list do not count: an unchanged list
    has an unchanged time.
    """
    ever: set[str] = set()
    times = [entry.changed_at for entry in accepted if entry.changed_at]
    listed: set[int] = set()
    for decision in sorted(decisions, key=lambda decision: decision.id):
        if decision.verdict is Verdict.UNRELATED:
            continue
        if decision.verdict is Verdict.ACCEPT:
            ever.update(decision.subjects)
        undoes = decision.verdict is Verdict.UNDO and any(int(one) in listed for one in decision.subjects)
        if undoes or not ever.isdisjoint((*decision.subjects, *decision.along)):
            listed.add(decision.id)
            times.append(decision.at)
    return max(times, default=NEVER)
