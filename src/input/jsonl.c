/* jsonl.c -- JSON Lines. In: a stream. Out: a page for each line: its text or HTML, its address, the time when it was fetched. The door to
 * cJSON's parser beside page/meta.c. cJSON checks the whole line, so that a broken one is never half believed, and unpacks the strings. */
#include "input/jsonl.h"

#include "base/limits.h"
#include "input/keep.h"
#include "input/rawjson.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct cd_jsonl {
    cd_stream              *under;
    const cd_input_options *options;
    cd_buf                  line; /* the one at hand: parsed where it lies */
    unsigned long long      number;
    bool                    begun;
};

/* Keys that crawlers and published corpora use, tried in this order where the user names none. */
static const char *const text_keys[] = {"text", "raw_text", "content", NULL}, *const html_keys[] = {"html", "raw_html", NULL},
                  *const url_keys[] = {"url", "uri", NULL}, *const time_keys[] = {"fetched_at", "crawled_at", "timestamp", NULL};

cd_status cd_jsonl_open(cd_stream *under, const cd_input_options *options, cd_jsonl **jsonl)
{
    cd_jsonl *j = calloc(1, sizeof *j);
    if (!j) return CD_ENOMEM;
    j->under = under;
    j->options = options;
    *jsonl = j;
    return CD_OK;
}

void cd_jsonl_close(cd_jsonl *j)
{
    if (!j) return;
    cd_buf_free(&j->line);
    free(j);
}

/* --- values ------------------------------------------------------------------------------------------------------------ */

/* The value at the user's key, or at the first usual one that is there. */
static bool find_any(cd_span line, const char *given, const char *const *usual, cd_span *value)
{
    if (given) return cd_json_find(line, cd_span_of(given), value);
    for (; *usual; usual++)
        if (cd_json_find(line, cd_span_of(*usual), value)) return true;
    return false;
}

/* Unpacks a string into `out`; what is none leaves it empty. */
static cd_status take_string(cd_span value, cd_buf *out)
{
    if (value.len < 2 || value.ptr[0] != '"') return CD_OK;
    cJSON *string = cJSON_ParseWithLength(value.ptr, value.len);
    if (!string) return CD_ENOMEM; /* it has been parsed before, so this is the one reason left */
    cd_status st = cd_buf_add(out, cd_span_of(cJSON_GetStringValue(string)));
    cJSON_Delete(string);
    return st;
}

/* A time as a string, or as seconds or milliseconds since 1970. */
static cd_status take_time(cd_span value, cd_buf *out)
{
    enum { SECONDS_DIGITS = 11 }; /* until the year 5138; longer ones are milliseconds */
    char      text[32];
    struct tm tm;
    if (value.len == 0 || value.ptr[0] < '0' || value.ptr[0] > '9') return take_string(value, out);
    size_t digits = 0;
    while (digits < value.len && value.ptr[digits] >= '0' && value.ptr[digits] <= '9') digits++;
    if (digits < 9 || digits > 14) return CD_OK;
    long long seconds = strtoll(value.ptr, NULL, 10); /* ends at the comma or bracket behind it */
    time_t    when = (time_t)(digits > SECONDS_DIGITS ? seconds / 1000 : seconds);
    if (!gmtime_r(&when, &tm) || strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0) return CD_OK;
    return cd_buf_add(out, cd_span_of(text));
}

static bool lookup(const void *from, cd_span key, cd_buf *value, cd_status *st)
{
    const cd_span *line = from;
    cd_span        found;
    if (!cd_json_find(*line, key, &found)) return false;
    *st = cd_json_copy(value, found);
    return true;
}

static cd_status no_page(const cd_jsonl *j, cd_item *item)
{
    char        why[400];
    const char *text = j->options->text_key, *html = j->options->html_key;
    if (!text && !html) text = "text, raw_text, content", html = "html, raw_html";
    if (!html) html = text, text = NULL;
    (void)snprintf(why, sizeof why, "no page: the line has no key %.150s%s%.150s", html, text ? ", " : "", text ? text : "");
    return cd_item_without(item, "bad_line", why);
}

/* The page of a line that is valid JSON. HTML stands before text: it says more. */
static cd_status take_page(const cd_jsonl *j, cd_span line, cd_item *item)
{
    const cd_input_options *o = j->options;
    cd_span                 value;
    bool                    any = false;
    CD_TRY(cd_keep(item, o, lookup, &line));
    if (find_any(line, o->url_key, url_keys, &value)) CD_TRY(take_string(value, &item->url));
    if (find_any(line, o->time_key, time_keys, &value)) CD_TRY(take_time(value, &item->now));
    CD_TRY(cd_buf_add(&item->encoding, CD_SPAN("UTF-8")));
    if ((o->html_key || !o->text_key) && find_any(line, o->html_key, html_keys, &value)) {
        any = true;
        CD_TRY(take_string(value, &item->bytes));
        if (item->bytes.len) item->format = CD_FORMAT_HTML;
    }
    if (item->bytes.len == 0 && (o->text_key || !o->html_key) && find_any(line, o->text_key, text_keys, &value)) {
        any = true;
        CD_TRY(take_string(value, &item->bytes));
    }
    if (!any) return no_page(j, item);
    return item->bytes.len > CD_LIMIT_PAGE_BYTES ? cd_item_too_large(item, (long long)item->bytes.len) : CD_OK;
}

/* --- lines ------------------------------------------------------------------------------------------------------------- */

/* What became of the search for a line's end. */
typedef enum found { FOUND_LINE, FOUND_LONG, FOUND_END } found;

/* Looks for the line that begins `from` bytes ahead: *line is without its line feed; *used counts the bytes up to there and with it.
 * FOUND_LONG: it is longer than the limit. A last line without a line feed is one, but where the stream is damaged. */
static cd_status find_line(cd_jsonl *j, size_t from, cd_span *line, size_t *used, found *what)
{
    cd_span seen;
    for (size_t looked = from;;) {
        CD_TRY(cd_stream_peek(j->under, looked + 1, &seen));
        const char *end = memchr(seen.ptr + looked, '\n', seen.len - looked);
        *line = cd_span_sub(seen, from, end ? (size_t)(end - seen.ptr) : seen.len);
        *used = from + line->len + (end ? 1 : 0);
        *what = line->len > CD_LIMIT_JSON_LINE_BYTES ? FOUND_LONG : FOUND_LINE;
        if (end || *what == FOUND_LONG) return CD_OK;
        if (seen.len == looked) { /* nothing came: the end */
            if (line->len == 0 || j->under->reason) *what = FOUND_END;
            return CD_OK;
        }
        looked = seen.len;
    }
}

/* Uses up a line that is too long, to its line feed. */
static cd_status pass_line(cd_jsonl *j)
{
    cd_span seen;
    for (;;) {
        CD_TRY(cd_stream_peek(j->under, 1, &seen));
        const char *end = memchr(seen.ptr, '\n', seen.len);
        cd_stream_skip(j->under, end ? (size_t)(end - seen.ptr) + 1 : seen.len);
        if (end || seen.len == 0) return CD_OK;
    }
}

static const char too_deep[] = "it is nested deeper than the limit CD_LIMIT_JSON_DEPTH";

/* Checks the line at hand: NULL, or what is wrong with it. */
static const char *check(cd_jsonl *j)
{
    cd_buf *line = &j->line;
    if (memchr(line->ptr, '\0', line->len)) return "it has a NUL";
    if (cd_json_prepare(line->ptr, line->len) > CD_LIMIT_JSON_VALUES) return "it has more values than the limit CD_LIMIT_JSON_VALUES";
    cJSON *json = cJSON_ParseWithLengthOpts(line->ptr, line->len + 1, NULL, true);
    bool   object = cJSON_IsObject(json);
    cJSON_Delete(json);
    if (!json && cd_json_depth(cd_buf_span(line)) > CD_LIMIT_JSON_DEPTH) return too_deep;
    return !json ? "it is no JSON" : object ? NULL : "it is no object";
}

static cd_status set_line(cd_jsonl *j, cd_span line)
{
    cd_buf_clear(&j->line, (size_t)1024 * 1024);
    if (!j->begun && cd_span_starts(line, CD_SPAN("\xEF\xBB\xBF"))) line = cd_span_sub(line, 3, line.len);
    return cd_buf_add(&j->line, cd_span_trim(line));
}

/* Whether the line at hand has the key of a page. */
static bool has_page(const cd_jsonl *j)
{
    const cd_input_options *o = j->options;
    cd_span                 line = cd_buf_span(&j->line), value;
    if ((o->text_key || !o->html_key) && find_any(line, o->text_key, text_keys, &value)) return true;
    return (o->html_key || !o->text_key) && find_any(line, o->html_key, html_keys, &value);
}

cd_status cd_jsonl_is(cd_jsonl *j, bool *is)
{
    cd_span line;
    size_t  used, blank;
    found   what;
    *is = false;
    CD_TRY(cd_stream_peek(j->under, 1, &line));
    blank = cd_span_starts(line, CD_SPAN("\xEF\xBB\xBF")) ? 3 : 0;
    while (blank < line.len && cd_is_blank(line.ptr[blank])) blank++;
    CD_TRY(find_line(j, blank, &line, &used, &what));
    if (what != FOUND_LINE) return CD_OK;
    CD_TRY(set_line(j, line));
    if (j->line.len == 0) return CD_OK;
    const char *wrong = check(j);
    *is = (!wrong || wrong == too_deep) && has_page(j);
    return CD_OK;
}

cd_status cd_jsonl_next(cd_jsonl *j, cd_item *item, unsigned long long *number)
{
    char why[200];
    for (;;) {
        cd_span line;
        size_t  used;
        found   what;
        CD_TRY(find_line(j, 0, &line, &used, &what));
        if (what == FOUND_END) return CD_END;
        *number = ++j->number;
        if (what == FOUND_LONG) {
            (void)snprintf(why, sizeof why, "the line is over the limit CD_LIMIT_JSON_LINE_BYTES, %zu bytes", CD_LIMIT_JSON_LINE_BYTES);
            CD_TRY(pass_line(j));
            return cd_item_without(item, "too_large", why);
        }
        CD_TRY(set_line(j, line));
        j->begun = true;
        cd_stream_skip(j->under, used);
        if (j->line.len == 0) continue; /* blank lines are no lines, as in jq */
        const char *wrong = check(j);
        if (!wrong) return take_page(j, cd_buf_span(&j->line), item);
        (void)snprintf(why, sizeof why, "the line cannot be read: %s", wrong);
        return cd_item_without(item, "bad_line", why);
    }
}
