/* printer.c -- text for a terminal: wrapped at a width, in colours that end at each line's end, so that a pager may begin anywhere.
 * In: pieces of text. Out: lines in a buffer. Nothing is left out and nothing is hyphenated; a word longer than a line is cut. */
#include "output/printer.h"

#include "base/utf8.h"

#include <stdint.h>

void cd_print_bytes(cd_printer *p, cd_span text)
{
    if (p->st == CD_OK) p->st = cd_buf_add(p->out, text);
}

static void put_code(cd_printer *p, cd_tint tint)
{
    static const char *const codes[] = {"\x1B[0m", "\x1B[32m", "\x1B[2m", "\x1B[31m", "\x1B[1m"};
    if (p->color) cd_print_bytes(p, cd_span_of(codes[tint]));
}

void cd_print_tint(cd_printer *p, cd_tint tint)
{
    if (p->tint != CD_TINT_PLAIN) put_code(p, CD_TINT_PLAIN);
    if (tint != CD_TINT_PLAIN) put_code(p, tint);
    p->tint = tint;
}

void cd_print(cd_printer *p, const char *text)
{
    cd_print_bytes(p, cd_span_of(text));
    p->column += cd_columns(cd_span_of(text));
}

void cd_print_blanks(cd_printer *p, size_t n)
{
    while (n-- > 0) cd_print(p, " ");
}

void cd_print_padded(cd_printer *p, const char *text, size_t width)
{
    size_t n = strlen(text);
    cd_print(p, text);
    cd_print_blanks(p, n < width ? width - n : 0);
}

void cd_print_end(cd_printer *p)
{
    cd_tint kept = p->tint;
    cd_print_tint(p, CD_TINT_PLAIN);
    cd_print_bytes(p, CD_SPAN("\n"));
    p->column = 0;
    p->tint = kept;
}

void cd_print_break(cd_printer *p, size_t margin)
{
    while (p->st == CD_OK && p->out->len && p->out->ptr[p->out->len - 1] == ' ') p->out->len--;
    cd_print_end(p);
    cd_print_blanks(p, margin);
    if (p->tint != CD_TINT_PLAIN) put_code(p, p->tint);
}

/* The next piece that stays on one line: a word with the blank behind it, or one letter of a script without blanks. */
static cd_span take_piece(cd_span *rest, size_t width)
{
    cd_span piece = {rest->ptr, 0};
    size_t  columns = 0;
    while (rest->len) {
        cd_span before = *rest;
        cd_rune r = cd_utf8_take(rest);
        columns += cd_is_wide(r) ? 2 : 1;
        piece.len += (size_t)(rest->ptr - before.ptr);
        if (r == ' ' || r == '\n' || cd_is_cjk(r) || columns >= width) break;
    }
    return piece;
}

void cd_print_wrapped(cd_printer *p, cd_span text, size_t margin)
{
    const size_t room = p->width > margin + CD_PRINT_LEAST ? p->width - margin : CD_PRINT_LEAST;
    while (text.len) {
        cd_span piece = take_piece(&text, room);
        bool    line_end = piece.ptr[piece.len - 1] == '\n';
        if (line_end) piece.len--;
        size_t wide = cd_columns(cd_span_trim(piece));
        if (wide == 0 && !line_end && p->column >= margin + room) continue; /* a blank that no line begins or ends with */
        if (p->column > margin && p->column + wide > margin + room) cd_print_break(p, margin);
        cd_print_bytes(p, piece);
        p->column += cd_columns(piece);
        if (line_end) p->column = SIZE_MAX / 2; /* the next piece begins a line */
    }
}

void cd_print_joined(cd_printer *p, const char *const *parts, size_t margin)
{
    cd_buf whole = {0};
    for (; *parts && p->st == CD_OK; parts++) p->st = cd_buf_add(&whole, cd_span_of(*parts));
    cd_print_wrapped(p, cd_buf_span(&whole), margin);
    cd_buf_free(&whole);
}
