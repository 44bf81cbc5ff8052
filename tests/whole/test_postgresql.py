"""The road on PostgreSQL: the outlets of the thirteen pieces swept into it give the same thirteen lines."""

from pathlib import Path
from urllib.parse import urlsplit

from aggregator import desk, exports, runs
from aggregator.store.session import Store
from crawler.clock import read_clock
from demo.expected import expected
from demo.newsroom import Newsroom
from demo.press import Press
from demo.sample import editions
from tests.whole.commands import CAMPAIGN, make_desk
from tests.whole.handful import outlet_tables

THIRTEEN = Path(__file__).parent / "thirteen.txt"


def small_press() -> Press:
    """The outlets of the thirteen pieces, with what was told by hand and nothing ordinary."""
    hosts = {(urlsplit(entry.url).hostname or "").removeprefix("www.") for entry in expected().listed}
    return Press(
        Newsroom(each.masthead, each.told)
        for each in editions()
        if hosts & {host.removeprefix("www.") for host in (each.masthead.host, *each.masthead.aliases)}
    )


def test_the_thirteen_lines_come_out_of_postgresql(postgres_store: Store, tmp_path: Path) -> None:
    press = small_press()
    hosts = [host for site in press.sites for host in site.hosts]
    with press.serving():
        ours = make_desk(tmp_path, press.proxy_url, outlet_tables(hosts), database=postgres_store.url)
        house = ours.house()
        assert not house.store.is_sqlite
        report = runs.sweep(house, read_clock())
        assert report.counts["sources_failed"] == 0, report.troubles
    listed = runs.keys(house, [entry.url for entry in expected().listed])
    signed = desk.Signature(by="ana", at=read_clock())
    desk.accept(house.store, CAMPAIGN, listed, signed)
    desk.reorder(house.store, CAMPAIGN, listed, signed)
    assert exports.render(runs.listing(house, CAMPAIGN), "text") == THIRTEEN.read_bytes()
    house.store.close()
