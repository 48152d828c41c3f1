/* json.c -- the record as JSON. In: a finished page. Out: one object, keys always in the order of data/record.schema.json.
 *
 * The braces, keys and commas stand here, and what JSON takes as it is: plain text and digits. Escapes and fractions are written by
 * cJSON one at a time, so that no tree is built and nothing is allocated for a value but the buffer's own growth. The program's door to cJSON's writer. */
#include "output/json.h"

#include "base/utf8_strict.h"
#include "output/output.h"
#include "output/layout.h"
#include "output/state.h"
#include "output/value.h"

#include <cjson/cJSON.h>
#include <limits.h>
#include <stdint.h>

/* The record on its way out. The first failure stays in `st`, and what comes after it does nothing. */
typedef struct writer {
    cd_buf        *out;
    const cd_page *page;
    bool           pretty;
    bool           first; /* no key yet */
    cd_status      st;
} writer;

static void put_span(writer *w, cd_span text)
{
    if (w->st == CD_OK) w->st = cd_buf_add(w->out, text);
}

static void put(writer *w, const char *text) { put_span(w, cd_span_of(text)); }

/* How many of the text's first bytes JSON takes as they are: none is a quote, a backslash or a control (RFC 8259, section 7). */
static size_t plain_length(cd_span text)
{
    for (size_t i = 0; i < text.len; i += 8) {
        uint64_t eight = cd_eight(text.ptr + i, text.len - i);
        uint64_t others = cd_eight_between(eight, 0, 0x1F) | cd_eight_between(eight, '"', '"') | cd_eight_between(eight, '\\', '\\');
        size_t   n = i + (others ? (size_t)__builtin_ctzll(others) / 8 : 8);
        if (others || n >= text.len) return n < text.len ? n : text.len;
    }
    return 0;
}

/* One character as cJSON escapes it: its string without the quotes. */
static void put_escape(writer *w, char c)
{
    char   text[] = {c, '\0'};
    cJSON  item = {.type = cJSON_String, .valuestring = text};
    char   escaped[32];
    if (cJSON_PrintPreallocated(&item, escaped, sizeof escaped, false)) put_span(w, (cd_span){escaped + 1, strlen(escaped) - 2});
    else w->st = CD_ENOMEM;
}

/* A string or, where the page does not state it, null. An empty one would say that something was stated. */
static void put_text(writer *w, cd_span text)
{
    if (!text.ptr || text.len == 0) {
        put(w, "null");
        return;
    }
    put(w, "\"");
    while (text.len && w->st == CD_OK) {
        size_t plain = plain_length(text);
        put_span(w, cd_span_sub(text, 0, plain));
        if (plain < text.len) put_escape(w, text.ptr[plain++]);
        text = cd_span_sub(text, plain, text.len);
    }
    put(w, "\"");
}

cd_status cd_output_json_string(cd_span text, cd_buf *out)
{
    cd_arena *arena = cd_arena_new();
    cd_page   page = {.arena = arena};
    writer    w = {.out = out, .page = &page, .st = arena ? CD_OK : CD_ENOMEM};
    if (arena && text.ptr && text.len == 0) put(&w, "\"\"");
    else if (arena) put_text(&w, text);
    cd_arena_free(arena);
    return w.st;
}

static void put_digits(writer *w, uint32_t number)
{
    char   digits[10];
    size_t at = sizeof digits;
    do digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    put_span(w, (cd_span){digits + at, sizeof digits - at});
}

/* Counts, as most are, are digits; cJSON writes the others, and reads each again to see whether it is written well. */
static void put_number(writer *w, double number)
{
    if (number >= 0 && number <= UINT32_MAX && number == (double)(uint32_t)number) {
        put_digits(w, (uint32_t)number);
        return;
    }
    cJSON item = {.type = cJSON_Number, .valuedouble = number, .valueint = (int)(number > INT_MAX ? INT_MAX : number)};
    char  text[64];
    if (cJSON_PrintPreallocated(&item, text, sizeof text, false)) put(w, text);
    else w->st = CD_ENOMEM;
}

static void put_key(writer *w, const char *key)
{
    if (!w->first) put(w, ",");
    else if (w->st == CD_OK) w->st = cd_buf_add(w->out, (cd_span){"{}", 1}); /* the first of the pair: braces are even in this file's functions */
    put(w, w->pretty ? "\n  \"" : "\"");
    put(w, key);
    put(w, w->pretty ? "\": " : "\":");
    w->first = false;
}

static void put_text_at(writer *w, const char *key, cd_span text)
{
    put_key(w, key);
    put_text(w, text);
}

static void put_number_at(writer *w, const char *key, double number)
{
    put_key(w, key);
    put_number(w, number);
}

/* Strings on one line, or one a line where that would be a long one. */
static void put_list_at(writer *w, const char *key, cd_spans list)
{
    size_t columns = CD_PRETTY_FRAME + strlen(key);
    for (size_t i = 0; i < list.n; i++) columns = cd_list_columns(columns, list.at[i]);
    bool tall = w->pretty && columns > CD_PRETTY_COLUMNS;
    put_key(w, key);
    put(w, "[");
    for (size_t i = 0; i < list.n; i++) {
        if (i) put(w, w->pretty && !tall ? ", " : ",");
        if (tall) put(w, "\n    ");
        put_text(w, list.at[i]);
    }
    put(w, tall ? "\n  ]" : "]");
}

static void put_captions(writer *w, const cd_fields *f)
{
    put_key(w, "captions");
    put(w, "[");
    for (size_t i = 0; i < f->ncaptions; i++) {
        if (i) put(w, ",");
        if (w->pretty) put(w, "\n    ");
        put(w, "{");
        put(w, w->pretty ? "\"text\": " : "\"text\":");
        put_text(w, f->captions[i].text);
        put(w, w->pretty ? ", \"credit\": " : ",\"credit\":");
        put_text(w, f->captions[i].credit);
        put(w, "}");
    }
    put(w, w->pretty && f->ncaptions ? "\n  ]" : "]");
}

/* What is left out of the record, by family: blocks, and what cutting rules strike out of the blocks that stay. */
void cd_output_count_removed(const cd_page *page, size_t counts[CD_ROLE_COUNT])
{
    for (size_t i = 0; i < page->nblocks; i++) {
        const cd_block *b = &page->blocks[i];
        counts[b->role]++;
        if (!cd_role_is_kept(b->role)) continue;
        for (const cd_hit *h = b->hits; h; h = h->next)
            if (h->rule->action == CD_ACTION_CUT) counts[h->rule->family]++;
    }
}

static void put_removed(writer *w)
{
    size_t counts[CD_ROLE_COUNT] = {0}, n = 0;
    cd_output_count_removed(w->page, counts);
    put_key(w, "removed");
    put(w, "{");
    for (size_t role = 0; role < CD_ROLE_COUNT; role++) {
        if (counts[role] == 0 || cd_role_is_kept((cd_role)role)) continue;
        put(w, n++ == 0 ? "\"" : w->pretty ? ", \"" : ",\"");
        put(w, cd_role_name((cd_role)role));
        put(w, w->pretty ? "\": " : "\":");
        put_number(w, (double)counts[role]);
    }
    put(w, "}");
}

static cd_span valid_name(writer *w, cd_span name)
{
    cd_buf  valid = {0};
    cd_span copy = {NULL, 0};
    while (name.len && w->st == CD_OK) {
        cd_rune r;
        size_t  n = cd_utf8_strict(name.ptr, name.len, &r);
        w->st = cd_buf_add(&valid, r == CD_RUNE_BAD ? CD_SPAN("\xEF\xBF\xBD") : cd_span_sub(name, 0, n));
        name = cd_span_sub(name, n, name.len);
    }
    if (w->st == CD_OK) copy = cd_arena_copy(w->page->arena, cd_buf_span(&valid));
    if (!copy.ptr) w->st = CD_ENOMEM;
    cd_buf_free(&valid);
    return copy;
}

/* JSON that the input brought along; a key that not every record has. */
static void put_raw_at(writer *w, const char *key, cd_span json)
{
    if (!json.len) return;
    put_key(w, key);
    cd_span valid = valid_name(w, json);
    if (w->st == CD_OK) w->st = cd_buf_add(w->out, valid);
}

/* A path; the one string that may be empty: a path given as ''. */
static void put_name(writer *w, cd_span name)
{
    if (name.len) put_text(w, valid_name(w, name));
    else put(w, "\"\"");
}

static void put_record(writer *w, long long record)
{
    if (record < 0) put_text_at(w, "record", (cd_span){NULL, 0});
    else put_number_at(w, "record", (double)record);
}

static void put_origin(writer *w, const cd_page *page)
{
    put_text_at(w, "schema", CD_SPAN(CD_SCHEMA));
    put_key(w, "input");
    put_name(w, page->name);
    put_record(w, page->record);
}

static void put_state(writer *w, const cd_page *page)
{
    put_raw_at(w, "id", page->id);
    put_text_at(w, "status", cd_span_of(cd_state_name(page->state)));
    put_text_at(w, "reason", cd_span_of(page->reason));
    put_text_at(w, "url", page->url);
}

static void put_fields(writer *w, const cd_fields *f, const char *language)
{
    put_text_at(w, "headline", f->headline);
    put_text_at(w, "standfirst", f->standfirst);
    put_text_at(w, "date", f->date);
    put_text_at(w, "date_text", f->date_text);
    put_text_at(w, "modified", f->modified);
    put_text_at(w, "byline", f->byline);
    put_list_at(w, "authors", f->authors);
    put_text_at(w, "dateline", f->dateline);
    put_text_at(w, "source", f->source);
    put_text_at(w, "section", f->section);
    put_key(w, "free_to_read");
    put(w, f->free == CD_NOT_KNOWN ? "null" : f->free ? "true" : "false");
    put_list_at(w, "tags", f->tags);
    put_text_at(w, "language", cd_span_of(language));
    put_text_at(w, "body", f->markdown.ptr ? f->markdown : f->body);
    put_text_at(w, "image", f->image);
    put_captions(w, f);
    put_list_at(w, "notes", f->notes);
    put_number_at(w, "words", (double)f->words);
}

static void put_confidence(writer *w, int hundredths)
{
    if (hundredths == CD_NOT_KNOWN) put_text_at(w, "confidence", (cd_span){NULL, 0});
    else put_number_at(w, "confidence", hundredths / 100.0);
}

cd_status cd_output_json(const cd_page *page, unsigned flags, cd_buf *out, cd_error *err)
{
    writer w = {.out = out, .page = page, .pretty = flags & CD_PRETTY, .first = true};
    size_t before = out->len;
    put_origin(&w, page);
    put_state(&w, page);
    put_fields(&w, &page->fields, page->language);
    put_confidence(&w, page->confidence);
    put_removed(&w);
    put_raw_at(&w, "kept", page->kept);
    put(&w, w.pretty ? "\n}\n" : "}\n");
    if (w.st == CD_OK) return CD_OK;
    out->len = before;
    return cd_fail_memory(err);
}

/* ---- for explain_json.c: what stands between the values is its own ----------------------------------------------------------- */

cd_status cd_json_text(const cd_page *page, cd_span text, cd_buf *out)
{
    writer w = {.out = out, .page = page};
    put_text(&w, text);
    return w.st;
}

cd_status cd_json_number(double number, cd_buf *out)
{
    writer w = {.out = out};
    put_number(&w, number);
    return w.st;
}

cd_status cd_valid_name(const cd_page *page, cd_span *name)
{
    writer w = {.page = page};
    if (name->len) *name = valid_name(&w, *name);
    return w.st;
}

cd_status cd_output_origin(cd_arena *arena, cd_span name, long long record, cd_buf *out, cd_error *err)
{
    cd_page page = {.arena = arena, .name = name, .record = record};
    writer  w = {.out = out, .page = &page, .first = true};
    put_origin(&w, &page);
    put(&w, ",");
    return w.st == CD_OK ? CD_OK : cd_fail_memory(err);
}

cd_status cd_output_duplicate(cd_arena *arena, unsigned flags, const char *name, long long record, cd_buf *out, cd_error *err)
{
    cd_page page = {.arena = arena};
    writer  w = {.out = out, .page = &page, .pretty = flags & CD_PRETTY};
    cd_span tail = w.pretty ? CD_SPAN("\n}\n") : CD_SPAN("}\n");
    out->len -= tail.len;
    put_key(&w, "duplicate_of");
    if (name) {
        put(&w, w.pretty ? "{\"input\": " : "{\"input\":");
        put_name(&w, cd_span_of(name));
        put(&w, w.pretty ? ", \"record\": " : ",\"record\":");
        if (record < 0) put(&w, "null");
        else put_number(&w, (double)record);
        put(&w, "}");
    } else {
        put(&w, "null");
    }
    put(&w, tail.ptr);
    return w.st == CD_OK ? CD_OK : cd_fail_memory(err);
}
