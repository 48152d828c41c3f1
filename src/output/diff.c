/* diff.c -- how two readings of a page differ. In: two files of records, read back. Out: the keys that differ, and for a person each
 * of them with both values: short ones one below the other, lists item by item, long texts word by word. Only prints. */
#include "output/diff.h"

#include "base/diff.h"
#include "base/utf8.h"
#include "output/shown.h"

#include <stdio.h>

/* Words of a text that is short enough to be shown twice; words that are shown around each difference of a long one. */
enum { SHORT_WORDS = 12, CONTEXT_WORDS = 8 };

/* --- finding ---------------------------------------------------------------------------------------------------------- */

static void add_change(cd_changes *changes, cd_change change) { changes->at[changes->n++] = change; }

static void compare_record(const cd_reread_record *old, const cd_reread_record *new, long long number, cd_changes *changes)
{
    for (size_t i = 0; i < new->n; i++) {
        const cd_reread_value *o = cd_reread_find(old, new->at[i].key);
        if (!o || !cd_span_is(o->json, new->at[i].json)) add_change(changes, (cd_change){number, o, &new->at[i], false});
    }
    for (size_t i = 0; i < old->n; i++)
        if (!cd_reread_find(new, old->at[i].key)) add_change(changes, (cd_change){number, &old->at[i], NULL, false});
}

cd_status cd_changes_find(const cd_rereads *old, const cd_rereads *new, cd_arena *arena, cd_changes *changes)
{
    size_t room = 1, both = old->n < new->n ? old->n : new->n, most = old->n > new->n ? old->n : new->n;
    for (size_t i = 0; i < old->n; i++) room += old->at[i].n + 1;
    for (size_t i = 0; i < new->n; i++) room += new->at[i].n + 1;
    *changes = (cd_changes){.at = cd_arena_array(arena, room, sizeof *changes->at), .list = old->list != new->list};
    if (!changes->at) return CD_ENOMEM;
    bool one = !old->list && !new->list;
    for (size_t i = 0; i < both; i++) compare_record(&old->at[i], &new->at[i], one ? -1 : (long long)i, changes);
    for (size_t i = both; i < most; i++) add_change(changes, (cd_change){(long long)i, NULL, NULL, new->n > old->n});
    return CD_OK;
}

/* --- printing --------------------------------------------------------------------------------------------------------- */

typedef struct printer {
    cd_buf   *out;
    bool      color;
    cd_status st; /* the first failure; nothing is printed after it */
} printer;

typedef enum look { LOOK_PLAIN, LOOK_KEY, LOOK_GONE, LOOK_NEW, LOOK_DIM } look;

static void put(printer *p, const char *text)
{
    if (p->st == CD_OK) p->st = cd_buf_add(p->out, cd_span_of(text));
}

/* Text of a page, which must not move the cursor. */
static void put_shown(printer *p, cd_span text)
{
    if (p->st == CD_OK) p->st = cd_buf_add_shown(p->out, text, false);
}

static void put_look(printer *p, look l)
{
    static const char *const codes[] = {"\x1B[0m", "\x1B[1m", "\x1B[31m", "\x1B[32m", "\x1B[2m"};
    if (p->color) put(p, codes[l]);
}

static const cd_span *key_of(const cd_change *c) { return c->new ? &c->new->key : c->old ? &c->old->key : NULL; }

cd_status cd_changes_names(const cd_changes *changes, cd_buf *out)
{
    printer   p = {out, false, CD_OK};
    long long last = -1;
    if (changes->list) put(&p, changes->n ? "one record or a list of them, " : "one record or a list of them");
    for (size_t i = 0; i < changes->n && p.st == CD_OK; i++) {
        const cd_change *c = &changes->at[i];
        const cd_span   *key = key_of(c);
        if (i) put(&p, c->record == last ? ", " : "; ");
        if (key && c->record != last) p.st = cd_buf_format(out, "record %lld: ", c->record);
        if (key) put_shown(&p, *key);
        else if (p.st == CD_OK) p.st = cd_buf_format(out, "record %lld is %s", c->record, c->comes ? "new" : "gone");
        last = c->record;
    }
    return p.st;
}

static void put_line(printer *p, bool new, cd_span text)
{
    put_look(p, new ? LOOK_NEW : LOOK_GONE);
    put(p, new ? "      + " : "      - ");
    put_shown(p, text);
    put_look(p, LOOK_PLAIN);
    put(p, "\n");
}

/* --- words ------------------------------------------------------------------------------------------------------------ */

/* One word, one letter of a script without blanks, or the break between two paragraphs. */
typedef struct token {
    cd_span text;  /* ptr NULL: a break */
    bool    blank; /* a blank stands in front of it */
} token;

typedef struct tokens {
    token    *at;
    uint64_t *hash;
    bool     *differs;
    size_t    n;
} tokens;

/* Takes the next token off *rest; false at the end. */
static bool take_token(cd_span *rest, token *t)
{
    size_t blanks = 0, lines = 0;
    while (blanks < rest->len && cd_is_blank(rest->ptr[blanks])) lines += rest->ptr[blanks++] == '\n';
    *rest = cd_span_sub(*rest, blanks, rest->len);
    *t = (token){{NULL, 0}, blanks > 0};
    if (lines) return true;
    if (rest->len == 0) return false;
    cd_span at = *rest;
    t->text.ptr = rest->ptr;
    while (at.len && !cd_is_blank(*at.ptr)) {
        bool solo = cd_is_solo(cd_utf8_take(&at));
        if (solo && t->text.len) break;
        t->text.len = (size_t)(at.ptr - rest->ptr);
        if (solo) break;
    }
    *rest = cd_span_sub(*rest, t->text.len, rest->len);
    return true;
}

static cd_status tokenize(cd_span text, cd_arena *arena, tokens *list)
{
    token t;
    *list = (tokens){0};
    for (cd_span rest = text; take_token(&rest, &t);) list->n++;
    list->at = cd_arena_array(arena, list->n + 1, sizeof *list->at);
    list->hash = cd_arena_array(arena, list->n + 1, sizeof *list->hash);
    list->differs = cd_arena_array(arena, list->n + 1, sizeof *list->differs);
    if (!list->at || !list->hash || !list->differs) return CD_ENOMEM;
    size_t i = 0;
    for (cd_span rest = text; take_token(&rest, &t); i++) {
        list->at[i] = t;
        list->hash[i] = t.text.ptr ? cd_hash_bytes(t.text) : 0;
    }
    return CD_OK;
}

static void put_tokens(printer *p, const tokens *list, size_t from, size_t to, bool joined)
{
    for (size_t i = from; i < to; i++) {
        const token *t = &list->at[i];
        if (i > from ? t->blank || !t->text.ptr || !list->at[i - 1].text.ptr : !joined) put(p, " ");
        if (t->text.ptr) put_shown(p, t->text);
        else put(p, "\xC2\xB6");
    }
}

/* Words that differ, between the signs `open` and `close`. */
static void put_edit(printer *p, const tokens *list, size_t from, size_t to, bool new)
{
    if (from == to) return;
    put(p, " ");
    put_look(p, new ? LOOK_NEW : LOOK_GONE);
    put(p, new ? "{+" : "[-");
    put_tokens(p, list, from, to, true);
    put(p, new ? "+}" : "-]");
    put_look(p, LOOK_PLAIN);
}

/* Words that stay: all of a short stretch, of a long one those next to a difference; each difference begins a line. */
static void put_kept(printer *p, const tokens *list, size_t from, size_t to)
{
    bool   begins = from == 0, ends = to == list->n;
    size_t shown = (begins ? 0u : CONTEXT_WORDS) + (ends ? 0u : CONTEXT_WORDS);
    if (to - from <= shown) {
        put_tokens(p, list, from, to, false);
        return;
    }
    if (!begins) put_tokens(p, list, from, from + CONTEXT_WORDS, false);
    if (!begins) put(p, " \xE2\x80\xA6");
    if (!begins && !ends) put(p, "\n      ~");
    if (!ends) put(p, " \xE2\x80\xA6");
    if (!ends) put_tokens(p, list, to - CONTEXT_WORDS, to, false);
}

static void put_words(printer *p, const tokens *old, const tokens *new)
{
    put(p, "      ~");
    for (size_t i = 0, j = 0; (i < old->n || j < new->n) && p->st == CD_OK;) {
        size_t gone = i, come = j, kept;
        while (gone < old->n && old->differs[gone]) gone++;
        put_edit(p, old, i, gone, false);
        while (come < new->n && new->differs[come]) come++;
        put_edit(p, new, j, come, true);
        for (kept = come; kept < new->n && !new->differs[kept] && !old->differs[gone + (kept - come)];) kept++;
        if (kept > come) put_kept(p, new, come, kept);
        i = gone + (kept - come);
        j = kept;
    }
    put(p, "\n");
}

/* Two texts word by word, behind a sign in each line: so that no page's words stand first in a line of a CI server's log, where some are
 * taken for commands. False: they are short, or only their blanks differ, and are better shown in full. */
static bool put_text_diff(printer *p, cd_span old, cd_span new)
{
    tokens    a, b;
    bool      shown = false;
    cd_arena *arena = cd_arena_new();
    cd_status st = arena ? tokenize(old, arena, &a) : CD_ENOMEM;
    if (st == CD_OK) st = tokenize(new, arena, &b);
    if (st == CD_OK && (a.n > SHORT_WORDS || b.n > SHORT_WORDS)) {
        st = cd_diff(a.hash, a.n, b.hash, b.n, a.differs, b.differs);
        for (size_t i = 0; i < a.n && !shown; i++) shown = a.differs[i];
        for (size_t i = 0; i < b.n && !shown; i++) shown = b.differs[i];
        if (st == CD_OK && shown) put_words(p, &a, &b);
    }
    cd_arena_free(arena);
    if (st != CD_OK) p->st = st;
    return shown;
}

/* --- values ----------------------------------------------------------------------------------------------------------- */

/* Two lists item by item: those that only one of them has, in order. */
static void put_items(printer *p, const cd_reread_value *old, const cd_reread_value *new)
{
    size_t    n = old->nitems, m = new->nitems, i = 0, j = 0;
    cd_arena *arena = cd_arena_new();
    uint64_t *hash = arena ? cd_arena_array(arena, n + m + 1, sizeof *hash) : NULL;
    bool     *differs = arena ? cd_arena_array(arena, n + m + 1, sizeof *differs) : NULL;
    for (size_t k = 0; hash && k < n + m; k++) hash[k] = cd_hash_bytes(k < n ? old->items[k] : new->items[k - n]);
    cd_status st = hash && differs ? cd_diff(hash, n, hash + n, m, differs, differs + n) : CD_ENOMEM;
    while (st == CD_OK && (i < n || j < m)) {
        if (i < n && differs[i]) put_line(p, false, old->items[i++]);
        else if (j < m && differs[n + j]) put_line(p, true, new->items[j++]);
        else i++, j++;
    }
    cd_arena_free(arena);
    if (st != CD_OK) p->st = st;
}

static void put_change(printer *p, const cd_change *c)
{
    const cd_span *key = key_of(c);
    cd_span        rest = key ? *key : (cd_span){NULL, 0};
    put_look(p, LOOK_KEY);
    put(p, "    ");
    if (c->record >= 0 && p->st == CD_OK) p->st = cd_buf_format(p->out, "record %lld%s", c->record, key ? ", " : "");
    if (key && cd_span_starts(*key, CD_SPAN("::"))) put(p, "\\x3a"), rest = cd_span_sub(*key, 1, key->len); /* no command to a CI server */
    if (key) put_shown(p, rest);
    put_look(p, LOOK_PLAIN);
    put(p, key ? "\n" : c->comes ? " is new\n" : " is gone\n");
    if (c->old && c->new && c->old->many && c->new->many) {
        put_items(p, c->old, c->new);
        return;
    }
    if (c->old && c->new && c->old->text.ptr && c->new->text.ptr && put_text_diff(p, c->old->text, c->new->text)) return;
    if (c->old) put_line(p, false, c->old->json);
    if (c->new) put_line(p, true, c->new->json);
}

cd_status cd_changes_text(const cd_changes *changes, unsigned flags, cd_buf *out)
{
    printer p = {out, flags & CD_COLOR, CD_OK};
    for (size_t i = 0; i < changes->n && p.st == CD_OK; i++) put_change(&p, &changes->at[i]);
    return p.st;
}

static cd_status add_member(cd_buf *out, const char *name, cd_span json)
{
    CD_TRY(cd_buf_format(out, ",\"%s\":", name));
    return cd_buf_add(out, json);
}

cd_status cd_changes_json(const cd_changes *changes, cd_buf *out)
{
    CD_TRY(cd_buf_char(out, '['));
    for (size_t i = 0; i < changes->n; i++) {
        const cd_change *c = &changes->at[i];
        const cd_span   *key = key_of(c);
        if (i) CD_TRY(cd_buf_char(out, ','));
        if (c->record < 0) CD_TRY(cd_buf_add(out, CD_SPAN("{\"record\":null,\"key\":")));
        else CD_TRY(cd_buf_format(out, "{\"record\":%lld,\"key\":", c->record));
        if (key) CD_TRY(cd_json_quote(*key, out));
        else CD_TRY(cd_buf_add(out, CD_SPAN("null")));
        if (c->old) CD_TRY(add_member(out, "expected", c->old->json));
        if (c->new) CD_TRY(add_member(out, "actual", c->new->json));
        CD_TRY(cd_buf_char(out, '}'));
    }
    return cd_buf_char(out, ']');
}
