/* site.h -- rule files that are for one host each, and its subdomains. They are found by their names when the desk opens and read
 * when the first page of their host comes, so that ten thousand of them cost a page of another host nothing. */
#ifndef CD_RULES_SITE_H
#define CD_RULES_SITE_H

#include "rules/rule.h"

/* One rule file of a host: to be read from `path`, or `text` where that is not NULL. */
typedef struct cd_site_file {
    struct cd_site_file *next; /* users' first */
    const char          *path;
    cd_span              text;
    bool                 users;
} cd_site_file;

/* A host and what is for its pages: its own files, then those of the hosts that it is a subdomain of. */
typedef struct cd_site {
    cd_span       host; /* in small letters, NUL-ended */
    cd_site_file *files;
    atomic_bool   ready; /* what follows is there */
    cd_rules     *rules; /* without gates for a scan: few rules are simply tried */
    cd_manner     manner;
    size_t        parsed; /* files */
    struct cd_site *parent; /* the nearest host above it that has files, or NULL */
} cd_site;

/* The host whose file this is by its path, .../sites/HOST.rules, or an empty span. */
cd_span cd_site_host_of(const char *path);

/* Notes a file for a host; `text`, where it has one, must live as long as the rules. CD_ERULES: the name is no host's. */
CD_MUST_USE cd_status cd_sites_add(cd_rules *rules, const char *path, cd_span text, bool users, cd_error *err);

/* Sorts what was noted; to be called once, behind the last cd_sites_add(). */
void cd_sites_settle(cd_rules *rules);
void cd_sites_free(cd_rules *rules);

/* An empty list of sites for new rules. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_sites_new(cd_rules *rules);

/* The site whose files are for pages of `host`, its rules compiled, or NULL: there is none. CD_ERULES: a file of it is wrong. May be
 * called by many threads. */
CD_MUST_USE cd_status cd_site_find(const cd_rules *rules, cd_span host, const cd_site **site, cd_error *err);

/* The names of rules that cd_rules_disable() was given; *n counts them. */
const char *const *cd_sites_off(const cd_rules *rules, size_t *n);

/* CD_EUSAGE where no site has a rule of that name; all files are read for it. */
CD_MUST_USE cd_status cd_sites_know(const cd_rules *rules, const char *name, cd_error *err);

/* All rules in force, in the order in which they are tried: those for all pages, then those of every host by itself in byte order of
 * the hosts, whose files are all read for it. Gives each its label.number, its index here. To be called by one thread before others
 * read pages. */
CD_MUST_USE cd_status cd_rules_every(const cd_rules *rules, cd_rule *const **all, size_t *n, cd_error *err);

/* The list that a rule of cd_rules_every() is in. */
const cd_rules *cd_rules_home_of(const cd_rules *rules, const cd_rule *rule);

/* file.c: reads one rule file's text behind the rules that the list has. `site`: whose pages it is for, or NULL. */
CD_MUST_USE cd_status cd_rules_parse(cd_rules *rules, const char *file, cd_span text, bool users, cd_site *site, cd_error *err);

/* load.c: the whole file. */
CD_MUST_USE cd_status cd_rules_slurp(const char *path, cd_buf *text, cd_error *err);

/* compile.c: the same as cd_rules_compile() for the few rules of a site: all patterns, no scan. A rule of a nearer host replaces that
 * of the same name of a host above it. */
CD_MUST_USE cd_status cd_rules_compile_few(cd_rules *rules, cd_error *err);

#endif
