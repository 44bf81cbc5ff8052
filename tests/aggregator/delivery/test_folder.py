"""Delivery to a folder: whole files or none, only what changed, a truthful manifest."""

import hashlib
import json
import multiprocessing
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aggregator import runs
from aggregator.delivery.folder import MANIFEST, Parcel, deliver
from aggregator.errors import Unusable

NOW = datetime(2017, 3, 30, 9, 0, tzinfo=UTC)
LATER = datetime(2017, 3, 31, 9, 0, tzinfo=UTC)


def parcel(**files: bytes) -> Parcel:
    names = {name.replace("_", "."): body for name, body in files.items()}
    return Parcel(campaign="seeking-sanctuary", entries=13, files=names)


def test_files_and_manifest_are_written(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "place"
    delivery = deliver(parcel(list_txt=b"one", feed_json=b"two"), folder, NOW)
    manifest = json.loads((folder / MANIFEST).read_bytes())
    assert (folder / "list.txt").read_bytes() == b"one"
    assert manifest["campaign"] == "seeking-sanctuary" and manifest["entries"] == 13
    assert manifest["files"]["feed.json"] == {"sha256": hashlib.sha256(b"two").hexdigest(), "bytes": 3}
    assert delivery.outcome == "2 written, 0 unchanged, 0 removed"
    assert delivery.digest == hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    assert delivery.target == str(folder) and delivery.sent_at == NOW


def test_unchanged_bytes_are_not_written_again(tmp_path: Path) -> None:
    first = deliver(parcel(a_txt=b"one", b_txt=b"two"), tmp_path, NOW)
    before = {path.name: path.stat() for path in tmp_path.iterdir()}
    again = deliver(parcel(a_txt=b"one", b_txt=b"two"), tmp_path, LATER)
    after = {path.name: path.stat() for path in tmp_path.iterdir()}
    assert {name: (s.st_ino, s.st_mtime_ns) for name, s in before.items()} == {
        name: (s.st_ino, s.st_mtime_ns) for name, s in after.items()
    }
    assert again.outcome == "0 written, 2 unchanged, 0 removed" and again.digest == first.digest


def test_a_file_that_is_no_longer_delivered_is_taken_away(tmp_path: Path) -> None:
    deliver(parcel(old_txt=b"old", kept_txt=b"kept"), tmp_path, NOW)
    delivery = deliver(parcel(kept_txt=b"kept"), tmp_path, LATER)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept.txt", MANIFEST]
    assert delivery.outcome == "0 written, 1 unchanged, 1 removed"


def test_files_of_other_people_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes(b"theirs")
    deliver(parcel(old_txt=b"old"), tmp_path, NOW)
    (tmp_path / "old.txt").write_bytes(b"changed by hand")
    deliver(parcel(new_txt=b"new"), tmp_path, LATER)
    assert (tmp_path / "index.html").read_bytes() == b"theirs"
    assert (tmp_path / "old.txt").read_bytes() == b"changed by hand"


def test_what_a_killed_process_left_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / ".list.txt.part").write_bytes(b"hal")
    (tmp_path / ".list.txt.1.part").write_bytes(b"hal")
    runs.write(tmp_path / "list.txt", b"whole")
    assert (tmp_path / "list.txt").read_bytes() == b"whole"


def test_a_place_that_cannot_be_written_is_told_and_left_clean(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "folder", tmp_path / "nowhere" / "list.txt"):
        with pytest.raises(Unusable, match=f"{path}: it cannot be written"):
            runs.write(path, b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


BROKEN_MANIFESTS = [b"", b"[]", b"{}", b'{"files": {"a": 1}}', b'{"files": {"../x": {"sha256": ""}}}']
BAD_NAMES = ["", ".", "..", "../x", "a/b", "/x", ".hidden", "a\\b", "a\nb", "a\0b", MANIFEST]


@pytest.mark.parametrize("manifest", BROKEN_MANIFESTS)
def test_a_broken_manifest_is_written_anew(tmp_path: Path, manifest: bytes) -> None:
    (tmp_path / MANIFEST).write_bytes(manifest)
    deliver(parcel(a_txt=b"one"), tmp_path, NOW)
    assert list(json.loads((tmp_path / MANIFEST).read_bytes())["files"]) == ["a.txt"]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_could_leave_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="plain name"):
        deliver(Parcel(campaign="c", entries=0, files={name: b""}), tmp_path / "folder", NOW)
    assert list(tmp_path.iterdir()) == []


def test_a_link_in_the_folder_is_replaced_and_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"theirs")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").symlink_to(outside)
    deliver(parcel(a_txt=b"ours"), folder, NOW)
    assert outside.read_bytes() == b"theirs"
    assert (folder / "a.txt").read_bytes() == b"ours" and not (folder / "a.txt").is_symlink()


def test_what_a_killed_delivery_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / ".a.txt.part").write_bytes(b"half")
    deliver(parcel(a_txt=b"one"), tmp_path, NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", MANIFEST]


def _deliver_for_ever(folder: Path) -> None:
    while True:
        for letter in (b"a", b"b"):
            deliver(parcel(list_txt=letter * 200_000), folder, NOW)


def test_a_reader_never_sees_a_part_of_a_file_whatever_is_killed_when(tmp_path: Path) -> None:
    deliver(parcel(list_txt=b"a" * 200_000), tmp_path, NOW)
    context = multiprocessing.get_context("spawn")
    for _ in range(5):
        writer = context.Process(target=_deliver_for_ever, args=(tmp_path,))
        writer.start()
        versions: set[int] = set()
        while len(versions) < 20:
            body = (tmp_path / "list.txt").read_bytes()
            versions.add(os.stat(tmp_path / "list.txt").st_mtime_ns)
            assert len(body) == 200_000 and len(set(body)) == 1
        writer.kill()
        writer.join()
    assert deliver(parcel(list_txt=b"end"), tmp_path, LATER).outcome.startswith("1 written")
    assert not list(tmp_path.glob(".*.part"))
