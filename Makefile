# make demo: set up and run the main job on the shipped sample.   make test: set up and pass every test.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: setup demo test check evaluate bench format lock browser tesseract clean

setup: $(READY) browser tesseract

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $(READY)

# The tests drive a real Chromium; Debian's is installed where there is none and we may.
browser:
	@sh tools/ensure_browser.sh

# A second OCR engine; everything works without it.
tesseract:
	@sh tools/ensure_tesseract.sh

demo: $(READY)
	@$(BIN)/testimonia demo

test: setup
	$(BIN)/python -m pytest -n auto

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto

evaluate: $(READY)
	$(BIN)/python tools/evaluate.py

bench: $(READY)
	$(BIN)/python -m benchmarks.intake
	$(BIN)/python -m benchmarks.collation
	$(BIN)/python -m benchmarks.web

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock:
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install --quiet pip-tools
	$(VENV)/lock/bin/pip-compile --quiet --extra develop --build-deps-for editable --build-deps-for wheel \
	  --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links \
	  --no-emit-trusted-host --no-header -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis evaluation
