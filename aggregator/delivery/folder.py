"""Puts a campaign's rendered files into a folder: whole or not at all, and only what changed.

A reader of the folder sees a file as it was or as it is, never a part of it, whatever
is killed when. `manifest.json` tells which files there are, with their digests.
"""

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from aggregator.records import Delivery

MANIFEST = "manifest.json"
_PART = ".part"


@dataclass(frozen=True, kw_only=True, slots=True)
class Parcel:
    """What is to lie in the folder: the files by name, and how many entries they show."""

    campaign: str
    entries: int
    files: Mapping[str, bytes]


def deliver(parcel: Parcel, folder: Path, sent_at: datetime) -> Delivery:
    """Makes the folder hold the parcel's files and a manifest.

    Files of an earlier delivery that the parcel no longer has are taken away, so that
    no older list stays public; other people's files are left alone. Raises ValueError
    for a file name that is no plain name, OSError where the disk refuses.
    """
    for name in parcel.files:
        _check_name(name)
    folder.mkdir(parents=True, exist_ok=True)
    manifest = _manifest(parcel)
    with _only_writer(folder):
        _clear_parts(folder)
        before = _delivered_before(folder)
        written = [name for name, body in parcel.files.items() if write_if_changed(folder / name, body)]
        removed = [name for name, digest in before.items() if _remove_if_ours(folder / name, digest, parcel)]
        write_if_changed(folder / MANIFEST, manifest)
    outcome = f"{len(written)} written, {len(parcel.files) - len(written)} unchanged, {len(removed)} removed"
    return Delivery(
        target=str(folder), digest=hashlib.sha256(manifest).hexdigest(), sent_at=sent_at, outcome=outcome
    )


def is_intact(folder: Path, digest: str) -> bool:
    """Whether a delivery of this digest lies in the folder, each of its files as it was written."""
    manifest = _held(folder / MANIFEST)
    if manifest is None or hashlib.sha256(manifest).hexdigest() != digest:
        return False
    return all(_is_held(folder / name, wanted) for name, wanted in _delivered_before(folder).items())


def _is_held(path: Path, digest: str) -> bool:
    body = _held(path)
    return body is not None and hashlib.sha256(body).hexdigest() == digest


def _check_name(name: str) -> None:
    plain = name == Path(name).name and name.isprintable() and "\\" not in name
    if not plain or not name or name.startswith(".") or name == MANIFEST:
        raise ValueError(f"{name!r} cannot be a delivered file's name: use a plain name without folders")


def _manifest(parcel: Parcel) -> bytes:
    files = {
        name: {"sha256": hashlib.sha256(body).hexdigest(), "bytes": len(body)}
        for name, body in sorted(parcel.files.items())
    }
    content = {"campaign": parcel.campaign, "entries": parcel.entries, "files": files}
    return (json.dumps(content, indent=2) + "\n").encode()


@contextmanager
def _only_writer(folder: Path) -> Iterator[None]:
    """Waits until nobody else delivers to this folder; the lock goes with the process."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
        os.fsync(handle)
    finally:
        os.close(handle)


def _clear_parts(folder: Path) -> None:
    """Removes what a killed delivery left behind: we hold the lock, so nobody is writing it."""
    for part in folder.glob(f".*{_PART}"):
        part.unlink()


def _delivered_before(folder: Path) -> dict[str, str]:
    """File name -> digest as the last delivery wrote them; empty where its manifest cannot be read."""
    try:
        files = json.loads((folder / MANIFEST).read_bytes())["files"]
        names = {str(name): str(about["sha256"]) for name, about in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return {name: digest for name, digest in names.items() if Path(name).name == name}


def write_if_changed(path: Path, body: bytes) -> bool:
    """Writes beside the file and renames over it; True if there was something to write."""
    if _held(path) == body:
        return False
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}{_PART}")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666), "wb") as out:
            out.write(body)
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return True


def write_where(path: Path, body: bytes) -> None:
    """Writes to what a person named: a file whole or not at all, a link where it leads, a device as it is."""
    if path.exists() and not path.is_file() and not path.is_dir():
        path.write_bytes(body)
    else:
        write_if_changed(path.resolve(), body)


def _held(path: Path) -> bytes | None:
    """What the file holds; None where there is none, or a link to somewhere else."""
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None


def _remove_if_ours(path: Path, digest: str, parcel: Parcel) -> bool:
    if path.name in parcel.files or path.name == MANIFEST:
        return False
    if not _is_held(path, digest):
        return False
    path.unlink()
    return True
