/* container.c -- opens whatever is packed, as far as it goes. In: a file that does not look like a page. Out: its pages, one after the
 * other, numbered through.
 *
 * A file is a stream. What is packed gives another stream; an archive, a WARC or a JSON Lines file becomes a layer on a small stack,
 * whose members are streams again; anything else is a page. Nothing is held but one window a layer and the page itself, so the memory
 * is that of the largest page. */
#include "input/container.h"

#include "base/limits.h"
#include "input/archive.h"
#include "input/jsonl.h"
#include "input/keep.h"
#include "input/sniff.h"
#include "input/unpack.h"
#include "input/warc.h"

#include <stdio.h>
#include <stdlib.h>

/* One of `archive`, `warc` and `jsonl` is set. */
typedef struct layer {
    cd_stream  *stream;
    cd_archive *archive;
    cd_warc    *warc;
    cd_jsonl   *jsonl;
    cd_buf      path; /* of the member at hand */
} layer;

struct cd_container {
    const cd_input_options *options;
    cd_buf     name;
    layer      layers[CD_LIMIT_CONTAINERS];
    size_t     n;
    cd_stream *next;   /* to be looked at: the file itself, or a member */
    int        fd;     /* of the file, where it can be read at any place and has not been looked at; else -1 */
    long long  size;
    long long  record; /* items given by layers */
    bool       layered; /* there was a layer: the file is a container */
    bool       lines;   /* the file is JSON Lines: without a line it has no record, as a filter of lines must */
    bool       told;    /* the last item has told of damage: what it does to the containers around is no news */
};

bool cd_container_may_be(cd_span head, const cd_input_options *options)
{
    return options->format >= CD_INPUT_JSONL || cd_sniff(head) != CD_PLAIN;
}

static void close_layer(layer *l)
{
    cd_archive_close(l->archive);
    cd_warc_close(l->warc);
    cd_jsonl_close(l->jsonl);
    cd_stream_close(l->stream);
    cd_buf_free(&l->path);
    *l = (layer){0};
}

void cd_container_close(cd_container *c)
{
    if (!c) return;
    cd_stream_close(c->next);
    while (c->n) close_layer(&c->layers[--c->n]);
    cd_buf_free(&c->name);
    free(c);
}

cd_status cd_container_open(const cd_container_file *file, const cd_input_options *options, cd_container **container)
{
    cd_container *c = calloc(1, sizeof *c);
    cd_status     st = c ? cd_buf_add(&c->name, cd_span_of(file->name)) : CD_ENOMEM;
    if (st == CD_OK) st = cd_stream_of_file(file->fd, file->owned, file->head, &c->next);
    if (st != CD_OK) {
        cd_container_close(c);
        return st;
    }
    c->options = options;
    c->fd = file->seeks ? file->fd : -1;
    c->size = file->size;
    *container = c;
    return CD_OK;
}

/* --- items ------------------------------------------------------------------------------------------------------------- */

static cd_status begin_item(const cd_container *c, cd_item *item)
{
    CD_TRY(cd_item_begin(item, c->name.ptr));
    for (size_t i = 0; i < c->n; i++)
        if (c->layers[i].archive) item->member = &c->layers[i].path; /* the innermost one */
    return CD_OK;
}

/* Numbers an item that a layer gave, and says for messages where it stands: the paths of the archives' members, one inside the
 * other, then `unit` and `number`. */
static cd_status place(cd_container *c, cd_item *item, const char *unit, unsigned long long number)
{
    item->record = c->layered ? c->record++ : -1;
    CD_TRY(cd_buf_add(&item->label, strcmp(c->name.ptr, "-") == 0 ? CD_SPAN("standard input") : cd_buf_span(&c->name)));
    for (size_t i = 0; i < c->n; i++)
        if (c->layers[i].path.len) CD_TRY(cd_buf_format(&item->label, ": %s", c->layers[i].path.ptr));
    return unit ? cd_buf_format(&item->label, ": %s %llu", unit, number) : CD_OK;
}

/* What an archive says of its member. */
static cd_status keep_path(const cd_container *c, cd_item *item)
{
    if (c->n == 0 || !c->layers[c->n - 1].archive) return CD_OK;
    return cd_keep(item, c->options, NULL, NULL);
}

/* An item that says why a member, or the file itself, gives no page. */
static cd_status refuse(cd_container *c, cd_item *item, const char *reason, const char *why)
{
    CD_TRY(begin_item(c, item));
    CD_TRY(place(c, item, NULL, 0));
    CD_TRY(keep_path(c, item));
    return cd_item_without(item, reason, why);
}

/* --- streams ------------------------------------------------------------------------------------------------------------ */

static void drop_next(cd_container *c)
{
    cd_stream_close(c->next);
    c->next = NULL;
    c->fd = -1;
}

/* Unpacks c->next until it is no longer packed; *packing is what it is then. CD_ELIMIT: there is no end to it. */
static cd_status unpack_next(cd_container *c, cd_packing *packing)
{
    cd_span seen;
    for (size_t i = 0;; i++) {
        CD_TRY(cd_stream_peek(c->next, 1, &seen));
        if (!cd_sniff_is_enough(seen, c->options->format == CD_INPUT_JSONL)) CD_TRY(cd_stream_peek(c->next, CD_SNIFF_BYTES, &seen));
        *packing = cd_sniff(seen);
        if (*packing != CD_GZIPPED && *packing != CD_PACKED) return CD_OK;
        if (i == CD_LIMIT_PACKINGS) return CD_ELIMIT;
        CD_TRY(*packing == CD_GZIPPED ? cd_inflate(c->next, CD_GZIP, &c->next) : cd_unpack(c->next, &c->next));
        c->fd = -1;
        c->size = -1;
    }
}

static cd_status tell_damage(cd_container *c, cd_item *item, const char *reason, const char *why)
{
    c->told = true;
    return cd_item_without(item, reason, why);
}

/* c->next is a page. */
static cd_status take_page(cd_container *c, cd_item *item)
{
    CD_TRY(begin_item(c, item));
    CD_TRY(place(c, item, NULL, 0));
    CD_TRY(keep_path(c, item));
    cd_status st = cd_stream_read(c->next, CD_LIMIT_PAGE_BYTES, &item->bytes);
    if (st == CD_ELIMIT) st = cd_item_too_large(item, c->n ? -1 : c->size);
    else if (st == CD_OK && c->next->reason) st = tell_damage(c, item, c->next->reason, c->next->why);
    drop_next(c);
    return st;
}

/* Makes a layer of c->next. CD_END: it is on the stack, and no item came of it. */
static cd_status push_layer(cd_container *c, cd_packing packing, cd_item *item)
{
    if (c->n == CD_LIMIT_CONTAINERS) {
        cd_status st = refuse(c, item, "nested", "more containers inside one another than the limit CD_LIMIT_CONTAINERS");
        drop_next(c);
        return st;
    }
    layer    *l = &c->layers[c->n];
    cd_status st = packing == CD_WARC    ? cd_warc_open(c->next, c->options, &l->warc)
                   : packing == CD_BRACE ? cd_jsonl_open(c->next, c->options, &l->jsonl)
                                         : cd_archive_open(c->next, c->fd, packing == CD_ZIP, &l->archive);
    CD_TRY(st);
    l->stream = c->next;
    c->lines = c->lines || (l->jsonl && c->n == 0);
    c->next = NULL;
    c->fd = -1;
    c->n++;
    c->layered = true;
    return CD_END;
}

/* Whether what begins with a brace is JSON Lines. */
static cd_status is_jsonl(cd_container *c, bool *is)
{
    cd_jsonl *j = NULL;
    CD_TRY(cd_jsonl_open(c->next, c->options, &j));
    cd_status st = cd_jsonl_is(j, is);
    cd_jsonl_close(j);
    return st;
}

/* Looks at c->next. CD_OK: an item came of it; CD_END: it is a layer now. */
static cd_status look_at_next(cd_container *c, cd_item *item)
{
    cd_packing packing;
    bool       lines = c->options->format == CD_INPUT_JSONL;
    cd_status  st = unpack_next(c, &packing);
    if (st == CD_ELIMIT) {
        st = refuse(c, item, "nested", "packed more often than the limit CD_LIMIT_PACKINGS");
        drop_next(c);
        return st;
    }
    CD_TRY(st);
    if (packing == CD_OFFICE) {
        st = refuse(c, item, "not_text", "not text but an Office document, an e-book or a Java archive");
        drop_next(c);
        return st;
    }
    if (packing == CD_TAR || packing == CD_ZIP) return push_layer(c, packing, item);
    if ((packing == CD_WARC && !lines) || c->options->format == CD_INPUT_WARC) return push_layer(c, CD_WARC, item);
    if (packing == CD_BRACE && c->options->format == CD_INPUT_AUTO) CD_TRY(is_jsonl(c, &lines));
    return lines ? push_layer(c, CD_BRACE, item) : take_page(c, item);
}

/* --- layers ------------------------------------------------------------------------------------------------------------- */

/* The top layer has ended; an item says so where that is too early. CD_END: it is not. */
static cd_status pop_layer(cd_container *c, cd_item *item, const char *reason, const char *why)
{
    layer *l = &c->layers[c->n - 1];
    cd_buf_clear(&l->path, 0);
    if (!reason && l->stream->reason) reason = l->stream->reason, why = l->stream->why;
    cd_status st = CD_END;
    if (reason && !c->told) {
        st = begin_item(c, item);
        if (st == CD_OK) st = place(c, item, NULL, 0);
        if (st == CD_OK) st = tell_damage(c, item, reason, why);
    }
    close_layer(l);
    c->n--;
    return st;
}

/* A member of the archive on top becomes c->next, or an item says why not. CD_END: neither, the archive has ended. */
static cd_status step_archive(cd_container *c, cd_item *item)
{
    layer      *l = &c->layers[c->n - 1];
    cd_span     path;
    const char *reason, *why = "";
    cd_status   st = cd_archive_next(l->archive, &path, &c->next, &reason, &why);
    if (st == CD_END) return pop_layer(c, item, reason, why);
    c->told = false;
    cd_buf_clear(&l->path, 0);
    CD_TRY(cd_buf_add(&l->path, path));
    if (st == CD_OK) return CD_END;
    c->next = NULL;
    return refuse(c, item, reason, why);
}

static cd_status step_warc(cd_container *c, cd_item *item)
{
    unsigned long long number;
    const char        *why;
    CD_TRY(begin_item(c, item));
    cd_status st = cd_warc_next(c->layers[c->n - 1].warc, item, &number, &why);
    if (st == CD_END) return pop_layer(c, item, why ? "damaged_archive" : NULL, why);
    CD_TRY(st);
    return place(c, item, "record", number);
}

static cd_status step_jsonl(cd_container *c, cd_item *item)
{
    unsigned long long line;
    CD_TRY(begin_item(c, item));
    cd_status st = cd_jsonl_next(c->layers[c->n - 1].jsonl, item, &line);
    if (st == CD_END) return pop_layer(c, item, NULL, NULL);
    CD_TRY(st);
    return place(c, item, "line", line);
}

static cd_status step(cd_container *c, cd_item *item)
{
    const layer *top = c->n ? &c->layers[c->n - 1] : NULL;
    if (c->next) return look_at_next(c, item);
    return top->archive ? step_archive(c, item) : top->warc ? step_warc(c, item) : step_jsonl(c, item);
}

int cd_container_waits_for(const cd_container *c)
{
    if (c->next || c->n != 1 || !c->layers[0].jsonl) return -1;
    const cd_stream *s = c->layers[0].stream;
    bool             line = s->ended || (s->window.len > s->at && memchr(s->window.ptr + s->at, '\n', s->window.len - s->at));
    return line ? -1 : cd_stream_descriptor(s);
}

cd_status cd_container_next(cd_container *c, cd_item *item)
{
    while (c->next || c->n) {
        cd_status st = step(c, item);
        if (st != CD_END) return st;
    }
    if (!c->layered || c->lines || c->record) return CD_END;
    c->layered = false; /* the item is about the file, and the last */
    return refuse(c, item, "no_pages", "");
}
