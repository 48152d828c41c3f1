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

/* Reads one rule file's text, which is copied. `file` is shown in messages. CD_ERULES: a line is wrong; `err` has "file:line:
 * what", the line, and a caret under the column. */
CD_MUST_USE cd_status cd_rules_add_text(cd_rules *rules, const char *file, cd_span text, bool users, cd_error *err);

/* The same for a file, or for every *.rules below a folder in byte order of their paths. */
CD_MUST_USE cd_status cd_rules_add_path(cd_rules *rules, const char *path, cd_error *err);

/* The rules that are compiled into the binary, data/rules/ at build time. */
CD_MUST_USE cd_status cd_rules_add_built_in(cd_rules *rules, cd_error *err);

/* Switches one rule off by its name. CD_EUSAGE: no rule is called that. */
CD_MUST_USE cd_status cd_rules_disable(cd_rules *rules, const char *name, cd_error *err);

/* Compiles all patterns (with JIT where the machine has it). Users' rules come first, then ours in the order of their files; a
 * user's rule replaces ours of the same name. CD_ERULES, worded as above: a pattern is wrong, or two rules of users, or two
 * of ours, have one name. To be called once; no rule may be added behind it. */
CD_MUST_USE cd_status cd_rules_compile(cd_rules *rules, cd_error *err);

CD_MUST_USE cd_status cd_matcher_new(const cd_rules *rules, cd_matcher **matcher, cd_error *err);
void                  cd_matcher_free(cd_matcher *matcher); /* NULL is fine */

/* Lets every rule look at every block of a measured page and leaves hits, hints, drops and keeps. A match that passes a limit
 * counts as none and is warned of once a rule and page; a drop rule that would take most of the page's prose is held back
 * and warned of. CD_ENOMEM, or CD_ELIMIT where the page takes more steps than it may. */
CD_MUST_USE cd_status cd_rules_mark(const cd_rules *rules, cd_matcher *matcher, cd_page *page, cd_error *err);

/* How many rules there are, and the label of each, in the order in which they are tried. */
size_t               cd_rules_count(const cd_rules *rules);
const cd_rule_label *cd_rules_label(const cd_rules *rules, size_t index);
size_t               cd_rules_index(const cd_rule_label *label); /* of a label of this list */

/* One line a rule: name, action, where (with words, lang and host if it has them), why, apart by tabs (`copydesk rules list`). */
CD_MUST_USE cd_status cd_rules_list(const cd_rules *rules, cd_buf *out, cd_error *err);

/* Runs every yes and no example. Each that goes wrong is a line in `out`: "file:line: rule: ..." with the example under it;
 * *failed counts them and *run counts all. An example is matched by pattern, words and lang of its rule; where and host do
 * not count. */
CD_MUST_USE cd_status cd_rules_test(const cd_rules *rules, cd_matcher *matcher, cd_buf *out, size_t *run, size_t *failed,
                                    cd_error *err);

#endif
