/* explain.c -- the page as a person reads it. In: a finished page. Out: what became of the input, the fields that were found,
 * and every block in order, kept and removed alike, with its lines, its role, and the rule or reason that decided. Only prints:
 * what it shows is what the record was made of. */
#include "output/output.h"

#include "base/utf8.h"
#include "output/state.h"

#include <stdio.h>

/* Columns of a line of text, and the column where it begins: behind lines and role. */
enum { WIDTH = 90, MARGIN = 26 };

typedef struct printer {
    cd_buf   *out;
    bool      color;
    cd_status st; /* the first failure; nothing is printed after it */
} printer;

/* How a piece of text looks on a terminal that knows colours. */
typedef enum look { LOOK_PLAIN, LOOK_KEPT, LOOK_REMOVED, LOOK_CUT, LOOK_FIELD } look;

static void put_span(printer *p, cd_span text)
{
    if (p->st == CD_OK) p->st = cd_buf_add(p->out, text);
}

static void put(printer *p, const char *text) { put_span(p, cd_span_of(text)); }

static void put_look(printer *p, look l)
{
    static const char *const codes[] = {"\x1B[0m", "\x1B[32m", "\x1B[2m", "\x1B[31m", "\x1B[1m"};
    if (p->color) put(p, codes[l]);
}

static void put_padded(printer *p, const char *text, size_t width)
{
    put(p, text);
    for (size_t n = strlen(text); n < width; n++) put(p, " ");
}

#define PUT_FORMAT(p, ...) ((p)->st = (p)->st == CD_OK ? cd_buf_format((p)->out, __VA_ARGS__) : (p)->st)

/* --- text, wrapped ---------------------------------------------------------------------------------------------------- */

/* The next piece that stays on one line: a word with the blank behind it, or one letter of a script without blanks. */
static cd_span take_piece(cd_span *rest)
{
    cd_span piece = {rest->ptr, 0};
    while (rest->len) {
        cd_span before = *rest;
        cd_rune r = cd_utf8_take(rest);
        piece.len += (size_t)(rest->ptr - before.ptr);
        if (r == ' ' || r == '\n' || cd_is_cjk(r) || piece.len >= WIDTH * 4) break;
    }
    return piece;
}

/* Prints `text` from `column` on, wrapped, and gives the column behind it. Nothing is left out. */
static size_t put_wrapped(printer *p, cd_span text, size_t column)
{
    while (text.len) {
        cd_span piece = take_piece(&text);
        size_t  wide = cd_columns(piece);
        bool    line_end = piece.ptr[piece.len - 1] == '\n';
        if (column > MARGIN && column + wide > WIDTH + MARGIN + 1) {
            while (p->st == CD_OK && p->out->len && p->out->ptr[p->out->len - 1] == ' ') p->out->len--;
            PUT_FORMAT(p, "\n%*s", MARGIN, "");
            column = MARGIN;
        }
        put_span(p, line_end ? cd_span_sub(piece, 0, piece.len - 1) : piece);
        column += wide;
        if (line_end) column = WIDTH * 2; /* the next piece begins a line */
    }
    return column;
}

/* The same for pieces between which no line ends; `parts` ends with NULL. */
static size_t put_joined(printer *p, const char *const *parts, size_t column)
{
    cd_buf whole = {0};
    for (; *parts && p->st == CD_OK; parts++) p->st = cd_buf_add(&whole, cd_span_of(*parts));
    column = put_wrapped(p, cd_buf_span(&whole), column);
    cd_buf_free(&whole);
    return column;
}

/* --- fields ----------------------------------------------------------------------------------------------------------- */

static void put_field(printer *p, const char *name, cd_span value)
{
    if (!value.ptr || value.len == 0) return;
    put(p, "  ");
    put_look(p, LOOK_FIELD);
    put_padded(p, name, 12);
    put_look(p, LOOK_PLAIN);
    put_wrapped(p, value, 14);
    put(p, "\n");
}

static void put_fields(printer *p, const cd_page *page)
{
    const cd_fields *f = &page->fields;
    put_field(p, "headline", f->headline);
    put_field(p, "standfirst", f->standfirst);
    put_field(p, "date", f->date);
    put_field(p, "date_text", f->date_text);
    put_field(p, "modified", f->modified);
    put_field(p, "byline", f->byline);
    for (size_t i = 0; i < f->authors.n; i++) put_field(p, "author", f->authors.at[i]);
    put_field(p, "dateline", f->dateline);
    put_field(p, "source", f->source);
    put_field(p, "section", f->section);
    for (size_t i = 0; i < f->tags.n; i++) put_field(p, "tag", f->tags.at[i]);
    put_field(p, "language", cd_span_of(page->language));
    for (size_t i = 0; i < f->ncaptions; i++) {
        put_field(p, "caption", f->captions[i].text);
        put_field(p, "credit", f->captions[i].credit);
    }
    for (size_t i = 0; i < f->notes.n; i++) put_field(p, "note", f->notes.at[i]);
    if (f->words && page->confidence != CD_NOT_KNOWN)
        PUT_FORMAT(p, "  %-12s%zu words, confidence %d.%02d\n", "body", f->words, page->confidence / 100,
                   page->confidence % 100);
    else if (f->words) PUT_FORMAT(p, "  %-12s%zu words\n", "body", f->words);
}

/* --- blocks ----------------------------------------------------------------------------------------------------------- */

static bool is_cut(const cd_hit *h) { return h->rule->action == CD_ACTION_CUT; }

/* The cut that begins first at or behind `from`; of two that begin together the longer one. */
static const cd_hit *next_cut(const cd_block *b, size_t from)
{
    const cd_hit *best = NULL;
    for (const cd_hit *h = b->hits; h; h = h->next) {
        if (!is_cut(h) || h->from < from || h->to <= h->from) continue;
        if (!best || h->from < best->from || (h->from == best->from && h->to > best->to)) best = h;
    }
    return best;
}

/* A block's text; what is cut out of it stands in [-...-] with the rule behind it. Gives the column behind it. */
static size_t put_block_text(printer *p, const cd_block *b, bool kept)
{
    size_t at = 0, column = MARGIN;
    for (const cd_hit *cut = next_cut(b, 0); kept && cut; cut = next_cut(b, at)) {
        column = put_wrapped(p, cd_span_sub(b->text, at, cut->from), column);
        put_look(p, LOOK_CUT);
        column = put_wrapped(p, CD_SPAN("[-"), column);
        column = put_wrapped(p, cd_span_sub(b->text, cut->from, cut->to), column);
        column = put_joined(p, (const char *[]){"-]{", cut->rule->name, "}", NULL}, column);
        put_look(p, LOOK_PLAIN);
        at = cut->to;
    }
    if (!kept) put_look(p, LOOK_REMOVED);
    column = put_wrapped(p, cd_span_sub(b->text, at, b->text.len), column);
    if (!kept) put_look(p, LOOK_PLAIN);
    return column;
}

/* What decided: the rule with its reason, or the tagger's reason. */
static void put_decision(printer *p, const cd_block *b, bool kept, size_t column)
{
    const cd_rule_label *rule = kept ? NULL : b->drop;
    const char          *why = rule ? rule->why : b->reason;
    if (!why) return;
    put_look(p, LOOK_REMOVED);
    put_joined(p, (const char *[]){"  [", rule ? rule->name : "", rule ? ": " : "", why, "]", NULL}, column);
    put_look(p, LOOK_PLAIN);
}

/* What the other rules found here: values for fields, and hints. */
static void put_hits(printer *p, const cd_block *b)
{
    for (const cd_hit *h = b->hits; h; h = h->next) {
        if (is_cut(h) || h->rule == b->drop) continue;
        PUT_FORMAT(p, "%*s", MARGIN, "");
        put_look(p, LOOK_REMOVED);
        if (h->rule->action == CD_ACTION_TAKE) PUT_FORMAT(p, "%s <- %s: ", cd_role_name(h->field), h->rule->name);
        else PUT_FORMAT(p, "%s %s", cd_action_name(h->rule->action), h->rule->name);
        if (h->rule->action == CD_ACTION_TAKE) put_wrapped(p, h->value, MARGIN);
        put_look(p, LOOK_PLAIN);
        put(p, "\n");
    }
}

static void put_block(printer *p, const cd_block *b)
{
    char lines[32];
    bool kept = cd_role_is_kept(b->role);
    if (b->line_to > b->line) (void)snprintf(lines, sizeof lines, "%lu-%lu", (unsigned long)b->line, (unsigned long)b->line_to);
    else (void)snprintf(lines, sizeof lines, "%lu", (unsigned long)b->line);
    put_look(p, kept ? LOOK_KEPT : LOOK_REMOVED);
    put(p, kept ? "+ " : "- ");
    put_padded(p, lines, 11);
    put(p, " ");
    put_padded(p, cd_role_name(b->role), 11);
    put_look(p, LOOK_PLAIN);
    put(p, " ");
    put_decision(p, b, kept, put_block_text(p, b, kept));
    put(p, "\n");
    put_hits(p, b);
}

/* --- the page --------------------------------------------------------------------------------------------------------- */

/* A file's name may hold what would move the cursor. */
static void put_name(printer *p, cd_span name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        put_span(p, (unsigned char)c < 0x20 || c == 0x7F ? CD_SPAN("?") : (cd_span){&c, 1});
    }
}

static void put_head(printer *p, const cd_page *page)
{
    put_look(p, LOOK_FIELD);
    put_name(p, page->name);
    PUT_FORMAT(p, ": %s", cd_state_name(page->state));
    if (page->reason) PUT_FORMAT(p, " (%s)", page->reason);
    put_look(p, LOOK_PLAIN);
    if (page->encoding) PUT_FORMAT(p, ", %s", page->encoding);
    if (page->shape.wrap) PUT_FORMAT(p, ", lines wrapped at %zu columns", page->shape.wrap);
    if (page->replaced) PUT_FORMAT(p, ", %zu bad sequence%s replaced", page->replaced, page->replaced == 1 ? "" : "s");
    put(p, "\n");
}

cd_status cd_output_explain(const cd_page *page, unsigned flags, cd_buf *out, cd_error *err)
{
    printer p = {.out = out, .color = flags & CD_COLOR};
    size_t  kept = 0, before = out->len;
    put_head(&p, page);
    put_fields(&p, page);
    for (size_t i = 0; i < page->nblocks; i++) {
        put_block(&p, &page->blocks[i]);
        kept += cd_role_is_kept(page->blocks[i].role);
    }
    PUT_FORMAT(&p, "blocks: %zu kept, %zu removed, %zu in all\n", kept, page->nblocks - kept, page->nblocks);
    if (p.st == CD_OK) return CD_OK;
    out->len = before;
    return cd_fail_memory(err);
}
