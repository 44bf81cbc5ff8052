"""Waiting for processes that are not ours to end, without asking again and again (Linux)."""

import os
import select


def ends_within(process: int, seconds: float) -> bool:
    """Whether the process is gone within these seconds."""
    try:
        watched = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        ready, _, _ = select.select([watched], [], [], seconds)
        return bool(ready)
    finally:
        os.close(watched)
