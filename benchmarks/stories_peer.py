"""The peer of `benchmarks.stories`: datasketch MinHash-LSH over a file of texts, in its own environment."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from datasketch import MinHash, MinHashLSH  # type: ignore[import-not-found]  # in its own environment only


def main() -> None:
    """Sign, index and query every text of the file; print the time and the pairs found."""
    spent = 0.0
    index = MinHashLSH(threshold=0.5, num_perm=128)
    signed: dict[int, MinHash] = {}
    copies = 0
    for count, text in enumerate(read_texts(sys.argv[1]), start=1):
        started = time.process_time()
        words = text.lower().split()
        runs = {" ".join(words[at : at + 5]).encode() for at in range(len(words) - 4)}
        signature = MinHash(num_perm=128)
        signature.update_batch(runs)
        copies += any(signature.jaccard(signed[key]) >= 0.5 for key in index.query(signature))
        index.insert(count, signature)
        signed[count] = signature
        spent += time.process_time() - started
    status = Path("/proc/self/status").read_text(encoding="ascii")
    memory = int(status.partition("VmHWM:")[2].split()[0]) // 1024
    print(
        f"datasketch MinHash-LSH, {count}: {spent:.1f} CPU s, {copies} copies joined, "
        f"process at most {memory} MiB"
    )


def read_texts(path: str) -> Iterator[str]:
    """The texts of the file, one at a time."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


if __name__ == "__main__":
    main()
