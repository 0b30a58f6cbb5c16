# Everything a newcomer needs is "make demo" and "make test"; "make help" lists
# the rest. Needs Go and make; the browser tests need Chromium and three sets of
# fonts, which "make test" installs on Debian where they are missing.

GO      ?= go
SITE    ?= site
DEVICES ?= 10000,100000
DEPARTMENTS ?= 40
RUNS    ?= 5
CASES   ?= .
FUZZ    ?= .
FUZZTIME ?= 1m

.PHONY: demo
demo: bin/cutoff ## build the program and render the sample company's site into site/
	@rm -rf bin/demo-nights bin/demo-memory
	@for night in sample-data/nights/*; do \
	  bin/cutoff build --config sample-data/cutoff.yaml --as-of $$(basename $$night) --report $$night/device-status.csv \
	    --connections $$night/firewall.csv --waivers $$night/waivers.csv --workbooks=false \
	    --out bin/demo-nights --memory bin/demo-memory >/dev/null 2>&1 || exit 1; \
	done
	bin/cutoff build --config sample-data/cutoff.yaml --out $(SITE) --memory bin/demo-memory

.PHONY: test
test: chromium lint ## look at the code (lint), then run every test, those in the browser too
	$(GO) test ./...

.PHONY: check
check: lint ## fast look before a commit: lint, then the tests without a browser
	$(GO) test $$($(GO) list ./... | grep -v /browser)

# go.mod pins staticcheck, so "go tool" needs nothing installed.
.PHONY: lint
lint: ## gofmt, vet, staticcheck: seconds, once they are in Go's cache
	@unformatted=$$("$$($(GO) env GOROOT)/bin/gofmt" -l cmd generator templates static sample-data) || exit 1; \
	if [ -n "$$unformatted" ]; then echo "gofmt: found unformatted files: $$unformatted, want them as gofmt -w leaves them" >&2; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

.PHONY: update
update: ## write the golden files and the sample data anew; look at the difference before you commit it
	$(GO) run ./sample-data/make
	$(GO) test $$(grep -rl --include='*_test.go' 'flag.Bool("update"' cmd generator | xargs -n 1 dirname | sort -u | sed 's|^|./|') -args -update

.PHONY: bench
bench: bin/cutoff chromium ## measure whole runs against the least that any program must do, each stage, then what readers wait for (DEVICES=10000,100000,1000000 DEPARTMENTS=40,400 RUNS=5 CASES=build)
	$(GO) build -trimpath -o bin/floor ./cmd/cutoff/bench/floor
	$(GO) run ./cmd/cutoff/bench -devices $(DEVICES) -departments $(DEPARTMENTS) -runs $(RUNS) -cases '$(CASES)'
	$(GO) test ./generator -run '^$$' -bench Stages -benchtime 1x
	$(GO) test ./cmd/cutoff/browser -run '^$$' -bench Fleet -benchtime 1x

# Each line of the list is a package and a fuzz target. Minimizing is cut short:
# readers work in the background, so coverage differs from run to run.
.PHONY: fuzz
fuzz: ## try every parser with made-up input, a minute each (FUZZTIME=10m for more)
	@mkdir -p bin; for file in $$(grep -rl --include='*_test.go' '^func Fuzz' cmd generator | sort); do \
	  for target in $$(sed -n 's/^func \(Fuzz[A-Za-z]*\)(.*/\1/p' $$file); do \
	    echo "$$(dirname $$file) $$target"; \
	  done; \
	done | grep -E '$(FUZZ)' | while read -r package target; do \
	  echo "fuzz $$package $$target for $(FUZZTIME)"; \
	  $(GO) test ./$$package -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x >bin/fuzz.log 2>&1 || { cat bin/fuzz.log; exit 1; }; \
	done

.PHONY: bin/cutoff
bin/cutoff:
	$(GO) build -trimpath -buildvcs=auto -o $@ ./cmd/cutoff

.PHONY: release
release: ## build archives for every system and Debian packages into bin/release, the same bytes for the same commit
	cmd/cutoff/release/release

# The layout is tried in three sets of fonts, whatever else the machine has.
FONTS = fonts-liberation fonts-dejavu-core fonts-yanone-kaffeesatz

.PHONY: chromium
chromium:
	@missing=""; command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing="chromium"; \
	for package in $(FONTS); do dpkg-query -W -f '$${db:Status-Status}' $$package 2>/dev/null | grep -qx installed || missing="$$missing $$package"; done; \
	[ -z "$$missing" ] || { echo "installing Debian's $$missing for the browser tests"; \
	  SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$SUDO apt-get update -q && $$SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$missing; }

.PHONY: windows
windows: ## try the program for Windows under Wine: a first week
	@missing=""; command -v wine >/dev/null || missing="wine wine64"; command -v x86_64-w64-mingw32-gcc >/dev/null || missing="$$missing gcc-mingw-w64-x86-64"; \
	[ -z "$$missing" ] || { echo "installing Debian's $$missing to try Windows"; \
	  SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$SUDO apt-get update -q && $$SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$missing; }
	$(GO) test -tags wine -run '^TestWindows$$' -v ./cmd/cutoff

.PHONY: judges
judges: chromium bin/judges/installed ## let axe-core, the Nu HTML checker, html-validate and Lighthouse judge the pages (FOLDERS="..." for finished ones)
	$(GO) run ./cmd/cutoff/browser/judges -tools bin/judges $(FOLDERS)

# The judges' versions are pinned in package.json; Java runs one of them, node the rest.
bin/judges/installed: cmd/cutoff/browser/judges/package.json
	@missing=""; command -v java >/dev/null || missing="default-jre-headless"; command -v npm >/dev/null || missing="$$missing nodejs npm"; \
	[ -z "$$missing" ] || { echo "installing Debian's $$missing for the judges"; \
	  SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$SUDO apt-get update -q && $$SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$missing; }
	mkdir -p bin/judges && cp $< bin/judges/package.json
	cd bin/judges && npm install --no-package-lock --ignore-scripts --no-audit --no-fund
	touch $@

.PHONY: help
help: ## list these targets
	@awk -F ':.*## ' '/^[a-z/]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
