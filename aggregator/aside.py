"""Sets sketches aside in a temporary file while all are grouped: memory holds only where each lies."""

import json
from collections.abc import Callable, Iterator, Mapping
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any


class Aside(Mapping[str, Any]):
    """Sketches by article key, in a file that is gone when the block ends; `read` makes one of its JSON."""

    def __init__(self, read: Callable[[Mapping[str, Any]], Any]) -> None:
        self._read = read
        self._places: dict[str, tuple[int, int]] = {}
        self._file = TemporaryFile()  # noqa: SIM115  (closed when the block of this object ends)

    def __enter__(self) -> "Aside":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, key: str, values: Mapping[str, Any]) -> None:
        """Set one sketch aside, as its JSON values."""
        packed = json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")
        start = self._file.seek(0, 2)
        self._file.write(packed)
        self._places[key] = (start, len(packed))

    def __getitem__(self, key: str) -> Any:
        start, size = self._places[key]
        self._file.seek(start)
        return self._read(json.loads(self._file.read(size)))

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
