/* memo.c -- menus and labels are the same from page to page: a line that came before need not be scanned, nor tried by rules that
 * did not match it. In: short texts with the rules that matched them. Out: the same for equal texts. A table with one place for
 * each hash; the newer line wins. What is found is exactly what the rules would find, so that records do not depend on which
 * pages came before: the whole text is compared, and the place in the page and the set of rules that may be tried (language,
 * host) belong to it. */
#include "rules/memo.h"

#include <stdlib.h>

enum {
    LINES = 1 << 14,  /* a power of two */
    RULES_MAX = 4,    /* that may match a line which is kept */
    SETS_MAX = 32     /* sets of rules that may be tried: languages, mostly */
};

typedef struct line {
    uint8_t  len; /* 0: empty place */
    uint8_t  n;
    uint8_t  place, set;
    uint16_t rules[RULES_MAX];
    uint16_t tries;
    char     text[CD_MEMO_BYTES];
} line;

struct cd_memo {
    line     *lines;
    uint16_t *tags;   /* a part of the hash of each line: most texts are no such line, and these lie close together */
    uint64_t *sets; /* SETS_MAX of nwords each */
    size_t    nsets, nwords, set;
};

cd_memo *cd_memo_new(const cd_rules *rules)
{
    cd_memo *memo = calloc(1, sizeof *memo);
    if (!memo) return NULL;
    memo->nwords = rules->nwords;
    memo->lines = calloc(LINES, sizeof *memo->lines);
    memo->sets = calloc(SETS_MAX * rules->nwords + 1, sizeof *memo->sets);
    memo->tags = calloc(LINES, sizeof *memo->tags);
    if (memo->lines && memo->sets && memo->tags) return memo;
    cd_memo_free(memo);
    return NULL;
}

void cd_memo_free(cd_memo *memo)
{
    if (!memo) return;
    free(memo->lines);
    free(memo->sets);
    free(memo->tags);
    free(memo);
}

void cd_memo_begin(cd_memo *memo, const uint64_t *live)
{
    const size_t bytes = memo->nwords * sizeof *live;
    for (memo->set = 0; memo->set < memo->nsets; memo->set++)
        if (memcmp(memo->sets + memo->set * memo->nwords, live, bytes) == 0) return;
    if (memo->nsets == SETS_MAX) {
        memset(memo->lines, 0, LINES * sizeof *memo->lines);
        memo->nsets = memo->set = 0;
    }
    memcpy(memo->sets + memo->nsets++ * memo->nwords, live, bytes);
}

static size_t   place_of(uint64_t hash) { return hash & (LINES - 1); }
static uint16_t tag_of(uint64_t hash) { return (uint16_t)(hash >> 48); }

bool cd_memo_find(const cd_memo *memo, cd_span text, unsigned place, cd_memo_line *found)
{
    if (text.len == 0 || text.len > CD_MEMO_BYTES) return false;
    uint64_t    hash = cd_hash_bytes(text);
    const line *l = &memo->lines[place_of(hash)];
    if (memo->tags[place_of(hash)] != tag_of(hash)) return false;
    if (l->len != text.len || l->place != place || l->set != memo->set || memcmp(l->text, text.ptr, text.len) != 0) return false;
    *found = (cd_memo_line){l->rules, l->n, l->tries};
    return true;
}

void cd_memo_keep(cd_memo *memo, cd_span text, const cd_block *block, size_t tries)
{
    line l = {.len = (uint8_t)text.len, .place = (uint8_t)block->place, .set = (uint8_t)memo->set, .tries = (uint16_t)tries};
    if (text.len == 0 || text.len > CD_MEMO_BYTES || tries > UINT16_MAX) return;
    for (const cd_hit *hit = block->hits; hit; hit = hit->next) {
        uint16_t rule = (uint16_t)((const cd_rule *)hit->rule)->index;
        if (l.n && l.rules[l.n - 1] == rule) continue; /* hits are in the order of the rules */
        if (l.n == RULES_MAX) return;
        l.rules[l.n++] = rule;
    }
    memcpy(l.text, text.ptr, text.len);
    uint64_t hash = cd_hash_bytes(text);
    memo->lines[place_of(hash)] = l;
    memo->tags[place_of(hash)] = tag_of(hash);
}
