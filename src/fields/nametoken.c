/* nametoken.c -- a byline -> its words and signs, one by one. In: the rest of the line. Out: the next token and what is known of it: whether
 * it is written as names are, is an address, and what the tables say of it. Words that are glued ("ByAnn Lee") come apart. */
#include "fields/nametoken.h"

/* Capitals in a row with which no name of a person begins; bytes of a name such as "DeLaRosa". */
enum { CAPITALS = 3, GLUED_BYTES = 15 };

/* Letters of the longest role in Chinese, Japanese or Korean that is glued to a name, of the longest name behind one, and bytes of all. */
enum { ROLE_LETTERS = 4, NAME_LETTERS = 4, RUN_BYTES = 60, HAN = 0xE4 /* first byte of nearly all Chinese characters */ };

/* Letters of most family names in Japan (others have one more), and of the longest word that is looked at for one or for what stands at its
 * end. */
enum { FAMILY_LETTERS = 2, FULL_NAME_LETTERS = 6 };

static bool is_strong(cd_rune r)
{
    return r == '|' || r == ';' || r == '/' || r == 0x2022 || r == 0xB7 || r == 0x2219 || r == 0x2013 || r == 0x2014 || r == 0x2015 ||
           r == 0x3001 || r == 0x30FB || r == 0xFF0F || r == 0x25CF || r == 0x25CB || r == 0x2502 || r == 0x3010 || r == 0x3011 || r == 0x22C5;
}

static bool is_apostrophe(cd_rune r) { return r == '\'' || r == 0x2019 || r == 0x2BC || r == 0x2018; }

static bool in_word(cd_rune r)
{
    return cd_is_letter(r) || cd_is_digit(r) || is_apostrophe(r) || r == '-' || r == '.' || r == '@' || r == '_' || r == 0x2011;
}

/* Chinese, Japanese and Korean, which write names without blanks. */
static bool is_cjk(cd_span word) { return word.len && (unsigned char)*word.ptr >= 0xE3; }

/* "REUTERS" and "KXYZNews". */
static bool is_capitals(cd_span word)
{
    size_t n = 0;
    while (word.len) {
        cd_rune r = cd_utf8_take(&word);
        if (cd_is_lower(r)) return n > CAPITALS;
        n += cd_is_upper(r);
    }
    return n > 2;
}

/* "OverviewBarberBrow": labels without a blank between them. */
static bool is_glued(cd_span word)
{
    size_t  joints = 0, len = word.len;
    cd_rune before = ' ';
    while (word.len) {
        cd_rune r = cd_utf8_take(&word);
        joints += cd_is_upper(r) && cd_is_lower(before);
        before = r;
    }
    return joints > 1 && len > GLUED_BYTES;
}

/* The full stop behind "J." or "Jr." belongs to the name, that of a sentence does not; a footnote's number is nobody's. */
static cd_span without_stop(cd_span word)
{
    cd_span bare = word;
    while (bare.len && (bare.ptr[bare.len - 1] == '.' || bare.ptr[bare.len - 1] == '-')) bare.len--;
    if (bare.len <= 3) return word;
    size_t len = bare.len;
    while (len && bare.ptr[len - 1] >= '0' && bare.ptr[len - 1] <= '9') len--;
    if (len > 2 && bare.len - len <= 2) bare.len = len;
    return bare;
}

/* The first `n` letters of a word, or all of them. */
static cd_span front_of(cd_span word, size_t n)
{
    cd_span rest = word;
    while (n-- && rest.len) (void)cd_utf8_take(&rest);
    return (cd_span){word.ptr, word.len - rest.len};
}

static size_t count_letters(cd_span word)
{
    size_t n = 0;
    for (; word.len; n++) (void)cd_utf8_take(&word);
    return n;
}

/* What the ends of a Chinese or Japanese word say: a family name in front is a name's, "reported" behind a place is nobody's. */
static unsigned bits_of_cjk(const cd_tables *tables, cd_span word)
{
    const size_t letters = count_letters(word);
    if (letters < ROLE_LETTERS || letters > FULL_NAME_LETTERS) return 0;
    size_t end = front_of(word, letters - FAMILY_LETTERS).len;
    if (cd_name_word(tables, cd_span_sub(word, end, word.len)) & CD_NAME_NOT) return CD_NAME_PREP;
    return (cd_name_word(tables, front_of(word, FAMILY_LETTERS)) | cd_name_word(tables, front_of(word, FAMILY_LETTERS + 1))) & CD_NAME_GIVEN;
}

static void classify(const cd_tables *tables, cd_name_token *t)
{
    cd_span rest = t->text, bare;
    cd_rune first = cd_utf8_take(&rest);
    while (is_apostrophe(first) && rest.len) t->text = rest, first = cd_utf8_take(&rest);
    t->text = without_stop(t->text);
    for (bare = t->text; bare.len && bare.ptr[bare.len - 1] == '.';) bare.len--;
    cd_rune second = cd_utf8_take(&rest), third = cd_utf8_take(&rest);
    t->upper = cd_is_upper(first) || (is_apostrophe(second) && cd_is_upper(third));
    t->initial = cd_is_upper(first) && (second == '.' || second == CD_RUNE_END);
    t->caseless = cd_is_letter(first) && !cd_is_upper(first) && !cd_is_lower(first);
    for (size_t i = 0; i < t->text.len; i++) {
        t->digits |= t->text.ptr[i] >= '0' && t->text.ptr[i] <= '9';
        t->address |= t->text.ptr[i] == '@';
    }
    size_t stop = 0;
    for (size_t i = 1; i + 2 < bare.len; i++)
        if (bare.ptr[i] == '.') stop = i;
    t->domain = stop > 2 && bare.len > 5 && bare.ptr[stop + 1] != '.' && cd_is_letter((unsigned char)bare.ptr[stop + 1]); /* "11.04.2025" is none */
    size_t end;
    cd_span front = cd_span_sub(bare, 0, bare.len ? bare.len - 1 : 0);
    t->owner = bare.len > 3 && bare.ptr[bare.len - 1] == 's' && is_apostrophe(cd_utf8_last(front, &end));
    t->bits = cd_name_word(tables, bare);
    t->cjk = t->caseless && is_cjk(t->text);
    if (t->cjk && !t->bits) t->bits = bits_of_cjk(tables, t->text);
    t->capitals = is_capitals(t->text);
    t->glued = is_glued(t->text);
}

/* Bytes of the word for reporter, author or text with which a run of Chinese or Japanese begins, in front of a name; 0: with none. */
static size_t role_in_front(const cd_tables *tables, cd_span word)
{
    for (size_t n = ROLE_LETTERS; n > 1; n--) {
        cd_span front = front_of(word, n), name = cd_span_sub(word, front.len, word.len);
        size_t  left = count_letters(name);
        if (left < 2 || left > NAME_LETTERS || (unsigned char)*name.ptr < HAN || !(cd_name_word(tables, front) & (CD_NAME_ROLE | CD_NAME_BY))) continue;
        return cd_name_word(tables, word) ? 0 : front.len;
    }
    return 0;
}

/* Where such a run parts, which is written without blanks: a name and the word for reporter behind it, or that word and a name, with an
 * outlet in front. */
static size_t joint_without_blanks(const cd_tables *tables, cd_span word)
{
    if (word.len < 3 * (ROLE_LETTERS - 1) || word.len > RUN_BYTES || cd_name_word(tables, word)) return 0;
    for (size_t n = ROLE_LETTERS, letters = count_letters(word); n > 1; n--) {
        size_t at = letters > n ? front_of(word, letters - n).len : 0;
        if (at && cd_name_word(tables, cd_span_sub(word, at, word.len)) & CD_NAME_ROLE) return at;
    }
    for (cd_span rest = word; rest.len; (void)cd_utf8_take(&rest)) {
        size_t at = (size_t)(rest.ptr - word.ptr), role = role_in_front(tables, rest);
        if (role) return at ? at : role;
    }
    return 0;
}

/* Where glued words part: behind a by-word ("ByAnn Lee"), in front of a handle ("Lee@annlee") and in front of a role or a
 * label ("LeeReporter"); 0: nowhere. */
static size_t joint(const cd_tables *tables, cd_span word)
{
    const unsigned after = CD_NAME_ROLE | CD_NAME_OUTLET | CD_NAME_NOT | CD_NAME_CHECK;
    cd_span        rest = word;
    cd_rune        before = ' ';
    if (is_cjk(word)) return joint_without_blanks(tables, word);
    while (rest.len) {
        size_t  at = word.len - rest.len;
        cd_rune r = cd_utf8_take(&rest);
        if (r == '@' && at > 0 && cd_is_upper(cd_utf8_take(&(cd_span){word.ptr, word.len})) && !memchr(word.ptr, '.', at)) return at;
        if (cd_is_upper(r) && cd_is_lower(before)) {
            if (cd_name_word(tables, cd_span_sub(word, 0, at)) & CD_NAME_BY) return at;
            if (at > 3 && cd_name_word(tables, cd_span_sub(word, at, word.len)) & after) return at;
        }
        before = r;
    }
    return 0;
}

static cd_name_token_kind kind_of_sign(cd_rune r, cd_span rest)
{
    if (r == ',' || r == 0xFF0C) return CD_TOKEN_COMMA;
    if (r == '(' || r == '[' || r == 0xFF08 || r == '<') return CD_TOKEN_OPEN;
    if (r == ')' || r == ']' || r == 0xFF09 || r == '>') return CD_TOKEN_CLOSE;
    if (is_strong(r) || (r == '-' && rest.len && *rest.ptr == ' ')) return CD_TOKEN_STRONG;
    return CD_TOKEN_OTHER;
}

/* Signs of footnotes: "Ann Lee^1, Bo Day*". */
static bool is_mark(cd_rune r) { return r == '^' || r == '*' || r == 0x2020 || r == 0x2021; }

/* The common case of a word: a letter of ASCII and small ones behind it, up to a blank or a sign that is in no word. */
static bool take_plain(const cd_tables *tables, cd_rune first, cd_span from, cd_span *rest, cd_name_token *t)
{
    if (first >= 0x80 || !cd_is_letter(first)) return false;
    size_t len = 1 + cd_small_letters(rest->ptr, rest->ptr + rest->len);
    if (len < from.len && ((unsigned char)from.ptr[len] >= 0x80 || in_word((unsigned char)from.ptr[len]))) return false;
    t->kind = CD_TOKEN_WORD;
    t->text = cd_span_sub(from, 0, len);
    t->upper = cd_is_upper(first);
    t->initial = t->upper && len == 1;
    t->bits = cd_name_word(tables, t->text);
    *rest = cd_span_sub(from, len, from.len);
    return true;
}

cd_name_token cd_name_token_take(const cd_tables *tables, cd_span *rest)
{
    cd_name_token t = {.kind = CD_TOKEN_END};
    cd_span       before = *rest;
    cd_rune       c = cd_utf8_take(rest);
    while (c == ' ' || is_mark(c)) {
        while (is_mark(c) && rest->len && *rest->ptr >= '0' && *rest->ptr <= '9') (void)cd_utf8_take(rest);
        before = *rest;
        c = cd_utf8_take(rest);
    }
    if (c == CD_RUNE_END) return t;
    t.text = (cd_span){before.ptr, (size_t)(rest->ptr - before.ptr)};
    if (c == '&' || c == '+') {
        t.kind = CD_TOKEN_WORD;
        t.bits = CD_NAME_AND;
        return t;
    }
    if (!in_word(c) || (c == '-' && rest->len && *rest->ptr == ' ')) {
        t.kind = kind_of_sign(c, *rest);
        return t;
    }
    if (take_plain(tables, c, before, rest, &t)) return t;
    cd_span ahead = *rest;
    while (ahead.len && in_word(cd_utf8_take(&ahead))) *rest = ahead;
    t.kind = CD_TOKEN_WORD;
    t.text.len = (size_t)(rest->ptr - before.ptr);
    size_t part = joint(tables, t.text);
    if (part) {
        *rest = cd_span_sub(before, part, before.len);
        t.text.len = part;
    }
    classify(tables, &t);
    return t;
}
