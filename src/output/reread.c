/* reread.c -- records read back. In: the bytes of an expected file. Out: its keys and values in order, each value also as compact JSON,
 * by which values are compared; and, for `update --only-field`, a mixture of two records in the layout that json.c prints. cJSON reads
 * and writes every value; what stands between the values is printed here as json.c prints it. */
#include "output/reread.h"

#include "base/utf8_strict.h"
#include "output/layout.h"

#include <cjson/cJSON.h>
#include <limits.h>
#include <stdint.h>

/* --- reading ---------------------------------------------------------------------------------------------------------- */

bool cd_text_is_utf8(cd_span text)
{
    for (cd_rune r; text.len;) {
        size_t n = cd_utf8_strict(text.ptr, text.len, &r);
        if (r == CD_RUNE_BAD) return false;
        text = cd_span_sub(text, n, text.len);
    }
    return true;
}

static size_t line_of(cd_span json, const char *at)
{
    size_t line = 1;
    for (const char *p = json.ptr; p < at; p++) line += *p == '\n';
    return line;
}

/* A value as compact JSON, in the arena; ptr NULL: no memory. */
static cd_span print_compact(cd_arena *arena, const cJSON *node, const char *name)
{
    cd_span copy = {NULL, 0};
    cd_buf  text = {0};
    char   *json = cJSON_PrintUnformatted(node);
    bool    fine = json && (!name || (cd_json_quote(cd_span_of(name), &text) == CD_OK && cd_buf_add(&text, CD_SPAN(": ")) == CD_OK))
             && cd_buf_add(&text, cd_span_of(json)) == CD_OK;
    if (fine) copy = cd_arena_copy(arena, cd_buf_span(&text));
    cJSON_free(json);
    cd_buf_free(&text);
    return copy;
}

static size_t count(const cJSON *node)
{
    size_t n = 0;
    for (const cJSON *c = node->child; c; c = c->next) n++;
    return n;
}

static cd_status take_value(cd_arena *arena, const cJSON *node, cd_reread_value *v)
{
    *v = (cd_reread_value){.key = cd_span_of(node->string), .node = node, .many = cJSON_IsArray(node) || cJSON_IsObject(node)};
    v->json = print_compact(arena, node, NULL);
    if (!v->json.ptr) return CD_ENOMEM;
    if (cJSON_IsString(node)) v->text = cd_span_of(node->valuestring);
    if (!v->many) return CD_OK;
    v->items = cd_arena_array(arena, count(node) + 1, sizeof *v->items);
    if (!v->items) return CD_ENOMEM;
    for (const cJSON *c = node->child; c; c = c->next) {
        v->items[v->nitems] = print_compact(arena, c, c->string);
        if (!v->items[v->nitems++].ptr) return CD_ENOMEM;
    }
    return CD_OK;
}

static cd_status take_record(cd_arena *arena, const cJSON *node, cd_reread_record *record, cd_error *err)
{
    if (!cJSON_IsObject(node)) return cd_fail(err, CD_EINPUT, "is JSON, but neither a record nor a list of records");
    record->at = cd_arena_array(arena, count(node) + 1, sizeof *record->at);
    if (!record->at) return cd_fail_memory(err);
    for (const cJSON *c = node->child; c; c = c->next)
        if (take_value(arena, c, &record->at[record->n++]) != CD_OK) return cd_fail_memory(err);
    return CD_OK;
}

cd_status cd_reread(cd_span json, cd_arena *arena, cd_rereads *records, cd_error *err)
{
    const char *end = NULL;
    *records = (cd_rereads){0};
    if (!cd_text_is_utf8(json)) return cd_fail(err, CD_EINPUT, "is not UTF-8");
    records->tree = cJSON_ParseWithLengthOpts(json.ptr ? json.ptr : "", json.len, &end, false);
    if (!records->tree) return cd_fail(err, CD_EINPUT, "line %zu is no JSON", json.len ? line_of(json, end) : 1);
    if (!cd_span_is_blank((cd_span){end, json.len - (size_t)(end - json.ptr)}))
        return cd_fail(err, CD_EINPUT, "line %zu: more follows the end of the JSON", line_of(json, end) + 1);
    records->list = cJSON_IsArray(records->tree);
    size_t n = records->list ? count(records->tree) : 1;
    records->at = cd_arena_array(arena, n + 1, sizeof *records->at);
    if (!records->at) return cd_fail_memory(err);
    const cJSON *node = records->list ? records->tree->child : records->tree;
    for (; records->n < n; node = node->next) CD_TRY(take_record(arena, node, &records->at[records->n++], err));
    return CD_OK;
}

void cd_rereads_free(cd_rereads *records)
{
    cJSON_Delete(records->tree);
    *records = (cd_rereads){0};
}

const cd_reread_value *cd_reread_find(const cd_reread_record *record, cd_span key)
{
    for (size_t i = 0; i < record->n; i++)
        if (cd_span_is(record->at[i].key, key)) return &record->at[i];
    return NULL;
}

/* --- writing ---------------------------------------------------------------------------------------------------------- */

/* A record on its way out; the first failure stays, and nothing follows it. */
typedef struct writer {
    cd_buf   *out;
    cd_status st;
} writer;

static void put(writer *w, cd_span text)
{
    if (w->st == CD_OK) w->st = cd_buf_add(w->out, text);
}

cd_status cd_json_quote(cd_span text, cd_buf *out)
{
    cd_buf    valid = {0};
    cd_status st = CD_OK;
    for (cd_rune r; text.len && st == CD_OK;) {
        size_t n = cd_utf8_strict(text.ptr, text.len, &r);
        st = cd_buf_add(&valid, r == CD_RUNE_BAD ? CD_SPAN("\xEF\xBF\xBD") : cd_span_sub(text, 0, n));
        text = cd_span_sub(text, n, text.len);
    }
    cJSON item = {.type = cJSON_String, .valuestring = valid.ptr ? valid.ptr : (char *)(uintptr_t) ""};
    char *json = st == CD_OK ? cJSON_PrintUnformatted(&item) : NULL;
    if (st == CD_OK) st = json ? cd_buf_add(out, cd_span_of(json)) : CD_ENOMEM;
    cJSON_free(json);
    cd_buf_free(&valid);
    return st;
}

static void put_node(writer *w, const cJSON *node)
{
    char *json = w->st == CD_OK ? cJSON_PrintUnformatted(node) : NULL;
    if (json) put(w, cd_span_of(json));
    else w->st = CD_ENOMEM;
    cJSON_free(json);
}

static void put_name(writer *w, const char *name)
{
    if (w->st == CD_OK) w->st = cd_json_quote(cd_span_of(name), w->out);
    put(w, CD_SPAN(": "));
}

/* An object on one line. */
static void put_object(writer *w, const cJSON *node)
{
    put(w, CD_SPAN("{"));
    for (const cJSON *c = node->child; c; c = c->next) {
        if (c != node->child) put(w, CD_SPAN(", "));
        put_name(w, c->string);
        put_node(w, c);
    }
    put(w, CD_SPAN("}"));
}

/* A list: objects one a line; all else on one line, or one a line where that would be a long one. */
static void put_list(writer *w, const cJSON *node)
{
    size_t columns = CD_PRETTY_FRAME + strlen(node->string);
    bool   tall = false;
    for (const cJSON *c = node->child; c; c = c->next) {
        if (cJSON_IsObject(c)) tall = true;
        if (cJSON_IsString(c)) columns = cd_list_columns(columns, cd_span_of(c->valuestring));
    }
    tall = tall || columns > CD_PRETTY_COLUMNS;
    put(w, CD_SPAN("["));
    for (const cJSON *c = node->child; c; c = c->next) {
        if (c != node->child) put(w, tall ? CD_SPAN(",") : CD_SPAN(", "));
        if (tall) put(w, CD_SPAN("\n    "));
        if (cJSON_IsObject(c)) put_object(w, c);
        else put_node(w, c);
    }
    put(w, tall ? CD_SPAN("\n  ]") : CD_SPAN("]"));
}

static void put_key(writer *w, const cJSON *node, bool *first)
{
    put(w, *first ? CD_SPAN("{\n  ") : CD_SPAN(",\n  "));
    *first = false;
    put_name(w, node->string);
    if (cJSON_IsArray(node)) put_list(w, node);
    else if (cJSON_IsObject(node)) put_object(w, node);
    else put_node(w, node);
}

/* One record: the keys of `old` in their order, with the taken ones of `new`. */
static void put_merged(writer *w, const cd_reread_record *old, const cd_reread_record *new, bool (*taken)(const void *, cd_span),
                       const void *context)
{
    bool   first = true;
    size_t next = 0; /* keys of `new` up to here are done */
    for (size_t i = 0; i < old->n; i++) {
        const cd_reread_value *o = &old->at[i], *n = cd_reread_find(new, o->key);
        for (; n && next < (size_t)(n - new->at); next++)
            if (!cd_reread_find(old, new->at[next].key) && taken(context, new->at[next].key)) put_key(w, new->at[next].node, &first);
        if (!taken(context, o->key)) put_key(w, o->node, &first);
        else if (n) put_key(w, n->node, &first);
    }
    for (; next < new->n; next++)
        if (!cd_reread_find(old, new->at[next].key) && taken(context, new->at[next].key)) put_key(w, new->at[next].node, &first);
    put(w, first ? CD_SPAN("{\n}\n") : CD_SPAN("\n}\n"));
}

cd_status cd_reread_merge(const cd_rereads *old, const cd_rereads *new, bool (*taken)(const void *context, cd_span key),
                          const void *context, cd_buf *out)
{
    writer w = {out, CD_OK};
    if (new->list) put(&w, new->n ? CD_SPAN("[\n") : CD_SPAN("[]\n"));
    for (size_t i = 0; i < new->n; i++) {
        if (i) {
            if (w.st == CD_OK) out->len--; /* the comma stands at the end of the record's last line */
            put(&w, CD_SPAN(",\n"));
        }
        put_merged(&w, &old->at[i], &new->at[i], taken, context);
    }
    if (new->list && new->n) put(&w, CD_SPAN("]\n"));
    return w.st;
}
