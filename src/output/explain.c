/* explain.c -- the page as a person reads it, as text. In: a finished page. Out: what became of the input, the fields that were found,
 * with the statement of the page behind those that are not read from its text, the lines that might have been the headline, and
 * every block in order, kept and removed alike, with its lines, its role, the rule or reason that decided, the model's strongest signs
 * for and against, and the keys of the record that it went to. Only prints: what it shows is what the record was made of (account.c). */
#include "output/output.h"

#include "base/utf8.h"
#include "output/account.h"
#include "output/origin.h"
#include "output/printer.h"
#include "output/state.h"

/* Columns of the whole where no terminal says how wide it is; the column where text begins, behind lines and role. On a narrow
 * terminal it begins on a line of its own. */
enum { WIDTH = 116, MARGIN = 26, NARROW = 64, NARROW_MARGIN = 4 };
enum { LABEL = 13 }; /* columns of a field's name and the blank behind it */
/* The strongest signs that are shown, of the side that won and of the other; of a sure case, by its thousandths of log-odds, less. */
enum { SIGNS_WON = 3, SIGNS_LOST = 2, SIGNS_WON_SURE = 2, SIGNS_LOST_SURE = 1, SURE = 10000 };

/* ---- what the model says --------------------------------------------------------------------------------------------- */

/* Thousandths of log-odds, as tenths with a sign. */
static void add_weight(cd_printer *p, cd_buf *line, int64_t weight)
{
    int64_t tenths = ((weight < 0 ? -weight : weight) + 50) / 100;
    CD_ADD_FORMAT(p, line, "%c%lld.%lld", weight < 0 ? '-' : '+', (long long)tenths / 10, (long long)tenths % 10);
}

static void add_signs(cd_printer *p, cd_buf *line, const char *what, const cd_sign *signs, size_t n)
{
    if (n) CD_ADD_FORMAT(p, line, "; %s ", what);
    for (size_t i = 0; i < n; i++) {
        if (i) CD_ADD_FORMAT(p, line, ", ");
        add_weight(p, line, signs[i].weight);
        CD_ADD_FORMAT(p, line, " %s", signs[i].words);
    }
}

static size_t at_most(size_t n, size_t most) { return n < most ? n : most; }

/* The side that won comes first and has more to say. */
static void add_reasons(cd_printer *p, cd_buf *line, const cd_judgement *j, bool won)
{
    const bool   sure = j->own + j->pull >= SURE || j->own + j->pull <= -SURE;
    const size_t winner = sure ? SIGNS_WON_SURE : SIGNS_WON, loser = sure ? SIGNS_LOST_SURE : SIGNS_LOST;
    if (won) add_signs(p, line, "for", j->pro, at_most(j->npro, winner));
    add_signs(p, line, "against", j->con, at_most(j->ncon, won ? loser : winner));
    if (!won) add_signs(p, line, "for", j->pro, at_most(j->npro, loser));
}

/* Sum, own signs and neighbours of a block that the model decided. */
static void put_model(cd_printer *p, const cd_judgement *j)
{
    cd_buf line = {0};
    CD_ADD_FORMAT(p, &line, "model ");
    add_weight(p, &line, j->own + j->pull);
    CD_ADD_FORMAT(p, &line, ": itself ");
    add_weight(p, &line, j->own);
    CD_ADD_FORMAT(p, &line, ", neighbours ");
    add_weight(p, &line, j->pull);
    add_reasons(p, &line, j, j->own + j->pull > 0);
    cd_print_blanks(p, p->margin);
    cd_print_tint(p, CD_TINT_REMOVED);
    cd_print_wrapped(p, cd_buf_span(&line), p->margin);
    cd_print_tint(p, CD_TINT_PLAIN);
    cd_print_end(p);
    cd_buf_free(&line);
}

static void put_rival(cd_printer *p, const cd_page *page, const cd_judgement *j, bool taken)
{
    cd_buf line = {0};
    CD_ADD_FORMAT(p, &line, taken ? "taken    " : "not      ");
    add_weight(p, &line, j->own);
    CD_ADD_FORMAT(p, &line, "  ");
    if (p->st == CD_OK) p->st = cd_origin_name(page, &page->blocks[j->block], &line);
    CD_ADD_FORMAT(p, &line, ": ");
    if (p->st == CD_OK) p->st = cd_buf_add(&line, page->blocks[j->block].text);
    add_reasons(p, &line, j, taken);
    cd_print(p, "    ");
    cd_print_wrapped(p, cd_buf_span(&line), 19);
    cd_print_end(p);
    cd_buf_free(&line);
}

/* Why this line and no other is the headline. */
static void put_rivals(cd_printer *p, const cd_page *page)
{
    cd_buf line = {0};
    const cd_judgements *judged = page->judged;
    if (!judged || !judged->nrivals) return;
    CD_ADD_FORMAT(p, &line, "candidates for the headline, which needs more than ");
    add_weight(p, &line, judged->least);
    cd_print(p, "  ");
    cd_print_wrapped(p, cd_buf_span(&line), 2);
    cd_print_end(p);
    cd_buf_free(&line);
    for (size_t r = 0; r < judged->nrivals; r++) put_rival(p, page, &judged->rivals[r], judged->rivals[r].block == judged->taken);
}

/* ---- fields ---------------------------------------------------------------------------------------------------------- */

/* `stated`: the statement of the page that gave it, or NULL. */
static void put_field(cd_printer *p, const char *name, cd_span value, const cd_meta *stated)
{
    cd_buf line = {0};
    if (stated) CD_ADD_FORMAT(p, &line, "  <- %s %.*s", cd_meta_origin_name(stated->origin), (int)stated->key.len, stated->key.ptr);
    cd_print(p, "  ");
    cd_print_tint(p, CD_TINT_FIELD);
    cd_print_padded(p, name, LABEL);
    cd_print_tint(p, CD_TINT_PLAIN);
    cd_print_wrapped(p, value, LABEL + 2);
    cd_print_tint(p, CD_TINT_REMOVED);
    cd_print_wrapped(p, cd_buf_span(&line), LABEL + 2);
    cd_print_tint(p, CD_TINT_PLAIN);
    cd_print_end(p);
    cd_buf_free(&line);
}

static void put_body_field(cd_printer *p, const cd_page *page)
{
    cd_buf line = {0};
    if (!page->fields.words) return;
    CD_ADD_FORMAT(p, &line, "%zu words", page->fields.words);
    if (page->confidence != CD_NOT_KNOWN) CD_ADD_FORMAT(p, &line, ", confidence %d.%02d", page->confidence / 100, page->confidence % 100);
    put_field(p, "body", cd_buf_span(&line), NULL);
    cd_buf_free(&line);
}

static void put_fields(cd_printer *p, const cd_page *page, const cd_accounts *all)
{
    for (size_t i = 0; i < all->nvalues; i++) put_field(p, all->values[i].label, all->values[i].text, all->values[i].stated);
    put_body_field(p, page);
}

/* ---- blocks ---------------------------------------------------------------------------------------------------------- */

/* A block's text; what is cut out of it stands in [-...-] with the rule behind it. */
static void put_block_text(cd_printer *p, const cd_block *b, bool kept)
{
    cd_piece piece;
    for (size_t at = 0; cd_piece_next(b, &at, &piece);) {
        cd_print_tint(p, !kept ? CD_TINT_REMOVED : piece.cut ? CD_TINT_CUT : CD_TINT_PLAIN);
        if (piece.cut) cd_print_wrapped(p, CD_SPAN("[-"), p->margin);
        cd_print_wrapped(p, piece.text, p->margin);
        if (piece.cut) cd_print_joined(p, (const char *[]){"-]{", piece.cut->rule->name, "}", NULL}, p->margin);
    }
    cd_print_tint(p, CD_TINT_PLAIN);
}

/* The keys of the record that the block went to: " -> byline, authors". */
static void add_keys(cd_printer *p, cd_buf *line, unsigned keys)
{
    const char *between = line->len ? " -> " : "-> ";
    for (unsigned k = 0; k < CD_ACCOUNT_COUNT; k++) {
        if (!(keys >> k & 1)) continue;
        CD_ADD_FORMAT(p, line, "%s%s", between, cd_account_key_name((cd_account_key)k));
        between = ", ";
    }
}

/* What decided, and where the block went. */
static void put_decision(cd_printer *p, const cd_page *page, size_t i, const cd_account *a)
{
    cd_buf line = {0};
    if (a->rule && !a->kept) CD_ADD_FORMAT(p, &line, a->why ? "%s: " : "%s", a->rule->name);
    if (a->why) CD_ADD_FORMAT(p, &line, "%s", a->why);
    if (a->opened < i) {
        CD_ADD_FORMAT(p, &line, ", ");
        if (p->st == CD_OK) p->st = cd_origin_name(page, &page->blocks[a->opened], &line);
    }
    add_keys(p, &line, cd_keys_beside(a->keys, page->blocks[i].role));
    if (line.len && p->st == CD_OK) {
        cd_print_tint(p, CD_TINT_REMOVED);
        cd_print_joined(p, (const char *[]){"  [", line.ptr, "]", NULL}, p->margin);
        cd_print_tint(p, CD_TINT_PLAIN);
    }
    cd_buf_free(&line);
}

/* What the other rules found here: values for fields, and hints. */
static void put_hits(cd_printer *p, const cd_block *b, const cd_account *a)
{
    for (const cd_hit *h = b->hits; h; h = h->next) {
        bool take = h->rule->action == CD_ACTION_TAKE, told = h->rule == a->rule && !a->kept && !take;
        if (told || (h->rule->action == CD_ACTION_CUT && b->role == CD_ROLE_BODY)) continue;
        cd_print_blanks(p, p->margin);
        cd_print_tint(p, CD_TINT_REMOVED);
        if (take) cd_print_joined(p, (const char *[]){cd_role_name(h->field), " <- ", h->rule->name, ": ", NULL}, p->margin);
        else cd_print_joined(p, (const char *[]){cd_action_name(h->rule->action), " ", h->rule->name, NULL}, p->margin);
        if (take) cd_print_wrapped(p, h->value, p->margin);
        cd_print_tint(p, CD_TINT_PLAIN);
        cd_print_end(p);
    }
}

/* Where the input has no lines, the whole way to the block. */
static void put_path(cd_printer *p, const cd_page *page, const cd_block *b)
{
    cd_buf path = {0};
    if (cd_origin_has_lines(b)) return;
    p->st = p->st == CD_OK ? cd_origin_path(page, b, &path) : p->st;
    cd_print_blanks(p, p->margin);
    cd_print_tint(p, CD_TINT_REMOVED);
    cd_print_wrapped(p, cd_buf_span(&path), p->margin);
    cd_print_tint(p, CD_TINT_PLAIN);
    cd_print_end(p);
    cd_buf_free(&path);
}

static void put_block(cd_printer *p, const cd_page *page, size_t i, const cd_account *a)
{
    const cd_block *b = &page->blocks[i];
    char            origin[CD_ORIGIN_BYTES];
    cd_origin_write(page, b, origin);
    cd_print_tint(p, a->kept ? CD_TINT_KEPT : CD_TINT_REMOVED);
    cd_print(p, a->kept ? "+ " : "- ");
    cd_print_padded(p, origin, 11);
    cd_print(p, " ");
    cd_print_padded(p, cd_role_name(b->role), 11);
    cd_print_tint(p, CD_TINT_PLAIN);
    if (p->column >= p->margin) cd_print_break(p, p->margin); /* a narrow terminal, or a long origin */
    else cd_print(p, " ");
    put_block_text(p, b, a->kept);
    put_decision(p, page, i, a);
    cd_print_end(p);
    put_path(p, page, b);
    if (a->by == CD_BY_MODEL && a->judged) put_model(p, a->judged);
    put_hits(p, b, a);
}

/* ---- the page -------------------------------------------------------------------------------------------------------- */

/* A file's name may hold what would move the cursor. */
static void put_name(cd_printer *p, cd_span name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        cd_print_bytes(p, (unsigned char)c < 0x20 || c == 0x7F ? CD_SPAN("?") : (cd_span){&c, 1});
    }
    p->column += name.len;
}

static void put_head(cd_printer *p, const cd_page *page)
{
    cd_buf line = {0};
    cd_print_tint(p, CD_TINT_FIELD);
    put_name(p, page->name);
    CD_ADD_FORMAT(p, &line, ": %s", cd_state_name(page->state));
    if (page->reason) CD_ADD_FORMAT(p, &line, " (%s)", page->reason);
    cd_print_wrapped(p, cd_buf_span(&line), 0);
    cd_print_tint(p, CD_TINT_PLAIN);
    cd_buf_clear(&line, SIZE_MAX);
    if (page->encoding) CD_ADD_FORMAT(p, &line, ", %s", page->encoding);
    if (page->shape.wrap) CD_ADD_FORMAT(p, &line, ", lines wrapped at %zu columns", page->shape.wrap);
    if (page->shape.markdown) CD_ADD_FORMAT(p, &line, ", Markdown");
    for (unsigned m = 0; m < CD_MARKS_COUNT; m++)
        if (page->shape.marks & CD_BIT(m)) CD_ADD_FORMAT(p, &line, ", %s", cd_text_mark_what(m));
    if (page->replaced) CD_ADD_FORMAT(p, &line, ", %zu bad sequence%s replaced", page->replaced, page->replaced == 1 ? "" : "s");
    cd_print_wrapped(p, cd_buf_span(&line), 0);
    cd_print_end(p);
    cd_buf_free(&line);
}

static size_t columns_of(unsigned flags)
{
    size_t width = flags >> CD_COLUMNS_SHIFT;
    return width == 0 ? WIDTH : width < CD_PRINT_LEAST ? CD_PRINT_LEAST : width;
}

cd_status cd_output_explain(const cd_page *page, unsigned flags, cd_buf *out, cd_error *err)
{
    cd_printer p = {.out = out, .color = flags & CD_COLOR, .width = columns_of(flags)};
    size_t  before = out->len;
    cd_accounts all;
    CD_TRY(cd_accounts_of(page, &all, err));
    p.margin = p.width < NARROW ? NARROW_MARGIN : MARGIN;
    put_head(&p, page);
    put_fields(&p, page, &all);
    put_rivals(&p, page);
    for (size_t i = 0; i < page->nblocks; i++) put_block(&p, page, i, &all.blocks[i]);
    if (p.st == CD_OK) p.st = cd_buf_format(out, "blocks: %zu kept, %zu removed, %zu in all\n", all.kept, page->nblocks - all.kept, page->nblocks);
    if (p.st == CD_OK) return CD_OK;
    out->len = before;
    return cd_fail_memory(err);
}
