# Makefile of copydesk. Objects and all that is generated lie in build/.
#   make            build/copydesk and build/libcopydesk.a
#   make demo       installs what is missing, builds, runs the main job on data/samples/
#   make test       the same, then every test; the last line counts them
#   make help       all targets

PREFIX  ?= /usr/local
DESTDIR ?=
B       := build
VERSION := $(shell sed -n 's/^.define CD_VERSION "\(.*\)"/\1/p' include/copydesk.h)

CC       ?= cc
CSTD     := -std=c11 -D_XOPEN_SOURCE=700 -D_FILE_OFFSET_BITS=64
WARN     := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes $(if $(CI),-Werror)
CFLAGS   ?= -O2 -g
PACKAGES := libpcre2-8 libcjson libutf8proc uchardet
LIBS      = $(shell pkg-config --libs $(PACKAGES)) -pthread
CPPLIBS   = $(shell pkg-config --cflags $(PACKAGES))

SOURCES := $(filter-out src/main.c,$(wildcard src/*/*.c))
SOURCES := $(filter-out src/embed/%,$(SOURCES))
OBJECTS := $(SOURCES:src/%.c=$(B)/%.o)
RULES   := $(sort $(wildcard data/rules/*.rules data/rules/sites/*.rules))
TABLES  := $(sort $(wildcard data/tables/*.tsv))

all: $(B)/copydesk

$(B)/copydesk: $(B)/main.o $(B)/libcopydesk.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/libcopydesk.a: $(OBJECTS) $(B)/data_rules.o $(B)/data_tables.o
	rm -f $@ && $(AR) rcs $@ $^

$(B)/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CSTD) $(WARN) $(CFLAGS) $(CPPFLAGS) -Isrc -Iinclude $(CPPLIBS) -MMD -MP -c -o $@ $<

# data/ becomes C at build time: build/embed is a host program
$(B)/embed: src/embed/embed.c
	@mkdir -p $(@D)
	$(CC) $(CSTD) $(WARN) -O1 -o $@ $<

$(B)/data_rules.c: $(B)/embed $(RULES) Makefile
	$(B)/embed cd_data_rules $(RULES) > $@.new && mv $@.new $@

$(B)/data_tables.c: $(B)/embed $(TABLES) Makefile
	$(B)/embed cd_data_tables $(TABLES) > $@.new && mv $@.new $@

$(B)/data_%.o: $(B)/data_%.c
	$(CC) $(CSTD) $(WARN) $(CFLAGS) -Isrc -Iinclude -c -o $@ $<

clean:
	rm -rf $(B)

.PHONY: all clean
-include $(OBJECTS:.o=.d) $(B)/main.d
