"""The peer of `benchmarks.stories`: datasketch MinHash-LSH over a file of texts, in its own environment."""

import json
import sys
import time

from datasketch import MinHash, MinHashLSH  # type: ignore[import-not-found]  # in its own environment only


def main() -> None:
    """Sign, index and query every text of the file; print the time and the pairs found."""
    with open(sys.argv[1], encoding="utf-8") as lines:
        texts = [json.loads(line) for line in lines]
    started = time.process_time()
    index = MinHashLSH(threshold=0.5, num_perm=128)
    signed: dict[int, MinHash] = {}
    copies = 0
    for number, text in enumerate(texts):
        words = text.lower().split()
        runs = {" ".join(words[at : at + 5]).encode() for at in range(len(words) - 4)}
        signature = MinHash(num_perm=128)
        signature.update_batch(runs)
        copies += any(signature.jaccard(signed[key]) >= 0.5 for key in index.query(signature))
        index.insert(number, signature)
        signed[number] = signature
    spent = time.process_time() - started
    print(f"datasketch MinHash-LSH, {len(texts)}: {spent:.1f} s, {copies} copies joined")


if __name__ == "__main__":
    main()
