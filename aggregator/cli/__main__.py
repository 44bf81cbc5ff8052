"""`python -m aggregator.cli`: the `inthenews` command where the console script is not installed."""

from aggregator.cli import run

if __name__ == "__main__":
    run()
