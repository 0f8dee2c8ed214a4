# Installs and packs what Maven and make build; `./hexe-policy` and `./verify` do not need it.
#
#   make install [PREFIX=/usr/local] [DESTDIR=]   puts the program on PATH
#   make uninstall [PREFIX=…] [DESTDIR=]
#   make packages                                 tar.gz, .deb and .rpm, into packaging/target

PREFIX ?= /usr/local
DESTDIR ?=
ARCH := $(shell root=. bash -c '. packaging/lib.sh && native_arch')

.PHONY: all install uninstall packages
all: # builds on first use
	@./hexe-policy --version

install: all
	packaging/install $(ARCH) "$(DESTDIR)" "$(PREFIX)"
	$(if $(DESTDIR),,"$(PREFIX)/lib/hexe-policy/lib/make-class-archives")

uninstall:
	rm -rf "$(DESTDIR)$(PREFIX)/lib/hexe-policy" "$(DESTDIR)$(PREFIX)/share/doc/hexe-policy" \
	  "$(DESTDIR)$(PREFIX)/share/hexe-policy"
	rm -f "$(DESTDIR)$(PREFIX)/bin/hexe-policy" "$(DESTDIR)$(PREFIX)"/share/man/man1/hexe-policy*.1.gz \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/hexe-policy" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_hexe-policy" \
	  "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/hexe-policy.fish"

packages:
	packaging/build
