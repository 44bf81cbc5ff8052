"""What a person typed about a campaign <-> Campaign, with every mistake beside its field; pure."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from aggregator.campaigns import HASHTAG, SLUG, as_domains, domain_fault, language_fault
from aggregator.dayforms import form_fault
from aggregator.errors import RuleError
from aggregator.exports.inert import web_link
from aggregator.records import Campaign, LinkTarget, ListForm, Pack
from aggregator.rules import parse

PACK = (
    ("hashtags", "Hashtags", "#SeekingSanctuary"),
    ("names", "Names of the event", "Seeking Sanctuary"),
    ("hosts", "Hosts", "Local Progress"),
    ("people", "People", "Brad Lander"),
    ("places", "Places", "New York"),
    ("context", "Words of the topic", "sanctuary cities"),
)

Form = Mapping[str, str]
Troubles = dict[str, str]


def values_of(campaign: Campaign) -> dict[str, str]:
    """The campaign as the fields of the form show it."""
    values = {f"pack-{name}": "\n".join(getattr(campaign.pack, name)) for name, _, _ in PACK}
    for name in ("own_domains", "partner_domains", "languages", "outlets", "preferred"):
        values[name] = "\n".join(getattr(campaign, name))
    for name in ("slug", "name", "rule", "none_of", "grace_before", "grace_after", "version"):
        values[name] = str(getattr(campaign, name))
    for name in ("starts_on", "ends_on"):
        day = getattr(campaign, name)
        values[name] = day.isoformat() if day else ""
    values["context_waits"] = "yes" if campaign.context_waits else ""
    return values | form_values(campaign.form)


def form_values(form: ListForm) -> dict[str, str]:
    """The list's form as the fields show it."""
    values = {f"form-{each.name}": getattr(form, each.name) for each in fields(ListForm)}
    return {
        name: ("yes" if value else "") if isinstance(value, bool) else str(value)
        for name, value in values.items()
    }


def read(form: Form, before: Campaign | None) -> tuple[Campaign | None, Troubles]:
    """The campaign that a form describes, or what is wrong, by field; `before` is what it was."""
    troubles: Troubles = {}
    slug = before.slug if before else form.get("slug", "").strip() or slug_of(form.get("name", ""))
    if not SLUG.fullmatch(slug) or len(slug) > 60:
        troubles["slug"] = "Use lower-case letters, digits and hyphens, as in clean-rivers."
    name = " ".join(form.get("name", "").split())
    if not name:
        troubles["name"] = "Give the campaign a name."
    campaign = replace(
        before or Campaign(slug=slug, name=name),
        slug=slug,
        name=name,
        pack=read_pack(form, troubles),
        rule=read_rule(form, "rule", troubles),
        none_of=read_rule(form, "none_of", troubles),
        starts_on=read_day(form, "starts_on", troubles),
        ends_on=read_day(form, "ends_on", troubles),
        grace_before=read_days(form, "grace_before", 3, troubles),
        grace_after=read_days(form, "grace_after", 30, troubles),
        context_waits=form.get("context_waits") == "yes",
        form=read_list_form(form, troubles, "" if before else name),
        own_domains=read_domains(form, "own_domains", troubles),
        partner_domains=read_domains(form, "partner_domains", troubles),
        languages=read_languages(form, troubles),
        outlets=lines(form.get("outlets", "")),
        preferred=lines(form.get("preferred", "")),
    )
    check_whole(campaign, troubles)
    return (None if troubles else campaign), troubles


def slug_of(name: str) -> str:
    """A short name made of the name, where nobody gave one: "Así reacciona" is "asi-reacciona"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain))[:60].strip("-")


def check_whole(campaign: Campaign, troubles: Troubles) -> None:
    """What is wrong only when one looks at several fields."""
    if campaign.starts_on and campaign.ends_on and campaign.ends_on < campaign.starts_on:
        troubles["ends_on"] = "It ends before it starts."
    if campaign.pack == Pack() and not campaign.rule and "rule" not in troubles:
        troubles.setdefault("pack-names", "Nothing to look for: fill in one of these, or write a rule.")


def lines(text: str) -> tuple[str, ...]:
    """The lines that say something, each once."""
    return tuple(dict.fromkeys(line for each in text.splitlines() if (line := " ".join(each.split()))))


def read_pack(form: Form, troubles: Troubles) -> Pack:
    """The event pack, a term a line."""
    terms: dict[str, Any] = {name: lines(form.get(f"pack-{name}", "")) for name, _, _ in PACK}
    wrong = [tag for tag in terms["hashtags"] if not HASHTAG.fullmatch(tag)]
    if wrong:
        troubles["pack-hashtags"] = f"{wrong[0]!r} must be # and letters, digits or _, as in #CleanRivers."
    return Pack(**terms)


def read_domains(form: Form, name: str, troubles: Troubles) -> tuple[str, ...]:
    """Sites, one a line."""
    domains = as_domains(lines(form.get(name, "")))
    if fault := next(filter(None, map(domain_fault, domains)), ""):
        troubles[name] = fault
    return domains


def read_languages(form: Form, troubles: Troubles) -> tuple[str, ...]:
    """Codes of languages, one a line, or parted by commas as the field's own example has them."""
    languages = lines(form.get("languages", "").replace(",", "\n"))
    if fault := next(filter(None, map(language_fault, languages)), ""):
        troubles["languages"] = fault
    return languages


def read_rule(form: Form, name: str, troubles: Troubles) -> str:
    """A rule, if it can be read."""
    text = form.get(name, "").strip()
    if trouble := rule_trouble(text):
        troubles[name] = trouble
    return text


def rule_trouble(text: str) -> str:
    """What is wrong with a rule, pointing at the place; empty where nothing is."""
    if not text:
        return ""
    try:
        parse(text)
    except RuleError as error:
        return pointed_at(text, error)
    return ""


def pointed_at(text: str, error: RuleError) -> str:
    """The line of the rule, a mark below the column, and what is wrong there."""
    before = text[: error.column - 1]
    start = before.rfind("\n") + 1
    line = text[start:].partition("\n")[0]
    return f"{line}\n{' ' * (len(before) - start)}^\n{error.message}"


def read_day(form: Form, name: str, troubles: Troubles) -> date | None:
    """A day, or none."""
    text = form.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        troubles[name] = f"{text!r} is no day; write it as 2017-03-28."
        return None


def read_days(form: Form, name: str, usual: int, troubles: Troubles) -> int:
    """A number of days."""
    text = form.get(name, "").strip() or str(usual)
    if not text.isdecimal() or len(text) > 4 or int(text) > 3660:
        troubles[name] = "Write a number of days, 0 to 3660."
        return usual
    return int(text)


def read_list_form(form: Form, troubles: Troubles, title: str = "") -> ListForm:
    """How the list looks; `title` is what it is called where nobody gave it one."""

    def get(name: str) -> str:
        return form.get(f"form-{name}", "").strip()

    if fault := form_fault(get("date")):
        troubles["form-date"] = fault
    if get("home_url") and not web_link(get("home_url")):
        troubles["form-home_url"] = "Write an address that begins with https://."
    return ListForm(
        title=get("title") or title,
        intro=get("intro").replace("\r\n", "\n"),
        date=get("date") or ListForm().date,
        paragraphs=get("paragraphs") == "yes",
        carriers=get("carriers") == "yes",
        group_by_day=get("group_by_day") == "yes",
        link=LinkTarget(get("link")) if get("link") in set(LinkTarget) else LinkTarget.CANONICAL,
        home_url=get("home_url"),
    )
