# Every target sets up what it needs. PYTHON: the interpreter to make the environment with (3.11 or later).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TRAIN_READY := $(VENV)/.ready-train
BROWSER_READY := $(VENV)/.ready-browser

.PHONY: demo test check format test-browser test-training clean

demo: $(READY)
	@$(BIN)/onrecord read examples/summit.txt

test: $(READY)
	$(BIN)/python -m pytest -m "not training and not browser"

check: $(READY)
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff format src tests benchmarks
	$(BIN)/ruff check --fix src tests benchmarks

# The desk in a browser: Debian's chromium, which `apt-get install chromium` brings.
test-browser: $(BROWSER_READY)
	$(BIN)/python -m pytest -m browser tests/browser

# Torch is large; where a plain CPU build is wanted, install that into .venv first.
test-training: $(TRAIN_READY)
	$(BIN)/python -m pytest -m training tests/training

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

$(TRAIN_READY): $(READY)
	$(BIN)/python -m pip install --quiet --editable ".[train]"
	@touch $@

$(BROWSER_READY): $(READY)
	$(BIN)/python -m pip install --quiet --group browser
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
