# Every target sets up .venv by itself: Python 3.11+, make and a network are enough. No root.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# So many tests at once: two cores have time for a third while a browser is waited for.
AT_ONCE ?= 3
READY := $(VENV)/.ready-dev

.PHONY: lab cluster video pdf server run test test-frontend check fix bench wide night shots docs words new-drill clean

run: $(VENV)/.ready  ## the app in your browser, until ctrl-c; DEMO=1 shows a sample runner first
	@exec $(BIN)/python foreground.py $(BIN)/triplane serve $(if $(DEMO),--sample) $(SERVE)

test: $(READY)  ## every test; real recordings are used where TRIPLANE_SHARED finds them
	@$(BIN)/python -m pytest -n $(AT_ONCE) --dist worksteal
	@$(MAKE) --no-print-directory test-frontend

test-frontend: $(VENV)/.ready  ## the tests of the player's logic; node comes with .venv
	@$(BIN)/python hatch_build.py

check: $(READY)  ## style, types, rooms and the project's own data files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m triplane.cli lint

fix: $(READY)  ## format and mend what can be mended
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(READY)  ## speed, size and planner quality, printed as tables
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/bench.txt
	@$(BIN)/python benchmarks/run.py

WIDE := tests/server tests/web/test_accessible.py tests/web/test_camera.py tests/web/test_form_is_told.py \
  tests/web/test_german_in_a_browser.py tests/web/test_hips.py tests/web/test_journeys.py tests/web/test_offline.py \
  tests/web/test_phone_browser.py tests/web/test_player_plays.py tests/web/test_sample_on_any_day.py \
  tests/web/test_typed_before.py tests/web/test_week_in_a_browser.py tests/web/test_words.py tests/shell/test_serving.py \
  tests/shell/test_terminal.py tests/generative/test_broken_recordings.py \
  tests/contract/test_every_drill_is_watched.py tests/contract/test_every_gate.py \
  tests/contract/test_every_word.py tests/contract/test_no_way_past_a_block.py \
  tests/contract/test_pain_is_judged_alike.py tests/unit/test_body_contacts.py tests/unit/test_body_drawing.py \
  tests/unit/test_body_film.py tests/unit/test_papers.py tests/unit/test_video_watching.py \
  tests/web/test_inclinometer.py tests/spec/test_real_runners.py tests/spec/test_persona_6_gym.py \
  tests/spec/test_day.py

wide: $(READY)  ## all of what the default run looks at in part: pages, forms, drills, runners; CI adds this
	@TRIPLANE_LOOK=wide $(BIN)/python -m pytest -n $(AT_ONCE) --dist worksteal $(WIDE)
	@TRIPLANE_TEST_JOURNAL=postgresql $(BIN)/python -m pytest -n $(AT_ONCE) --dist worksteal tests/web

night: $(READY)  ## every test at length: a thousand examples of each property, every page in every state on every screen
	@TRIPLANE_LOOK=night $(BIN)/python -m pytest -n $(AT_ONCE) tests

shots: $(READY)  ## a picture of every page and state, phone and laptop, light and dark: docs/shots/index.html
	@$(BIN)/python docs/shots.py

docs: $(READY)  ## redraw the pictures and fill in the tables of the README and the docs
	@$(BIN)/python docs/pictures.py
	@$(BIN)/python docs/app_pictures.py
	@$(BIN)/python docs/papers.py

words: $(READY)  ## gather all words into the catalogue of every language, say what is open, lay them out
	@$(BIN)/python words/gather.py

lab cluster video pdf server: $(VENV)/.ready  ## the packages of an extra: recordings of a laboratory, a cluster, videos, PDFs, a server of many runners
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$@.txt

DRILL = src/triplane/catalogue/drills/$(ID).toml
new-drill:  ## a drill's file with its blanks: make new-drill ID=own_wall_march
	@test -n "$(ID)" || { echo "Name it: make new-drill ID=own_wall_march"; exit 1; }
	@test ! -e $(DRILL) || { echo "$(DRILL) is there already"; exit 1; }
	@cp docs/templates/drill.toml $(DRILL)
	@echo "$(DRILL): fill in the blanks; triplane lint names them."

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@echo "Making .venv, a place of their own for Python's packages ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Triplane needs Python 3.11 or newer; set PYTHON=/path/to/python3.11 and run make again."; exit 1; }
	@$(PYTHON) -m venv $(VENV) 2>/dev/null \
	  || { rm -rf $(VENV); $(PYTHON) -m virtualenv -q $(VENV); } 2>/dev/null \
	  || { rm -rf $(VENV); $(PYTHON) -m venv --without-pip $(VENV) && $(PYTHON) -m pip --python $(BIN)/python install -q pip; } \
	  || { rm -rf $(VENV); echo "No virtual environment could be made: install your system's python3-venv package."; exit 1; }

# Ctrl-c while something is fetched is no fault: one sentence says what comes of it, and make stops.
STOPPABLE := trap 'echo; echo "Stopped. What was fetched stays; the next make goes on from here."; kill -INT $$PPID; exit 0' INT

FRONTEND := hatch_build.py $(wildcard models/*.py frontend/*.json frontend/*.ts frontend/src/*/*)
BUILT := src/triplane/web/static-built/stamp
WORDS := $(wildcard words/*.py src/triplane/web/locale/*/LC_MESSAGES/*.po)

$(VENV)/.ready: requirements/run.txt requirements/build.txt pyproject.toml $(FRONTEND) $(WORDS) | $(BIN)/python
	@echo "Setting up .venv, once: about a minute, longer over a slow network."
	@echo "  1 of 2  Python's packages ..."
	@$(STOPPABLE); $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt -r requirements/build.txt
	@echo "  2 of 2  The player's scripts, the words of the pages, what the camera sees by ..."
	@$(STOPPABLE); $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@if [ -e $(BUILT) ] || [ -n "$$TRIPLANE_SKIP_FRONTEND" ]; then touch $@; \
	  else echo "The session player could not be built: sessions are shown in words, and the next make tries again."; fi

$(READY): requirements/dev.txt $(VENV)/.ready | $(BIN)/python
	@echo "What tests and checks need besides, once ..."
	@$(STOPPABLE); $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
