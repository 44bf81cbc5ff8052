"""When whoever started a sweep is killed, the sweep finishes its item and ends by itself."""

import subprocess
import sys

from tests.crawler.loopback import Answer, Web
from tests.crawler.notebook import Notebook
from tests.crawler.processes import ends_within
from tests.crawler.sweeping import article, rss

PARENT = """
import multiprocessing, os, signal, sys
from pathlib import Path
from crawler.sweep import run_sweep
from tests.crawler.loopback import Web
from tests.crawler.notebook import Notebook
from tests.crawler.sweeping import order, source

def die(event):
    print(multiprocessing.active_children()[0].pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    web = Web()
    web.port = int(sys.argv[1])
    run_sweep(order(web, [source("http://daily.example/feed")]), Notebook(Path(sys.argv[2])), die)
"""


def test_a_sweep_whose_parent_was_killed_ends_and_has_kept_what_it_found(
    web: Web, notebook: Notebook
) -> None:
    items = [(f"Headline {number}", f"http://daily.example/{number}") for number in range(200)]
    web.put("http://daily.example/feed", rss(*items))
    for headline, url in items:
        web.put(url, Answer(body=article(headline), headers={"Content-Type": "text/html"}, seconds=0.05))
    folder = str(notebook.folder)
    parent = subprocess.run(
        [sys.executable, "-c", PARENT, str(web.port), folder],
        stdout=subprocess.PIPE,
        check=False,
        timeout=120,
    )
    assert parent.returncode == -9
    assert ends_within(int(parent.stdout), 60)
    assert len(notebook.polls) == 1
    assert len(notebook.finds) < 200
    assert len(notebook.waiting(200)) == 200 - len(notebook.finds)
