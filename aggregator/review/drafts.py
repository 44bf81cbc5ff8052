"""What was fetched or uploaded and shown, but not saved yet: kept in memory for a while, and bounded."""

import secrets
from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

Draft = TypeVar("Draft")


class Drafts(Generic[Draft]):
    """Drafts by a random name. The oldest make room for new ones; a restart forgets all."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[str, Draft] = OrderedDict()
        self._lock = Lock()

    def put(self, draft: Draft) -> str:
        """Keeps a draft; answers its name."""
        name = secrets.token_urlsafe(16)
        with self._lock:
            self._held[name] = draft
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return name

    def get(self, name: str) -> Draft | None:
        """The draft of this name, if it is still there."""
        with self._lock:
            return self._held.get(name)
