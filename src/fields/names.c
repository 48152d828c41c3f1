/* names.c -- from a byline to the names in it. In: one short line ("By Jane Roe and Max Moe in Oslo, for The Globe"). Out:
 * the names alone. The line is read word by word. A capitalised word that is no role, outlet or label carries a name on; a
 * small "van" or "de" does within one; everything else ends it, and what follows a role, an outlet or "in" up to the next
 * sign is skipped. Words of scripts without capitals are names only where they are as short as names are. */
#include "fields/names.h"

#include "fields/nameahead.h"

/* Most words of one name; more in a row are several names, or none. Most letters of a name in a script without case, and of one that is
 * known as a name by its first word or by what stands in front. */
enum { NAME_WORDS = 6, RUN_WORDS = 40, CASELESS_LETTERS = 8, CASELESS_SURE_LETTERS = 28, CASELESS_SURE_WORDS = 4, ARTICLE_BYTES = 3 };

/* Letters of a Chinese or Japanese name that is written with a blank in the middle; the first byte of Korean letters. */
enum { PARTED_LETTERS = 5, HANGUL = 0xEA };

/* A name that is being read: its words so far. */
typedef struct name_run {
    cd_span  word[RUN_WORDS];
    unsigned bits[RUN_WORDS];
    size_t   n;
    bool     caseless, capitals, cjk; /* one of the words is so */
} name_run;

/* What becomes of the words up to the next sign. */
typedef enum skipping { SKIP_NONE, SKIP_FREE, SKIP_STRANGE } skipping;

typedef struct reader {
    const cd_tables *tables;
    cd_span          rest;
    cd_names        *out;
    name_run         run;
    skipping         skip;
    bool             comma;  /* the run began behind a comma */
    bool             dash;   /* behind a name and a dash, where places stand: "Ann Lee — San Telmo" */
    bool             joined; /* behind a raised dot, which joins names in East Asia */
    size_t           reporters; /* names that a word for reporter follows there */
    bool             after_role; /* and behind a role: "editor and Master Gardener" is no second person */
    cd_span          single; /* a first name of one word, kept in case that nothing longer comes */
    const char      *outlet; /* where an outlet began, or NULL */
} reader;

static cd_name_ahead ahead_of(const reader *r) { return (cd_name_ahead){r->tables, r->rest}; }

static cd_name_token next_token(reader *r) { return cd_name_token_take(r->tables, &r->rest); }

static bool known(const cd_names *names, cd_span name)
{
    uint64_t hash = cd_word_hash(name);
    for (size_t i = 0; i < names->n; i++)
        if (cd_word_hash(names->at[i]) == hash) return true;
    return false;
}

static void push(reader *r, size_t from, size_t to)
{
    const name_run *run = &r->run;
    while (to > from && run->bits[to - 1] & CD_NAME_PART && *run->word[to - 1].ptr >= 'a' && *run->word[to - 1].ptr <= 'z') to--;
    if (from == to) return;
    cd_span name = {run->word[from].ptr, (size_t)(run->word[to - 1].ptr + run->word[to - 1].len - run->word[from].ptr)};
    if (r->out->n == CD_LIMIT_AUTHORS || known(r->out, name)) return;
    size_t first = from + 1 < to && run->bits[from] & CD_NAME_TITLE ? from + 1 : from; /* titles stay, as printed */
    r->out->given += (run->bits[first] & CD_NAME_GIVEN) != 0;
    r->out->at[r->out->n++] = name;
    size_t words = to - from == 1 && run->cjk && run->bits[from] & CD_NAME_GIVEN ? 2 : to - from; /* family and given name */
    if (words > r->out->words) r->out->words = words;
}

/* The same words twice in a row ("Ann Lee Ann Lee") are one name. */
static size_t halve(const name_run *run)
{
    size_t half = run->n / 2;
    if (run->n % 2 || half == 0) return run->n;
    for (size_t i = 0; i < half; i++)
        if (!cd_span_is(run->word[i], run->word[i + half])) return run->n;
    return half;
}

/* A run of words that running text writes small, without any given name, is a heading or an organisation. Behind a by-word
 * all of them must be so: there are people called Keen and Small. Behind a name and its role one is enough. */
static bool is_common(const name_run *run, size_t n, bool by, bool named)
{
    size_t common = 0;
    for (size_t i = 0; i < n; i++) {
        if (run->bits[i] & CD_NAME_GIVEN && i == 0 && n > 1) return false;
        common += (run->bits[i] & CD_NAME_COMMON) != 0;
    }
    if (named) return common > 0;
    return common > 0 && (by ? common == n : common * 2 >= n);
}

/* "J." or "J": one letter, and no more than a full stop behind it. */
static bool is_initial(cd_span word)
{
    (void)cd_utf8_take(&word);
    return word.len == 0 || *word.ptr == '.';
}

/* Buttons for the size of letters ("A A A"): a name has a word that is no initial. */
static bool is_initials(const name_run *run, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_initial(run->word[i])) return false;
    return n > 0 && !run->caseless;
}

static size_t letters(const name_run *run, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        for (cd_span rest = run->word[i]; rest.len; count++) (void)cd_utf8_take(&rest);
    return count;
}

/* Four words or more without a sign may be several names: a known given name behind a word that is none begins the next. */
static void push_all(reader *r, size_t n)
{
    name_run *run = &r->run;
    size_t    from = 0;
    for (size_t i = 2; n > 3 && i + 1 < n; i++)
        if (i - from >= 2 && run->bits[i] & CD_NAME_GIVEN && !(run->bits[i - 1] & (CD_NAME_GIVEN | CD_NAME_PART))) {
            push(r, from, i);
            from = i;
        }
    if (n - from <= NAME_WORDS) push(r, from, n);
    else r->out->strange += n - from;
}

/* "Linny and Piet": the first name of one word was kept back, and is a name now that another has come. */
static void push_single(reader *r)
{
    if (r->single.ptr && r->out->n == 0) r->out->at[r->out->n++] = r->single;
}

/* A name in a script without case is as short as names are; where nothing else says that it is one, shorter still. */
static void push_caseless(reader *r, size_t n)
{
    const name_run *run = &r->run;
    const size_t    count = letters(run, n);
    const bool      sure = !run->cjk && n > 1 && n <= CASELESS_SURE_WORDS && (r->out->by || run->bits[0] & CD_NAME_GIVEN);
    if (count > (sure ? CASELESS_SURE_LETTERS : CASELESS_LETTERS) || count < 2) {
        r->out->strange += n;
        return;
    }
    push(r, 0, n);
    r->out->caseless = true;
}

static void finish(reader *r)
{
    name_run *run = &r->run;
    size_t    n = halve(run);
    if (n && r->dash && !(run->bits[0] & CD_NAME_GIVEN)) {
        r->out->other = true;
    } else if (n && run->caseless) {
        push_caseless(r, n);
    } else if (run->n > 1 && !r->out->by && is_initials(run, run->n)) {
        r->out->strange += run->n;
    } else if (n && is_common(run, n, r->out->by, r->out->n && (r->comma || r->after_role))) {
        r->out->other = true;
        r->out->strange += r->out->by || r->out->n ? 0 : n;
    } else if (n == 1) {
        if (!r->single.ptr && !r->comma) r->single = run->word[0];
        else if (!r->comma) push_single(r), push(r, 0, 1);
    } else if (n > 1) {
        push_all(r, n);
    }
    run->n = 0;
    run->caseless = run->capitals = run->cjk = false;
    r->comma = r->after_role = r->dash = false;
}

/* "Herald Staff Writer" -> "Herald", "Harbour News political correspondent" -> "Harbour News"; "Review Editor" names none. */
static cd_span without_role(const cd_tables *tables, cd_span outlet)
{
    cd_span     rest = outlet, word;
    const char *end = outlet.ptr; /* of the last word in front of the role that is no small one */
    while (cd_word_take(&rest, &word)) {
        unsigned bits = cd_name_word(tables, word);
        if (bits & CD_NAME_ROLE && !(bits & (CD_NAME_OUTLET | CD_NAME_AGENCY)) && end > outlet.ptr) {
            outlet.len = (size_t)(end - outlet.ptr);
            return cd_name_word(tables, outlet) & CD_NAME_GENRE ? (cd_span){NULL, 0} : outlet;
        }
        if (!cd_is_lower(cd_utf8_take(&(cd_span){word.ptr, word.len}))) end = word.ptr + word.len;
    }
    return outlet;
}

static void end_outlet(reader *r, const char *end)
{
    if (!r->outlet || r->out->outlet.ptr) return;
    r->out->outlet = without_role(r->tables, cd_span_trim((cd_span){r->outlet, (size_t)(end - r->outlet)}));
    r->outlet = NULL;
}

static void add(reader *r, const cd_name_token *t)
{
    name_run *run = &r->run;
    if (run->n == RUN_WORDS) {
        r->out->strange++;
        return;
    }
    run->word[run->n] = t->text;
    run->bits[run->n++] = t->bits & (t->initial ? ~(unsigned)CD_NAME_COMMON : ~0u);
    run->caseless |= t->caseless;
    run->capitals |= t->capitals;
    run->cjk |= t->cjk;
}

/* An outlet's last word has come. "Ann Lee Harbour Gazette": the words in front of it are the outlet's, behind a given name
 * and a surname; "Harbour Gazette": all of them are. */
static void give_to_outlet(reader *r, const cd_name_token *t)
{
    name_run *run = &r->run;
    bool      given = run->n && run->bits[0] & CD_NAME_GIVEN;
    bool      agency = !(t->bits & CD_NAME_OUTLET); /* says nothing about the word in front */
    r->outlet = r->outlet ? r->outlet : t->text.ptr;
    if (agency ? run->n == 1 : run->n && (!given || run->n == 1)) {
        r->outlet = run->word[0].ptr;
        r->out->other = true;
        run->n = 0;
    } else if (!agency && run->n > 2 && !(run->bits[1] & (CD_NAME_PART | CD_NAME_GIVEN)) && run->word[1].len > 2) {
        r->outlet = run->word[2].ptr;
        run->n = 2;
    }
}

static bool is_hangul(cd_span word) { return (unsigned char)*word.ptr >= HANGUL; }

/* The word for reporter has come in Chinese, Japanese or Korean. Where a name follows, what stands in front is its outlet. Else the last
 * word in front is the name, or the last two if they are as short as its halves; names in front of a raised dot sign with it. */
static void take_reporter(reader *r, const cd_name_token *t)
{
    name_run *run = &r->run;
    if (!r->joined) r->out->n = r->reporters;
    if (cd_ahead_reporter(ahead_of(r), t)) {
        r->out->by = true;
        run->n = 0;
    }
    if (run->n == 0) return;
    size_t from = run->n - 1;
    if (from && !is_hangul(run->word[from]) && letters(run, run->n) - (from > 1 ? letters(run, from - 1) : 0) <= PARTED_LETTERS) from--;
    memmove(run->word, run->word + from, (run->n - from) * sizeof *run->word);
    memmove(run->bits, run->bits + from, (run->n - from) * sizeof *run->bits);
    run->n -= from;
}

/* A role has come: "Field staff" is no person, "Ann Lee Parliamentary editor" has a role of two words. */
static void give_to_role(reader *r, const cd_name_token *t)
{
    name_run *run = &r->run;
    r->out->roles++;
    if (t->cjk) take_reporter(r, t);
    while (run->n > 2 && run->bits[run->n - 1] & CD_NAME_COMMON && !(run->bits[run->n - 1] & CD_NAME_GIVEN)) run->n--;
    if (run->n == 1 && !run->cjk && !(run->bits[0] & CD_NAME_GIVEN) && !(t->bits & CD_NAME_POST)) {
        r->out->other = true;
        run->n = 0;
    }
}

/* "App", "Sid" and "Ani" are agencies in capitals only, and "AA" is a button for the size of letters. */
static bool is_short_name(const cd_name_token *t)
{
    return t->text.len <= 2 || (t->upper && t->text.len == 3 && t->text.ptr[1] >= 'a' && t->text.ptr[1] <= 'z');
}

/* A word that carries no name on: what it is says what becomes of the rest of its phrase. */
static void other_word(reader *r, const cd_name_token *t)
{
    bool outlet = t->bits & (CD_NAME_OUTLET | CD_NAME_AGENCY) || t->domain || t->capitals;
    bool role = t->bits & (CD_NAME_ROLE | CD_NAME_POST) && !(t->bits & CD_NAME_OUTLET && !t->caseless);
    bool named = r->out->n || r->single.ptr || r->run.n || r->out->other;
    if (t->address || (t->cjk && t->bits & CD_NAME_CHECK)) { /* who checked it signs at the end of a line in Chinese */
        finish(r);
        if (!t->address && r->out->n) r->rest.len = 0;
        return;
    }
    if (role) give_to_role(r, t);
    else if (outlet) give_to_outlet(r, t);
    r->out->agency |= t->bits & CD_NAME_AGENCY && !is_short_name(t);
    finish(r);
    bool place = t->bits & CD_NAME_PREP || (t->upper && t->text.len == 3 && t->bits & CD_NAME_NOT); /* "in Oslo", "The Globe" */
    r->skip = role || outlet || (named && (place || cd_ahead_role(ahead_of(r)))) ? SKIP_FREE : SKIP_STRANGE;
    r->after_role = role;
    if (role && t->cjk) {
        r->skip = SKIP_NONE;
        r->reporters = r->out->n;
    }
    r->out->strange += r->skip == SKIP_STRANGE;
}

/* "Ann Price", "Seung Min Kim": a word of furniture that is a surname, behind a by-word and a name, or behind a given name. "Ann Lee
 * Read More", "Ann Lee Read the story" are buttons. */
static bool is_surname(const reader *r, const cd_name_token *t)
{
    const unsigned ends = CD_NAME_AND | CD_NAME_PREP | CD_NAME_ROLE | CD_NAME_POST | CD_NAME_CHECK;
    if (!t->upper || !(t->bits & CD_NAME_SURNAME) || r->run.n == 0 || r->run.n > 2) return false;
    if (r->run.n == 2 && !is_initial(r->run.word[1]) && !(r->run.bits[1] & CD_NAME_GIVEN)) return false;
    if (!r->out->by && !(r->run.bits[0] & CD_NAME_GIVEN)) return false;
    reader        look = *r;
    cd_name_token next = next_token(&look);
    if (next.kind != CD_TOKEN_WORD || next.bits & ends || next.address || next.digits) return true;
    return r->out->by && next.upper && !(next.bits & CD_NAME_SURNAME);
}

static bool carries_on(const reader *r, const cd_name_token *t)
{
    unsigned no = CD_NAME_PREP | CD_NAME_ROLE | CD_NAME_OUTLET | CD_NAME_AGENCY | CD_NAME_NOT | CD_NAME_POST | CD_NAME_CHECK | CD_NAME_GENRE;
    if (t->digits || t->address || t->domain || t->owner || t->glued) return false;
    bool station = t->capitals && !r->run.capitals && (r->run.n > 1 || (r->run.n == 1 && t->text.len <= 4));
    if (station && !(t->bits & (CD_NAME_SUFFIX | CD_NAME_GIVEN))) return false; /* "Ann Lee WXYZ" */
    if (t->bits & CD_NAME_SUFFIX) return r->run.n > 0;
    if (t->caseless) return !(t->bits & no);
    if (t->initial) return true;
    if (t->bits & CD_NAME_PART && t->bits & CD_NAME_NOT && t->upper && r->run.n == 0) return false; /* "Der Morgen", "El Correo" */
    if (t->bits & CD_NAME_PART && (r->run.n > 0 || t->upper) && !(t->bits & CD_NAME_AND && !t->upper)) return true;
    if ((t->bits & CD_NAME_GIVEN && t->upper) || is_surname(r, t)) return true;
    return t->upper && !(t->bits & no);
}

/* "The Associated Press" */
static bool is_article(const cd_name_token *t) { return t->upper && t->bits & CD_NAME_NOT && t->text.len <= ARTICLE_BYTES && !(t->bits & CD_NAME_GIVEN); }

static void read_word(reader *r, const cd_name_token *t)
{
    bool first = r->run.n == 0 && !r->single.ptr && r->out->n == 0 && !r->out->other;
    bool role_before = r->after_role;
    if (t->bits & CD_NAME_AND && !t->upper) {
        finish(r);
        r->skip = SKIP_NONE;
        r->after_role = role_before;
    } else if (r->skip) {
        r->after_role |= (t->bits & CD_NAME_ROLE) != 0;
        r->out->roles += (t->bits & CD_NAME_ROLE) != 0;
        r->out->strange += r->skip == SKIP_STRANGE;
    } else if (first && cd_ahead_by(ahead_of(r), t)) {
        r->out->by = true;
    } else if (first && is_article(t) && (cd_ahead_role(ahead_of(r)) || cd_ahead_genre(ahead_of(r)))) {
        return;
    } else if (first && r->out->by && (cd_ahead_between(ahead_of(r), t) || (t->bits & CD_NAME_ROLE && cd_ahead_given(ahead_of(r))))) {
        r->out->roles += (t->bits & CD_NAME_ROLE) != 0;
    } else if (carries_on(r, t)) {
        add(r, t);
    } else {
        other_word(r, t);
    }
}

/* Up to the closing bracket, or to the end of a line that has none. */
static void skip_bracket(reader *r)
{
    reader look = *r;
    for (cd_name_token t = next_token(&look); t.kind != CD_TOKEN_END; t = next_token(&look))
        if (t.kind == CD_TOKEN_CLOSE) {
            r->rest = look.rest;
            return;
        }
}

static cd_rune rune_of(cd_span sign) { return cd_utf8_take(&sign); }
static bool is_dash(cd_span sign) { return *sign.ptr == '-' || (rune_of(sign) >= 0x2013 && rune_of(sign) <= 0x2015); }
static bool is_dot(cd_span sign) { return rune_of(sign) == 0xB7 || rune_of(sign) == 0x30FB || rune_of(sign) == 0x3001; }

static void read_sign(reader *r, const cd_name_token *t)
{
    const bool label = *t->text.ptr == ':' && r->out->n && r->run.n == 1; /* "Text: Ann Lee, Fotos: Bo Day" */
    finish(r);
    if (label) r->skip = SKIP_STRANGE;
    if (t->kind == CD_TOKEN_OPEN) {
        skip_bracket(r);
        return;
    }
    end_outlet(r, t->text.ptr);
    bool named = r->out->n > 0 || r->single.ptr || r->out->other;
    r->out->strange += t->kind == CD_TOKEN_OTHER && named;
    if (t->kind != CD_TOKEN_OTHER) r->skip = SKIP_NONE;
    r->comma = t->kind == CD_TOKEN_COMMA && named;
    r->dash = r->out->n > 0 && t->kind == CD_TOKEN_STRONG && is_dash(t->text);
    r->joined = t->kind == CD_TOKEN_STRONG && is_dot(t->text);
}

void cd_names_read(const cd_tables *tables, cd_span line, cd_names *out)
{
    reader r = {.tables = tables, .rest = line, .out = out};
    memset(out, 0, sizeof *out);
    for (cd_name_token t = next_token(&r); t.kind != CD_TOKEN_END; t = next_token(&r)) {
        if (t.kind == CD_TOKEN_WORD) read_word(&r, &t);
        else read_sign(&r, &t);
    }
    finish(&r);
    end_outlet(&r, line.ptr + line.len);
    if (out->n == 0 && r.single.ptr && !out->other) {
        out->at[out->n++] = r.single;
        out->given += (cd_name_word(tables, r.single) & CD_NAME_GIVEN) != 0;
        out->words = 1;
    }
}

cd_span cd_names_skip_by(const cd_tables *tables, cd_span line)
{
    cd_names none;
    reader   r = {.tables = tables, .rest = line, .out = &none};
    cd_span  left = cd_span_trim(line);
    for (cd_name_token t = next_token(&r); t.kind == CD_TOKEN_WORD || t.kind == CD_TOKEN_OTHER; t = next_token(&r)) {
        const bool label = t.bits & CD_NAME_BY || (t.bits & CD_NAME_GENRE && !cd_ahead_small(ahead_of(&r))); /* "Opinion The Harbour Desk" */
        if (t.kind == CD_TOKEN_WORD && (!label || t.bits & CD_NAME_GIVEN)) break;
        left = cd_span_trim(r.rest);
    }
    return left;
}

void cd_names_read_others(const cd_tables *tables, cd_span line, cd_names *out)
{
    cd_span rest = cd_names_skip_by(tables, line), begin = rest;
    reader  r = {.tables = tables, .rest = rest, .out = out};
    for (;;) {
        const char *at = r.rest.ptr;
        cd_name_token t = next_token(&r);
        bool        join = t.kind == CD_TOKEN_WORD && t.bits & CD_NAME_AND && !t.upper && t.text.len > 1 && cd_span_trim(r.rest).len;
        bool        in = t.kind == CD_TOKEN_WORD && t.bits & CD_NAME_NOT && !t.upper && begin.ptr != rest.ptr; /* ", in News" */
        if (t.kind == CD_TOKEN_WORD && !join && !in) continue;
        if (t.kind == CD_TOKEN_OTHER) continue;
        cd_span phrase = cd_span_trim((cd_span){begin.ptr, at > begin.ptr ? (size_t)(at - begin.ptr) : 0});
        if (phrase.len > 1 && out->n < CD_LIMIT_AUTHORS && !known(out, phrase)) out->at[out->n++] = phrase;
        if (t.kind == CD_TOKEN_END || in) return;
        if (t.kind == CD_TOKEN_OPEN) skip_bracket(&r);
        begin = cd_span_trim(r.rest);
    }
}
