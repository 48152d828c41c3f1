/* explain_json.c -- what explain.c prints, for programs. In: a finished page. Out: one JSON object, keys always in the order of
 * data/explain.schema.json. Every block of the page is there, and its parts are its whole text: what they keep and what they
 * strike out is together the input, word for word. */
#include "output/account.h"
#include "output/json.h"
#include "output/origin.h"
#include "output/output.h"
#include "output/state.h"

typedef struct writer {
    cd_buf            *out;
    const cd_page     *page;
    const cd_accounts *all;
    bool               first; /* nothing stands in the object or list yet */
    cd_status          st;    /* the first failure; nothing is printed after it */
} writer;

static void put(writer *w, const char *text)
{
    if (w->st == CD_OK) w->st = cd_buf_add(w->out, cd_span_of(text));
}

/* A comma in front of all but the first, then what opens an object or list. */
static void begin(writer *w, const char *what)
{
    if (!w->first) put(w, ",");
    put(w, what);
    w->first = true;
}

static void end(writer *w, const char *what)
{
    put(w, what);
    w->first = false;
}

static void put_key(writer *w, const char *key)
{
    put(w, w->first ? "\"" : ",\"");
    put(w, key);
    put(w, "\":");
    w->first = false;
}

static void begin_at(writer *w, const char *key, const char *what)
{
    put_key(w, key);
    put(w, what);
    w->first = true;
}

static void put_text_at(writer *w, const char *key, cd_span text)
{
    put_key(w, key);
    if (w->st == CD_OK) w->st = cd_json_text(w->page, text, w->out);
}

static void put_name_at(writer *w, const char *key, const char *text) { put_text_at(w, key, cd_span_of(text)); }

static void put_number_at(writer *w, const char *key, double number)
{
    put_key(w, key);
    if (w->st == CD_OK) w->st = cd_json_number(number, w->out);
}

static void put_bool_at(writer *w, const char *key, bool is)
{
    put_key(w, key);
    put(w, is ? "true" : "false");
}

/* A block's number, or null where there is none. */
static void put_block_at(writer *w, const char *key, size_t block)
{
    if (block < w->page->nblocks) put_number_at(w, key, (double)block);
    else put_name_at(w, key, NULL);
}

static void put_marks(writer *w)
{
    begin_at(w, "undone", "[");
    for (unsigned m = 0; m < CD_MARKS_COUNT; m++) {
        if (!(w->page->shape.marks & CD_BIT(m))) continue;
        begin(w, "\"");
        put(w, cd_text_mark_name(m));
        end(w, "\"");
    }
    end(w, "]");
}

/* ---- the model ------------------------------------------------------------------------------------------------------- */

static void put_signs_at(writer *w, const char *key, const cd_sign *signs, size_t n)
{
    begin_at(w, key, "[");
    for (size_t i = 0; i < n; i++) {
        begin(w, "{");
        put_name_at(w, "text", signs[i].words);
        put_number_at(w, "weight", signs[i].weight / 1000.0);
        end(w, "}");
    }
    end(w, "]");
}

static void put_candidates(writer *w)
{
    const cd_judgements *judged = w->page->judged;
    begin_at(w, "headline_candidates", "[");
    for (size_t r = 0; judged && r < judged->nrivals; r++) {
        const cd_judgement *j = &judged->rivals[r];
        begin(w, "{");
        put_block_at(w, "block", j->block);
        put_bool_at(w, "taken", j->block == judged->taken);
        put_number_at(w, "score", (double)j->own / 1000.0);
        put_number_at(w, "needs", (double)judged->least / 1000.0);
        put_signs_at(w, "for", j->pro, j->npro);
        put_signs_at(w, "against", j->con, j->ncon);
        end(w, "}");
    }
    end(w, "]");
}

static void put_model(writer *w, const cd_judgement *j)
{
    if (!j) {
        put_name_at(w, "model", NULL);
        return;
    }
    begin_at(w, "model", "{");
    put_number_at(w, "score", (double)(j->own + j->pull) / 1000.0);
    put_number_at(w, "itself", (double)j->own / 1000.0);
    put_number_at(w, "neighbours", (double)j->pull / 1000.0);
    put_signs_at(w, "for", j->pro, j->npro);
    put_signs_at(w, "against", j->con, j->ncon);
    end(w, "}");
}

/* ---- blocks ---------------------------------------------------------------------------------------------------------- */

static void put_parts(writer *w, const cd_block *b, const cd_account *a)
{
    cd_piece piece;
    begin_at(w, "parts", "[");
    for (size_t at = 0; cd_piece_next(b, &at, &piece);) {
        begin(w, "{");
        put_text_at(w, "text", piece.text);
        put_bool_at(w, "kept", a->kept && !piece.cut);
        put_name_at(w, "rule", piece.cut ? piece.cut->rule->name : NULL);
        end(w, "}");
    }
    end(w, "]");
}

static void put_hits(writer *w, const cd_block *b)
{
    begin_at(w, "hits", "[");
    for (const cd_hit *h = b->hits; h; h = h->next) {
        begin(w, "{");
        put_name_at(w, "rule", h->rule->name);
        put_name_at(w, "action", cd_action_name(h->rule->action));
        put_name_at(w, "family", cd_role_name(h->rule->family));
        put_name_at(w, "field", h->rule->action == CD_ACTION_TAKE ? cd_role_name(h->field) : NULL);
        put_text_at(w, "value", h->rule->action == CD_ACTION_TAKE ? h->value : (cd_span){NULL, 0});
        end(w, "}");
    }
    end(w, "]");
}

static void put_keys(writer *w, unsigned keys)
{
    begin_at(w, "fields", "[");
    for (unsigned k = 0; k < CD_ACCOUNT_COUNT; k++) {
        if (!(keys >> k & 1)) continue;
        begin(w, "\"");
        put(w, cd_account_key_name((cd_account_key)k));
        end(w, "\"");
    }
    end(w, "]");
}

/* Text has lines, markup has a path; the other is null. */
static void put_origin(writer *w, const cd_block *b)
{
    cd_buf path = {0};
    if (cd_origin_has_lines(b)) {
        begin_at(w, "lines", "[");
        if (w->st == CD_OK) w->st = cd_buf_format(w->out, "%lu,%lu", (unsigned long)b->line, (unsigned long)b->line_to);
        end(w, "]");
    } else {
        put_name_at(w, "lines", NULL);
        if (w->st == CD_OK) w->st = cd_origin_path(w->page, b, &path);
    }
    put_text_at(w, "path", cd_buf_span(&path));
    cd_buf_free(&path);
}

static void put_block(writer *w, size_t i)
{
    const cd_block   *b = &w->page->blocks[i];
    const cd_account *a = &w->all->blocks[i];
    begin(w, "{");
    put_number_at(w, "block", (double)i);
    put_origin(w, b);
    put_text_at(w, "text", b->text);
    put_name_at(w, "role", cd_role_name(b->role));
    put_bool_at(w, "kept", a->kept);
    put_name_at(w, "decided_by", cd_decider_name(a->by));
    put_name_at(w, "rule", a->rule ? a->rule->name : NULL);
    put_name_at(w, "why", a->why);
    put_block_at(w, "opened_by", a->opened);
    put_keys(w, a->keys);
    put_model(w, a->judged);
    put_parts(w, b, a);
    put_hits(w, b);
    end(w, "}");
}

/* ---- the page -------------------------------------------------------------------------------------------------------- */

static void put_input(writer *w, const cd_page *page)
{
    cd_span name = page->name;
    if (w->st == CD_OK) w->st = cd_valid_name(page, &name);
    put_name_at(w, "schema", CD_EXPLAIN_SCHEMA);
    if (name.len) put_text_at(w, "input", name);
    else put_key(w, "input"), put(w, "\"\""); /* a path given as '' */
    if (page->record < 0) put_name_at(w, "record", NULL);
    else put_number_at(w, "record", (double)page->record);
    put_name_at(w, "status", cd_state_name(page->state));
    put_name_at(w, "reason", page->reason);
    put_text_at(w, "url", page->url);
    put_name_at(w, "encoding", page->encoding);
    if (page->shape.wrap) put_number_at(w, "wrapped_at", (double)page->shape.wrap);
    else put_name_at(w, "wrapped_at", NULL);
    put_bool_at(w, "markdown", page->shape.markdown);
    put_marks(w);
    put_number_at(w, "replaced", (double)page->replaced);
    put_name_at(w, "language", page->language);
    put_number_at(w, "words", (double)page->fields.words);
    if (page->confidence == CD_NOT_KNOWN) put_name_at(w, "confidence", NULL);
    else put_number_at(w, "confidence", page->confidence / 100.0);
}

/* The statement of the page that a value was taken from. */
static void put_stated(writer *w, const cd_meta *m)
{
    if (!m) {
        put_name_at(w, "stated", NULL);
        return;
    }
    begin_at(w, "stated", "{");
    put_name_at(w, "origin", cd_meta_origin_name(m->origin));
    put_text_at(w, "key", m->key);
    put_text_at(w, "text", m->value);
    put_block_at(w, "block", m->block);
    end(w, "}");
}

static void put_values(writer *w)
{
    begin_at(w, "values", "[");
    for (size_t i = 0; i < w->all->nvalues; i++) {
        const cd_account_value *v = &w->all->values[i];
        begin(w, "{");
        put_name_at(w, "field", cd_account_key_name(v->key));
        put_name_at(w, "what", v->label);
        put_text_at(w, "text", v->text);
        put_block_at(w, "block", v->block);
        put_stated(w, v->stated);
        end(w, "}");
    }
    end(w, "]");
}

cd_status cd_output_explain_json(const cd_page *page, unsigned flags, cd_buf *out, cd_error *err)
{
    cd_accounts all;
    writer      w = {.out = out, .page = page, .all = &all, .first = true};
    size_t      before = out->len;
    bool        tall = flags & CD_PRETTY; /* a block a line */
    CD_TRY(cd_accounts_of(page, &all, err));
    begin(&w, "{");
    put_input(&w, page);
    put_values(&w);
    put_candidates(&w);
    begin_at(&w, "blocks", "[");
    for (size_t i = 0; i < page->nblocks; i++) {
        if (tall) {
            put(&w, i ? ",\n" : "\n");
            w.first = true;
        }
        put_block(&w, i);
    }
    end(&w, tall ? "\n]" : "]");
    end(&w, "}\n");
    if (w.st == CD_OK) return CD_OK;
    out->len = before;
    return cd_fail_memory(err);
}
