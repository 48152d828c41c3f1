/* file.c -- rule text -> list of rules. In: the bytes of one rule file. Out: its rules, behind those that the list has. Line by
 * line: it must be clean UTF-8; a head line opens a rule, clauses fill it, the next head or the end closes it and asks for
 * what is missing. Patterns are only copied here: compile.c reads them. */
#include "base/limits.h"
#include "rules/site.h"

/* Every clause, and whether a rule may have more than one. */
#define CLAUSES(X)                                                                                                     \
    X(WHY, "why", read_why, false)                                                                                     \
    X(WHERE, "where", read_where, false)                                                                               \
    X(WORDS, "words", read_words, false)                                                                               \
    X(LANG, "lang", read_langs, false)                                                                                 \
    X(HOST, "host", read_hosts, false)                                                                                 \
    X(FIND, "find", read_find, false)                                                                                  \
    X(YES, "yes", read_yes, true)                                                                                      \
    X(NO, "no", read_no, true)

enum {
#define X(id, name, read, many) CLAUSE_##id,
    CLAUSES(X)
#undef X
};

typedef struct reader {
    cd_rules    *rules;
    bool         users;
    cd_site     *site; /* whose pages the file is for, or NULL: all */
    bool         inherits; /* what the site's nearer files have said stands */
    cd_spot      spot; /* the line at hand */
    cd_rule     *rule; /* the rule that is open, or NULL */
    cd_example **tail; /* where its next example goes */
    unsigned     seen; /* a bit a clause */
    cd_error    *err;
} reader;

/* ---- messages ---- */

/* The reader's line, with the caret under `at`, which points into it. */
static cd_status fail(reader *r, const char *at, const char *what)
{
    r->spot.at = (size_t)(at - r->spot.text.ptr);
    return cd_rules_fail_at(r->err, &r->spot, "%s", what);
}

/* ---- values ---- */

/* Takes the next word off *rest; false when there is none. An empty word still points at where it was looked for. */
static bool take_word(cd_span *rest, cd_span *word)
{
    *rest = cd_span_trim(*rest);
    size_t n = 0;
    while (n < rest->len && !cd_is_blank(rest->ptr[n])) n++;
    *word = cd_span_sub(*rest, 0, n);
    *rest = cd_span_sub(*rest, n, rest->len);
    return n > 0;
}

static cd_status copy_text(reader *r, cd_span text, const char **copy)
{
    *copy = cd_arena_copy(r->rules->arena, text).ptr;
    return *copy ? CD_OK : cd_fail_memory(r->err);
}

static cd_status read_why(reader *r, cd_span value) { return copy_text(r, value, &r->rule->label.why); }

static cd_status read_where(reader *r, cd_span value)
{
    static const struct {
        cd_span  name;
        cd_place place;
    } places[] = {{CD_SPAN("head"), CD_PLACE_HEAD}, {CD_SPAN("body"), CD_PLACE_BODY},
                  {CD_SPAN("tail"), CD_PLACE_TAIL}, {CD_SPAN("any"), CD_PLACE_ANY}};
    cd_span word;
    r->rule->where = 0;
    while (take_word(&value, &word)) {
        unsigned place = 0;
        for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
            if (cd_span_is(word, places[i].name)) place = places[i].place;
        if (!place) return fail(r, word.ptr, "no such place: it is head, body, tail or any");
        r->rule->where |= place;
    }
    return CD_OK;
}

/* Takes a number off the front; false where there is none or it is too large to be one of words. */
static bool take_number(cd_span *text, uint32_t *number)
{
    size_t n = 0;
    for (*number = 0; n < text->len && n < 8 && text->ptr[n] >= '0' && text->ptr[n] <= '9'; n++)
        *number = *number * 10 + (uint32_t)(text->ptr[n] - '0');
    *text = cd_span_sub(*text, n, text->len);
    return n > 0;
}

static cd_status read_words(reader *r, cd_span value)
{
    cd_span at = value;
    bool    has_min = take_number(&at, &r->rule->words_min);
    if (!cd_span_starts(at, CD_SPAN(".."))) return fail(r, at.ptr, "words are written MIN..MAX, ..MAX or MIN..");
    at = cd_span_sub(at, 2, at.len);
    bool has_max = take_number(&at, &r->rule->words_max);
    if (at.len || (!has_min && !has_max)) return fail(r, at.ptr, "words are written MIN..MAX, ..MAX or MIN..");
    if (!has_max) r->rule->words_max = UINT32_MAX;
    if (r->rule->words_min > r->rule->words_max) return fail(r, value.ptr, "the smaller number of words goes first");
    return CD_OK;
}

static cd_status read_list(reader *r, cd_span value, cd_spans *list)
{
    cd_span rest = value, word;
    while (take_word(&rest, &word)) list->n++;
    list->at = cd_arena_array(r->rules->arena, list->n, sizeof *list->at);
    if (!list->at) return cd_fail_memory(r->err);
    for (size_t i = 0; take_word(&value, &word); i++) list->at[i] = word;
    return CD_OK;
}

static cd_status read_langs(reader *r, cd_span value)
{
    CD_TRY(read_list(r, value, &r->rule->langs));
    for (size_t i = 0; i < r->rule->langs.n; i++) {
        cd_span lang = r->rule->langs.at[i];
        bool    good = lang.len == 2 || lang.len == 3;
        for (size_t k = 0; k < lang.len; k++) good = good && lang.ptr[k] >= 'a' && lang.ptr[k] <= 'z';
        if (!good) return fail(r, lang.ptr, "a language is written as its two or three letters: en, de");
    }
    return CD_OK;
}

static cd_status read_hosts(reader *r, cd_span value)
{
    CD_TRY(read_list(r, value, &r->rule->hosts));
    for (size_t i = 0; i < r->rule->hosts.n; i++) {
        cd_span host = r->rule->hosts.at[i];
        if (memchr(host.ptr, '/', host.len) || memchr(host.ptr, ':', host.len) || *host.ptr == '.' || *host.ptr == '*')
            return fail(r, host.ptr, "a host is written as example.com; its subdomains are meant too");
    }
    return CD_OK;
}

static cd_status read_find(reader *r, cd_span value)
{
    r->rule->pattern = value;
    r->rule->find = r->spot;
    r->rule->find.at = (size_t)(value.ptr - r->spot.text.ptr);
    return CD_OK;
}

static cd_status add_example(reader *r, cd_span value, bool yes)
{
    cd_example *example = cd_arena_take(r->rules->arena, sizeof *example);
    if (!example) return cd_fail_memory(r->err);
    *example = (cd_example){.text = value, .spot = r->spot, .yes = yes};
    example->spot.at = (size_t)(value.ptr - r->spot.text.ptr);
    *r->tail = example;
    r->tail = &example->next;
    return CD_OK;
}

static cd_status read_yes(reader *r, cd_span value) { return add_example(r, value, true); }
static cd_status read_no(reader *r, cd_span value) { return add_example(r, value, false); }

/* ---- lines ---- */

static const struct {
    const char *name;
    cd_status (*read)(reader *r, cd_span value);
    bool        many;
} clauses[] = {
#define X(id, name, read, many) {name, read, many},
    CLAUSES(X)
#undef X
};

enum { CLAUSE_COUNT = sizeof clauses / sizeof clauses[0] };

static cd_status read_clause(reader *r, cd_span line)
{
    cd_span name;
    size_t  i = 0;
    (void)take_word(&line, &name);
    while (i < CLAUSE_COUNT && !cd_span_is(name, cd_span_of(clauses[i].name))) i++;
    if (i == CLAUSE_COUNT) return fail(r, name.ptr, "no such clause: it is why, where, words, lang, host, find, yes or no");
    if (!r->rule) return fail(r, name.ptr, "a clause stands behind its rule's head line: rule FAMILY.DETAIL ACTION");
    if (r->seen & 1u << i && !clauses[i].many) return fail(r, name.ptr, "the rule has this clause already");
    r->seen |= 1u << i;
    cd_span value = cd_span_trim(line);
    if (value.len == 0) return fail(r, name.ptr + name.len, "the clause has no value");
    return clauses[i].read(r, value);
}

static bool is_kebab(cd_span name)
{
    bool edge = true; /* a hyphen must not stand here */
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (c == '-' ? edge : !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) return false;
        edge = c == '-';
    }
    return !edge;
}

static cd_status read_name(reader *r, cd_span name, cd_rule_label *label)
{
    const char *dot = memchr(name.ptr, '.', name.len);
    if (!dot) return fail(r, name.ptr, "a rule is called FAMILY.DETAIL");
    label->family = cd_role_find(cd_span_sub(name, 0, (size_t)(dot - name.ptr)));
    if (label->family == CD_ROLE_COUNT || label->family == CD_ROLE_NONE || label->family == CD_ROLE_BODY)
        return fail(r, name.ptr, "no such family of rules");
    if (!is_kebab(cd_span_sub(name, (size_t)(dot + 1 - name.ptr), name.len)))
        return fail(r, dot + 1, "the rule's detail is small letters, digits and single hyphens");
    return copy_text(r, name, &label->name);
}

bool cd_rules_can_fix(cd_role field)
{
    const uint64_t single = CD_BIT(CD_ROLE_HEADLINE) | CD_BIT(CD_ROLE_STANDFIRST) | CD_BIT(CD_ROLE_BYLINE) | CD_BIT(CD_ROLE_DATE) |
                            CD_BIT(CD_ROLE_MODIFIED) | CD_BIT(CD_ROLE_DATELINE) | CD_BIT(CD_ROLE_SOURCE) | CD_BIT(CD_ROLE_SECTION);
    return field < CD_ROLE_COUNT && single & CD_BIT(field);
}

static cd_status read_action(reader *r, cd_span word, cd_rule_label *label)
{
    size_t i = 0;
    while (i < CD_ACTION_COUNT && !cd_span_is(word, cd_span_of(cd_action_name((cd_action)i)))) i++;
    if (i == CD_ACTION_COUNT) return fail(r, word.ptr, "no such action: it is drop, cut, take, hint, open, close, keep or fix");
    label->action = (cd_action)i;
    if (label->action == CD_ACTION_FIX && !cd_rules_can_fix(label->family))
        return fail(r, word.ptr, "fix is for headline, standfirst, byline, date, modified, dateline, source and section");
    return CD_OK;
}

static cd_status grow_list(cd_rules *rules, cd_error *err)
{
    if (rules->n < rules->cap) return CD_OK;
    size_t    cap = rules->cap ? rules->cap * 2 : 256;
    cd_rule **at = cd_arena_array(rules->arena, cap, sizeof *at); /* the old one stays in the arena: at most as much again */
    if (!at) return cd_fail_memory(err);
    if (rules->n) memcpy(at, rules->at, rules->n * sizeof *at);
    rules->at = at;
    rules->cap = cap;
    return CD_OK;
}

static cd_status open_rule(reader *r, cd_span line)
{
    cd_span word, name, action;
    (void)take_word(&line, &word);
    if (!cd_span_is(word, CD_SPAN("rule")))
        return fail(r, word.ptr, "expected a head line, rule FAMILY.DETAIL ACTION, or a clause indented by two blanks");
    if (!take_word(&line, &name)) return fail(r, word.ptr + word.len, "the rule has no name");
    if (!take_word(&line, &action)) return fail(r, name.ptr + name.len, "the rule has no action");
    if (take_word(&line, &word)) return fail(r, word.ptr, "nothing may stand behind the action");
    if (r->rules->n >= CD_LIMIT_RULES) return fail(r, name.ptr, "the number of rules is over the limit CD_LIMIT_RULES");
    CD_TRY(grow_list(r->rules, r->err));
    cd_rule *rule = cd_arena_take(r->rules->arena, sizeof *rule);
    if (!rule) return cd_fail_memory(r->err);
    *rule = (cd_rule){.head = r->spot, .where = CD_PLACE_ANY, .words_max = UINT32_MAX, .label.why = "", .label.users = r->users};
    rule->label.host = r->site ? r->site->host.ptr : NULL;
    rule->head.at = (size_t)(name.ptr - r->spot.text.ptr);
    CD_TRY(read_name(r, name, &rule->label));
    CD_TRY(read_action(r, action, &rule->label));
    r->rules->at[r->rules->n++] = rule;
    r->rule = rule;
    r->tail = &rule->examples;
    r->seen = 0;
    return CD_OK;
}

static cd_status close_rule(reader *r)
{
    if (!r->rule) return CD_OK;
    static const unsigned needed[] = {CLAUSE_WHY, CLAUSE_FIND, CLAUSE_YES, CLAUSE_NO};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        if (r->seen & 1u << needed[i] || (needed[i] == CLAUSE_NO && r->users)) continue;
        return cd_rules_fail_at(r->err, &r->rule->head, "the rule has no clause '%s'", clauses[needed[i]].name);
    }
    r->rule = NULL;
    return CD_OK;
}

/* ---- what a site's file says of all its pages ---- */

static cd_status read_order(reader *r, cd_span value)
{
    bool day = cd_span_is(value, CD_SPAN("dmy")), month = cd_span_is(value, CD_SPAN("mdy"));
    if (!day && !month) return fail(r, value.ptr, "an order of dates is dmy or mdy");
    r->site->manner.order = day ? 'd' : 'm';
    return CD_OK;
}

/* "+01:00", with the rule for summer time behind it where the place has one. */
static cd_status read_zone(reader *r, cd_span value)
{
    cd_manner *m = &r->site->manner;
    cd_span    zone, summer, rest = value;
    (void)take_word(&rest, &zone);
    const char *p = zone.ptr;
    bool        good = zone.len == 6 && (p[0] == '+' || p[0] == '-') && p[3] == ':' && p[4] < '6';
    for (size_t i = 1; good && i < 6; i++) good = i == 3 || (p[i] >= '0' && p[i] <= '9');
    if (!good || (p[1] - '0') * 10 + p[2] - '0' > 14) return fail(r, zone.ptr, "a zone is written as its offset in winter: +01:00");
    m->has_zone = true;
    m->offset = (p[0] == '-' ? -1 : 1) * (((p[1] - '0') * 10 + p[2] - '0') * 60 + (p[4] - '0') * 10 + p[5] - '0');
    if (!take_word(&rest, &summer)) return CD_OK;
    if (cd_span_is(summer, CD_SPAN("eu"))) m->summer = CD_SUMMER_EU;
    else if (cd_span_is(summer, CD_SPAN("us"))) m->summer = CD_SUMMER_US;
    else return fail(r, summer.ptr, "summer time is eu or us");
    return take_word(&rest, &summer) ? fail(r, summer.ptr, "nothing may stand behind the zone") : CD_OK;
}

/* A line that is no part of a rule; *known says whether it was one. */
static cd_status read_directive(reader *r, cd_span line, bool *known)
{
    cd_span name;
    (void)take_word(&line, &name);
    bool order = cd_span_is(name, CD_SPAN("date-order"));
    *known = order || cd_span_is(name, CD_SPAN("zone"));
    if (!*known) return CD_OK;
    if (!r->site) return fail(r, name.ptr, "this stands only in a file of one host: sites/HOST.rules");
    if (order ? r->site->manner.order : r->site->manner.has_zone) return r->inherits ? CD_OK : fail(r, name.ptr, "this is said already");
    cd_span value = cd_span_trim(line);
    if (value.len == 0) return fail(r, name.ptr + name.len, "the line has no value");
    return order ? read_order(r, value) : read_zone(r, value);
}

static cd_status read_line(reader *r)
{
    cd_span line = r->spot.text, body = cd_span_trim(line);
    if (line.len > CD_LIMIT_RULE_LINE_BYTES)
        return cd_rules_fail_at(r->err, &r->spot, "line of %zu bytes is over the limit CD_LIMIT_RULE_LINE_BYTES, %zu", line.len,
                                CD_LIMIT_RULE_LINE_BYTES);
    if (body.len == 0 || *body.ptr == '#') return CD_OK;
    if (cd_is_blank(*line.ptr)) return read_clause(r, body);
    bool known;
    CD_TRY(close_rule(r));
    CD_TRY(read_directive(r, body, &known));
    return known ? CD_OK : open_rule(r, body);
}

/* Where the first byte stands that is no clean UTF-8 or NUL; text.len where all is. PCRE2 relies on this: it does not look. */
static size_t find_bad_byte(cd_span text)
{
    const unsigned char *p = (const unsigned char *)text.ptr;
    for (size_t i = 0; i < text.len;) {
        size_t n = p[i] < 0x80 ? 1 : p[i] < 0xC2 ? 0 : p[i] < 0xE0 ? 2 : p[i] < 0xF0 ? 3 : p[i] < 0xF5 ? 4 : 0;
        if (n == 0 || n > text.len - i || p[i] == 0) return i;
        for (size_t k = 1; k < n; k++)
            if ((p[i + k] & 0xC0) != 0x80) return i;
        if ((p[i] == 0xE0 && p[i + 1] < 0xA0) || (p[i] == 0xED && p[i + 1] > 0x9F) || (p[i] == 0xF0 && p[i + 1] < 0x90) ||
            (p[i] == 0xF4 && p[i + 1] > 0x8F))
            return i; /* too long for its code point, a surrogate, or above U+10FFFF */
        i += n;
    }
    return text.len;
}

cd_status cd_rules_parse(cd_rules *rules, const char *file, cd_span text, bool users, cd_site *site, cd_error *err)
{
    if (text.len > CD_LIMIT_RULE_FILE_BYTES)
        return cd_fail(err, CD_ERULES, "%s: rule file of %zu bytes is over the limit CD_LIMIT_RULE_FILE_BYTES, %zu", file,
                       text.len, CD_LIMIT_RULE_FILE_BYTES);
    if (cd_span_starts(text, CD_SPAN("\xEF\xBB\xBF"))) text = cd_span_sub(text, 3, text.len);
    cd_span rest = cd_arena_copy(rules->arena, text);
    reader  r = {.rules = rules, .users = users, .site = site, .err = err};
    r.inherits = site && site->parsed++ > 0;
    r.spot.file = cd_arena_copy(rules->arena, cd_span_of(file)).ptr;
    if (!rest.ptr || !r.spot.file) return cd_fail_memory(err);
    while (cd_span_line(&rest, &r.spot.text)) {
        r.spot.line++;
        r.spot.at = 0;
        size_t bad = find_bad_byte(r.spot.text);
        if (bad < r.spot.text.len) {
            r.spot.text.len = r.spot.at = bad; /* what follows cannot be shown */
            return cd_rules_fail_at(err, &r.spot, "the line is no clean UTF-8 from here on");
        }
        CD_TRY(read_line(&r));
    }
    return close_rule(&r);
}
