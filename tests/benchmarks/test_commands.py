"""`python -m benchmarks` and `make score` find what there is and say what is missing."""

import json
import sys
from importlib import import_module
from pathlib import Path

import pytest

from benchmarks import __main__ as benchmarks
from benchmarks import score
from benchmarks.accuracy.__main__ import MEASURES, write_predictions
from benchmarks.train_weights import is_held_out
from tests.benchmarks.conftest import Save


def test_benchmarks_are_found_by_their_main(tmp_path: Path) -> None:
    (tmp_path / "speed.py").write_text('"""How fast it is.\n\nMore words."""\ndef main(): ...\n')
    (tmp_path / "records.py").write_text('"""Records only."""\n')
    (tmp_path / "speed_peer.py").write_text('"""The other side."""\ndef main(): ...\n')
    (tmp_path / "train_it.py").write_text('"""Trains."""\ndef main(): ...\n')
    assert dict(benchmarks.find_benchmarks(tmp_path)) == {"speed": "How fast it is."}


def test_our_own_benchmarks_are_listed_with_what_they_measure(capsys: pytest.CaptureFixture[str]) -> None:
    assert benchmarks.main(["--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("replay ") and "news-please" in line]
    assert all(len(line.split()) > 1 for line in lines)


@pytest.mark.parametrize("name", [name for name, _ in benchmarks.find_benchmarks(benchmarks.HERE)])
def test_every_benchmark_tells_its_options(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [name, "--help"])
    with pytest.raises(SystemExit) as ended:
        import_module(f"benchmarks.{name}").main()
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("usage: ")


def test_an_unknown_name_is_told_with_those_that_are_known(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        benchmarks.main(["replays"])
    assert ended.value.code == 2
    assert "no such benchmark: replays" in capsys.readouterr().err


def test_scoring_names_what_the_gold_folder_lacks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "pages").mkdir()
    with pytest.raises(SystemExit) as ended:
        score.main([str(tmp_path)])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert "score_pages.py" in told and "dedupe" in told


def test_each_measure_is_predicted_and_given_to_its_own_scorer(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each scorer here tells what it was given; only that of addresses, which wants a file, is content."""
    for measure in MEASURES:
        (tmp_path / measure).mkdir()
        telling = f"import sys; print({measure!r}, *sys.argv[1:]); sys.exit({int(measure != 'urls')})"
        (tmp_path / f"score_{measure}.py").write_text(telling)
    for name in ("pages/index.jsonl", "urls/pairs.jsonl", "dedupe/articles.jsonl", "matching/queries.jsonl"):
        (tmp_path / name).write_text("")
    (tmp_path / "matching" / "docs.jsonl.gz").write_bytes(b"")
    assert score.main([str(tmp_path), "--keep", str(tmp_path / "kept")]) == 1
    told = capfd.readouterr().out
    for measure in MEASURES:
        gold = tmp_path / measure / ("pairs.jsonl" if measure == "urls" else "")
        assert f"{measure} {gold} {tmp_path / 'kept' / measure}.jsonl" in told


def test_pages_of_held_out_domains_are_scored_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    domains = [f"paper{number}.example" for number in range(30)]
    held_out = [domain for domain in domains if is_held_out(domain)]
    assert 0 < len(held_out) < len(domains)
    lines = "".join(json.dumps({"id": domain, "domain": domain}) + "\n" for domain in domains)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "index.jsonl").write_text(lines)
    (tmp_path / "pages.jsonl").write_text(lines)
    (tmp_path / "score_pages.py").write_text(
        "import sys; [print(open(path).read()) for path in sys.argv[1:]]"
    )
    assert score.score_held_out(tmp_path, tmp_path / "pages.jsonl", "with") == 0
    told = [json.loads(line)["id"] for line in capfd.readouterr().out.splitlines() if line.startswith("{")]
    assert told == held_out * 2


def test_predictions_are_lines_of_json(save: Save, tmp_path: Path) -> None:
    gold = save({"https://courier.example/1": "<h1>New bridge opens</h1>"})
    assert write_predictions("pages", gold, tmp_path / "out") == 1
    assert json.loads((tmp_path / "out").read_text("utf-8"))["id"] == "0"
