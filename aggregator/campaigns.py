"""Campaign files -> Campaigns, or every mistake with its line; and a Campaign -> its file.

Afterwards the database is the truth and keeps each version. What a rule means is left to
`rules`, what a pack finds to `matching`.
"""

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import tomlkit

from aggregator.dayforms import form_fault
from aggregator.errors import RuleError
from aggregator.records import Campaign, LinkTarget, ListForm, Pack
from aggregator.rules import parse
from crawler.errors import Complaint, ConfigError
from crawler.languages import is_language
from crawler.toml import Table, files_in, read_table
from crawler.urls import NO_ADDRESS, is_web

# Whole texts: a file's name and what the desk's form is given.
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
HASHTAG = re.compile(r"[#＃]\w+")
_PACK_KEYS = tuple(each.name for each in fields(Pack))


def load(folder: Path) -> tuple[Campaign, ...]:
    """Every campaign file below `folder`; raises ConfigError with all complaints at once."""
    complaints: list[Complaint] = []
    campaigns = [_read(path, complaints) for path in files_in(folder, complaints)]
    if complaints:
        raise ConfigError(complaints)
    return tuple(campaign for campaign in campaigns if campaign)


def load_file(path: Path) -> Campaign:
    """One campaign file; raises ConfigError with all complaints at once."""
    complaints: list[Complaint] = []
    campaign = _read(path, complaints)
    if complaints or campaign is None:
        raise ConfigError(complaints)
    return campaign


def _read(path: Path, complaints: list[Complaint]) -> Campaign | None:
    top = read_table(path, complaints)
    if top is None:
        return None
    if not SLUG.fullmatch(path.stem):
        top.complain("", f"the file's name {path.stem!r} must be lower-case letters, digits and hyphens")
    campaign = Campaign(
        slug=path.stem,
        name=top.line("name", 'write name = "The Campaign\'s Name"'),
        pack=_read_pack(top.table("pack")),
        rule=_read_rule(top, "rule"),
        none_of=_read_rule(top, "none_of"),
        own_domains=_read_domains(top, "own_domains"),
        partner_domains=_read_domains(top, "partner_domains"),
        languages=_read_languages(top),
        outlets=top.texts("outlets"),
        preferred=top.texts("preferred"),
        starts_on=top.day("starts_on"),
        ends_on=top.day("ends_on"),
        grace_before=top.whole("grace_before", 3, most=3660),
        grace_after=top.whole("grace_after", 30, most=3660),
        context_waits=top.flag("context_waits", False),
    )
    campaign = replace(campaign, form=_read_form(top.table("form"), campaign.name))
    _check(campaign, top)
    top.finish()
    return campaign


def as_domains(written: Iterable[str]) -> tuple[str, ...]:
    """Domains out of what people paste: `https://www.example.org/` becomes `example.org`."""
    bare = (each.strip().lower().rpartition("://")[2].removeprefix("www.").rstrip("/") for each in written)
    return tuple(dict.fromkeys(domain for domain in bare if domain))


def domain_fault(domain: str) -> str:
    """What is wrong with a domain as `as_domains` gives it; empty where nothing is."""
    own = domain.partition("/")[0]
    if "." in own and not set(domain) & set(" @,;"):
        return ""
    return f"{domain!r} is no domain; write it as in 'clean-rivers.example'"


def language_fault(written: str) -> str:
    """What is wrong with what somebody wrote for a language; empty where it has a code."""
    if is_language(written):
        return ""
    from babel import Locale  # takes as long to load as all of the aggregator's own

    codes = {name.lower(): code for code, name in Locale("en").languages.items()}
    meant = codes.get(written.strip().lower())
    advice = f"write {meant!r}" if meant else "write it as in 'en' or 'es'"
    return f"{written!r} is no code of a language; {advice}"


def faults_of(campaign: Campaign) -> list[str]:
    """What of a campaign finds nothing, or is published as typed; older versions let it be saved."""
    found = [language_fault(each) for each in campaign.languages]
    found += [domain_fault(each) for each in (*campaign.own_domains, *campaign.partner_domains)]
    return [fault for fault in (*found, form_fault(campaign.form.date)) if fault]


def _read_domains(table: Table, key: str) -> tuple[str, ...]:
    domains = as_domains(table.texts(key))
    for fault in filter(None, map(domain_fault, domains)):
        table.complain(key, fault)
    return domains


def _read_languages(table: Table) -> tuple[str, ...]:
    languages = table.texts("languages")
    for fault in filter(None, map(language_fault, languages)):
        table.complain("languages", fault)
    return languages


def _read_pack(table: Table) -> Pack:
    for tag in table.texts("hashtags"):
        if not HASHTAG.fullmatch(tag):
            table.complain("hashtags", f'{tag!r} must be # and letters, digits or _; write "#CleanRivers"')
    pack = Pack(**{key: table.texts(key) for key in _PACK_KEYS})
    for key in _PACK_KEYS:
        if any(not term.strip() for term in table.texts(key)):
            table.complain(key, "holds an empty text, which would match everything; take it out")
    table.finish()
    return pack


def _read_rule(table: Table, key: str) -> str:
    rule = table.text(key)
    if rule.strip():
        try:
            parse(rule)
        except RuleError as error:
            table.complain(key, str(error))
    return rule


def _read_form(table: Table, name: str) -> ListForm:
    plain = ListForm()
    form = ListForm(
        title=table.text("title", name),
        intro=table.text("intro"),
        date=table.text("date", plain.date),
        paragraphs=table.flag("paragraphs", plain.paragraphs),
        carriers=table.flag("carriers", plain.carriers),
        group_by_day=table.flag("group_by_day", plain.group_by_day),
        link=table.one_of("link", LinkTarget) or plain.link,
        home_url=table.text("home_url"),
    )
    if fault := form_fault(form.date):
        table.complain("date", fault)
    if form.home_url and not is_web(form.home_url):
        table.complain("home_url", f"{form.home_url!r} {NO_ADDRESS}")
    table.finish()
    return form


def _check(campaign: Campaign, top: Table) -> None:
    if campaign.starts_on and campaign.ends_on and campaign.ends_on < campaign.starts_on:
        top.complain("ends_on", f"{campaign.ends_on} is before starts_on {campaign.starts_on}")
    if campaign.pack == Pack() and not campaign.rule.strip():
        top.complain("pack", "nothing to look for; write a [pack] or a rule")


def write_campaign(campaign: Campaign) -> str:
    """The campaign as the text of a file that `load_file` reads back; what is as by default is left out."""
    plain = Campaign(slug=campaign.slug, name="")
    own = _differing(campaign, plain)
    for name in ("slug", "version"):
        own.pop(name, None)
    for name, table, default in (
        ("pack", campaign.pack, plain.pack),
        ("form", campaign.form, replace(plain.form, title=campaign.name)),
    ):
        own.pop(name, None)
        if told := _differing(table, default):
            own[name] = told
    return tomlkit.dumps(own)


def _differing(record: Campaign | Pack | ListForm, plain: Campaign | Pack | ListForm) -> dict[str, Any]:
    """The fields that differ, in the record's order, as TOML has them."""
    values = ((each.name, getattr(record, each.name)) for each in fields(record))
    told = {name: value for name, value in values if value != getattr(plain, name) and value is not None}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}
