/* nfc.c -- canonical composition where it is needed. In: valid UTF-8. Out: the same text in NFC. A word is looked at mark by
 * mark first (the "quick check" of Unicode annex 15); only one that fails goes through utf8proc. A blank never takes part in
 * a composition, so words can be done one at a time. */
#include "base/nfc.h"

#include "base/buf.h"

#include <stdint.h>
#include <stdlib.h>
#include <utf8proc.h>

/* Code points that NFC replaces by others, or that may join the one in front of them: NFC_Quick_Check is No or Maybe. Derived
 * from utf8proc's own tables; tests/unit/test_decode.c holds the two together. */
static const struct {
    cd_rune from, to;
} movers[] = {
    {0x0300, 0x0304}, {0x0306, 0x030C}, {0x030F, 0x030F}, {0x0311, 0x0311}, {0x0313, 0x0314}, {0x031B, 0x031B},
    {0x0323, 0x0328}, {0x032D, 0x032E}, {0x0330, 0x0331}, {0x0338, 0x0338}, {0x0340, 0x0345}, {0x0374, 0x0374},
    {0x037E, 0x037E}, {0x0387, 0x0387}, {0x0653, 0x0655}, {0x093C, 0x093C}, {0x0958, 0x095F}, {0x09BE, 0x09BE},
    {0x09D7, 0x09D7}, {0x09DC, 0x09DD}, {0x09DF, 0x09DF}, {0x0A33, 0x0A33}, {0x0A36, 0x0A36}, {0x0A59, 0x0A5B},
    {0x0A5E, 0x0A5E}, {0x0B3E, 0x0B3E}, {0x0B56, 0x0B57}, {0x0B5C, 0x0B5D}, {0x0BBE, 0x0BBE}, {0x0BD7, 0x0BD7},
    {0x0C56, 0x0C56}, {0x0CC2, 0x0CC2}, {0x0CD5, 0x0CD6}, {0x0D3E, 0x0D3E}, {0x0D57, 0x0D57}, {0x0DCA, 0x0DCA},
    {0x0DCF, 0x0DCF}, {0x0DDF, 0x0DDF}, {0x0F43, 0x0F43}, {0x0F4D, 0x0F4D}, {0x0F52, 0x0F52}, {0x0F57, 0x0F57},
    {0x0F5C, 0x0F5C}, {0x0F69, 0x0F69}, {0x0F73, 0x0F73}, {0x0F75, 0x0F76}, {0x0F78, 0x0F78}, {0x0F81, 0x0F81},
    {0x0F93, 0x0F93}, {0x0F9D, 0x0F9D}, {0x0FA2, 0x0FA2}, {0x0FA7, 0x0FA7}, {0x0FAC, 0x0FAC}, {0x0FB9, 0x0FB9},
    {0x102E, 0x102E}, {0x1161, 0x1175}, {0x11A8, 0x11C2}, {0x1B35, 0x1B35}, {0x1F71, 0x1F71}, {0x1F73, 0x1F73},
    {0x1F75, 0x1F75}, {0x1F77, 0x1F77}, {0x1F79, 0x1F79}, {0x1F7B, 0x1F7B}, {0x1F7D, 0x1F7D}, {0x1FBB, 0x1FBB},
    {0x1FBE, 0x1FBE}, {0x1FC9, 0x1FC9}, {0x1FCB, 0x1FCB}, {0x1FD3, 0x1FD3}, {0x1FDB, 0x1FDB}, {0x1FE3, 0x1FE3},
    {0x1FEB, 0x1FEB}, {0x1FEE, 0x1FEF}, {0x1FF9, 0x1FF9}, {0x1FFB, 0x1FFB}, {0x1FFD, 0x1FFD}, {0x2000, 0x2001},
    {0x2126, 0x2126}, {0x212A, 0x212B}, {0x2329, 0x232A}, {0x2ADC, 0x2ADC}, {0x3099, 0x309A}, {0xF900, 0xFAFF},
    {0xFB1D, 0xFB1F}, {0xFB2A, 0xFB4E}, {0x110BA, 0x110BA}, {0x11127, 0x11127}, {0x1133E, 0x1133E}, {0x11357, 0x11357},
    {0x114B0, 0x114B0}, {0x114BA, 0x114BA}, {0x114BD, 0x114BD}, {0x115AF, 0x115AF}, {0x11930, 0x11930},
    {0x1D15E, 0x1D164}, {0x1D1BB, 0x1D1C0}, {0x2F800, 0x2FA1D},
};

/* Scripts without marks or movers, which most pages are written in: no table is asked for these. */
static bool is_plain(cd_rune r)
{
    return r < 0x300 || (r >= 0x388 && r <= 0x482) || (r >= 0x1E00 && r < 0x1F00) || (r >= 0x2010 && r < 0x20D0) ||
           (r >= 0x309B && r < 0xA66F) || (r >= 0xAC00 && r <= 0xD7A3) || (r >= 0xFE30 && r < 0x10000);
}

static bool is_mover(cd_rune r)
{
    size_t low = 0, high = sizeof movers / sizeof *movers;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (movers[mid].to < r) low = mid + 1;
        else high = mid;
    }
    return low < sizeof movers / sizeof *movers && movers[low].from <= r;
}

static int combining_class(cd_rune r) { return utf8proc_get_property((utf8proc_int32_t)r)->combining_class; }

bool cd_nfc_may_move(cd_rune r) { return !is_plain(r) && (combining_class(r) != 0 || is_mover(r)); }

/* The quick check: marks out of order, or a mover. False also for a word that nobody should sort. */
static bool must_compose(cd_span word)
{
    bool   must = false;
    int    before = 0;
    size_t row = 0;
    while (word.len) {
        cd_rune r = cd_utf8_take(&word);
        int     class = is_plain(r) ? 0 : combining_class(r);
        row = class ? row + 1 : 0;
        if (row > CD_LIMIT_MARKS) return false;
        must = must || (class && before > class) || (!is_plain(r) && is_mover(r));
        before = class;
    }
    return must;
}

static cd_status add_composed(cd_buf *out, cd_span word)
{
    utf8proc_uint8_t *text = NULL;
    utf8proc_ssize_t  n = utf8proc_map((const utf8proc_uint8_t *)word.ptr, (utf8proc_ssize_t)word.len, &text,
                                       UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (n < 0) return CD_ENOMEM; /* the text is valid, so there is no other error */
    cd_status st = cd_buf_add(out, (cd_span){(const char *)text, (size_t)n});
    free(text);
    return st;
}

/* Takes the next run without blanks off *rest; `word` is then empty at the end only. */
static cd_span take_word(cd_span *rest)
{
    while (rest->len && cd_is_blank(*rest->ptr)) rest->ptr++, rest->len--;
    cd_span word = {rest->ptr, 0};
    while (rest->len && !cd_is_blank(*rest->ptr)) rest->ptr++, rest->len--, word.len++;
    return word;
}

cd_status cd_nfc(cd_arena *arena, cd_span *text)
{
    cd_buf      out = {0};
    cd_status   st = CD_OK;
    cd_span     rest = *text;
    const char *done = text->ptr; /* up to here `out` has it */
    for (cd_span word = take_word(&rest); word.len && st == CD_OK; word = take_word(&rest)) {
        if (!must_compose(word)) continue;
        st = cd_buf_add(&out, (cd_span){done, (size_t)(word.ptr - done)});
        if (st == CD_OK) st = add_composed(&out, word);
        done = word.ptr + word.len;
    }
    if (st == CD_OK && done != text->ptr) {
        st = cd_buf_add(&out, (cd_span){done, (size_t)(text->ptr + text->len - done)});
        cd_span copy = {NULL, 0};
        if (st == CD_OK) copy = cd_arena_copy(arena, cd_buf_span(&out));
        if (copy.ptr) *text = copy;
        else st = CD_ENOMEM;
    }
    cd_buf_free(&out);
    return st;
}
