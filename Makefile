# The two commands a newcomer needs: `make demo` and `make test`. Both create the environment first.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test format check bench clean

demo: $(VENV)/.core
	@mkdir -p build
	@$(BIN)/maadin brief examples/article_en.txt --published 2025-02-25 --html build/brief_en.html
	@$(BIN)/maadin brief examples/article_ar.txt --published 2025-02-25 --html build/brief_ar.html
	@$(BIN)/maadin facts reserves "العناصر الأرضية النادرة" --country "روسيا,أوكرانيا" --lang ar

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/facts.py
	$(BIN)/python benchmarks/benchmark.py
	$(BIN)/python benchmarks/reconciliation.py
	$(BIN)/python benchmarks/solver.py --quick
	$(BIN)/python benchmarks/paths.py
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/brief.py
	$(BIN)/python benchmarks/backtest.py

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "maadin needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/.core
