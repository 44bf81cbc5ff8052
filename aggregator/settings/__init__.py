"""Settings: `settings.toml`, then the environment, as one frozen record.

The file says who we are and where things lie; the environment (`INTHENEWS_…`) overrides
single values and alone may hold secrets.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from aggregator.settings.digests import Digests, read_digests
from aggregator.settings.mailboxes import read_mailboxes
from crawler.countries import country_codes
from crawler.errors import Complaint, ConfigError
from crawler.mailboxes import Mailbox
from crawler.records import Outlet, Scope
from crawler.toml import Table, read_table

# A file, or a server: a database in memory would forget every decision.
_DATABASE = re.compile(r"sqlite(?:\+\w+)?:///(?!:memory:)[^?]|postgres(?:ql)?(?:\+\w+)?://")
_NO_DATABASE = "is no database address; write sqlite:///folder/file or postgresql://user@host/name"
_NO_PROXY = "is no proxy; write it like http://proxy.example:3128"


@dataclass(frozen=True, kw_only=True, slots=True)
class Politeness:
    """How we behave on other people's sites. `pause` is per registrable domain.

    `chromium` draws the pages of outlets that are `rendered`; None is the system's own.
    """

    pause: timedelta = timedelta(seconds=1)
    timeout: timedelta = timedelta(seconds=20)
    proxy: str | None = None
    allowed_networks: tuple[str, ...] = ()
    chromium: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Watch:
    """Which outlets of the directory are looked at: those of these countries and scopes, and these by name.

    Where nothing is said, all are. What a person added by hand is always looked at, and so are
    `press_pages` (the organisation's or a partner's page that lists coverage on other sites)
    and `searches` (addresses of feeds of search results).
    """

    countries: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    press_pages: tuple[str, ...] = ()
    searches: tuple[str, ...] = ()

    def covers(self, outlet: Outlet) -> bool:
        """Whether the outlet's sources are looked at."""
        if outlet.slug in self.outlets or not (self.countries or self.scopes or self.outlets):
            return True
        fits_country = not self.countries or outlet.country in self.countries
        fits_scope = not self.scopes or outlet.scope in self.scopes
        return bool(self.countries or self.scopes) and fits_country and fits_scope


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """Everything the entry points need to know; `folder` is the configuration folder.

    `contact` is the address that outlets find in our user agent: a mail address or a page.
    `database` is an SQLAlchemy URL. `tick` is how often the scheduler asks what is due.
    `preferred` are the outlets that a campaign file which names none prefers.
    `retention` is how long pages and articles are kept that matter to no campaign. `websub_callback`
    is the address under which hubs reach the review page; without it none is asked to push.
    `mailboxes` are those in which newsletters and alerts arrive; `digests` says who gets mail from us.
    """

    folder: Path
    organisation: str
    contact: str
    database: str
    exports: Path
    politeness: Politeness = field(default_factory=Politeness)
    watch: Watch = field(default_factory=Watch)
    tick: timedelta = timedelta(minutes=1)
    workers: int = 2
    retention: timedelta = timedelta(days=180)
    preferred: tuple[str, ...] = ()
    host: str = "127.0.0.1"
    port: int = 8080
    websub_callback: str | None = None
    mailboxes: tuple[Mailbox, ...] = ()
    digests: Digests | None = None


def load(folder: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings of a configuration folder; raises ConfigError with all complaints at once."""
    complaints: list[Complaint] = []
    if not folder.exists():
        advice = "there is no such folder; `inthenews init` makes it, --config says where another lies"
        raise ConfigError([Complaint(str(folder), None, "", advice)])
    top = read_table(folder / "settings.toml", complaints)
    if top is None:
        raise ConfigError(complaints)
    settings = _override(_read(folder, top), environment, complaints)
    if complaints:
        raise ConfigError(complaints)
    return settings


def _read(folder: Path, top: Table) -> Settings:
    who, store, web, pace, shown = (top.table(name) for name in ("who", "store", "web", "schedule", "list"))
    data = _path(folder, store.text("data", "../data"))
    settings = Settings(
        folder=folder,
        organisation=who.line("organisation", "write your name"),
        contact=who.line("contact", "outlets must be able to see who reads them"),
        database=_read_database(store) or f"sqlite:///{data / 'inthenews.sqlite3'}",
        exports=_path(folder, store.text("exports", str(data / "exports"))),
        politeness=_read_politeness(top.table("politeness")),
        watch=_read_watch(top.table("watch")),
        tick=pace.span("tick", timedelta(minutes=1), least=timedelta(seconds=1)),
        workers=pace.whole("workers", 2, least=1, most=64),
        retention=store.span("retention", timedelta(days=180)),
        preferred=shown.texts("preferred"),
        host=web.text("host", "127.0.0.1"),
        port=web.whole("port", 8080, least=0, most=65535),
        websub_callback=_read_callback(top.table("websub")),
        mailboxes=read_mailboxes(folder, top.table("mailbox")),
        digests=read_digests(folder, top.table("digest")),
    )
    for table in (who, store, web, pace, shown, top):
        table.finish()
    return settings


def _read_database(table: Table) -> str:
    url = table.text("database")
    if url and not _DATABASE.match(url):
        table.complain("database", _NO_DATABASE)
    return url


def _read_politeness(table: Table) -> Politeness:
    plain = Politeness()
    for network in table.texts("allowed_networks"):
        try:
            ip_network(network)
        except ValueError:
            table.complain("allowed_networks", f"{network!r} is no network; write it like 10.1.2.0/24")
    if not _is_proxy(table.text("proxy")):
        table.complain("proxy", _NO_PROXY)
    politeness = Politeness(
        pause=table.span("pause", plain.pause),
        timeout=table.span("timeout", plain.timeout, least=timedelta(seconds=1)),
        proxy=table.text("proxy") or None,
        allowed_networks=table.texts("allowed_networks"),
        chromium=table.text("chromium") or None,
    )
    table.finish()
    return politeness


def _is_proxy(written: str) -> bool:
    """Whether requests can be sent through it; nothing is no proxy, and well."""
    try:
        parts = urlsplit(written if "//" in written else f"http://{written}")
        port = parts.port
    except ValueError:
        return False
    return not written or (parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0)


def _read_callback(table: Table) -> str | None:
    written = table.text("callback")
    parts = urlsplit(written)
    if written and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query):
        table.complain("callback", f"{written!r} is no web address; write it like https://news.example.org")
    table.finish()
    return written or None


def _read_watch(table: Table) -> Watch:
    for scope in table.texts("scopes"):
        if scope not in list(Scope):
            table.complain("scopes", f"{scope!r} is no scope; choose among {', '.join(Scope)}")
    countries = tuple(country.upper() for country in table.texts("countries"))
    for country in countries:
        if country not in country_codes():
            table.complain("countries", f'{country!r} is no code of a country; write it as in "US" or "GB"')
    watch = Watch(
        countries=countries,
        scopes=table.texts("scopes"),
        outlets=table.texts("outlets"),
        press_pages=table.addresses("press_pages"),
        searches=table.addresses("searches"),
    )
    table.finish()
    return watch


def _override(settings: Settings, environment: Mapping[str, str], complaints: list[Complaint]) -> Settings:
    """The environment's own values over the file's; a *_FILE variant names a file that holds the value."""
    if database := _secret("INTHENEWS_DATABASE", environment, complaints):
        if not _DATABASE.match(database):
            complaints.append(Complaint("environment", None, "INTHENEWS_DATABASE", _NO_DATABASE))
        settings = replace(settings, database=database)
    if exports := environment.get("INTHENEWS_EXPORTS"):
        settings = replace(settings, exports=Path(exports))
    if port := environment.get("INTHENEWS_PORT"):
        if port.isdecimal() and int(port) <= 65535:
            settings = replace(settings, port=int(port))
        else:
            complaints.append(Complaint("environment", None, "INTHENEWS_PORT", f"{port!r} is no port number"))
    with_passwords = (
        replace(each, password=_secret(each.password_variable, environment, complaints))
        for each in settings.mailboxes
    )
    settings = replace(settings, mailboxes=tuple(with_passwords))
    if settings.digests:
        password = _secret("INTHENEWS_SMTP_PASSWORD", environment, complaints)
        settings = replace(settings, digests=replace(settings.digests, password=password))
    if proxy := environment.get("INTHENEWS_PROXY"):
        if not _is_proxy(proxy):
            complaints.append(Complaint("environment", None, "INTHENEWS_PROXY", _NO_PROXY))
        settings = replace(settings, politeness=replace(settings.politeness, proxy=proxy))
    return settings


def _secret(name: str, environment: Mapping[str, str], complaints: list[Complaint]) -> str | None:
    if path := environment.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is no text"
            complaints.append(Complaint("environment", None, f"{name}_FILE", f"cannot read {path}: {reason}"))
    return environment.get(name)


def _path(folder: Path, written: str) -> Path:
    """A path of the settings file, taken from the configuration folder where it is relative."""
    return (folder / written).resolve()
