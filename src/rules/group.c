/* group.c -- a pattern -> one that matches the same with less work. In: a pattern that PCRE2 has taken. Out: a pattern in which
 * alternatives that begin with the same letters share them: (?:home|about us|about me|help) becomes
 * (?:h(?:ome|elp)|about (?:us|me)). Labels are long lists of phrases, and PCRE2 tries one after the other.
 *
 * Of alternatives that begin with different letters at most one can match at a place, so that their order does not matter; those
 * that begin with the same letter keep theirs. An alternative that does not begin with a plain letter is a wall: nothing is
 * moved past it. Groups that capture keep their numbers, since nothing with one inside is touched; look-behinds need
 * alternatives of fixed lengths and are left alone, too. Syntax that could change what a letter means (verbs, calls,
 * conditions, \Q, options that are set for what follows, extended mode) leaves the whole pattern as it is. */
#include "rules/group.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "rules/needle.h"

enum {
    DEPTH_MAX = 60, /* groups in groups, and letters that are shared one after the other: each level is a C frame */
    SEEN = 256,     /* letters that are told apart in a list; where two share a place the second is a wall */
    FEW = 3         /* so few alternatives are tried as fast one after the other */
};

typedef struct writer {
    cd_buf   *out;
    cd_arena *arena; /* for the lists of alternatives */
    cd_status st;
    unsigned  depth;
} writer;

static void put(writer *w, cd_span text)
{
    if (w->st == CD_OK) w->st = cd_buf_add(w->out, text);
}

static cd_span *take_list(writer *w, size_t n)
{
    cd_span *list = cd_arena_raw(w->arena, n + 1, sizeof *list);
    if (!list) w->st = CD_ENOMEM;
    return list;
}

/* ---- reading ---------------------------------------------------------------------------------------------------------- */

static bool is_at(cd_span text, size_t at, const char *token) { return cd_span_starts(cd_span_sub(text, at, text.len), cd_span_of(token)); }

/* Behind the class [...] that begins at `at`. */
static size_t skip_class(cd_span text, size_t at)
{
    size_t i = at + 1;
    if (i < text.len && text.ptr[i] == '^') i++;
    if (i < text.len && text.ptr[i] == ']') i++;
    while (i < text.len && text.ptr[i] != ']') {
        if (text.ptr[i] == '\\') i++;
        else if (is_at(text, i, "[:")) i += 1 + cd_span_find(cd_span_sub(text, i + 1, text.len), CD_SPAN(":]"));
        i++;
    }
    return i < text.len ? i + 1 : text.len;
}

/* Behind the sign, escape or class at `at`; of a parenthesis only itself. */
static size_t skip_one(cd_span text, size_t at)
{
    if (text.ptr[at] == '[') return skip_class(text, at);
    if (text.ptr[at] == '\\') return at + 2 < text.len ? at + 2 : text.len;
    return at + 1;
}

/* Behind the parenthesis that answers the one at `at`. */
static size_t skip_group(cd_span text, size_t at)
{
    size_t depth = 0;
    while (at < text.len) {
        char c = text.ptr[at];
        at = skip_one(text, at);
        if (c == '(') depth++;
        if (c == ')' && --depth == 0) break;
    }
    return at;
}

/* What a letter means may change behind these. Options for a group of its own, (?i:...), and those at the pattern's front are fine. */
static bool is_strange(cd_span pattern)
{
    for (size_t i = 0; i < pattern.len;) {
        size_t to = skip_one(pattern, i);
        if (pattern.ptr[i] == '\\' && i + 1 < pattern.len && strchr("QEKGgk0123456789", pattern.ptr[i + 1])) return true;
        if (pattern.ptr[i] == '(' && (is_at(pattern, i, "(*") || is_at(pattern, i, "(?(") || is_at(pattern, i, "(?#") ||
                                      is_at(pattern, i, "(?C") || is_at(pattern, i, "(?|") || is_at(pattern, i, "(?R") ||
                                      is_at(pattern, i, "(?'") || is_at(pattern, i, "(?&") || is_at(pattern, i, "(?P") || is_at(pattern, i, "(?+")))
            return true;
        if (is_at(pattern, i, "(?")) {
            size_t k = i + 2;
            while (k < pattern.len && strchr("^-imnsxJU", pattern.ptr[k])) k++;
            if (i > 0 && k < pattern.len && pattern.ptr[k] == ')') return true;
            if (cd_span_find(cd_span_sub(pattern, i, k), CD_SPAN("x")) < k - i) return true;
        }
        i = to;
    }
    return false;
}

/* Bytes of what opens a group: "(", "(?:", "(?i:", "(?<name>", "(?=" and so on; *behind: it looks back. */
static size_t opening(cd_span text, bool *behind)
{
    *behind = is_at(text, 0, "(?<=") || is_at(text, 0, "(?<!");
    if (!is_at(text, 0, "(?")) return 1;
    if (*behind) return 4;
    if (is_at(text, 0, "(?<")) return cd_span_find(text, CD_SPAN(">")) + 1;
    size_t i = 2;
    while (i < text.len && !strchr(":=!>", text.ptr[i])) i++;
    return i + 1;
}

static bool captures(cd_span text)
{
    for (size_t i = 0; i < text.len; i = skip_one(text, i)) {
        if (text.ptr[i] != '(') continue;
        if (!is_at(text, i, "(?") || (is_at(text, i, "(?<") && !is_at(text, i, "(?<=") && !is_at(text, i, "(?<!"))) return true;
    }
    return false;
}

/* Bytes of the plain letter that an alternative begins with and that it must have just once; 0 where it begins otherwise. */
static size_t first_letter(cd_span part)
{
    if (part.len == 0) return 0;
    size_t n = 1;
    if (*part.ptr == '\\') {
        if (part.len < 2 || !strchr(".-+*?()[]{}|/^$\\", part.ptr[1])) return 0;
        n = 2;
    } else if (strchr("[(.^$|?*+)", *part.ptr)) {
        return 0;
    } else if ((unsigned char)*part.ptr >= 0x80) {
        cd_span rest = part;
        (void)cd_utf8_take(&rest);
        n = part.len - rest.len;
    }
    return n < part.len && strchr("?*+{", part.ptr[n]) ? 0 : n;
}

/* ---- writing ---------------------------------------------------------------------------------------------------------- */

static void write_row(writer *w, cd_span row);

static cd_rune family_of(cd_span part)
{
    if (*part.ptr == '\\') part = cd_span_sub(part, 1, part.len);
    return cd_needle_fold(cd_utf8_take(&part));
}

/* How many of parts[0, n) may be sorted by their first letters: up to the first wall, which is also a letter that stands in
 * another case already, since both may match the same text. */
static size_t reach(const cd_span *parts, size_t n)
{
    cd_span seen[SEEN] = {{NULL, 0}}; /* by family, as far as there is room: a letter as it stood first */
    for (size_t i = 0; i < n; i++) {
        cd_span letter = cd_span_sub(parts[i], 0, first_letter(parts[i]));
        if (letter.len == 0) return i;
        cd_span *as_seen = &seen[family_of(letter) % SEEN];
        if (as_seen->len && !cd_span_is(*as_seen, letter)) return i;
        *as_seen = letter;
    }
    return n;
}

static void write_parts(writer *w, cd_span *parts, size_t n);

/* Those of parts[at, n) that begin as the first of them, without what they share; gives their number. They come out empty. */
static size_t gather(cd_span *parts, size_t at, size_t n, cd_span letter, cd_span *rests)
{
    size_t count = 0;
    for (size_t i = at; i < n; i++) {
        if (!parts[i].ptr || !cd_span_starts(parts[i], letter)) continue;
        rests[count++] = cd_span_sub(parts[i], letter.len, parts[i].len);
        parts[i].ptr = NULL;
    }
    return count;
}

/* Alternatives that all begin with plain letters; leaves none of them. */
static void write_sorted(writer *w, cd_span *parts, size_t n)
{
    cd_span *rests = take_list(w, n);
    for (size_t i = 0, written = 0; rests && i < n; i++) {
        if (!parts[i].ptr) continue;
        cd_span one = parts[i], letter = cd_span_sub(one, 0, first_letter(one));
        size_t  alike = gather(parts, i, n, letter, rests);
        if (written++) put(w, CD_SPAN("|"));
        if (alike == 1) {
            write_row(w, one);
            continue;
        }
        put(w, letter);
        put(w, CD_SPAN("(?:"));
        write_parts(w, rests, alike); /* which leaves none of these: the list is used again */
        put(w, CD_SPAN(")"));
    }
}

static void write_parts(writer *w, cd_span *parts, size_t n)
{
    w->depth++;
    for (size_t i = 0, to; i < n; i = to) {
        to = n > FEW && w->depth < DEPTH_MAX ? i + reach(parts + i, n - i) : i;
        if (i) put(w, CD_SPAN("|"));
        if (to > i + 1) {
            write_sorted(w, parts + i, to - i);
        } else {
            write_row(w, parts[i]);
            to = i + 1;
        }
    }
    w->depth--;
}

static size_t count_parts(cd_span text)
{
    size_t n = 1;
    for (size_t i = 0; i < text.len; i = text.ptr[i] == '(' ? skip_group(text, i) : skip_one(text, i)) n += text.ptr[i] == '|';
    return n;
}

static void split(cd_span text, cd_span *parts)
{
    size_t from = 0;
    for (size_t i = 0; i < text.len; i = text.ptr[i] == '(' ? skip_group(text, i) : skip_one(text, i)) {
        if (text.ptr[i] != '|') continue;
        *parts++ = cd_span_sub(text, from, i);
        from = i + 1;
    }
    *parts = cd_span_sub(text, from, text.len);
}

/* What stands in a group, or the whole pattern. */
static void write_alternatives(writer *w, cd_span text)
{
    size_t   n = count_parts(text);
    cd_span *parts = take_list(w, n);
    if (!parts) return;
    split(text, parts);
    if (!captures(text)) {
        write_parts(w, parts, n);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (i) put(w, CD_SPAN("|"));
        write_row(w, parts[i]);
    }
}

/* Atoms one after the other; groups among them are gone into. */
static void write_row(writer *w, cd_span row)
{
    size_t i = 0, from = 0;
    while (i < row.len) {
        if (row.ptr[i] != '(') {
            i = skip_one(row, i);
            continue;
        }
        bool   behind;
        put(w, cd_span_sub(row, from, i));
        from = i;
        size_t open = opening(cd_span_sub(row, i, row.len), &behind);
        i = skip_group(row, i);
        if (behind || open + 1 > i - from || w->depth >= DEPTH_MAX) continue;
        put(w, cd_span_sub(row, from, from + open));
        write_alternatives(w, cd_span_sub(row, from + open, i - 1));
        from = i - 1;
    }
    put(w, cd_span_sub(row, from, row.len));
}

cd_status cd_pattern_group(cd_span pattern, cd_buf *out)
{
    if (is_strange(pattern)) return cd_buf_add(out, pattern);
    writer w = {.out = out, .arena = cd_arena_new(), .st = CD_OK};
    if (!w.arena) return CD_ENOMEM;
    write_alternatives(&w, pattern);
    cd_arena_free(w.arena);
    return w.st;
}
