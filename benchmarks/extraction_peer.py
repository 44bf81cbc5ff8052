"""The peer of `benchmarks.extraction`: news-please reads saved pages one at a time, in its own environment.

For each line of its input, a JSON object with the path of an unpacked page and its address, it answers
one line: the seconds of CPU that it took.
"""

import json
import sys
import time
from pathlib import Path

from newsplease import NewsPlease  # type: ignore[import-not-found]  # in its own environment only


def main() -> None:
    """Read until the input ends; a page at which the library fails took its time too."""
    answers = sys.stdout
    sys.stdout = sys.stderr  # the library prints
    for line in sys.stdin:
        asked = json.loads(line)
        html = Path(asked["path"]).read_bytes().decode("utf-8", "replace")
        begun = time.process_time()
        try:
            NewsPlease.from_html(html, url=asked["url"], fetch_images=False)
        except Exception as error:  # noqa: BLE001 - whatever a library under test raises
            print(f"{asked['url']}: {type(error).__name__}: {error}", file=sys.stderr)
        print(time.process_time() - begun, file=answers, flush=True)


if __name__ == "__main__":
    main()
