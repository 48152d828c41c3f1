/* rawjson.c -- looks into a line of JSON without building anything. In: a line that cJSON has found valid, and a key. Out: where its value
 * stands. cJSON keeps numbers as floating point, which would change the last digits of many an id; and it ends a string at a NUL. */
#include "input/rawjson.h"

/* --- mending ----------------------------------------------------------------------------------------------------------- */

/* The number of an escape's four digits, or -1. */
static long hex4(const char *p)
{
    long n = 0;
    for (int i = 0; i < 4; i++) {
        unsigned lower = (unsigned char)p[i] | 0x20u;
        if (p[i] >= '0' && p[i] <= '9') n = n * 16 + (p[i] - '0');
        else if (lower >= 'a' && lower <= 'f') n = n * 16 + (long)(lower - 'a') + 10;
        else return -1;
    }
    return n;
}

/* Looks at the escape of a "u" and four digits at `p`, mends it, and gives its bytes, or those of the pair that it begins. */
static size_t mend_escape(char *p, size_t left)
{
    long unit = left >= 6 ? hex4(p + 2) : -1;
    if (unit < 0) return 2; /* the parser will complain */
    bool high = unit >= 0xD800 && unit < 0xDC00, low = unit >= 0xDC00 && unit < 0xE000;
    if (high && left >= 12 && p[6] == '\\' && p[7] == 'u') {
        long next = hex4(p + 8);
        if (next >= 0xDC00 && next < 0xE000) return 12;
    }
    if (unit == 0 || high || low) memcpy(p + 2, "fffd", 4);
    return 6;
}

size_t cd_json_prepare(char *line, size_t len)
{
    size_t values = 1;
    bool   string = false;
    for (size_t i = 0; i < len;) {
        i += strcspn(line + i, string ? "\"\\" : "\",[{");
        char c = line[i];
        if (c == '\0') break;
        if (c == '"') string = !string;
        else if (!string) values++;
        i += string && c == '\\' ? (line[i + 1] == 'u' ? mend_escape(line + i, len - i) : 2) : 1;
    }
    return values;
}

/* --- finding ----------------------------------------------------------------------------------------------------------- */

/* Takes the string at the front of *s, with its quotes: to the first quote behind an even number of backslashes. */
static cd_span take_string(cd_span *s)
{
    size_t n = 1;
    while (n < s->len) {
        const char *quote = memchr(s->ptr + n, '"', s->len - n);
        size_t      at = quote ? (size_t)(quote - s->ptr) : s->len, slashes = 0;
        while (slashes + n < at && s->ptr[at - 1 - slashes] == '\\') slashes++;
        n = at < s->len ? at + 1 : at;
        if (slashes % 2 == 0) break;
    }
    cd_span string = cd_span_sub(*s, 0, n < s->len ? n : s->len);
    *s = cd_span_sub(*s, string.len, s->len);
    return string;
}

/* Takes the value at the front of *s: brackets are counted, not followed. */
static cd_span take_value(cd_span *s)
{
    cd_span whole = *s;
    size_t  depth = 0;
    do {
        char c = s->len ? s->ptr[0] : '\0';
        if (s->len == 0) break;
        if (c == '"') {
            (void)take_string(s);
            continue;
        }
        if (c == '{' || c == '[') depth++;
        if (c == '}' || c == ']' || c == ',') {
            if (depth == 0) break;
            if (c != ',') depth--;
        }
        *s = cd_span_sub(*s, 1, s->len);
    } while (depth || (s->len && whole.ptr[0] != '{' && whole.ptr[0] != '[' && whole.ptr[0] != '"'));
    return cd_span_trim(cd_span_sub(whole, 0, whole.len - s->len));
}

size_t cd_json_depth(cd_span line)
{
    size_t depth = 0, most = 0;
    while (line.len) {
        char c = line.ptr[0];
        if (c == '"') {
            (void)take_string(&line);
            continue;
        }
        if (c == '{' || c == '[') depth++;
        if ((c == '}' || c == ']') && depth) depth--;
        if (depth > most) most = depth;
        line = cd_span_sub(line, 1, line.len);
    }
    return most;
}

/* The value of `key` in `object`, looking no deeper. */
static bool find_key(cd_span object, cd_span key, cd_span *value)
{
    cd_span s = cd_span_trim(object);
    if (s.len == 0 || s.ptr[0] != '{') return false;
    do {
        s = cd_span_trim(cd_span_sub(s, 1, s.len)); /* the brace, or a comma */
        if (s.len == 0 || s.ptr[0] != '"') return false;
        cd_span name = take_string(&s);
        s = cd_span_trim(s);
        if (s.len == 0) return false;
        s = cd_span_trim(cd_span_sub(s, 1, s.len)); /* the colon */
        *value = take_value(&s);
        if (name.len >= 2 && cd_span_is(cd_span_sub(name, 1, name.len - 1), key)) return true;
        s = cd_span_trim(s);
    } while (s.len && s.ptr[0] == ',');
    return false;
}

bool cd_json_find(cd_span object, cd_span path, cd_span *value)
{
    *value = object;
    while (!find_key(*value, path, value)) {
        size_t dot = cd_span_find(path, CD_SPAN("."));
        if (dot == path.len || !find_key(object, cd_span_sub(path, 0, dot), &object)) return false;
        *value = object;
        path = cd_span_sub(path, dot + 1, path.len);
    }
    return true;
}

/* --- copying ----------------------------------------------------------------------------------------------------------- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Whether `s` is a number as JSON defines it; cJSON takes some that are none, such as 007. */
static bool is_number(cd_span s)
{
    size_t i = s.len && s.ptr[0] == '-' ? 1 : 0, from = i;
    while (i < s.len && is_digit(s.ptr[i])) i++;
    if (i == from || (s.ptr[from] == '0' && i - from > 1)) return false;
    if (i < s.len && s.ptr[i] == '.') {
        for (from = ++i; i < s.len && is_digit(s.ptr[i]);) i++;
        if (i == from) return false;
    }
    if (i < s.len && (s.ptr[i] == 'e' || s.ptr[i] == 'E')) {
        i++;
        if (i < s.len && (s.ptr[i] == '+' || s.ptr[i] == '-')) i++;
        for (from = i; i < s.len && is_digit(s.ptr[i]);) i++;
        if (i == from) return false;
    }
    return i == s.len;
}

static cd_status copy_string(cd_buf *out, cd_span string)
{
    for (size_t i = 0; i < string.len; i++) {
        unsigned char c = (unsigned char)string.ptr[i];
        if (c < 0x20) CD_TRY(cd_buf_format(out, "\\u%04x", c));
        else CD_TRY(cd_buf_char(out, (char)c));
    }
    return CD_OK;
}

cd_status cd_json_copy(cd_buf *out, cd_span value)
{
    while (value.len) {
        char   c = value.ptr[0];
        size_t n = 1;
        if (c == '"') {
            CD_TRY(copy_string(out, take_string(&value)));
            continue;
        }
        if (c == '-' || is_digit(c)) {
            while (n < value.len && (is_digit(value.ptr[n]) || strchr("+-.eE", value.ptr[n]))) n++;
            cd_span number = cd_span_sub(value, 0, n);
            CD_TRY(cd_buf_add(out, is_number(number) ? number : CD_SPAN("null")));
        } else if (!cd_is_blank(c)) {
            CD_TRY(cd_buf_char(out, c));
        }
        value = cd_span_sub(value, n, value.len);
    }
    return CD_OK;
}
