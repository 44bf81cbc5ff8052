# Every command of the house. `make` alone explains itself.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
GOLD   ?= ../shared/corpus

.DEFAULT_GOAL := help
.PHONY: help demo test run check score bench docs lock clean

help:  ## what each command does
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# The environment: exactly what requirements.lock says, checked against its hashes.
$(VENV)/.made: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(VENV)/.made  ## the whole job on a press of sample outlets, without internet
	$(BIN)/python -m demo

run: $(VENV)/.made  ## the real thing on config/: database, scheduler and review page
	$(BIN)/inthenews up

check: $(VENV)/.made  ## types, lint and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: $(VENV)/.made check  ## everything that must hold
	$(BIN)/python -m tests.provide
	$(BIN)/python -m pytest -n 2 --dist loadgroup

score: $(VENV)/.made  ## the scorers' tables on the gold data in GOLD
	$(BIN)/python -m benchmarks.score $(GOLD)

bench: $(VENV)/.made  ## speed beside peers; figures in benchmarks/README.md
	$(BIN)/python -m benchmarks

docs: $(VENV)/.made  ## the screenshots in docs/
	$(BIN)/python -m docs.screenshots

lock: $(VENV)/.made  ## write requirements.lock anew from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate \
		--python-version 3.11 --extra test pyproject.toml -o requirements.lock

clean:  ## forget the environment, caches and demo data
	rm -rf $(VENV) data build .mypy_cache .ruff_cache .pytest_cache .hypothesis
