# Everything a person needs to build, try and check strata. Go, make and git
# are enough; `race` and `check` also need a C compiler, `bench` is fuller with
# the sqlite3 shell.

GO      ?= go
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)

# The version comes from git describe, so Go's own stamp is left out: it stops
# the build in a clone that belongs to another user.
BUILD := $(GO) build -buildvcs=false -ldflags '-s -w -X main.version=$(VERSION)'

PLATFORMS := linux/amd64 linux/arm64 darwin/arm64 windows/amd64

LINT_VERSION := v2.15.0
LINT         := bin/golangci-lint-$(LINT_VERSION)

# Known vulnerabilities come from a pinned copy of Go's database, so that a check
# says the same everywhere; VULN_DB=https://vuln.go.dev asks the newest.
GOVULNCHECK_VERSION := v1.9.0
VULNDB_VERSION      := v0.0.0-20261105234957-e22db6528018
GOVULNCHECK         := bin/govulncheck-$(GOVULNCHECK_VERSION)
VULN_DB             ?= file://$(CURDIR)/bin/vulndb-$(VULNDB_VERSION)

# How long `make fuzz` spends on each fuzz target.
FUZZTIME ?= 10s

# How often `make torture` sends each signal in each state, kills strata, and flips
# a bit of a workspace.
STRATA_ENDS  ?= 1
STRATA_KILLS ?= 60
STRATA_FLIPS ?= 4000

# How many files, made up and damaged at random, a second, small reader reads, too.
STRATA_FILES ?= 1000

# How often it opens the workbench for some 30 keys, clicks, pastes and sizes at
# random: 700 times are 20,000 events.
STRATA_WALKS ?= 700

# Pure Go everywhere but under the race detector.
export CGO_ENABLED := 0

.PHONY: build demo test lint fmt vuln race cross check bench fuzz torture clean help

build: ## build bin/strata, one static binary
	$(BUILD) -trimpath -o bin/strata ./cmd/strata

demo: build ## make a sample workspace and open the workbench
	./bin/strata demo

# Vet looks at everything once; go test by itself would repeat part of it.
test: ## vet and test every package; no C compiler needed
	$(GO) vet ./...
	$(GO) test -vet=off -timeout 20m ./...

lint: $(LINT) ## run golangci-lint (installed below bin/ once)
	$(LINT) run ./...

fmt: $(LINT) ## format the code the way lint wants it
	$(LINT) fmt ./...

$(LINT):
	GOBIN='$(CURDIR)/bin/install' $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	mv bin/install/golangci-lint $@

vuln: $(GOVULNCHECK) bin/vulndb-$(VULNDB_VERSION) ## look for known vulnerabilities in what is called
	$(GOVULNCHECK) -db '$(VULN_DB)' ./...

$(GOVULNCHECK):
	GOBIN='$(CURDIR)/bin/install' $(GO) install golang.org/x/vuln/cmd/govulncheck@$(GOVULNCHECK_VERSION)
	mv bin/install/govulncheck $@

bin/vulndb-$(VULNDB_VERSION):
	GOBIN='$(CURDIR)/bin/install' $(GO) install golang.org/x/vulndb/cmd/indexdb@$(VULNDB_VERSION)
	bin/install/indexdb -out $@.part -vulns "$$($(GO) env GOMODCACHE)/golang.org/x/vulndb@$(VULNDB_VERSION)/data/osv"
	mv $@.part $@

# A fifth of the random cases: the detector looks for races, not for cases. Of the
# program's own tests those run that go through all of it; one command after the other,
# the rest takes ten minutes and runs what the packages' tests run.
RACING := TestUsage|TestOnlineRetail|TestHostileWorkspaceOnTheScreens|TestBackupOfAnOpenWorkspace|TestTwoNamesAreOneWorkspace|TestEditsLost|TestScreensWithoutAmounts|TestCheckFindsDamage

# SQLite itself is not watched: it is C, translated, that one goroutine at a time is let
# into, and is most of what is computed. Watched it takes seven times as long.
UNWATCHED := modernc.org/sqlite/lib modernc.org/libc
RACE      := CGO_ENABLED=1 $(GO) test -race -vet=off $(UNWATCHED:%=-gcflags='%=-race=false -d=checkptr=0')

race: ## test under the race detector; needs a C compiler
	$(RACE) -short -timeout 40m $$($(GO) list ./... | grep -v cmd/strata)
	$(RACE) -short -timeout 20m -run '$(RACING)' ./cmd/strata

# Without -trimpath, so that what the tests have compiled serves here too.
cross: $(PLATFORMS:%=cross/%) ## build for every platform into bin/cross

cross/%:
	GOOS=$(*D) GOARCH=$(*F) $(BUILD) -o bin/cross/$(*D)-$(*F)/ ./cmd/strata

# Compiling SQLite keeps one core busy a minute for each platform, so two at once.
check: test lint vuln race ## everything that must pass before a change is shared
	$(MAKE) -j2 cross

bench: build ## measure import, opening, moves and key presses; see cmd/bench
	$(GO) run -buildvcs=false ./cmd/bench

fuzz: ## run each fuzz target for FUZZTIME (10s)
	@grep -rno --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' . | while IFS=: read -r file _ target; do \
		$(GO) test "$$(dirname "$$file")" -run '^$$' -fuzz "^$${target#func }$$" -fuzztime $(FUZZTIME) || exit 1; \
	done

# What the README promises, a package at a time.
PROMISES := TestItEnds|TestStopped|TestStoredButNotTold|TestASecondSignal|TestATerminalIsClosed|TestAHangUp|TestKilled|TestNoRoom|TestFlippedBits|TestDamagedWorkspace|TestWhatIsWrittenIsPrivate|TestForceReplaces|TestNothingHostile|TestHostile|TestWithoutFormula|TestRawCSV|TestMoreRowsThanMemory|TestMoreRowsThanTheProcess|TestALimitOnMemory|TestEndlessTexts|TestImportsPointOneWay|TestAnEditThatIsGone|TestCheckFindsDamage|TestCopyOfAnOlderWorkspaceReplacesNothing|TestDemoLeavesFilesOfOthers|TestFilesOfOthersBesideAWorkspace|TestLongTextsOfAWorkspace|TestNothingWrittenHidesDamage|TestNothingIsReadWithoutItsSeal|TestProfileThatDiffersFromTheColumns|TestWhatIsNotMadeByStrata|TestWhatIsStoredIsSaidOnAFullDisk

# Anything that can be done to the workbench, on every screen.
WALK := TestAnythingCanHappenAtAnyMoment

torture: ## hold strata to its promises in some minutes: signals, kills, damage, hostile files, random keys
	STRATA_ENDS=$(STRATA_ENDS) STRATA_KILLS=$(STRATA_KILLS) STRATA_FLIPS=$(STRATA_FLIPS) \
		$(GO) test -vet=off -count=1 -p 1 -timeout 15m -run '$(PROMISES)' ./cmd/strata ./tui/session ./importer ./model/sqlite ./model/yamltext
	STRATA_FILES=$(STRATA_FILES) $(GO) test -vet=off -count=1 -timeout 5m -run TestASecondReaderReadsTheSame ./cmd/strata -rapid.checks $(STRATA_FILES)
	$(GO) test -vet=off -count=1 -timeout 5m -run '$(WALK)' ./tui -rapid.checks $(STRATA_WALKS)
	@if command -v "$$($(GO) env CC)" >/dev/null; then \
		$(RACE) -count=1 -timeout 10m -run '$(WALK)' ./tui -rapid.checks $(STRATA_WALKS); \
	else \
		echo 'no C compiler: the random keys are left out under the race detector'; \
	fi

clean: ## remove what was built
	rm -rf bin

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 9
