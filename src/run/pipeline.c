/* pipeline.c -- takes ONE page through all rooms, in their order, and is the library's front door (copydesk.h). In: an
 * item's bytes. Out: the page's record or its explanation. A page that fails in a room becomes a record with status
 * `error` and that room's reason; only want of memory goes up to the caller. */
#include "base/hash.h"
#include "base/limits.h"
#include "decode/decode.h"
#include "fields/fields.h"
#include "output/output.h"
#include "output/value.h"
#include "page/meta.h"
#include "rules/rules.h"
#include "run/models.h"
#include "run/work.h"
#include "tagger/tagger.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

struct cd_desk {
    cd_rules  *rules;
    cd_models *models;
    cd_buf     now; /* empty: none */
    size_t     max_page_bytes;
    uint64_t   page_steps; /* 0: any */
    bool       markdown, links;
};

struct cd_reader {
    const cd_desk *desk;
    cd_matcher    *matcher;
    cd_arena      *arena;
    uint64_t       hash_key; /* of its pages */
    cd_page        page;
    bool           has_page; /* for cd_reader_field() and its kin: page and values are those of the last one */
    cd_value      *values[CD_KEY_COUNT];
    cd_buf         out, warnings;
};

/* What one page leaves in a reader's buffers for the next: more than this is given back to the system. */
enum { KEPT_BUFFER = 1024 * 1024 };

/* Steps (cd_page_spend) that a block costs by itself, beside its bytes: measuring it, and its place in the model's path. */
enum { BLOCK_STEPS = 100 };

const char *cd_version(void) { return CD_VERSION; }

const struct cd_page *cd_reader_page(const cd_reader *reader) { return reader->has_page ? &reader->page : NULL; }
cd_buf               *cd_reader_out(cd_reader *reader) { return &reader->out; }
const cd_value       *cd_reader_values(const cd_reader *reader, cd_key key) { return reader->values[key]; }

const struct cd_rules *cd_desk_rules(const cd_desk *desk) { return desk->rules; }

static cd_status load_rules(cd_rules *rules, const cd_desk_options *options, cd_error *err)
{
    if (options->home) CD_TRY(cd_rules_add_home(rules, options->home, err));
    for (size_t i = 0; i < options->nrules; i++) CD_TRY(cd_rules_add_path(rules, options->rules[i], err));
    if (!options->no_default) CD_TRY(cd_rules_add_built_in(rules, err));
    for (size_t i = 0; i < options->noff; i++) CD_TRY(cd_rules_disable(rules, options->off[i], err));
    return cd_rules_compile(rules, err);
}

static cd_status set_now(cd_desk *desk, const char *now, cd_error *err)
{
    cd_instant instant;
    if (!now) return CD_OK;
    if (!cd_instant_read(cd_span_of(now), &instant))
        return cd_fail(err, CD_EUSAGE, "'%s' is no time: write it as 2025-04-11 or 2025-04-11T16:40+05:00", now);
    return cd_buf_add(&desk->now, cd_span_of(now)) == CD_OK ? CD_OK : cd_fail_memory(err);
}

cd_status cd_desk_open(const cd_desk_options *options, cd_desk **desk, cd_error *err)
{
    static const cd_desk_options none = {0};
    if (!options) options = &none;
    cd_desk *d = calloc(1, sizeof *d);
    if (!d) return cd_fail_memory(err);
    d->max_page_bytes = options->max_page_bytes && options->max_page_bytes < CD_LIMIT_PAGE_BYTES ? options->max_page_bytes : CD_LIMIT_PAGE_BYTES;
    d->page_steps = options->page_steps;
    d->markdown = options->body_format == CD_BODY_MARKDOWN;
    d->links = d->markdown && options->body_links;
    cd_status st = set_now(d, options->now, err);
    if (st == CD_OK) st = cd_rules_new(&d->rules, err);
    if (st == CD_OK) st = load_rules(d->rules, options, err);
    if (st == CD_OK) st = cd_models_open(options->model, &d->models, err);
    if (st != CD_OK) {
        cd_desk_close(d);
        return st;
    }
    *desk = d;
    return CD_OK;
}

void cd_desk_close(cd_desk *desk)
{
    if (!desk) return;
    cd_rules_free(desk->rules);
    cd_models_free(desk->models);
    cd_buf_free(&desk->now);
    free(desk);
}

cd_status cd_reader_open(const cd_desk *desk, cd_reader **reader, cd_error *err)
{
    cd_reader *r = calloc(1, sizeof *r);
    if (!r) return cd_fail_memory(err);
    r->desk = desk;
    r->arena = cd_arena_new();
    r->hash_key = cd_hash_key();
    cd_status st = r->arena ? cd_matcher_new(desk->rules, &r->matcher, err) : cd_fail_memory(err);
    if (st != CD_OK) {
        cd_reader_close(r);
        return st;
    }
    *reader = r;
    return CD_OK;
}

void cd_reader_close(cd_reader *reader)
{
    if (!reader) return;
    cd_matcher_free(reader->matcher);
    cd_arena_free(reader->arena);
    cd_buf_free(&reader->out);
    cd_buf_free(&reader->warnings);
    free(reader);
}

/* The rooms, in the order in which a page walks through them. */
static cd_status walk(cd_reader *reader, const cd_input *in, cd_page *page, cd_error *err)
{
    if (in->failure) return cd_fail_page(err, CD_EINPUT, in->reason ? in->reason : "unreadable", "%s", in->failure);
    if (in->reason) {
        page->state = CD_STATE_EMPTY;
        page->reason = in->reason;
        return CD_OK;
    }
    size_t most = reader->desk->max_page_bytes;
    if (in->size > most)
        return cd_fail_page(err, CD_ELIMIT, "too_large", "page of %zu bytes is over %s, %zu", in->size,
                            most < CD_LIMIT_PAGE_BYTES ? "--max-page-bytes" : "the limit CD_LIMIT_PAGE_BYTES", most);
    CD_TRY(cd_page_spend(page, in->size, err));
    CD_TRY(cd_decode(page, (cd_span){in->bytes, in->size}, in->encoding, err));
    if (page->format == CD_FORMAT_AUTO) page->format = cd_decode_is_html(page->text) ? CD_FORMAT_HTML : CD_FORMAT_TEXT;
    CD_TRY(page->format == CD_FORMAT_HTML ? cd_page_parse(page, err) : cd_page_split(page, err));
    CD_TRY(cd_page_spend(page, page->nblocks * BLOCK_STEPS, err));
    CD_TRY(cd_page_measure(page, err));
    cd_page_weigh_elements(page);
    CD_TRY(cd_meta_settle(page, err));
    CD_TRY(cd_page_settle_base(page, err));
    CD_TRY(cd_rules_mark(reader->desk->rules, reader->matcher, page, err));
    const cd_model *model;
    CD_TRY(cd_models_need(reader->desk->models, page->format == CD_FORMAT_HTML, &model, err));
    CD_TRY(cd_tagger_run(page, model, err));
    return cd_fields_fill(page, err);
}

/* A page that failed: nothing of it is kept but what the input said. */
static void fail_page(cd_page *page, const cd_error *err)
{
    *page = (cd_page){.arena = page->arena, .name = page->name, .record = page->record, .url = page->url, .id = page->id, .kept = page->kept,
                      .warnings = page->warnings, .confidence = CD_NOT_KNOWN, .fields = {.free = CD_NOT_KNOWN}, .state = CD_STATE_ERROR, .reason = err->reason ? err->reason : "unreadable"};
    cd_page_warn(page, "%s", err->text);
}

static cd_status read_page(cd_reader *reader, const cd_input *in, cd_page *page, cd_error *err)
{
    reader->has_page = false;
    cd_arena_reset(reader->arena);
    cd_buf_clear(&reader->out, KEPT_BUFFER);
    cd_buf_clear(&reader->warnings, KEPT_BUFFER);
    *page = (cd_page){.arena = reader->arena, .name = cd_span_of(in->name), .record = in->record, .url = cd_span_of(in->url), .format = in->format,
                      .id = cd_span_of(in->id), .kept = cd_span_of(in->kept),
                      .now = reader->desk->now.len ? cd_buf_span(&reader->desk->now) : cd_span_of(in->now), .warnings = &reader->warnings,
                      .confidence = CD_NOT_KNOWN, .fields = {.free = CD_NOT_KNOWN}, .steps_max = reader->desk->page_steps,
                      .wants_structure = reader->desk->markdown, .wants_links = reader->desk->links, .hash_key = reader->hash_key};
    cd_error  page_err = {0};
    cd_status st = walk(reader, in, page, &page_err);
    if (st == CD_ENOMEM) return cd_fail_memory(err);
    if (st != CD_OK) fail_page(page, &page_err);
    return CD_OK;
}

static void give(const cd_reader *reader, const cd_page *page, cd_text *text)
{
    *text = (cd_text){reader->out.ptr, reader->out.len, page->state, reader->warnings.ptr ? reader->warnings.ptr : ""};
}

cd_status cd_reader_json_with(cd_reader *reader, const cd_input *input, unsigned flags, const cd_extra *extra, cd_text *json, cd_error *err)
{
    cd_page page;
    CD_TRY(read_page(reader, input, &page, err));
    CD_TRY(cd_output_json(&page, flags, &reader->out, err));
    if (extra->counts) cd_counts_page(extra->counts, &page);
    if (extra->digest) cd_digest_make(extra->digest, page.fields.body, extra->near);
    give(reader, &page, json);
    return CD_OK;
}

cd_status cd_reader_json(cd_reader *reader, const cd_input *input, unsigned flags, cd_text *json, cd_error *err)
{
    return cd_reader_json_with(reader, input, flags, &(cd_extra){.counts = NULL}, json, err);
}

/* One page as a whole HTML page, or its section alone. */
static cd_status explain_html(const cd_page *page, bool part, cd_buf *out, cd_error *err)
{
    if (!part) CD_TRY(cd_output_html_begin(1, CD_SPAN(""), out, err));
    CD_TRY(cd_output_explain_html(page, out, err));
    return part ? CD_OK : cd_output_html_end(out, err);
}

cd_status cd_reader_explain(cd_reader *reader, const cd_input *input, unsigned flags, cd_text *text, cd_error *err)
{
    cd_page page;
    bool    part = flags & CD_EXPLAIN_HTML_PART;
    CD_TRY(read_page(reader, input, &page, err));
    const cd_model *model;
    CD_TRY(cd_models_need(reader->desk->models, page.format == CD_FORMAT_HTML, &model, err));
    CD_TRY(cd_tagger_explain(&page, model, err));
    if (part || flags & CD_EXPLAIN_HTML) CD_TRY(explain_html(&page, part, &reader->out, err));
    else if (flags & CD_EXPLAIN_JSON) CD_TRY(cd_output_explain_json(&page, flags, &reader->out, err));
    else CD_TRY(cd_output_explain(&page, flags, &reader->out, err));
    give(reader, &page, text);
    return CD_OK;
}

cd_status cd_reader_plain(cd_reader *reader, const cd_input *input, cd_text *text, cd_error *err)
{
    cd_page page;
    CD_TRY(read_page(reader, input, &page, err));
    CD_TRY(cd_output_plain(&page, &reader->out, err));
    give(reader, &page, text);
    return CD_OK;
}

cd_status cd_reader_features(cd_reader *reader, const cd_input *input, cd_text *text, cd_error *err)
{
    cd_page page;
    CD_TRY(read_page(reader, input, &page, err));
    CD_TRY(cd_output_features(&page, &reader->out, err));
    give(reader, &page, text);
    return CD_OK;
}

cd_status cd_reader_read(cd_reader *reader, const cd_input *input, cd_error *err)
{
    CD_TRY(read_page(reader, input, &reader->page, err));
    CD_TRY(cd_output_copy_values(&reader->page, reader->values, err));
    reader->has_page = true;
    return CD_OK;
}

cd_status cd_reader_record(cd_reader *reader, unsigned flags, cd_text *json, cd_error *err)
{
    if (!reader->has_page) return cd_fail(err, CD_EUSAGE, "no page has been read");
    cd_buf_clear(&reader->out, KEPT_BUFFER);
    CD_TRY(cd_output_json(&reader->page, flags, &reader->out, err));
    give(reader, &reader->page, json);
    return CD_OK;
}
