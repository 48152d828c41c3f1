/* undo.c -- a text that a program wrote down in its own way -> the text. In: page->text. Out: the same without it, in three steps, each only
 * where the whole page shows the habit:
 *     "The ferry\n\nBy Ann Lee\n"      a string of JSON or Python: its escapes become what they stand for
 *     "    12  The ferry"              cat -n, grep -n: the numbers of lines go where they count the lines of the page
 *     "> The ferry"                    a mail's quotation: its signs go where nearly all lines have them
 * What one line or a few have is the page's own. */
#include "page/undo.h"

#include "base/clean.h"
#include "base/utf8.h"

/* Line ends written as escapes that a text has at least where it does not stand in quotation marks, and for each real one. */
enum { ESCAPES = 4, ESCAPES_FOR_ONE = 4 };

/* Lines of a page that was numbered, or quoted; of its first ones, how many are looked at before the rest, and how many may be without. */
enum { LINES = 5, FIRST_LINES = 10, FIRST_WITHOUT = 2 };

/* ---- escapes -------------------------------------------------------------------------------------------------------- */

typedef struct string {
    cd_span text;  /* without quotation marks around it */
    bool    bytes; /* Python's b'...': "\xe2" is a byte of UTF-8 */
} string;

/* Whether the page is a string of code. */
static bool is_string(cd_span page, string *s)
{
    size_t  escapes = 0, ends = 0;
    cd_span text = cd_span_trim(page);
    bool    prefix = text.len > 3 && *text.ptr == 'b' && (text.ptr[1] == '\'' || text.ptr[1] == '"');
    cd_span inner = prefix ? cd_span_sub(text, 1, text.len) : text;
    char    quote = inner.len > 2 && (*inner.ptr == '"' || *inner.ptr == '\'') && inner.ptr[inner.len - 1] == *inner.ptr ? *inner.ptr : 0;
    for (size_t i = 0; i + 1 < text.len; i++) {
        ends += text.ptr[i] == '\n';
        if (text.ptr[i] == '\\') escapes += text.ptr[++i] == 'n';
    }
    *s = (string){quote ? cd_span_sub(inner, 1, inner.len - 1) : text, quote && prefix};
    return escapes >= (quote && ends == 0 ? 1 : ESCAPES) && ends * ESCAPES_FOR_ONE <= escapes;
}

/* The number of so many hexadecimal digits at `at`; false: there are others. */
static bool read_hex(cd_span text, size_t at, size_t digits, cd_rune *rune)
{
    if (at + digits > text.len) return false;
    *rune = 0;
    for (size_t i = at; i < at + digits; i++) {
        char c = text.ptr[i], lower = (char)(c | 32);
        if (c >= '0' && c <= '9') *rune = *rune * 16 + (cd_rune)(c - '0');
        else if (lower >= 'a' && lower <= 'f') *rune = *rune * 16 + (cd_rune)(lower - 'a' + 10);
        else return false;
    }
    return true;
}

size_t cd_undo_rune(cd_span text, cd_rune *rune)
{
    cd_rune      low;
    const char   letter = text.len ? *text.ptr : '\0';
    const size_t digits = letter == 'u' ? 4 : letter == 'U' ? 8 : letter == 'x' ? 2 : 0;
    if (!digits || !read_hex(text, 1, digits, rune)) return 0;
    bool pair = letter == 'u' && *rune >= 0xD800 && *rune < 0xDC00 && text.len >= 11 && text.ptr[5] == '\\' && text.ptr[6] == 'u' &&
                read_hex(text, 7, 4, &low) && low >= 0xDC00 && low < 0xE000;
    if (pair) *rune = 0x10000 + ((*rune - 0xD800) << 10) + (low - 0xDC00);
    else if (*rune > 0x10FFFF || (*rune >= 0xD800 && *rune < 0xE000)) *rune = 0xFFFD;
    return pair ? 11 : digits + 1;
}

/* Writes what an escape stands for; gives its bytes behind the backslash that `text` follows, 0: it is none. None is shorter than that. */
static size_t put_escape(char **to, cd_span text, bool bytes)
{
    static const char letters[] = "nrtbf\"'\\/", signs[] = "\n\r\t  \"'\\/";
    const char       *found = text.len ? memchr(letters, *text.ptr, sizeof letters - 1) : NULL;
    cd_rune           rune;
    if (found) {
        *(*to)++ = signs[found - letters];
        return 1;
    }
    size_t n = cd_undo_rune(text, &rune);
    if (n && bytes && *text.ptr == 'x') *(*to)++ = (char)rune;
    else if (n) *to += cd_utf8_put(*to, rune);
    return n;
}

static cd_status undo_escapes(cd_page *page, cd_error *err)
{
    string s;
    if (!page->text.len || !memchr(page->text.ptr, '\\', page->text.len) || !is_string(page->text, &s)) return CD_OK;
    char *start = cd_arena_raw(page->arena, s.text.len + 1, 1), *to = start;
    if (!start) return cd_fail_memory(err);
    for (size_t i = 0; i < s.text.len;) {
        size_t n = s.text.ptr[i] == '\\' ? put_escape(&to, cd_span_sub(s.text, i + 1, s.text.len), s.bytes) : 0;
        if (!n) *to++ = s.text.ptr[i];
        i += n + 1;
    }
    const cd_span text = {start, (size_t)(to - start)};
    page->shape.marks |= CD_BIT(CD_MARKS_ESCAPES);
    return cd_clean(page->arena, text, cd_clean_look(text), &page->text, &page->replaced) == CD_OK ? CD_OK : cd_fail_memory(err);
}

/* ---- in front of every line ----------------------------------------------------------------------------------------- */

/* The bytes of "  12: ", "12\t" or "  12  " that a line begins with, and the number; 0: there are none. */
static size_t number_bytes(cd_span line, size_t *number)
{
    size_t i = 0, from;
    while (i < line.len && line.ptr[i] == ' ') i++;
    for (from = i, *number = 0; i < line.len && i < from + 6 && line.ptr[i] >= '0' && line.ptr[i] <= '9'; i++) *number = *number * 10 + (size_t)(line.ptr[i] - '0');
    if (i == from) return 0;
    if (i == line.len) return i;
    if (line.ptr[i] == '\t') return i + 1;
    if (line.ptr[i] == ':') return i + 1 + (i + 1 < line.len && cd_is_blank(line.ptr[i + 1]));
    return line.len > i + 1 && line.ptr[i] == ' ' && line.ptr[i + 1] == ' ' ? i + 2 : 0;
}

/* The lines are numbered one by one, blank ones too or not. */
static bool is_numbered(cd_span text)
{
    cd_span line;
    size_t  number, last = 0, lines = 0;
    while (cd_span_line(&text, &line)) {
        if (cd_span_is_blank(line)) continue;
        if (!number_bytes(line, &number) || (lines && number != last + 1)) return false;
        last = number;
        lines++;
    }
    return lines >= LINES;
}

/* The bytes of the signs of a quotation in front of a line. */
static size_t quote_bytes(cd_span line)
{
    size_t to = 0;
    for (size_t i = 0; i < line.len && (line.ptr[i] == '>' || (line.ptr[i] == ' ' && to)); i++)
        if (line.ptr[i] == '>') to = i + 1;
    return to && to < line.len && line.ptr[to] == ' ' ? to + 1 : to;
}

static bool is_quoted(cd_span text)
{
    cd_span line;
    size_t  lines = 0, without = 0;
    while (cd_span_line(&text, &line)) {
        if (cd_span_is_blank(line)) continue;
        lines++;
        without += !quote_bytes(line);
        if (lines <= FIRST_LINES && without > FIRST_WITHOUT) return false;
    }
    return lines >= LINES && without * 10 <= lines;
}

static size_t number_front(cd_span line)
{
    size_t number;
    return number_bytes(line, &number);
}

/* Takes off each line what `front` finds there. */
static cd_status undo_fronts(cd_page *page, size_t (*front)(cd_span), cd_text_mark mark, cd_error *err)
{
    cd_span rest = page->text, line;
    char   *start = cd_arena_raw(page->arena, page->text.len + 1, 1), *to = start;
    if (!start) return cd_fail_memory(err);
    while (cd_span_line(&rest, &line)) {
        cd_span text = cd_span_sub(line, front(line), line.len);
        if (text.len) memcpy(to, text.ptr, text.len);
        to += text.len;
        *to++ = '\n';
    }
    page->text = (cd_span){start, (size_t)(to - start)};
    page->shape.marks |= CD_BIT(mark);
    return CD_OK;
}

cd_status cd_undo_all(cd_page *page, cd_error *err)
{
    CD_TRY(undo_escapes(page, err));
    if (is_numbered(page->text)) CD_TRY(undo_fronts(page, number_front, CD_MARKS_LINE_NUMBERS, err));
    if (is_quoted(page->text)) CD_TRY(undo_fronts(page, quote_bytes, CD_MARKS_QUOTED, err));
    return CD_OK;
}
