/* explain_html.c -- what explain.c prints, for a browser. In: a finished page. Out: a <section>: the record's fields, what was
 * removed by category, the candidates for the headline, and every block in order. Kept text is plain; what is removed is <del>,
 * struck, tinted by category and labelled in words, so that nothing rests on colour alone. A block's label is a link to itself:
 * pointing at the block, or going to its label by key or finger, shows what decided, without any script. What stands around the
 * sections is html_page.c's. Every byte of the page goes through put_text(). */
#include "base/eight.h"
#include "base/hash.h"
#include "output/account.h"
#include "output/json.h"
#include "output/origin.h"
#include "output/output.h"
#include "output/state.h"

typedef struct writer {
    cd_buf            *out;
    const cd_page     *page;
    const cd_accounts *all;
    uint32_t           id; /* tells the sections of one HTML page apart */
    cd_status          st; /* the first failure; nothing is printed after it */
} writer;

static void put(writer *w, const char *markup)
{
    if (w->st == CD_OK) w->st = cd_buf_add(w->out, cd_span_of(markup));
}

#define PUT_FORMAT(w, ...) ((w)->st = (w)->st == CD_OK ? cd_buf_format((w)->out, __VA_ARGS__) : (w)->st)

/* Text as HTML's text or the value of an attribute; a control character, which a file's name may hold, is a question mark. */
static void put_text(writer *w, cd_span text)
{
    for (size_t i = 0, from = 0; i <= text.len && w->st == CD_OK; i++) {
        unsigned char c = i < text.len ? (unsigned char)text.ptr[i] : 0;
        const char   *as = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : c == '\'' ? "&#39;"
                           : (c < 0x20 && c != '\n') || c == 0x7F ? "?" : NULL;
        if (i < text.len && !as) continue;
        w->st = cd_buf_add(w->out, cd_span_sub(text, from, i));
        if (i < text.len) put(w, as);
        from = i + 1;
    }
}

static void put_words(writer *w, const char *text) { put_text(w, cd_span_of(text)); }

/* ---- the model ------------------------------------------------------------------------------------------------------- */

static void put_weight(writer *w, int64_t weight)
{
    int64_t tenths = ((weight < 0 ? -weight : weight) + 50) / 100;
    PUT_FORMAT(w, "<b>%s%lld.%lld</b>", weight < 0 ? "\xE2\x88\x92" : "+", (long long)tenths / 10, (long long)tenths % 10);
}

static void put_signs(writer *w, const char *what, const cd_sign *signs, size_t n)
{
    if (n) PUT_FORMAT(w, "<p>%s</p><ul>", what);
    for (size_t i = 0; i < n; i++) {
        put(w, "<li>");
        put_weight(w, signs[i].weight);
        put(w, " ");
        put_words(w, signs[i].words);
        put(w, "</li>");
    }
    if (n) put(w, "</ul>");
}

static void put_reasons(writer *w, const cd_judgement *j)
{
    put_signs(w, "For:", j->pro, j->npro);
    put_signs(w, "Against:", j->con, j->ncon);
}

static void put_model(writer *w, const cd_judgement *j)
{
    put(w, "<p>The model, for the story: ");
    put_weight(w, j->own + j->pull);
    put(w, " = itself ");
    put_weight(w, j->own);
    put(w, " and its neighbours ");
    put_weight(w, j->pull);
    put(w, "</p>");
    put_reasons(w, j);
}

/* ---- the side panel -------------------------------------------------------------------------------------------------- */

static void put_link(writer *w, size_t block)
{
    cd_buf name = {0};
    if (block >= w->page->nblocks) return;
    if (w->st == CD_OK) w->st = cd_origin_name(w->page, &w->page->blocks[block], &name);
    PUT_FORMAT(w, " <a class=\"at\" href=\"#p%08x-%zu\">", (unsigned)w->id, block);
    put_text(w, cd_buf_span(&name));
    put(w, "</a>");
    cd_buf_free(&name);
}

/* The statement of the page that a value was taken from, with the block around it where it stands in one. */
static void put_stated(writer *w, const cd_meta *m)
{
    PUT_FORMAT(w, " <span class=\"from\">from %s <code>", cd_meta_origin_name(m->origin));
    put_text(w, m->key);
    put(w, "</code>");
    put_link(w, m->block);
    put(w, "</span>");
}

static void put_value(writer *w, const cd_account_value *v)
{
    PUT_FORMAT(w, "<div><dt>%s</dt><dd><span dir=\"auto\">", v->label);
    put_text(w, v->text);
    put(w, "</span>");
    if (v->stated) put_stated(w, v->stated);
    else put_link(w, v->block);
    put(w, "</dd></div>\n");
}

static void put_body_value(writer *w)
{
    const cd_page *page = w->page;
    if (!page->fields.words) return;
    PUT_FORMAT(w, "<div><dt>body</dt><dd>%zu words", page->fields.words);
    put_link(w, page->body_from);
    put(w, "</dd></div>\n");
    if (page->confidence != CD_NOT_KNOWN)
        PUT_FORMAT(w, "<div><dt>confidence</dt><dd>%d.%02d</dd></div>\n", page->confidence / 100, page->confidence % 100);
}

static void put_fields(writer *w)
{
    put(w, "<h3>Fields</h3>\n<dl>\n");
    for (size_t i = 0; i < w->all->nvalues; i++) put_value(w, &w->all->values[i]);
    put_body_value(w);
    put(w, "</dl>\n");
}

/* What was removed, by category: the key to the tints. */
static void put_removed(writer *w)
{
    size_t counts[CD_ROLE_COUNT] = {0};
    for (size_t i = 0; i < w->page->nblocks; i++) counts[w->page->blocks[i].role]++;
    put(w, "<h3>Removed</h3>\n<ul class=\"key\">\n");
    for (size_t r = 0; r < CD_ROLE_COUNT; r++) {
        if (counts[r] == 0 || cd_role_is_kept((cd_role)r)) continue;
        PUT_FORMAT(w, "<li><span class=\"role %s\">%s</span> %zu <span class=\"what\">", cd_role_name((cd_role)r), cd_role_name((cd_role)r), counts[r]);
        put_words(w, cd_role_what((cd_role)r));
        put(w, "</span></li>\n");
    }
    put(w, "</ul>\n");
}

static void put_candidates(writer *w)
{
    const cd_judgements *judged = w->page->judged;
    if (!judged || !judged->nrivals) return;
    put(w, "<h3>Candidates for the headline</h3>\n<p>The best one is taken if it has more than ");
    put_weight(w, judged->least);
    put(w, ".</p>\n<ol class=\"rivals\">\n");
    for (size_t r = 0; r < judged->nrivals; r++) {
        const cd_judgement *j = &judged->rivals[r];
        put(w, "<li><details><summary>");
        put_weight(w, j->own);
        put(w, j->block == judged->taken ? " <em>taken:</em> <span dir=\"auto\">" : " <em>not taken:</em> <span dir=\"auto\">");
        put_text(w, w->page->blocks[j->block].text);
        put(w, "</span></summary>");
        put_reasons(w, j);
        put_link(w, j->block);
        put(w, "</details></li>\n");
    }
    put(w, "</ol>\n");
}

/* ---- blocks ---------------------------------------------------------------------------------------------------------- */

static void put_hits(writer *w, const cd_block *b, const cd_account *a)
{
    for (const cd_hit *h = b->hits; h; h = h->next) {
        bool take = h->rule->action == CD_ACTION_TAKE;
        if (h->rule == a->rule && !take) continue;
        put(w, "<p>Also <code>");
        put_words(w, h->rule->name);
        PUT_FORMAT(w, "</code>, %s", cd_action_name(h->rule->action));
        if (take) {
            PUT_FORMAT(w, " %s: <q dir=\"auto\">", cd_role_name(h->field));
            put_text(w, h->value);
            put(w, "</q>");
        }
        put(w, ": ");
        put_words(w, h->rule->why);
        put(w, "</p>");
    }
}

/* Where the input has no lines, the whole way to the block. */
static void put_path(writer *w, const cd_block *b)
{
    cd_buf path = {0};
    if (cd_origin_has_lines(b)) return;
    if (w->st == CD_OK) w->st = cd_origin_path(w->page, b, &path);
    put(w, "<p>At <code>");
    put_text(w, cd_buf_span(&path));
    put(w, "</code></p>");
    cd_buf_free(&path);
}

static void put_why(writer *w, size_t i, const cd_block *b, const cd_account *a)
{
    PUT_FORMAT(w, "<div class=\"why\" id=\"p%08x-w%zu\"><p>", (unsigned)w->id, i);
    put_words(w, cd_role_what(b->role));
    PUT_FORMAT(w, ". Decided by %s: ", cd_decider_name(a->by));
    if (a->rule) {
        put(w, "<code>");
        put_words(w, a->rule->name);
        put(w, "</code>: ");
    }
    put_words(w, a->why ? a->why : cd_decider_what(a->by));
    if (a->opened < i) put_link(w, a->opened);
    put(w, "</p>");
    if (a->judged) put_model(w, a->judged);
    put_hits(w, b, a);
    put_path(w, b);
    put(w, "</div>");
}

/* The label in the margin: a sign, the lines, the role, and where it went. */
static void put_label(writer *w, size_t i, const cd_block *b, const cd_account *a)
{
    const bool lines = cd_origin_has_lines(b);
    char       origin[CD_ORIGIN_BYTES];
    cd_origin_write(w->page, b, origin);
    PUT_FORMAT(w, "<a class=\"label\" href=\"#p%08x-%zu\" aria-describedby=\"p%08x-w%zu\">", (unsigned)w->id, i, (unsigned)w->id, i);
    PUT_FORMAT(w, "<span class=\"sign\" aria-hidden=\"true\">%s</span><span class=\"say\">%s, %s</span><span class=\"line%s\">%s</span> ",
               a->kept ? "+" : "\xE2\x88\x92", a->kept ? "kept" : "removed", lines ? "line " : "", lines ? "" : " path", origin);
    PUT_FORMAT(w, "<span class=\"role %s\">%s</span>", cd_role_name(b->role), cd_role_name(b->role));
    const char *between = " <span class=\"went\"><span class=\"say\">went to </span><span aria-hidden=\"true\">\xE2\x86\x92 </span>";
    unsigned keys = cd_keys_beside(a->keys, b->role);
    for (unsigned k = 0; k < CD_ACCOUNT_COUNT; k++) {
        if (!(keys >> k & 1)) continue;
        PUT_FORMAT(w, "%s%s", between, cd_account_key_name((cd_account_key)k));
        between = ", ";
    }
    put(w, keys ? "</span></a>" : "</a>");
}

/* The page's own words are in its language; what is said of them is English. */
static void put_block_text(writer *w, const cd_block *b, bool kept)
{
    cd_piece piece;
    put(w, "<p class=\"text\" dir=\"auto\"");
    if (w->page->language) {
        put(w, " lang=\"");
        put_words(w, w->page->language);
        put(w, "\"");
    }
    put(w, ">");
    for (size_t at = 0; cd_piece_next(b, &at, &piece);) {
        if (piece.cut) {
            PUT_FORMAT(w, "<del class=\"cut %s\" title=\"", cd_role_name(piece.cut->rule->family));
            put_words(w, piece.cut->rule->name);
            put(w, ": ");
            put_words(w, piece.cut->rule->why);
            put(w, "\">");
        } else if (!kept) {
            put(w, "<del>");
        }
        put_text(w, piece.text);
        if (piece.cut || !kept) put(w, "</del>");
    }
    put(w, "</p>");
}

static void put_block(writer *w, size_t i)
{
    const cd_block   *b = &w->page->blocks[i];
    const cd_account *a = &w->all->blocks[i];
    PUT_FORMAT(w, "<li id=\"p%08x-%zu\" class=\"block %s %s\">", (unsigned)w->id, i, a->kept ? "kept" : "gone", cd_role_name(b->role));
    put_label(w, i, b, a);
    put_block_text(w, b, a->kept);
    put_why(w, i, b, a);
    put(w, "</li>\n");
}

/* ---- the page -------------------------------------------------------------------------------------------------------- */

/* The first lines of a section, which html_page.c reads for the index: the headline is there for that alone. */
static void put_facts(writer *w, cd_span name)
{
    const cd_page *page = w->page;
    PUT_FORMAT(w, "<section class=\"page\" aria-labelledby=\"p%08x\" data-headline=\"", (unsigned)w->id);
    put_text(w, page->fields.headline);
    PUT_FORMAT(w, "\">\n<header>\n<h2 id=\"p%08x\">", (unsigned)w->id);
    put_text(w, name);
    if (page->record >= 0) PUT_FORMAT(w, " record %lld", page->record);
    PUT_FORMAT(w, "</h2>\n<p><strong class=\"state\">%s</strong>", cd_state_name(page->state));
    if (page->reason) put(w, " ("), put_words(w, page->reason), put(w, ")");
    PUT_FORMAT(w, " \xC2\xB7 blocks: %zu kept, %zu removed", w->all->kept, page->nblocks - w->all->kept);
    if (page->encoding) {
        put(w, " \xC2\xB7 ");
        put_words(w, page->encoding);
    }
    if (page->shape.wrap) PUT_FORMAT(w, " \xC2\xB7 lines wrapped at %zu columns", page->shape.wrap);
    if (page->shape.markdown) put(w, " \xC2\xB7 Markdown");
    for (unsigned m = 0; m < CD_MARKS_COUNT; m++)
        if (page->shape.marks & CD_BIT(m)) PUT_FORMAT(w, " \xC2\xB7 %s", cd_text_mark_what(m));
    if (page->replaced) PUT_FORMAT(w, " \xC2\xB7 %zu bad sequence%s replaced", page->replaced, page->replaced == 1 ? "" : "s");
    put(w, "</p>\n</header>\n");
}

static void put_blocks(writer *w)
{
    const cd_page *page = w->page;
    PUT_FORMAT(w, "<input type=\"checkbox\" class=\"only\" id=\"p%08x-only\"><label for=\"p%08x-only\">Show only what is kept</label>\n",
               (unsigned)w->id, (unsigned)w->id);
    PUT_FORMAT(w, "<a class=\"skip\" href=\"#p%08x-page\">To the page's text</a>\n", (unsigned)w->id);
    put(w, "<div class=\"desk\">\n<aside aria-label=\"The record\">\n");
    put_fields(w);
    put_removed(w);
    put_candidates(w);
    PUT_FORMAT(w, "</aside>\n<ol class=\"blocks\" id=\"p%08x-page\" aria-label=\"The page, block by block\"", (unsigned)w->id);
    put(w, ">\n");
    for (size_t i = 0; i < page->nblocks; i++) put_block(w, i);
    put(w, "</ol>\n</div>\n");
}

/* Of the input's name and record number: the same page has the same links in every run. */
static uint32_t id_of(const cd_page *page) { return (uint32_t)cd_mix(cd_hash_bytes(page->name) ^ (uint64_t)(page->record + 1)); }

cd_status cd_output_explain_html(const cd_page *page, cd_buf *out, cd_error *err)
{
    cd_accounts all;
    writer      w = {.out = out, .page = page, .all = &all, .id = id_of(page)};
    size_t      before = out->len;
    cd_span     name = page->name;
    CD_TRY(cd_accounts_of(page, &all, err));
    w.st = cd_valid_name(page, &name);
    put_facts(&w, name);
    if (page->nblocks) put_blocks(&w);
    put(&w, "</section>\n");
    if (w.st == CD_OK) return CD_OK;
    out->len = before;
    return cd_fail_memory(err);
}
