# Everything that people and CI run. `make help` lists the targets.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export PYTHONPATH := $(CURDIR)

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Quotient needs Python 3.11 or newer: make PYTHON=python3.11 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt hatchling editables
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --constraint constraints.txt --editable '.[dev]'
	touch $@

.PHONY: setup
setup: $(READY) ## create .venv with everything pinned in constraints.txt

.PHONY: chat
chat: $(READY) ## build the index of corpus/ and open the chat window
	$(BIN)/quotient ingest
	@trap : INT; $(BIN)/quotient chat || test $$? -eq 130  # Ctrl-C is how it ends

.PHONY: test
test: $(READY) lint type ## lint, type check and run all tests
	$(BIN)/python -m pytest

.PHONY: lint
lint: $(READY) ## ruff and the layers between packages
	$(BIN)/ruff check .
	$(BIN)/lint-imports

.PHONY: type
type: $(READY) ## mypy, strict on ingest and bot
	$(BIN)/mypy

.PHONY: eval
eval: $(READY) ## answer corpus/questions.yaml; fails where answers fell against the baseline
	$(BIN)/python -m ui eval corpus/questions.yaml --report runs/eval \
		--baseline tests/data/baseline/questions.jsonl

.PHONY: baseline
baseline: $(READY) ## make what `make eval` compares with anew: say why in the commit
	$(BIN)/python -m ui eval corpus/questions.yaml --save tests/data/baseline/questions.jsonl

.PHONY: bench
bench: $(READY) ## speed, memory and the public question sets, as one table
	$(BIN)/python -m tests.benchmarks

.PHONY: soak
soak: $(READY) ## the long tests: crashes and fuzzing
	HYPOTHESIS_PROFILE=explore $(BIN)/python -m pytest -m soak -o addopts="--strict-markers"

.PHONY: clean
clean: ## remove the environment, the index and caches
	rm -rf $(VENV) corpus/.quotient .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
