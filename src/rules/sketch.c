/* sketch.c -- `copydesk rules new`: a quoted line of a page -> the text of a rule that takes it away. In: the line. Out: a rule with a
 * name, a pattern and examples that pass its own test, for a person to go on with. The pattern is the line itself, escaped;
 * what changes from page to page is loosened: digits to any number, quotation marks and dashes to any of their kind, blanks
 * to a run of blanks. A rule that drops is anchored at both ends, so that no sentence that holds the words is taken. */
#include "base/limits.h"
#include "base/utf8.h"
#include "rules/match.h"

/* Below these a line says too little: "More" and "By" are words of stories. Letters, and words where it may stand in a sentence. */
enum { LETTERS_MIN = 6, WORDS_MIN_DROP = 2, WORDS_MIN_CUT = 3, NAME_WORDS = 5 };

static const char *loosened(cd_rune r)
{
    switch (r) {
    case '\'':
    case 0x2018:
    case 0x2019: return "['\xE2\x80\x98\xE2\x80\x99]";
    case '"':
    case 0x201C:
    case 0x201D: return "[\"\xE2\x80\x9C\xE2\x80\x9D]";
    case '-':
    case 0x2013:
    case 0x2014: return "[-\xE2\x80\x93\xE2\x80\x94]";
    default: return NULL;
    }
}

static cd_status add_pattern(cd_buf *out, cd_span line)
{
    for (bool digits = false; line.len;) {
        cd_span     at = line;
        cd_rune     r = cd_utf8_take(&line);
        const char *any = loosened(r);
        bool        again = digits && cd_is_digit(r);
        digits = cd_is_digit(r);
        if (again) continue;
        if (digits) CD_TRY(cd_buf_add(out, CD_SPAN("\\d+")));
        else if (any) CD_TRY(cd_buf_add(out, cd_span_of(any)));
        else if (r < 0x80 && strchr("\\^$.[]|()?*+{}#", (int)r)) CD_TRY(cd_buf_format(out, "\\%c", (int)r));
        else CD_TRY(cd_buf_add(out, cd_span_sub(at, 0, at.len - line.len)));
    }
    return CD_OK;
}

/* Small ASCII letters and digits of the first words; other scripts have no name in it. */
static cd_status add_name(cd_buf *out, cd_span line)
{
    cd_span word;
    size_t  n = 0, before = out->len;
    while (n < NAME_WORDS && cd_word_take(&line, &word)) {
        bool plain = true;
        for (size_t i = 0; i < word.len; i++) plain = plain && (unsigned char)word.ptr[i] < 0x80;
        if (!plain) continue;
        CD_TRY(cd_buf_format(out, "%s", n++ ? "-" : ""));
        for (size_t i = 0; i < word.len; i++) CD_TRY(cd_buf_char(out, (char)(word.ptr[i] >= 'A' && word.ptr[i] <= 'Z' ? word.ptr[i] + 32 : word.ptr[i])));
    }
    return out->len > before ? CD_OK : cd_buf_add(out, CD_SPAN("line"));
}

/* The boilerplate family that the rules see a sign of, the most certain first. */
static cd_status find_family(const cd_rules *rules, cd_matcher *m, cd_span line, cd_role *family, cd_error *err)
{
    cd_subject subjects[2];
    size_t     n = cd_subjects(line, subjects), best = SIZE_MAX;
    *family = CD_ROLE_OTHER;
    for (size_t i = 0; i < rules->n; i++) {
        cd_rule *rule = rules->at[i];
        size_t   weight = rule->label.action == CD_ACTION_DROP ? 0 : rule->label.action == CD_ACTION_HINT ? 1 : 2;
        if (cd_role_is_kept(rule->label.family) || weight >= best) continue;
        CD_TRY(cd_match_need(m, rules, rule, err));
        for (size_t k = 0; k < n; k++)
            if (cd_match(m, rule, &subjects[k]) == CD_MATCH_FOUND) best = weight, *family = rule->label.family;
    }
    return CD_OK;
}

static cd_status check_line(cd_span line, cd_action action, cd_error *err)
{
    size_t  letters = 0, words = cd_word_count(line), wanted = action == CD_ACTION_DROP ? WORDS_MIN_DROP : WORDS_MIN_CUT;
    cd_span rest = line;
    while (rest.len) letters += cd_is_letter(cd_utf8_take(&rest));
    if (line.len == 0) return cd_fail(err, CD_EUSAGE, "the line is empty");
    for (size_t i = 0; i < line.len; i++)
        if ((unsigned char)line.ptr[i] < ' ') return cd_fail(err, CD_EUSAGE, "the line has a control character; quote one line of the page");
    if (line.len > CD_LIMIT_RULE_LINE_BYTES / 8) return cd_fail(err, CD_EUSAGE, "the line is too long for a rule: quote a part of it");
    if (words >= wanted && letters >= LETTERS_MIN) return CD_OK;
    return cd_fail(err, CD_EUSAGE, "'%.*s' is too general: a rule needs %zu words and %d letters, or it will hit stories", (int)line.len, line.ptr, wanted, LETTERS_MIN);
}

/* Inside of words a match may begin or end only where a word does. */
static const char *edge_of(cd_rune r) { return cd_is_letter(r) || cd_is_digit(r) ? "\\b" : ""; }

static cd_status write_rule(cd_span line, cd_role family, cd_action action, cd_buf *out)
{
    bool    whole = action == CD_ACTION_DROP;
    size_t  len;
    cd_span front = line, rest = line;
    cd_rune first = cd_utf8_take(&rest), last = cd_utf8_last(line, &len);
    while (front.len && front.ptr[front.len - 1] != ' ') front.len--;
    CD_TRY(cd_buf_format(out, "rule %s.", cd_role_name(family)));
    CD_TRY(add_name(out, line));
    CD_TRY(cd_buf_format(out, " %s\n  why   %s\n  find  %s", cd_action_name(action),
                         whole ? "a line around the story, no part of it: say here what it is" : "words that a site sticks to its paragraphs: say here what they are",
                         whole ? "^" : edge_of(first)));
    CD_TRY(add_pattern(out, line));
    CD_TRY(cd_buf_format(out, "%s\n  yes   %.*s\n", whole ? "$" : edge_of(last), (int)line.len, line.ptr));
    if (whole) return cd_buf_format(out, "  no    A reader asked what \"%.*s\" was to mean.\n", (int)line.len, line.ptr);
    front = cd_span_trim(front);
    return cd_buf_format(out, "  no    %.*s\n", front.len ? (int)front.len : 4, front.len ? front.ptr : "none");
}

cd_status cd_rules_sketch(const cd_rules *rules, cd_matcher *m, const char *quoted, cd_action action, cd_buf *out, cd_error *err)
{
    cd_span line = cd_span_trim(cd_span_of(quoted));
    cd_buf  single = {0};
    cd_role family;
    CD_TRY(check_line(line, action, err));
    cd_status st = CD_OK;
    for (size_t i = 0; i < line.len && st == CD_OK; i++) /* a block's text has single blanks */
        if (line.ptr[i] != ' ' || line.ptr[i - 1] != ' ') st = cd_buf_char(&single, line.ptr[i]);
    if (st == CD_OK) st = find_family(rules, m, cd_buf_span(&single), &family, err);
    if (st == CD_OK) st = write_rule(cd_buf_span(&single), family, action, out);
    cd_buf_free(&single);
    return st == CD_OK ? st : cd_fail_memory(err);
}
