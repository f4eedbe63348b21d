# Everything the project does, one target each. `make run` and `make test` set up what they need; setting up twice is as good as once.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
CARGO ?= cargo
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD = 1
# One profile for what ships, what tests and what the browser tests drive: nothing is compiled twice.
PROFILE := --release
BINARY := target/release/allclear
ISLANDS := target/islands

.PHONY: help run dev build test check fmt clippy doc deny unit e2e browser bench soak screenshots mails setup setup-wasm setup-test setup-e2e islands clean

help: ## This list
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: build ## Build everything and serve the demo at http://127.0.0.1:3000
	@$(BINARY) demo

dev: build ## Serve what is in data/ at http://127.0.0.1:3000
	@$(BINARY) serve

build: islands ## One binary with everything embedded: target/release/allclear
	@echo "build: compiling the server (a first build takes some minutes)"
	@$(CARGO) build $(PROFILE) --quiet -p server
	@echo "build: $(BINARY) is ready; it carries everything and runs from any folder"

islands: setup-wasm ## Build the islands (WASM) that the binary embeds
	@.ci/islands $(ISLANDS)

# The tests' build makes the binary too: the browser tests drive that one, so that nothing is compiled twice.
test: setup-wasm setup-test check unit ## Check, all tests in their short form, browser tests
	@$(MAKE) --no-print-directory browser
	@.ci/count

check: fmt clippy doc deny ## Formatting, lints (native and WASM), documentation, licences

fmt: ## Is everything formatted?
	@echo "check: formatting"
	@$(CARGO) fmt --all -- --check

clippy: islands ## Lints, native and WASM, warnings as errors
	@echo "check: clippy, native"
	@$(CARGO) clippy $(PROFILE) --quiet --workspace --exclude frontend --lib --bins --examples --tests --benches --test it --features app/ssr -- -D warnings
	@echo "check: clippy, WASM"
	@[ ! -e $(ISLANDS)/none ] || { echo "The wasm32 target is needed to check the islands: rustup target add wasm32-unknown-unknown"; exit 1; }
	@$(CARGO) clippy --profile wasm --quiet --target wasm32-unknown-unknown -p frontend -- -D warnings

doc: ## Documentation without a broken link
	@echo "check: rustdoc"
	@RUSTDOCFLAGS="-D warnings" $(CARGO) doc $(PROFILE) --quiet --no-deps -p app -p server --features app/ssr

deny: setup-test ## Licences, sources and bans; advisories where the list can be reached
	@.ci/deny

unit: islands setup-test ## Tests of rules, store, import, pages and service, on both database engines
	@echo "test: rules, store, import, pages, service"
	@mkdir -p target/counts
	@$(CARGO) test $(PROFILE) --no-fail-fast -p app -p server --features app/ssr 2>&1 | tee target/counts/unit.log
	@.ci/it 2>&1 | tee -a target/counts/unit.log

e2e: build browser ## Browser tests against the real binary

browser: setup-e2e
	@echo "test: browser"
	@mkdir -p target/counts
	@cd end2end && npx playwright test 2>&1 | tee ../target/counts/e2e.log

bench: build ## Speed against a reference in the same run, as ratios, into docs/benchmarks.md
	@.ci/setup bench
	@.ci/bench

soak: unit e2e ## The long forms of the tests
	@echo "soak: rules with 20,000 random cases each"
	@PROPTEST_CASES=20000 .ci/it domain planned_clock::shown
	@echo "soak: 1,000 simulated years of planned work (ALLCLEAR_SEED=n plays one again)"
	@ALLCLEAR_SEEDS=1000 .ci/it planned_year
	@echo "soak: 10,000 simulated days of watching"
	@ALLCLEAR_SEEDS=10000 .ci/it watched_day
	@echo "soak: killed at twenty random moments of 10,000 mails, one process on SQLite and three on PostgreSQL"
	@ALLCLEAR_SOAK=1 .ci/it kill::three --nocapture

screenshots: build setup-e2e ## Pictures of the pages into docs/screenshots
	@cd end2end && npx playwright test --config screenshots.config.ts

mails: setup-e2e ## Pictures of every kind of mail into target/mails
	@cd end2end && npx playwright test --config mails.config.ts

setup-wasm: ## What the islands need
	@.ci/setup wasm

setup-test: ## What tests need: PostgreSQL, cargo-deny
	@.ci/setup test

setup-e2e: ## What browser tests need: Chromium, npm packages
	@.ci/setup e2e

clean: ## Forget what was built
	@$(CARGO) clean
