# Each target sets up what it needs: Debian packages through apt, or the flake's shell where Nix is the package manager.

.DEFAULT_GOAL := help
.PHONY: help build demo test bench format install clean

# Where there is no apt but Nix, commands run inside `nix develop`.
ifeq (,$(shell command -v apt-get))
ifeq (,$(IN_NIX_SHELL))
ifneq (,$(shell command -v nix))
within := nix --extra-experimental-features 'nix-command flakes' develop --command
endif
endif
endif

prefix ?= $(HOME)/.local

help:
	@echo "make demo      check, compile, plan and apply examples/ to libvirt's in-process driver"
	@echo "make test      formatting, lints, documentation, all tests; the last with a real libvirtd and guest"
	@echo "make bench     times the evaluator beside nix-instantiate (NIX_INSTANTIATE=… for another than the one on PATH;"
	@echo "               NIXPKGS=… for a whole NixOS system of a nixpkgs on disk)"
	@echo "make build     target/release/launchnix and launchnix-runtime"
	@echo "make install   both of them into \$$prefix/bin ($(prefix)/bin)"
	@echo "make format    format the code"
	@echo "make clean     remove target/"

build:
	@$(within) tests/setup/install-packages.sh build
	@$(within) cargo build --locked --release --workspace --bins

demo:
	@$(within) tests/setup/install-packages.sh build
	@$(within) examples/demo.sh

test:
	@$(within) tests/setup/install-packages.sh test
	@$(within) tests/run.sh

bench: build
	@$(within) tests/setup/install-packages.sh test
	@$(within) benches/run.py --launchnix $${CARGO_TARGET_DIR:-target}/release/launchnix --nix $${NIX_INSTANTIATE:-nix-instantiate} $${NIXPKGS:+--nixpkgs "$$NIXPKGS"}

format:
	@$(within) cargo fmt

install: build
	install -D -t $(prefix)/bin $${CARGO_TARGET_DIR:-target}/release/launchnix $${CARGO_TARGET_DIR:-target}/release/launchnix-runtime

clean:
	cargo clean
