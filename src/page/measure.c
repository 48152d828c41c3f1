/* measure.c -- counts what can be counted in every block, and looks at the page as a whole. In: blocks with text. Out: their
 * measures, which of them say the same, the page's language, the densest run of prose and each block's place to it. One pass
 * over the letters; all integers. The weights for prose and gaps were found on labelled pages (README, "Accuracy"). */
#include "page/measure.h"

#include "base/hash.h"

/* Weights in hundredths of a word. */
enum {
    SOLO_UNITS = 55,         /* a letter of a script without spaces */
    PROSE_MIN = 800,         /* shorter blocks are headings and labels */
    PROSE_SURE = 2500,       /* from here on a block is prose without a sign at its end */
    PROSE_PLAIN = 1200,      /* a sentence of a language whose function words are not known */
    PROSE_MAX = 8000,        /* a block counts no more than this */
    STOP_MIN = 120,          /* function words per thousand that a short piece of prose has */
    GAP = 600,               /* what a block that is no prose costs the run */
    STEM_MIN = 4             /* bytes of a word that says something */
};

/* Counters of one block while its letters pass. */
typedef struct tally {
    cd_measure *m;
    uint32_t    solo, cased, capital, upper_words, digits, letters, runes;
    uint32_t    commas, sentences, stop, language_words;
    uint64_t    hash;
    uint32_t   *stems;        /* where the next word's goes */
    uint16_t   *said;         /* and the next function word's place in its table */
    cd_scripts  scripts;
    bool        sentence_end; /* a full stop was seen, and since then only closing quotes and brackets */
} tally;

static bool is_closing(cd_rune r)
{
    return r == '"' || r == '\'' || r == ')' || r == ']' || r == 0x201D || r == 0x2019 || r == 0x00BB || r == 0x201C || r == 0x300D ||
           r == 0x300F || r == 0x203A || r == 0xFF09;
}

static bool is_stop(cd_rune r)
{
    return r == '.' || r == '!' || r == '?' || r == 0x2026 || r == 0x3002 || r == 0xFF01 || r == 0xFF1F || r == 0x061F || r == 0x0964 ||
           r == 0x06D4 || r == 0xFF0E;
}

static bool is_comma(cd_rune r) { return r == ',' || r == ';' || r == 0x3001 || r == 0xFF0C || r == 0x060C; }

static void count_case(tally *t, cd_span word)
{
    cd_rune first = cd_utf8_take(&word);
    bool    upper = cd_is_upper(first), lower = cd_is_lower(first);
    if (t->m->words == 1) t->m->first_upper = !lower && cd_is_letter(first);
    if (!upper && !lower) return;
    if (t->m->words > 1) t->cased++, t->capital += upper;
    bool all = upper;
    while (all && word.len) all = !cd_is_lower(cd_utf8_take(&word));
    t->letters++;
    t->upper_words += all;
}

static uint32_t fold_stem(uint64_t hash) { return (uint32_t)(hash >> 32) | 1; } /* its upper half depends on all bytes */

static void count_hash(tally *t, uint64_t hash)
{
    size_t word = cd_function_word(hash);
    t->stop += word < CD_WORD_SLOTS;
    if (word < CD_WORD_SLOTS) *t->said++ = (uint16_t)word;
    t->hash = cd_hash_join(t->hash, hash);
    t->sentence_end = false;
}

/* What says nothing is short, or a letter of a script without spaces but for Han. */
uint32_t cd_stem_of(cd_span word)
{
    cd_span rest = word;
    cd_rune first = cd_utf8_take(&rest);
    if (cd_is_solo(first)) return first >= 0x3400 ? fold_stem(cd_fold_hash(word)) : 0;
    if (word.len < STEM_MIN) return 0;
    for (size_t letters = 1; rest.len && letters < CD_STEM; letters++) (void)cd_utf8_take(&rest);
    return fold_stem(cd_fold_hash((cd_span){word.ptr, (size_t)(rest.ptr - word.ptr)}));
}

/* The first `n` of eight letters and digits of ASCII, folded. */
static uint64_t fold_word(uint64_t eight, size_t n) { return cd_eight_first(eight | CD_EIGHT(0x20), n); }

/* The common case of count_word(): a word of ASCII letters and digits, looked at once. Gives its bytes; 0, and nothing done, where
 * a letter beyond ASCII belongs to it. */
static size_t count_ascii_word(tally *t, cd_span text)
{
    uint64_t first = cd_eight(text.ptr, text.len);
    size_t   len = cd_eight_word(first);
    uint64_t word = cd_eight_first(first, len), hash = cd_hash_eight(CD_HASH_BYTES_SEED, fold_word(first, len));
    uint64_t small = word & word >> 1; /* small letters have this bit, 0x20, and the next one, capitals that one alone, digits this one */
    for (size_t n = len; n == 8; len += n) {
        uint64_t eight = cd_eight(text.ptr + len, text.len - len);
        n = cd_eight_word(eight);
        word = cd_eight_first(eight, n);
        small |= word & word >> 1;
        if (n) hash = cd_hash_eight(hash, fold_word(eight, n));
    }
    small &= CD_EIGHT(0x20);
    if (len < text.len && (unsigned char)text.ptr[len] >= 0x80) return 0;
    *t->stems++ = len < STEM_MIN ? 0 : fold_stem(len <= CD_STEM ? hash : cd_hash_eight(CD_HASH_BYTES_SEED, fold_word(first, CD_STEM)));
    bool digit = *text.ptr <= '9', upper = !digit && *text.ptr < 'a';
    t->m->words++;
    t->runes += (uint32_t)len;
    if (digit) t->digits += (uint32_t)len;
    if (t->m->words == 1) t->m->first_upper = upper;
    else if (!digit) t->cased++, t->capital += upper;
    if (!digit) t->letters++, t->upper_words += upper && small == 0;
    count_hash(t, hash);
    return len;
}

static void count_word(tally *t, cd_span word)
{
    t->m->words++;
    cd_span rest = word;
    cd_rune first = cd_utf8_take(&rest);
    if (cd_is_solo(first)) {
        t->solo++;
        cd_scripts_add(&t->scripts, first);
    } else {
        count_case(t, word);
        for (rest = word; rest.len;) cd_scripts_add(&t->scripts, cd_utf8_take(&rest));
    }
    *t->stems++ = cd_stem_of(word);
    count_hash(t, cd_fold_hash(word));
}

static void count_sign(tally *t, cd_rune r)
{
    if (is_stop(r)) {
        t->sentence_end = true;
        if (r >= 0x3000) t->sentences++;
    } else if (r == ' ') {
        t->sentences += t->sentence_end;
        t->sentence_end = false;
    } else if (!is_closing(r)) {
        t->sentence_end = false;
    }
    t->commas += is_comma(r);
}

/* The same for ASCII: what is_stop(), is_closing() and is_comma() say. */
static void count_ascii_sign(tally *t, unsigned char c)
{
    t->runes++;
    switch (c) {
    case '.': case '!': case '?': t->sentence_end = true; break;
    case ' ': t->sentences += t->sentence_end, t->sentence_end = false; break;
    case '"': case '\'': case ')': case ']': break;
    case ',': case ';': t->commas++; /* and, as for all others: */ /* fall through */
    default: t->sentence_end = false;
    }
}

static cd_ending ending_of(cd_span text)
{
    size_t  len;
    cd_rune last = cd_utf8_last(text, &len);
    if (last == 0x2026 || cd_span_ends(text, CD_SPAN("..."))) return CD_END_ELLIPSIS;
    if (last == ':' || last == 0xFF1A) return CD_END_COLON;
    if (last == ',' || last == ';' || last == '-' || last == 0x2013) return CD_END_COMMA;
    if (last == 0x25A0 || last == 0x25CF || last == 0x25FC || last == 0x25A1) { /* the black box that ends a magazine story */
        text = cd_span_trim(cd_span_sub(text, 0, text.len - len));
        last = cd_utf8_last(text, &len);
    }
    while (text.len && is_closing(last)) {
        text.len -= len;
        last = cd_utf8_last(text, &len);
    }
    return text.len && is_stop(last) ? CD_END_SENTENCE : CD_END_NONE;
}

static uint16_t per_thousand(uint32_t part, uint32_t whole) { return (uint16_t)(whole ? (uint64_t)part * 1000 / whole : 0); }
static uint16_t at_most_1000(uint32_t n) { return (uint16_t)(n > 1000 ? 1000 : n); }

/* How much of the block is running text: none where it is short, ends like a label, or has no function words. */
static uint32_t prose_weight(const cd_measure *m, cd_span text)
{
    if (m->units < PROSE_MIN) return 0;
    bool quoted = text.len && (text.ptr[text.len - 1] == '"' || cd_span_ends(text, CD_SPAN("\xE2\x80\x9D")));
    bool ended = m->ending == CD_END_SENTENCE || m->ending == CD_END_COLON || quoted;
    if (!ended && m->units < PROSE_SURE) return 0;
    if (!m->cjk && m->stop < STOP_MIN && m->units < PROSE_SURE && (m->units < PROSE_PLAIN || m->caps > 400)) return 0;
    return m->units < PROSE_MAX ? m->units : PROSE_MAX;
}

/* Takes the letters of a block one after the other; words go to count_word(), signs to count_sign(). */
static void count_letters(tally *t, cd_span text)
{
    while (text.len) {
        unsigned char c = (unsigned char)*text.ptr;
        size_t        n = cd_ascii_word[c] ? count_ascii_word(t, text) : 0;
        if (n == 0 && c < 0x80 && !cd_ascii_word[c]) {
            count_ascii_sign(t, c);
            n = 1;
        }
        if (n) {
            text = cd_span_sub(text, n, text.len);
            continue;
        }
        cd_span at = text;
        cd_rune r = cd_utf8_take(&text);
        if (!cd_is_letter(r) && !cd_is_digit(r)) {
            count_sign(t, r);
            t->runes++;
            continue;
        }
        cd_span word;
        if (!cd_word_take(&at, &word)) continue;
        t->runes += (uint32_t)word.len;
        if (r < 0x80 && cd_is_digit(r)) t->digits += (uint32_t)word.len;
        count_word(t, word);
        text = at;
    }
}

/* Only prose has a say in the page's language. */
static void vote(const tally *t, const uint16_t *said, cd_votes *votes)
{
    votes->words_seen += t->m->words;
    for (; said < t->said; said++) cd_votes_add(votes, *said);
    for (size_t i = 0; i < CD_SCRIPTS; i++) votes->scripts.letters[i] += t->scripts.letters[i];
}

/* `said` has room for the places of the block's function words. */
static void measure_block(cd_block *b, cd_votes *votes, uint32_t *stems, uint16_t *said)
{
    tally   t = {.m = &b->m, .hash = CD_HASH_SEED, .stems = stems, .said = said};
    cd_span text = cd_span_sub(b->text, b->core, b->text.len);
    count_letters(&t, text);
    cd_measure *m = &b->m;
    m->ending = (uint8_t)ending_of(text);
    m->sentences = at_most_1000(t.sentences + (t.sentence_end ? 1 : 0));
    m->commas = at_most_1000(t.commas);
    uint64_t units = (uint64_t)(m->words - t.solo) * 100 + (uint64_t)t.solo * SOLO_UNITS;
    m->units = units > UINT32_MAX ? UINT32_MAX : (uint32_t)units;
    m->cjk = t.solo * 10 >= m->words * 3 && t.solo > 0;
    m->stop = per_thousand(t.stop, m->words);
    m->caps = per_thousand(t.capital, t.cased);
    m->digits = per_thousand(t.digits, t.runes);
    m->all_caps = t.letters > 0 && t.upper_words == t.letters;
    cd_span rest = text;
    cd_rune first = cd_utf8_take(&rest);
    m->quote = first == '"' || first == 0x201C || first == 0x201E || first == 0x00AB || first == 0x2018 || first == '\'' || first == 0x300C;
    m->prose = prose_weight(m, text);
    b->hash = m->words ? t.hash | 1 : 0;
    if (m->prose) vote(&t, said, votes);
}

/* ---- the page as a whole -------------------------------------------------------------------------------------------- */

/* Finds blocks with the same words by a hash table of the first blocks that have them. */
static cd_status find_equal(cd_page *page, cd_error *err)
{
    cd_slots slots;
    if (!cd_slots_make(&slots, page->arena, page->nblocks * 2, page->hash_key)) return cd_fail_memory(err);
    size_t *firsts = cd_arena_raw(page->arena, slots.mask + 1, sizeof *firsts);
    if (!firsts) return cd_fail_memory(err);
    for (size_t i = 0; i < page->nblocks; i++) {
        cd_block *b = &page->blocks[i];
        b->first = i;
        b->times = 1;
        if (b->hash == 0) continue;
        size_t at = cd_slots_find(&slots, b->hash);
        if (slots.hashes[at]) {
            b->first = firsts[at];
            page->blocks[b->first].times++;
        } else {
            slots.hashes[at] = b->hash;
            firsts[at] = i;
        }
    }
    for (size_t i = 0; i < page->nblocks; i++) page->blocks[i].times = page->blocks[page->blocks[i].first].times;
    return CD_OK;
}

/* The stretch of blocks with the greatest sum of prose less gaps (Kadane's maximum-sum segment). */
static void find_run(cd_page *page)
{
    int64_t best = 0, sum = 0;
    size_t  from = 0;
    for (size_t i = 0; i < page->nblocks; i++) {
        uint32_t prose = page->blocks[i].m.prose;
        page->shape.prose += prose;
        if (sum <= 0) sum = 0, from = i;
        sum += prose ? (int64_t)prose : -GAP;
        if (sum > best) {
            best = sum;
            page->shape.run_from = from;
            page->shape.run_to = i + 1;
        }
    }
    for (size_t i = 0; i < page->nblocks; i++) {
        cd_block *b = &page->blocks[i];
        b->place = i < page->shape.run_from ? CD_PLACE_HEAD : i < page->shape.run_to ? CD_PLACE_BODY : CD_PLACE_TAIL;
        if (page->shape.run_to == 0) b->place = CD_PLACE_HEAD;
    }
}

/* Every word but the last of a block has a sign behind it, or is a letter of three bytes. */
static size_t words_at_most(const cd_page *page)
{
    size_t n = 1;
    for (size_t i = 0; i < page->nblocks; i++) n += page->blocks[i].text.len / 2 + 1;
    return n;
}

cd_status cd_page_measure(cd_page *page, cd_error *err)
{
    cd_votes votes = {.words_seen = 0};
    size_t   items = 0, words = 0, most = words_at_most(page);
    page->stems = cd_arena_raw(page->arena, most, sizeof *page->stems);
    uint16_t *said = cd_arena_raw(page->arena, most, sizeof *said);
    if (!page->stems || !said) return cd_fail_memory(err);
    for (size_t i = 0; i < page->nblocks; i++) {
        page->blocks[i].stem = words;
        measure_block(&page->blocks[i], &votes, page->stems + words, said);
        words += page->blocks[i].m.words;
        items += page->blocks[i].kind == CD_KIND_ITEM;
    }
    page->language = cd_votes_result(&votes);
    page->shape.bullets = items * 2 < page->nblocks;
    CD_TRY(find_equal(page, err));
    find_run(page);
    return CD_OK;
}
