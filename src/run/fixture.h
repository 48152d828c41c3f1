/* fixture.h -- inside run/: which fixtures there are, and what stands in a fixture's name.args. */
#ifndef CD_RUN_FIXTURE_H
#define CD_RUN_FIXTURE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/span.h"
#include "base/status.h"

/* A page and what belongs to it, or what is left where a page has gone. Strings live in the list's arena. */
typedef struct cd_fixture {
    const char *page;     /* path; NULL: an orphan, files of a page that is not there */
    const char *expected; /* path of name.json, also where it is not there yet; NULL: an orphan without one */
    const char *args;     /* path of name.args; NULL: there is none */
    const char *fault;    /* why this is no fixture, or NULL */
} cd_fixture;

typedef struct cd_fixture_list {
    cd_arena   *arena;
    cd_fixture *at;
    size_t      n, cap;
} cd_fixture_list;

/* Finds the fixtures of `paths`: of a folder all below it, in byte order; else the one that the path names, by its page, by one of its
 * other files, or without any ending. Hidden files and links to folders are passed over. A path that names none is a fixture with a
 * fault. CD_ENOMEM is the only failure; the list is freed by the caller in any case. */
CD_MUST_USE cd_status cd_fixture_list_find(cd_fixture_list *list, const char *const *paths, size_t npaths);
void                  cd_fixture_list_free(cd_fixture_list *list);

/* What name.args says; empty where it says nothing. */
typedef struct cd_sidecar {
    cd_buf url, encoding, now;
} cd_sidecar;

/* Reads `path` into *sidecar, whose old contents go. CD_EINPUT: it cannot be read, or a line is wrong, and `err` says which. */
CD_MUST_USE cd_status cd_sidecar_read(const char *path, cd_sidecar *sidecar, cd_error *err);
void                  cd_sidecar_clear(cd_sidecar *sidecar);
void                  cd_sidecar_free(cd_sidecar *sidecar);

#endif
