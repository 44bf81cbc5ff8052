"""Settings come from the file, then from the environment; mistakes are told at once with their lines."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from aggregator import settings
from crawler.errors import ConfigError
from crawler.records import Outlet, Scope

GOOD = """
[who]
organisation = "Local Progress"
contact = "mailto:press@localprogress.example"

[store]
data = "../somewhere"
retention = "90 days"

[politeness]
pause = "0 s"
allowed_networks = ["10.1.0.0/16"]
chromium = "/opt/chromium"

[schedule]
tick = "30 s"
"""


def write(folder: Path, text: str) -> Path:
    (folder / "settings.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_file_says_who_we_are_and_where_things_lie(tmp_path: Path) -> None:
    found = settings.load(write(tmp_path, GOOD), {})
    assert found.organisation == "Local Progress"
    assert found.database == f"sqlite:///{tmp_path.parent}/somewhere/inthenews.sqlite3"
    assert found.exports == tmp_path.parent / "somewhere" / "exports"
    assert found.politeness.pause == timedelta(0)
    assert found.politeness.chromium == "/opt/chromium"
    assert found.retention == timedelta(days=90)
    assert found.tick == timedelta(seconds=30)


def test_the_environment_overrides_single_values(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("postgresql://ana:sesame@db/news\n", encoding="utf-8")
    environment = {
        "INTHENEWS_DATABASE_FILE": str(tmp_path / "secret"),
        "INTHENEWS_PROXY": "http://127.0.0.1:3128",
        "INTHENEWS_PORT": "9000",
    }
    found = settings.load(write(tmp_path, GOOD), environment)
    assert found.database == "postgresql://ana:sesame@db/news"
    assert found.politeness.proxy == "http://127.0.0.1:3128"
    assert found.port == 9000


def test_every_mistake_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    bad = """[who]
organisation = 7

[politeness]
pause = "soon"
allowed_networks = ["10.1.2.3/8"]
pauses = 1

[web]
port = 99999

[shop]
"""
    with pytest.raises(ConfigError) as error:
        settings.load(write(tmp_path, bad), {"INTHENEWS_PORT": "http"})
    lines = str(error.value).replace(str(tmp_path) + "/", "").splitlines()
    assert lines == [
        "settings.toml:1: who.contact: is missing; outlets must be able to see who reads them",
        "settings.toml:2: who.organisation: must be a text in quotes, not a number",
        'settings.toml:5: politeness.pause: must be a length of time such as "15 min", "6 h" or "1 day", '
        "not 'soon'",
        "settings.toml:6: politeness.allowed_networks: '10.1.2.3/8' is no network; write it like 10.1.2.0/24",
        "settings.toml:7: politeness.pauses: unknown key; did you mean 'pause'?",
        "settings.toml:10: web.port: must be between 0 and 65535, not 99999",
        "settings.toml:12: shop: unknown key",
        "environment: INTHENEWS_PORT: 'http' is no port number",
    ]


MAILBOX = """
[websub]
callback = "https://news.example.org/desk"

[mailbox.alerts]
host = "imap.example.org"
user = "alerts@example.org"
ca_file = "ca.pem"
every = "15 min"

[mailbox.late-news]
host = "localhost"
user = "ana"
folder = "News letters"
security = "none"
sign_in = "oauth"
password_command = ["token-of", "ana"]
"""


def test_mailboxes_are_named_in_the_file_and_their_passwords_in_the_environment(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("sesame\n", encoding="utf-8")
    environment = {
        "INTHENEWS_MAILBOX_ALERTS_PASSWORD": "abracadabra",
        "INTHENEWS_MAILBOX_LATE_NEWS_PASSWORD_FILE": str(tmp_path / "secret"),
    }
    found = settings.load(write(tmp_path, GOOD + MAILBOX), environment)
    assert found.websub_callback == "https://news.example.org/desk"
    alerts, late = found.mailboxes
    assert (alerts.port, alerts.security, alerts.password) == (993, "tls", "abracadabra")
    assert alerts.ca_file == str(tmp_path / "ca.pem")
    assert alerts.source.url == "imaps://alerts%40example.org@imap.example.org/INBOX"
    assert alerts.source.every == timedelta(minutes=15)
    assert (late.port, late.password) == (143, "sesame")
    assert (late.sign_in, late.password_command) == ("oauth", ("token-of", "ana"))
    assert late.source.url == "imap://ana@localhost/News%20letters"
    assert "abracadabra" not in repr(found) and "sesame" not in str(found.mailboxes)


def test_mistakes_in_mailboxes_and_callback_are_told(tmp_path: Path) -> None:
    bad = """
[websub]
callback = "news.example.org"

[mailbox.Alerts]
host = "imap.example.org"
security = "none"
sign_in = "oauth"
password = "sesame"
"""
    with pytest.raises(ConfigError) as error:
        settings.load(write(tmp_path, GOOD + bad), {})
    told = str(error.value)
    assert "websub.callback: 'news.example.org' is no web address" in told
    assert "mailbox.Alerts: the name after mailbox. must be lower-case letters" in told
    assert "mailbox.Alerts.user: is missing" in told
    assert 'mailbox.Alerts.security: must be "tls" or "starttls"' in told
    assert "mailbox.Alerts.password: unknown key" in told
    assert 'mailbox.Alerts.sign_in: "oauth" needs password_command' in told


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('"Local Progress"', '""', "who.organisation: must be one line of text"),
        ('"mailto:press@localprogress.example"', '"a\\nb"', "who.contact: must be one line of text"),
        ('pause = "0 s"', 'proxy = "http://proxy:99999"', "politeness.proxy: is no proxy"),
        ('pause = "0 s"', 'proxy = "socks5://proxy:1080"', "politeness.proxy: is no proxy"),
        ('pause = "0 s"', 'timeout = "0 s"', "politeness.timeout: must be between 1 s and"),
        ('data = "../somewhere"', 'database = "mysql://x"', "store.database: is no database address"),
        (
            'data = "../somewhere"',
            'database = "sqlite:///:memory:"',
            "store.database: is no database address",
        ),
    ],
)
def test_a_value_that_could_not_work_is_a_mistake_with_its_line(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    text = GOOD.replace(right, wrong)
    with pytest.raises(ConfigError) as error:
        settings.load(write(tmp_path, text), {})
    (complaint,) = error.value.complaints
    assert complaint.line == 1 + text[: text.index(wrong)].count("\n")
    assert f"{complaint.key}: {complaint.message}".startswith(told)


def test_what_cannot_work_in_the_environment_is_told(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"\xf0\x28\x8c")
    wrong = {
        "INTHENEWS_DATABASE": "sqlite://",
        "INTHENEWS_DATABASE_FILE": str(tmp_path / "secret"),
        "INTHENEWS_PROXY": "http://:1",
    }
    with pytest.raises(ConfigError) as error:
        settings.load(write(tmp_path, GOOD), wrong)
    told = str(error.value)
    assert "INTHENEWS_DATABASE: is no database address" in told
    assert f"INTHENEWS_DATABASE_FILE: cannot read {tmp_path / 'secret'}: it is no text" in told
    assert "INTHENEWS_PROXY: is no proxy" in told


def test_a_country_that_would_watch_nobody_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"settings\.toml:18: watch\.countries: 'UK' is no code"):
        settings.load(write(tmp_path, GOOD + '[watch]\ncountries = ["us", "GB", "XK", "UK"]\n'), {})


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"settings\.toml: cannot be read: No such file"):
        settings.load(tmp_path, {})


def outlet(slug: str, country: str, scope: Scope) -> Outlet:
    return Outlet(slug=slug, name=slug, domains=(f"{slug}.example",), country=country, scope=scope)


def test_only_the_watched_outlets_are_looked_at() -> None:
    times = outlet("times", "US", Scope.NATIONAL)
    herald = outlet("herald", "US", Scope.LOCAL)
    monde = outlet("monde", "FR", Scope.NATIONAL)
    everybody = [times, herald, monde]

    def watched(watch: settings.Watch) -> list[Outlet]:
        return [each for each in everybody if watch.covers(each)]

    assert watched(settings.Watch()) == everybody
    assert watched(settings.Watch(countries=("US",))) == [times, herald]
    assert watched(settings.Watch(countries=("US",), scopes=("national",))) == [times]
    assert watched(settings.Watch(countries=("US",), scopes=("local",), outlets=("monde",))) == [
        herald,
        monde,
    ]
    assert watched(settings.Watch(outlets=("monde",))) == [monde]


def test_press_pages_and_searches_are_addresses(tmp_path: Path) -> None:
    watched = '[watch]\npress_pages = ["https://us.example/news"]\nsearches = ["https://s.example/?q=x"]\n'
    found = settings.load(write(tmp_path, GOOD + watched), {}).watch
    assert (found.press_pages, found.searches) == (("https://us.example/news",), ("https://s.example/?q=x",))
    with pytest.raises(ConfigError, match=r"watch\.press_pages: 'our page' is no web address"):
        settings.load(write(tmp_path, GOOD + '[watch]\npress_pages = ["our page"]\n'), {})


def test_every_setting_is_documented() -> None:
    house = Path(__file__).parent.parent.parent
    manual = (house / "docs" / "settings.md").read_text(encoding="utf-8")
    room = house / "aggregator" / "settings"
    source = "".join(path.read_text(encoding="utf-8") for path in sorted(room.glob("*.py")))
    for key in re.findall(r'\.(?:text|texts|line|addresses|span|whole|flag|one_of)\("(\w+)"', source):
        assert f"{key}`" in manual, key
    for name in re.findall(r'"(INTHENEWS_\w+)"', source):
        assert f"`{name}`" in manual, name
