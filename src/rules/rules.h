/* rules.h -- rule files in, marks on blocks out. The program's one door to PCRE2. Reads base/ and page/page.h only. */
#ifndef CD_RULES_RULES_H
#define CD_RULES_RULES_H

#include "page/page.h"

/* A list of rules: first filled, then compiled, then read-only and shared by threads. */
typedef struct cd_rules cd_rules;

/* What one thread needs to match: match data, JIT stack, the tables of the word scan. */
typedef struct cd_matcher cd_matcher;

CD_MUST_USE cd_status cd_rules_new(cd_rules **rules, cd_error *err);
void                  cd_rules_free(cd_rules *rules); /* NULL is fine */

/* Reads one rule file's text, which is copied. A file that is called .../sites/HOST.rules is for pages of that host and its
 * subdomains only; it is noted here and read when the first such page comes. `file` is shown in messages. CD_ERULES: a line is wrong; `err` has "file:line:
 * what", the line, and a caret under the column. */
CD_MUST_USE cd_status cd_rules_add_text(cd_rules *rules, const char *file, cd_span text, bool users, cd_error *err);

/* The same for a file, or for every *.rules below a folder in byte order of their paths. */
CD_MUST_USE cd_status cd_rules_add_path(cd_rules *rules, const char *path, cd_error *err);

/* The same for a folder that may be missing or empty: that of the user's own rules. */
CD_MUST_USE cd_status cd_rules_add_home(cd_rules *rules, const char *path, cd_error *err);

/* The rules that are compiled into the binary, data/rules/ at build time. */
CD_MUST_USE cd_status cd_rules_add_built_in(cd_rules *rules, cd_error *err);

/* Switches one rule off by its name; cd_rules_compile() gives CD_EUSAGE where no rule is called that. */
CD_MUST_USE cd_status cd_rules_disable(cd_rules *rules, const char *name, cd_error *err);

/* Makes the rules ready; patterns of users are compiled, ours when a page first needs them. Users' rules come first, then ours in
 * the order of their files; a user's rule replaces ours of the same name. CD_ERULES, worded as above: a pattern is wrong, or
 * two rules of users, or two of ours, have one name. To be called once; no rule may be added behind it. */
CD_MUST_USE cd_status cd_rules_compile(cd_rules *rules, cd_error *err);

CD_MUST_USE cd_status cd_matcher_new(const cd_rules *rules, cd_matcher **matcher, cd_error *err);
void                  cd_matcher_free(cd_matcher *matcher); /* NULL is fine */

/* Lets every rule look at every block of a measured page and leaves hits, hints, drops and keeps. A match that passes a limit
 * counts as none and is warned of once a rule and page; a drop rule that would take most of the page's prose is held back
 * and warned of. CD_ELIMIT: the page takes more steps than it may; CD_ERULES, reason "bad_rules": the file of the page's host is wrong. */
CD_MUST_USE cd_status cd_rules_mark(const cd_rules *rules, cd_matcher *matcher, cd_page *page, cd_error *err);

/* How many rules there are, and the label of each, in the order in which they are tried. */
size_t               cd_rules_count(const cd_rules *rules);
const cd_rule_label *cd_rules_label(const cd_rules *rules, size_t index);

/* How many rules there are with those of all hosts, whose files are read for it; from then on every label has its number. */
CD_MUST_USE cd_status cd_rules_count_all(const cd_rules *rules, size_t *n, cd_error *err);

/* What a rule of that number says of itself; `where` is overwritten with its place, words, languages and hosts in one line. */
typedef struct cd_rule_facts {
    const cd_rule_label *label;
    const char          *file;
    size_t               line;
    cd_span              pattern;
    size_t               yes, no; /* examples */
} cd_rule_facts;
CD_MUST_USE cd_status cd_rules_facts(const cd_rules *rules, size_t number, cd_rule_facts *facts, cd_buf *where, cd_error *err);

/* One line a rule, those of all hosts among them: name, action, where (with words, lang and host if it has them), why, apart by tabs
 * (`copydesk rules list`). A user's has its file and line behind that. */
CD_MUST_USE cd_status cd_rules_list(const cd_rules *rules, cd_buf *out, cd_error *err);

/* Runs every yes and no example. Each that goes wrong is a line in `out`: "file:line: rule: ..." with the example and a caret under
 * it: where it matches though it must not, or how far the pattern fits; *failed counts them and *run counts all. An example is matched by pattern, words and lang of its rule; where and host do
 * not count. */
CD_MUST_USE cd_status cd_rules_test(const cd_rules *rules, cd_matcher *matcher, cd_buf *out, size_t *run, size_t *failed,
                                    cd_error *err);

/* Looks for what may be wrong with rules that compile: no `no` example, an earlier rule that leaves it nothing to do, a pattern that
 * passes the match limit on a text made of its examples. Only rules of the files and folders `paths` are looked at, or all for
 * npaths 0. Each problem is a line in `out`, with the rule's line and a caret. */
typedef struct cd_lint_count {
    size_t rules, problems;
} cd_lint_count;
CD_MUST_USE cd_status cd_rules_lint(const cd_rules *rules, cd_matcher *matcher, const char *const *paths, size_t npaths, cd_buf *out,
                                    cd_lint_count *count, cd_error *err);

/* The same for rules that have no hits on some pages; hits[number] counts those of each. */
CD_MUST_USE cd_status cd_rules_lint_idle(const cd_rules *rules, const char *const *paths, size_t npaths, const uint64_t *hits, cd_buf *out,
                                         cd_lint_count *count, cd_error *err);

/* Whether a path is one of rules: a file called *.rules, or a folder with such a file, or with a folder `sites`, in it. */
bool cd_rules_is_path(const char *path);

/* Writes a rule that drops (or cuts) a line of a page: escaped, digits and quotation marks loosened, with examples and a name from its
 * words; its family is that of which the rules find a sign in it. CD_EUSAGE: the line is empty, or so short that
 * the rule would hit stories. */
CD_MUST_USE cd_status cd_rules_sketch(const cd_rules *rules, cd_matcher *matcher, const char *line, cd_action action, cd_buf *out, cd_error *err);

#endif
