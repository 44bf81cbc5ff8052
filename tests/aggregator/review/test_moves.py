"""At the desk a person keeps a source at its own address, wherever it moved, and may change their mind."""

from datetime import timedelta

from fastapi.testclient import TestClient

from aggregator.store import sources
from crawler.moves import Move
from crawler.opml import read_opml
from crawler.outlets import Directory
from crawler.records import PollState, Source, SourceKind
from tests.aggregator.review.morning import NOW, Morning

OLD, NEW = "https://old.example/feed", "https://new.example/feed"
FEED = Source(id="feed-1", kind=SourceKind.FEED, url=OLD)
MOVED = PollState(source_id="feed-1", polled_at=NOW, move=Move(address=NEW, at=NOW - timedelta(days=2)))


def test_a_move_is_declined_and_allowed_at_the_desk(morning: Morning, client: TestClient) -> None:
    with morning.room.store.writing() as c:
        sources.register(c, [FEED])
        sources.save_state(c, MOVED)
    exported, _ = read_opml(client.get("/sources.opml").content, Directory())
    assert [source.url for source in exported] == [NEW]
    assert ">Stay<" in client.get("/sources").text
    client.post("/sources/move", data={"source": "feed-1", "stay": "yes"})
    page = client.get("/sources").text
    assert f"asked at its own address, not at {NEW}" in page and ">Follow<" in page
    exported, _ = read_opml(client.get("/sources.opml").content, Directory())
    assert [source.url for source in exported] == [OLD]
    client.post("/sources/move", data={"source": "feed-1"})
    assert f"asked at {NEW} since" in client.get("/sources").text
    assert client.post("/sources/move", data={"source": "feed-1"}).status_code == 404
    assert client.post("/sources/move", data={"source": "nobody", "stay": "yes"}).status_code == 404
