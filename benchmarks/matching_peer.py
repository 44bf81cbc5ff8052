"""The peer of `benchmarks.matching`: one pyahocorasick automaton of all terms, in its own environment."""

import json
import sys
import time

import ahocorasick  # type: ignore[import-not-found]  # in its own environment only


def main() -> None:
    """Find all terms in each text of the file, in small letters; print how many texts a second."""
    with open(sys.argv[1], encoding="utf-8") as file:
        given = json.load(file)
    automaton = ahocorasick.Automaton()
    for number, term in enumerate(given["terms"]):
        automaton.add_word(term.lower(), number)
    automaton.make_automaton()
    began = time.process_time()
    found = sum(1 for text in given["texts"] for _ in automaton.iter(text.lower()))
    rate = len(given["texts"]) / (time.process_time() - began)
    name = f"pyahocorasick, {len(given['terms']):,} terms, no words, no zones"
    print(f"{name:<56}{rate:>12,.1f} articles/s of CPU time, {found} places")


if __name__ == "__main__":
    main()
