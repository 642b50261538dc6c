# The front door. `make` alone lists what can be made.
# Needed: python3 (3.11 or later, with venv), make, bash; everything else is fetched.

PORT ?= 8000
ONCE ?=
HTTPS ?=
PYTEST_ARGS ?= -q -n auto
python := .venv/bin/python
tsc := mobile_sim/vendor/node_modules/.bin/tsc
mark := var/demo/.made-by-the-demo
export lock := import fcntl, sys; fcntl.flock(open(sys.argv[1]), fcntl.LOCK_EX | fcntl.LOCK_NB)

.DEFAULT_GOAL := help
.PHONY: help demo test check bench pictures reset clean

help:  ## List what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

demo:  ## Tell the story step by step, then serve on PORT=8000 (ONCE=1: end after it; HTTPS=1: for phones on the LAN)
	@.ci/set-up run
	@$(python) -m mobile_sim --port $(PORT) $(if $(filter-out 0,$(ONCE)),--once) $(if $(filter-out 0,$(HTTPS)),--https)

test:  ## Run every check and every test
	@.ci/set-up dev
	@$(MAKE) --no-print-directory check
	@$(python) -m pytest $(PYTEST_ARGS)

check:  ## Check form, types and who imports whom (a few seconds)
	@.ci/set-up dev
	$(python) -m ruff format --check .
	$(python) -m ruff check .
	$(python) -m mypy
	@PATH="$(CURDIR)/.cache/node/bin:$$PATH" $(tsc) --project .ci/pages.json
	$(python) .venv/bin/lint-imports --no-logo

bench:  ## Measure, and end with one line `name value` a figure
	@.ci/set-up dev
	@PYTHONPATH=tests/pages $(python) -m benchmarks

pictures:  ## Take the pictures of the pages in docs/pictures anew
	@.ci/set-up dev
	@PYTHONPATH=. $(python) tests/pages/pictures.py

reset:  ## Forget the demo that has ended: remove var/demo (keys and other data stay)
	@if [ -e $(mark) ] && ! python3 -c "$$lock" $(mark) 2>/dev/null; then \
	  echo 'デモが動いています。先に Ctrl-C で終了してください / The demo is running: end it first, with Ctrl-C' >&2; \
	  exit 1; fi
	rm -rf var/demo

clean:  ## Remove what was installed and every cache (data and keys stay)
	rm -rf .venv .cache build *.egg-info mobile_sim/vendor/node_modules
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -path ./.git -prune -o -name __pycache__ -prune -exec rm -rf {} +
