# Makefile of copydesk. Objects and all that is generated lie in build/.
#   make            build/copydesk and build/libcopydesk.a
#   make demo       installs what is missing, builds, runs the main job on data/samples/
#   make test       the same, then every test; the last line counts them
#   make help       all targets

PREFIX  ?= /usr/local
DESTDIR ?=
B       := build
CORPUS  ?= ../shared/corpus
VERSION := $(shell sed -n 's/^.define CD_VERSION "\(.*\)"/\1/p' include/copydesk.h)

# The number in the shared library's name: it changes when programs must be compiled anew.
SO_VERSION := 0

MAKEFLAGS += --no-print-directory

CC       ?= cc
CSTD     := -std=c11 -D_XOPEN_SOURCE=700 -D_FILE_OFFSET_BITS=64
WARN     := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes $(if $(CI),-Werror)
CFLAGS   ?= -O3 -g
# The same objects make the program, the archive and the shared library, which shows only what copydesk.h marks with CD_API.
SHARED   := -fPIC -fvisibility=hidden
PACKAGES := libpcre2-8 libcjson libutf8proc uchardet libarchive zlib liblzma libzstd liblz4 libxml-2.0
# Asked anew at each use: `make deps` may bring pkg-config only after make has started.
LIBS      = $(shell pkg-config --libs $(PACKAGES)) -lbz2 -pthread -lm
CPPLIBS   = $(shell pkg-config --cflags $(PACKAGES))

SOURCES := $(filter-out src/main.c,$(wildcard src/*/*.c))
SOURCES := $(filter-out src/embed/%,$(SOURCES))
OBJECTS := $(SOURCES:src/%.c=$(B)/%.o)
RULES   := $(sort $(wildcard data/rules/*.rules data/rules/sites/*.rules))
TABLES  := $(sort $(wildcard data/tables/*.tsv data/model/*.model) data/explain.css)
UNITS   := $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard tests/unit/*.c))
DEMO    := $(addprefix data/samples/,agency-dateline.txt cookie-banner-first.txt german.txt html-banner-and-related.html)

# Whoever runs make may have rules of his own: tests, figures and expected records go without them.
export XDG_CONFIG_HOME := $(abspath $(B))/no-config

all: $(B)/copydesk

shared: $(B)/libcopydesk.so.$(VERSION)

$(B)/copydesk: $(B)/main.o $(B)/libcopydesk.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/libcopydesk.a: $(OBJECTS) $(B)/data_rules.o $(B)/data_tables.o $(B)/data_ready.o
	rm -f $@ && $(AR) rcs $@ $^

$(B)/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CSTD) $(WARN) $(CFLAGS) $(SHARED) $(CPPFLAGS) -Isrc -Iinclude $(CPPLIBS) -MMD -MP -c -o $@ $<

$(B)/libcopydesk.so.$(VERSION): $(OBJECTS) $(B)/data_rules.o $(B)/data_tables.o $(B)/data_ready.o
	$(CC) $(CFLAGS) -shared -Wl,-soname,libcopydesk.so.$(SO_VERSION) -Wl,-z,defs $(LDFLAGS) -o $@ $^ $(LIBS)

# data/ becomes C at build time: build/embed is a host program
$(B)/embed: src/embed/embed.c src/base/data.h src/base/eight.h src/base/span.h
	@mkdir -p $(@D)
	$(CC) $(CSTD) $(WARN) -O1 -Isrc -Iinclude -o $@ $<

$(B)/data_rules.c: $(B)/embed $(RULES) Makefile
	$(B)/embed cd_data_rules $(RULES) > $@.new && mv $@.new $@

$(B)/data_tables.c: $(B)/embed $(TABLES) Makefile
	$(B)/embed cd_data_tables $(TABLES) > $@.new && mv $@.new $@

# What can be known of the rules' patterns before the program runs; found out by the program's own rooms
$(B)/prepare: src/embed/prepare.c $(OBJECTS) $(B)/data_rules.o $(B)/data_tables.o
	$(CC) $(CSTD) $(WARN) $(CFLAGS) -Isrc -Iinclude $(CPPLIBS) -o $@ $^ $(LDFLAGS) $(LIBS)

$(B)/data_ready.c: $(B)/prepare
	$(B)/prepare > $@.new && mv $@.new $@

$(B)/data_%.o: $(B)/data_%.c src/base/data.h src/rules/ready.h src/rules/scan_tables.h
	$(CC) $(CSTD) $(WARN) $(CFLAGS) $(SHARED) -Isrc -Iinclude -c -o $@ $<

$(B)/unit/%: tests/unit/%.c $(B)/libcopydesk.a
	@mkdir -p $(@D)
	$(CC) $(CSTD) $(WARN) $(CFLAGS) $(CPPFLAGS) -Isrc -Iinclude $(CPPLIBS) -MMD -MP -o $@ $< $(B)/libcopydesk.a \
	  $(LDFLAGS) -lcmocka $(LIBS)

units: $(UNITS)

# Debian packages, each behind a check: where nothing is missing nothing is done, and root is not needed.
MISSING = \
  missing=; \
  want() { missing="$$missing $$1"; }; \
  module() { pkg-config --exists $$1 2>/dev/null || want $$2; }; \
  printf '\043include <stdio.h>\n' | $(CC) -E - > /dev/null 2>&1 || want libc6-dev; \
  command -v pkg-config > /dev/null || want pkg-config; \
  command -v prove > /dev/null || want perl; \
  module libpcre2-8 libpcre2-dev; \
  module libcjson libcjson-dev; \
  module libutf8proc libutf8proc-dev; \
  module uchardet libuchardet-dev; \
  module libarchive libarchive-dev; \
  module zlib zlib1g-dev; \
  module liblzma liblzma-dev; \
  module libzstd libzstd-dev; \
  module liblz4 liblz4-dev; \
  printf '\043include <bzlib.h>\n' | $(CC) -E - > /dev/null 2>&1 || want libbz2-dev; \
  module libxml-2.0 libxml2-dev; \
  module cmocka libcmocka-dev
INSTALL_MISSING = \
  if [ -n "$$missing" ]; then \
    if [ "$$(id -u)" != 0 ]; then \
      echo "missing packages; as root: sudo apt-get install --no-install-recommends$$missing" >&2; exit 1; \
    fi; \
    export DEBIAN_FRONTEND=noninteractive; \
    apt-get -q update && apt-get -qy install --no-install-recommends $$missing || exit 1; \
  fi

deps:
	@$(MISSING); $(INSTALL_MISSING)

demo: deps
	@$(MAKE) all
	@$(MAKE) run-demo

run-demo:
	@for page in $(DEMO); do \
	  echo; echo "\$$ $(B)/copydesk --pretty $$page"; $(B)/copydesk --pretty $$page || exit; done
	@echo; echo "\$$ $(B)/copydesk explain $(firstword $(DEMO))"; $(B)/copydesk explain $(firstword $(DEMO))

test: deps
	@$(MAKE) all units
	@tests/run --build $(B)

# Rewrites the expected records and explanations; `git diff tests` is the review.
accept: all
	@for page in data/samples/*.txt data/samples/*.html; do \
	  name=$${page##*/}; $(B)/copydesk --pretty $$page > tests/golden/$${name%.*}.json; [ $$? -le 1 ] || exit 1; done
	@COPYDESK=$(B)/copydesk tests/explain.t --accept
	@COPYDESK=$(B)/copydesk tests/markdown.t --accept

asan: deps
	@$(MAKE) all units B=build/asan LDFLAGS= \
	  CFLAGS="-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all"
	@CUTS=40 tests/run --build build/asan unit rules golden disguise html markdown explain fixtures containers cuts run dumps

# Cut, changed and absurdly nested pages under the sanitizers; PAGES=DIR, CUTS and MUTATIONS for a longer run.
PAGES     ?= data/samples
CUTS      ?= 200
MUTATIONS ?= 400
fuzz: deps
	@$(MAKE) all B=build/asan LDFLAGS= CFLAGS="-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all"
	@tests/fuzz --cuts $(CUTS) --mutations $(MUTATIONS) build/asan/copydesk $(PAGES)

valgrind: deps
	@command -v valgrind > /dev/null || { missing=valgrind; $(INSTALL_MISSING); }
	@$(MAKE) all units
	@tests/run --build $(B) --valgrind unit golden explain

lint:
	@command -v cppcheck > /dev/null || [ "$$(id -u)" != 0 ] || { missing=cppcheck; $(INSTALL_MISSING); }
	@tests/lint

# Learns data/model/body.model and html.model anew from labelled pages; what the scripts need goes into a folder of its own.
PYTHON_OF_TRAIN = PYTHONDONTWRITEBYTECODE=1 NUMBA_CACHE_DIR=$(B)/train/cache $(B)/train/bin/python
train: train-text train-html

train-ready: all
	@test -d "$(CORPUS)" || { echo 'make train: CORPUS=DIR, the folder of labelled pages, is missing'; exit 2; }
	@test -x $(B)/train/bin/python || python3 -m venv $(B)/train
	@$(B)/train/bin/python -c 'import numpy, scipy, numba, torch, lightgbm' 2> /dev/null || $(B)/train/bin/pip install -q numpy scipy numba torch==2.4.1 lightgbm==4.7.0

train-text: train-ready
	@command -v lynx > /dev/null || { missing=' lynx'; $(INSTALL_MISSING); }
	@$(B)/train/bin/python -c 'import inscriptis, resiliparse' 2> /dev/null || $(B)/train/bin/pip install -q inscriptis==2.7.6 resiliparse==2.0.1
	$(PYTHON_OF_TRAIN) data/model/train.py $(B)/copydesk $(CORPUS) data/model/body.model --cache $(B)/corpus

train-html: train-ready
	$(PYTHON_OF_TRAIN) data/model/train_html.py $(B)/copydesk $(CORPUS) data/model/html.model --cache $(B)/corpus

# Below Apache Spark; its own Python, and Java where root may install it. Where either cannot be had it says so and is skipped.
spark-test: all
	@command -v java > /dev/null || [ "$$(id -u)" != 0 ] || { apt-get -q update && apt-get -qy install --no-install-recommends default-jre-headless; } > /dev/null 2>&1 || true
	@command -v java > /dev/null || { echo 'spark-test: skipped: no Java'; exit 0; }; \
	[ -x build/spark/bin/spark-submit ] || { python3 -m venv build/spark && build/spark/bin/pip install -q pyspark; } > /dev/null 2>&1 || \
	  { echo 'spark-test: skipped: pyspark cannot be had from PyPI'; exit 0; }; \
	PYSPARK_PYTHON=$(CURDIR)/build/spark/bin/python build/spark/bin/python tests/spark.py $(B)/copydesk 2> build/spark/log || { tail -30 build/spark/log; exit 1; }

# Below Hadoop Streaming in its local mode; Maven brings it. Where Java or Maven is missing it says so and is skipped.
hadoop-test: all
	@command -v java > /dev/null && command -v mvn > /dev/null || { echo 'hadoop-test: skipped: no Java or no Maven'; exit 0; }; \
	[ -d build/hadoop/lib ] || { mkdir -p build/hadoop && cp tests/hadoop.xml build/hadoop/pom.xml && \
	  (cd build/hadoop && mvn -q -B dependency:copy-dependencies -DoutputDirectory=new > log 2>&1 && mv new lib); } || \
	  { echo 'hadoop-test: skipped: Maven cannot bring Hadoop'; exit 0; }; \
	tests/hadoop.py $(B)/copydesk build/hadoop/lib

# Below a Slurm of one node, which the test brings up and takes down; root and Debian's slurm-wlm, else it is skipped.
slurm-test: all
	@command -v slurmctld > /dev/null && command -v slurmd > /dev/null && command -v munged > /dev/null && [ "$$(id -u)" = 0 ] || \
	  { echo 'slurm-test: skipped: no slurm-wlm, or not root'; exit 0; }; tests/slurm $(B)/copydesk

# Bodies as Markdown, read back by a renderer of a Python of its own.
markdown-test: all
	@[ -d build/renderer/bin ] || { python3 -m venv build/renderer && build/renderer/bin/pip install -q markdown-it-py; }
	@COPYDESK=$(B)/copydesk build/renderer/bin/python tests/markdown.t

# The same pages in every container, WARC by warcio in a Python of its own; PAGES=DIR for pages of yours.
same-test: all
	@[ -x build/warcio/bin/python ] && build/warcio/bin/python -c 'import warcio' 2> /dev/null || { python3 -m venv build/warcio && build/warcio/bin/pip install -q warcio; } > /dev/null 2>&1 || \
	  { echo 'same-test: skipped: warcio cannot be had from PyPI'; exit 0; }; build/warcio/bin/python tests/same.py $(B)/copydesk $(PAGES)

# What `make test` does on fewer pages: 5,000 pages in mixed containers at -j1, -j2 and -j7, and 20 kills, each resumed.
slow: all
	@PAGES=5000 KILLS=20 COPYDESK=$(B)/copydesk prove -v --norc tests/dumps.t

# Beside other extractors on the same labelled pages, in a Python of their own. PAGES=N and TOOLS=NAME,... do less
# and only print; a full run rewrites the tables of README.md. TOOLS are those of tests/bench-peers.
WHOLE = $(if $(TOOLS)$(filter-out file,$(origin PAGES)),,whole)
bench-peers: all
	@tests/bench-peers $(B) $(CORPUS) $(if $(WHOLE),--readme README.md) \
	  $(if $(filter file,$(origin PAGES)),,--pages $(PAGES)) $(if $(TOOLS),--tools $(TOOLS))

# The labelled pages as text by html2text, Beautiful Soup, w3m, elinks and links, whose text the model has not learned from.
bench-renderers: all
	@tests/bench-renderers $(B) $(CORPUS) $(if $(filter file,$(origin PAGES)),,--pages $(PAGES))

bench: all
	@tests/bench $(B) $(CORPUS)

install: all shared
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/include \
	  $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/copydesk
	install -m 755 $(B)/copydesk $(DESTDIR)$(PREFIX)/bin/copydesk
	install -m 644 $(B)/libcopydesk.a $(DESTDIR)$(PREFIX)/lib/libcopydesk.a
	install -m 755 $(B)/libcopydesk.so.$(VERSION) $(DESTDIR)$(PREFIX)/lib/libcopydesk.so.$(VERSION)
	ln -sf libcopydesk.so.$(VERSION) $(DESTDIR)$(PREFIX)/lib/libcopydesk.so.$(SO_VERSION)
	ln -sf libcopydesk.so.$(SO_VERSION) $(DESTDIR)$(PREFIX)/lib/libcopydesk.so
	install -m 644 include/copydesk.h $(DESTDIR)$(PREFIX)/include/copydesk.h
	install -m 644 data/record.schema.json data/explain.schema.json $(DESTDIR)$(PREFIX)/share/copydesk/
	install -m 644 data/copydesk.1 $(DESTDIR)$(PREFIX)/share/man/man1/copydesk.1
	install -m 644 data/completions/copydesk.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/copydesk
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' -e 's|@LIBS@|$(LIBS)|' data/copydesk.pc.in > $(B)/copydesk.pc
	install -m 644 $(B)/copydesk.pc $(DESTDIR)$(PREFIX)/lib/pkgconfig/copydesk.pc

uninstall:
	rm -rf $(DESTDIR)$(PREFIX)/share/copydesk
	rm -f $(DESTDIR)$(PREFIX)/bin/copydesk $(DESTDIR)$(PREFIX)/lib/libcopydesk.a \
	  $(DESTDIR)$(PREFIX)/lib/libcopydesk.so $(DESTDIR)$(PREFIX)/lib/libcopydesk.so.$(SO_VERSION) \
	  $(DESTDIR)$(PREFIX)/lib/libcopydesk.so.$(VERSION) \
	  $(DESTDIR)$(PREFIX)/include/copydesk.h $(DESTDIR)$(PREFIX)/share/man/man1/copydesk.1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions/copydesk $(DESTDIR)$(PREFIX)/lib/pkgconfig/copydesk.pc

help:
	@echo 'make            build/copydesk and build/libcopydesk.a'
	@echo 'make deps       install the Debian packages that are missing'
	@echo 'make demo       deps, build, records of a few sample pages, and one page explained'
	@echo 'make test       deps, build, every test; the last line counts them'
	@echo 'make asan       the tests under the address and undefined behaviour sanitizers'
	@echo 'make valgrind   the tests under valgrind'
	@echo 'make fuzz       pages cut, changed and nested at random, under the sanitizers; PAGES=DIR CUTS=N MUTATIONS=N'
	@echo 'make lint       the rules of the house; cppcheck where installed'
	@echo 'make slow       -j1 = -j2 = -j7 on 5,000 pages in mixed containers, and 20 kills, each resumed'
	@echo 'make same-test  the same pages in every container, WARC by warcio out of PyPI; PAGES=DIR'
	@echo 'make markdown-test   bodies as Markdown, read back by markdown-it-py out of PyPI'
	@echo 'make bench      speed and memory beside wc -w and grep -cE, and of HTML beside resiliparse; CORPUS=DIR'
	@echo 'make bench-peers  body, fields, speed and memory beside other extractors, from PyPI; CORPUS=DIR PAGES=N TOOLS=NAME,...'
	@echo 'make bench-renderers  accuracy on text by programs that the model has not learned from; CORPUS=DIR PAGES=N'
	@echo 'make spark-test copydesk below Apache Spark; needs Java and PyPI, else it is skipped'
	@echo 'make hadoop-test  the recipes for Hadoop Streaming in its local mode; needs Java and Maven, else it is skipped'
	@echo 'make slurm-test   the job for a Slurm array on a Slurm of one node; needs root and slurm-wlm, else it is skipped'
	@echo 'make train      learn data/model/*.model anew (train-text, train-html: one of them); CORPUS=DIR'
	@echo 'make accept     rewrite tests/golden/*.json and tests/golden-explain/ from data/samples/'
	@echo 'make install    to PREFIX (default /usr/local) below DESTDIR; make uninstall takes it away'
	@echo 'make clean      remove build/'
	@echo 'Variables: CC CFLAGS LDFLAGS PREFIX DESTDIR CORPUS; CI=1 makes warnings errors; B=DIR builds in DIR'

clean:
	rm -rf $(B)

.PHONY: all shared units deps demo run-demo test slow same-test markdown-test accept asan fuzz valgrind lint train train-ready train-text train-html bench bench-peers bench-renderers spark-test hadoop-test slurm-test install uninstall help clean
-include $(OBJECTS:.o=.d) $(B)/main.d $(UNITS:=.d)
