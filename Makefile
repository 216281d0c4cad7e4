# Set-up, run and tests. Needs Python 3.11 or later and make; everything else is installed into .venv.
PYTHON ?= python3
BIN := .venv/bin

# Compiled files of Python are kept: tests start many processes, and each would compile all anew.
unexport PYTHONDONTWRITEBYTECODE
# Two processes test at once: threads of their linear algebra would only wait for each other.
test quick unit: export OPENBLAS_NUM_THREADS := 1

.PHONY: setup run serve validation gallery test quick unit bench lint clean

setup: .venv/.ready .venv/.compiled

.venv/.ready: pyproject.toml constraints.txt
	@echo "Setting up .venv (a minute or two)" >&2
	@$(PYTHON) -m venv .venv >&2
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]' >&2
	@touch .venv/.ready

# A first run shows that all is there, and leaves the model compiled: else each of the processes that are next would.
.venv/.compiled: .venv/.ready
	@$(BIN)/cardflow run baseline-fy2025 --set end=2025-04-30 --replications 2 --workers 1 --no-page --quiet --yes \
		--out .venv/first-run >/dev/null
	@rm -rf .venv/first-run
	@touch .venv/.compiled

run: setup
	@$(BIN)/cardflow run renewal-wave

serve: setup
	@$(BIN)/cardflow serve

validation: setup
	@$(BIN)/cardflow validate --out runs/validation/shipped --page docs/validation.md
	@$(BIN)/python -m calibration.validated runs/validation/shipped

gallery: setup
	@test -f runs/renewal-wave/run.json || $(BIN)/cardflow run renewal-wave --out runs/renewal-wave --yes
	@$(BIN)/cardflow charts runs/renewal-wave --size page --dpi 150 --page docs/gallery.md --lang en

test: .venv/.ready
	@$(MAKE) --no-print-directory --jobs 2 lint setup
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

# Types are checked while the tests run.
quick: .venv/.ready
	@$(MAKE) --no-print-directory --jobs 2 lint unit

unit: setup
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/unit

lint: .venv/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev,peers]" || echo "some peers do not install here" >&2
	@$(BIN)/python -m benchmarks

clean:
	rm -rf .venv build dist *.egg-info
