"""Records and pages to compressed bytes and back; what a record means is left to whoever made it.

A record's bytes are zlib-compressed JSON, never pickle: a database that somebody else could
write must not be able to run code.
"""

import json
import sys
import zlib
from typing import Any, TypeVar

from pydantic import TypeAdapter

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Record = TypeVar("Record")

# Level 1 costs half the time of level 6 for a tenth more bytes on news text.
LEVEL = 1
# A page is many times as long as its article: zstd takes a quarter of the time of zlib, and less room.
PAGE_LEVEL = 1
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"  # RFC 8878, 3.1.1; no zlib stream begins so
ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """The reader and writer of one kind of record; made once, for making it is slow."""
    if kind not in ADAPTERS:
        ADAPTERS[kind] = TypeAdapter(kind)
    return ADAPTERS[kind]


def as_json(record: Any) -> Any:
    """The record as plain JSON values."""
    return adapter(type(record)).dump_python(record, mode="json")


def pack(record: Any) -> bytes:
    """The record as compressed JSON. Lone surrogates, which UTF-8 cannot hold, become `?`."""
    return pack_json(as_json(record))


def pack_json(values: Any) -> bytes:
    """JSON values, compressed."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "replace"), LEVEL)


def unpack_json(packed: bytes) -> Any:
    """The JSON values that `pack_json` packed."""
    return json.loads(zlib.decompress(packed))


def unpack(kind: type[Record], packed: bytes) -> Record:
    """The record that `pack` packed."""
    record: Record = adapter(kind).validate_json(zlib.decompress(packed))
    return record


def pack_bytes(body: bytes) -> bytes:
    """A page's bytes, compressed."""
    return zstd.compress(body, PAGE_LEVEL)


def unpack_bytes(packed: bytes) -> bytes:
    """The bytes that `pack_bytes` packed, or zlib, as pages were packed up to migration 0014."""
    return zstd.decompress(packed) if packed.startswith(ZSTD_MAGIC) else zlib.decompress(packed)
