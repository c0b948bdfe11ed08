# The front door: two commands for a newcomer are `make demo` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: help dev demo check lint types test test-all update bench docs wheel clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

dev: $(STAMP) ## create .venv and install sla2 with everything its tests need

demo: $(STAMP) ## run the main job on the example contracts, write to out/
	$(BIN)/python scripts/demo.py

lint: $(STAMP) ## format and lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(STAMP) ## strict types
	$(BIN)/mypy

test: lint types ## lint, types and all tests (slow properties run a smaller seeded set)
	$(BIN)/pytest -n auto

test-all: lint types ## the same with every property at full size
	SLA2_ALL=1 $(BIN)/pytest -n auto

update: $(STAMP) ## rewrite expected texts (never numbers), then look at git diff
	$(BIN)/pytest --update

bench: $(STAMP) ## ratios within one run: parsing, measuring, rendering
	$(BIN)/python benchmarks/run.py

docs: $(STAMP) ## regenerate the generated pages of docs/
	$(BIN)/python scripts/make_docs.py

wheel: $(STAMP) ## build the wheel
	$(BIN)/python -m build --wheel

clean: ## remove what can be made again
	rm -rf $(VENV) out dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
