/* clean.c -- makes text clean once, so that no other room has to ask. In: bytes that should be UTF-8. Out: valid UTF-8 in NFC
 * with '\n' as the only line end, ' ' and '\t' as the only blanks, and no control or invisible character.
 *
 * Most pages need nothing: cd_clean_look() runs over them eight bytes at a time and they are used in place. Where something
 * must change, the text is copied run by run between the places to edit. Letters are never changed but by NFC. */
#include "base/clean.h"

#include "base/nfc.h"
#include "base/utf8_strict.h"

#include <stdint.h>

/* ASCII that stays: everything printable, line feed and tab. */
static bool is_plain(unsigned char c) { return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t'; }

/* Code points behind ASCII that do not stay as they are. */
static bool must_edit(cd_rune r)
{
    if (r < 0x300) return r <= 0xA0 || r == 0xAD;
    if (r < 0x2000) return r == 0x061C || r == 0x1680;
    if (r < 0x2070) return r <= 0x200F || (r >= 0x2028 && r <= 0x202F) || r >= 0x205F;
    return r == 0x3000 || r == 0xFEFF || (r >= 0xFFF9 && r <= 0xFFFB) || r == CD_RUNE_BAD;
}

enum { STRIDE = 32 };

/* How many bytes of STRIDE are not plain: a loop without an exit, of which the compiler makes a few vector instructions. */
static unsigned count_odd(const char *p)
{
    unsigned char odd = 0;
    for (size_t i = 0; i < STRIDE; i++) odd = (unsigned char)(odd + !is_plain((unsigned char)p[i]));
    return odd;
}

/* First byte that is not plain ASCII. */
static const char *skip_plain(const char *p, const char *end)
{
    while (end - p >= STRIDE && !count_odd(p)) p += STRIDE;
    while (p < end && is_plain((unsigned char)*p)) p++;
    return p;
}

cd_look cd_clean_look(cd_span bytes)
{
    cd_look     look = {0, false};
    const char *p = bytes.ptr, *end = bytes.ptr + bytes.len;
    while (p < end) {
        p = skip_plain(p, end);
        while (p < end && (unsigned char)*p >= 0x80) {
            cd_rune r;
            size_t  n = cd_utf8_strict(p, (size_t)(end - p), &r);
            if (must_edit(r)) goto done;
            if (r >= 0x300 && !look.marks) look.marks = cd_nfc_may_move(r);
            p += n;
        }
        if (p < end && !is_plain((unsigned char)*p)) break;
    }
done:
    look.clean = (size_t)(p - bytes.ptr);
    return look;
}

cd_census cd_clean_census(cd_span bytes)
{
    cd_census   c = {0};
    const char *p = bytes.ptr, *end = bytes.ptr + bytes.len;
    while ((p = skip_plain(p, end)) < end) {
        cd_rune r;
        size_t  n = cd_utf8_strict(p, (size_t)(end - p), &r);
        if (r == CD_RUNE_BAD || r == 0) c.grown += n < 3 ? 3 - n : 0;
        if (r == 0) c.nul++;
        else if (r != CD_RUNE_BAD) c.good += n > 1;
        else if (p + n < end || (unsigned char)*p < 0xC2) c.bad++;
        p += n;
    }
    return c;
}

/* Text on its way out. There is room for all of it: cd_clean() has counted. */
typedef struct editor {
    char  *out;
    size_t len;
    bool   front; /* nothing but blanks since the last line end */
    bool   marks;
    size_t replaced;
} editor;

static void put(editor *e, cd_span text)
{
    memcpy(e->out + e->len, text.ptr, text.len);
    e->len += text.len;
}

/* A run that stays as it is. Only its end tells whether the text now stands in front of a line. */
static void put_run(editor *e, cd_span run, bool marks)
{
    put(e, run);
    e->marks = e->marks || marks;
    for (; run.len; run.len--) {
        char c = run.ptr[run.len - 1];
        if (c != ' ' && c != '\t') {
            e->front = c == '\n';
            return;
        }
    }
}

/* Scripts whose letters change their form beside a joiner: Arabic and its relatives, the scripts of India and South-East
 * Asia, Mongolian, and the Brahmic scripts beyond the basic plane. */
static bool takes_joiners(cd_rune r)
{
    return ((r >= 0x0600 && r <= 0x0DFF) || (r >= 0x0F00 && r <= 0x109F) || (r >= 0x1780 && r <= 0x18AF) ||
            (r >= 0x1900 && r <= 0x1CFF) || (r >= 0xA800 && r <= 0xA8FF) || (r >= 0xA980 && r <= 0xAAFF) ||
            (r >= 0xABC0 && r <= 0xABFF) || (r >= 0xFB50 && r <= 0xFDFF) || (r >= 0xFE70 && r <= 0xFEFC) ||
            (r >= 0x10A00 && r <= 0x11FFF)) &&
           cd_is_letter(r);
}

/* The sign that mutes a vowel in the scripts of India; a joiner behind it shapes the letter also at the end of a word. */
static bool is_virama(cd_rune r)
{
    return r == 0x094D || r == 0x09CD || r == 0x0A4D || r == 0x0ACD || r == 0x0B4D || r == 0x0BCD || r == 0x0C4D || r == 0x0CCD ||
           r == 0x0D4D || r == 0x0DCA;
}

static bool is_emoji(cd_rune r)
{
    return (r >= 0x1F000 && r <= 0x1FAFF) || (r >= 0x2600 && r <= 0x27BF) || (r >= 0x2190 && r <= 0x21FF) ||
           (r >= 0x2B00 && r <= 0x2BFF) || (r >= 0x2300 && r <= 0x23FF);
}

/* U+200C and U+200D stay where they change what is read, between these two. */
static bool joiner_stays(const editor *e, cd_rune joiner, cd_span rest)
{
    enum { JOINER = 0x200D, EMOJI_STYLE = 0xFE0F };
    size_t  len;
    cd_rune before = cd_utf8_last((cd_span){e->out, e->len}, &len), after = 0;
    if (rest.len) cd_utf8_strict(rest.ptr, rest.len, &after);
    if (is_virama(before)) return true;
    if (joiner == JOINER && is_emoji(after)) return is_emoji(before) || before == EMOJI_STYLE;
    return takes_joiners(before) && takes_joiners(after);
}

static bool is_line_end(cd_rune r)
{
    return (r >= '\n' && r <= '\r') || r == 0x85 || r == 0x2028 || r == 0x2029; /* LF VT FF CR NEL LS PS */
}

static bool is_space(cd_rune r)
{
    return r == 0xA0 || r == 0x1680 || (r >= 0x2000 && r <= 0x200A) || r == 0x202F || r == 0x205F || r == 0x3000;
}

/* Puts what stands for the code point `r`, whose bytes are `at`; `rest` is what follows them. */
static void edit(editor *e, cd_rune r, cd_span at, cd_span rest)
{
    if (r == 0 || r == CD_RUNE_BAD) {
        put(e, CD_SPAN("\xEF\xBF\xBD"));
        e->front = false;
        e->replaced++;
    } else if (r == '\r' && rest.len && *rest.ptr == '\n') {
        return; /* the '\n' is the line end */
    } else if (is_line_end(r)) {
        put(e, CD_SPAN("\n"));
        e->front = true;
    } else if (is_space(r)) {
        put(e, r == 0x3000 && e->front ? CD_SPAN("  ") : CD_SPAN(" ")); /* an indent keeps its two columns */
    } else if ((r == 0x200C || r == 0x200D) && joiner_stays(e, r, rest)) {
        put(e, at);
    }
}

static void rewrite(editor *e, cd_span rest, cd_look look)
{
    for (;;) {
        put_run(e, cd_span_sub(rest, 0, look.clean), look.marks);
        rest = cd_span_sub(rest, look.clean, rest.len);
        if (rest.len == 0) return;
        cd_rune r;
        size_t  n = cd_utf8_strict(rest.ptr, rest.len, &r);
        cd_span at = cd_span_sub(rest, 0, n);
        rest = cd_span_sub(rest, n, rest.len);
        edit(e, r, at, rest);
        look = cd_clean_look(rest);
    }
}

cd_status cd_clean(cd_arena *arena, cd_span bytes, cd_look look, cd_span *text, size_t *replaced)
{
    *text = bytes;
    bool marks = look.marks;
    if (look.clean < bytes.len) {
        size_t grown = cd_clean_census(cd_span_sub(bytes, look.clean, bytes.len)).grown;
        if (grown > SIZE_MAX - bytes.len) return CD_ENOMEM;
        editor e = {.out = cd_arena_raw(arena, bytes.len + grown, 1), .front = true};
        if (!e.out) return CD_ENOMEM;
        rewrite(&e, bytes, look);
        *text = (cd_span){e.out, e.len};
        *replaced += e.replaced;
        marks = e.marks;
    }
    return marks ? cd_nfc(arena, text) : CD_OK;
}
