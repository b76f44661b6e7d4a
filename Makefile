# The two commands: `make demo` and `make test`. The rest is for those who work on mcpp.
VENV ?= .venv
BIN := $(VENV)/bin
export VENV

.PHONY: demo demo-fly test test-screen pythons bounds sitl pictures lint docs dist audit bench bench-short fuzz gui clean

demo: ## make .venv, install, plan a real sample for three UAVs, say where the missions are
	@.ci/setup demo
	@$(BIN)/mcpp plan assets/samples/mixed-fleet.json -o out/demo --overwrite
	@echo "Missions: out/demo/*.plan (QGroundControl), out/demo/*.waypoints (Mission Planner)"
	@echo "Report:   out/demo/report.html (open it in a browser; it needs no internet)"
	@echo "Next:     make demo-fly uploads them to a simulated fleet and flies them at speed"

demo-fly: ## plan, upload to the simulated fleet, fly it at speed, measure the coverage flown
	@.ci/setup demo
	@$(BIN)/mcpp plan assets/samples/three-uavs.json -o out/demo-fly --overwrite
	@.ci/demo-fly $(BIN)/mcpp out/demo-fly assets/samples/three-uavs.json

test: ## make .venv, install the test and GUI needs, run all tests offscreen
	@.ci/setup test
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n 2 --dist loadfile

test-screen: ## the desktop app's window on a virtual X screen, mouse and keyboard
	@.ci/setup test
	QT_QPA_PLATFORM=xcb xvfb-run -a -s "-screen 0 1920x1200x24" $(BIN)/python -m pytest -q tests/gui_tests/test_gui_window.py

pythons: ## the wheel on every supported Python that this machine has
	@.ci/pythons

bounds: ## which bounds of dependencies may go: tried beyond each, in an environment of its own
	QT_QPA_PLATFORM=offscreen python3 .ci/bounds

sitl: ## whole flights on the doubles, and on simulators that MCPP_ARDUCOPTER, MCPP_ARDUPLANE, MCPP_PX4 name
	@.ci/setup test
	$(BIN)/python -m pytest -q -rs tests/sitl

pictures: ## pictures of the desktop app and of a first mission in it, in artefacts/
	@.ci/setup test
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.gui_tests.screenshots artefacts
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.gui_tests.screenshots artefacts --language de
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.gui_tests.walk artefacts --quick

lint: ## formatting, lint, types, layers
	@.ci/setup test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

dist: ## wheel, sdist, one-folder app, Debian package, licences and list of parts, in dist/
	@VENV=$(VENV)-dist .ci/setup dist
	@VENV=$(VENV)-dist .ci/dist

audit: ## look the pinned dependencies up in a public database of known faults (needs the internet)
	@VENV=$(VENV)-dist .ci/setup dist
	$(VENV)-dist/bin/python -m pip_audit -r constraints.txt --no-deps

docs: ## the documentation site, in site/
	@.ci/setup docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build -q

bench: ## figures beside the published ones, and speed
	@.ci/setup test
	$(BIN)/python -m tests.benchmarks.run

FUZZ_SECONDS ?= 60
FUZZ_SEED ?= 1
fuzz: ## drawn missions judged by code of its own, damaged files, tampered plans; FUZZ_SECONDS=3600
	@.ci/setup test
	$(BIN)/python -m tests.judge.fuzz --seconds $(FUZZ_SECONDS) --seed $(FUZZ_SEED)

bench-short: ## a few named instances beside the best plans known; fails on a loss of over 1 %
	@.ci/setup test
	$(BIN)/mcpp -q bench --short --fail-over 1

gui: ## the desktop app
	@.ci/setup test
	$(BIN)/mcpp gui

clean: ## remove what make made
	rm -rf $(VENV) $(VENV)-dist out artefacts build dist site *.egg-info
