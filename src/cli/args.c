/* args.c -- the command line. In: argv. Out: a cd_args. One table of options feeds the parser and --help; a wrong option is
 * named, never guessed at. getopt_long() takes the arguments in order, so that a verb is one only as the first of them and
 * before "--": a file called explain is ./explain. */
#include "cli/args.h"

#include "cli/values.h"
#include "rules/rules.h"

#include <getopt.h>
#include <stdlib.h>
#include <unistd.h>

/* X(id, letter or 0, name, argument or NULL, help) in the order of the help. */
#define OPTIONS(X)                                                                                                     \
    X(JOBS, 'j', "jobs", "N", "work on N pages at once; 0: one a core (default 1)")                                    \
    X(OUTPUT, 'o', "output", "FILE", "write to FILE, complete or not at all; -: standard output")                      \
    X(RESUME, 0, "resume", NULL, "go on with the records of an ended run, in FILE.part of -o FILE")                    \
    X(OUTPUT_DIR, 0, "output-dir", "DIR", "write a file for each input, below DIR")                                    \
    X(ERRORS, 0, "errors", "FILE", "write records with status error to FILE as well")                                  \
    X(DEDUP, 0, "dedup", "HOW", "say which record told a story first: exact or near copies")                           \
    X(PRETTY, 0, "pretty", NULL, "one key a line, two spaces in front")                                                \
    X(NOW, 0, "now", "TIME", "read \"2 hours ago\" against TIME, as 2025-04-11T16:40+05:00")                           \
    X(URL, 0, "url", "URL", "the pages' address")                                                                      \
    X(ENCODING, 0, "encoding", "NAME", "the pages' encoding, as iconv -l names it (default: found out)")               \
    X(INPUT_FORMAT, 0, "input-format", "FORMAT", "what the inputs are: auto, text, html, jsonl or warc (default auto)") \
    X(TEXT_KEY, 0, "text-key", "KEY", "the key of a page's text in JSON Lines; a.b: one inside another")              \
    X(HTML_KEY, 0, "html-key", "KEY", "the key of its HTML")                                                           \
    X(URL_KEY, 0, "url-key", "KEY", "the key of its address")                                                          \
    X(TIME_KEY, 0, "time-key", "KEY", "the key of the time when it was fetched")                                       \
    X(ID_KEY, 0, "id-key", "KEY", "the key whose value the record repeats as id")                                      \
    X(KEEP, 0, "keep", "KEY", "pass KEY of the line, WARC record or archive through; repeatable")                       \
    X(FILES_FROM, 0, "files-from", "F", "read the paths that F lists, one a line; -: standard input")                  \
    X(FILES0_FROM, 0, "files0-from", "F", "the same with a NUL behind each path, as find -print0 writes")              \
    X(RULES, 0, "rules", "PATH", "use the rules of this file or folder before ours; repeatable")                       \
    X(NO_RULE, 0, "no-rule", "NAME", "switch the rule NAME off; repeatable")                                           \
    X(NO_DEFAULT_RULES, 0, "no-default-rules", NULL, "without the built-in rules")                                     \
    X(NO_USER_RULES, 0, "no-user-rules", NULL, "without the rules of $XDG_CONFIG_HOME/copydesk/rules")                 \
    X(OLD, 0, "old", "PATH", "rules diff: the rules as they were, beside --rules (default: none)")                     \
    X(NEW, 0, "new", "PATH", "rules diff: the rules as they shall be (default: none)")                                 \
    X(DROP, 0, "drop", "LINE", "rules new: write a rule that drops this line of a page")                               \
    X(CUT, 0, "cut", "LINE", "rules new: write a rule that cuts these words out of their block")                       \
    X(MODEL, 0, "model", "FILE", "weigh blocks by this model; none: rules and position alone")                         \
    X(TEXT_OF, 0, "text-of", NULL, "print the pages as plain text in place of records")                                \
    X(BODY_FORMAT, 0, "body-format", "FORMAT", "write the body as text or markdown (default text)")                    \
    X(LINKS, 0, "links", NULL, "with the targets of its links, in markdown")                                           \
    X(MAX_PAGE_BYTES, 0, "max-page-bytes", "N", "larger pages get an error record; K and M may follow N")              \
    X(PAGE_STEPS, 0, "page-steps", "N", "so does a page that takes more than N steps of work")                         \
    X(PROGRESS, 0, "progress", NULL, "show how far the run is, also where stderr is no terminal")                      \
    X(QUIET, 'q', "quiet", NULL, "no progress and no line for a page with a problem")                                  \
    X(STATS, 0, "stats", "[FILE]", "end with counts of everything, as JSON, on stderr or in FILE")                     \
    X(DUMP, 0, "dump", "WHAT", "print what the model sees (features), for training")                                   \
    X(JSON, 0, "json", NULL, "explain: one JSON object a page; rules list, rules stats: one a rule")                   \
    X(HTML, 0, "html", "FILE", "explain: write an HTML page to FILE; -: standard output")                              \
    X(COLOR, 0, "color", "WHEN", "colours of explain and check: auto, always or never (default auto)")                 \
    X(DIFF, 0, "diff", "HOW", "check, update: show differences short, full or as json")                                \
    X(JUNIT, 0, "junit", "FILE", "check: write the results to FILE as JUnit XML, too")                                 \
    X(ONLY_FIELD, 0, "only-field", "KEY", "update: take over this key alone; repeatable")                              \
    X(PRUNE, 0, "prune", NULL, "update: remove what belongs to no page")                                               \
    X(DRY_RUN, 0, "dry-run", NULL, "update: write nothing, only tell what would be")                                   \
    X(FORCE, 0, "force", NULL, "update: also where CI is set in the environment")                                      \
    X(HELP, 'h', "help", NULL, "print this help")                                                                      \
    X(VERSION, 'V', "version", NULL, "print the version")

/* Numbers of the options as getopt_long() gives them back: behind every character. */
enum {
    OPT_BEFORE_FIRST = 255,
#define X(id, letter, name, arg, help) OPT_##id,
    OPTIONS(X)
#undef X
};

static const struct {
    int         id;
    char        letter;
    const char *name, *arg, *help;
} options[] = {
#define X(id, letter, name, arg, help) {OPT_##id, letter, name, arg, help},
    OPTIONS(X)
#undef X
};

enum { NOPTIONS = sizeof options / sizeof *options };

/* An argument in brackets may be left out; it is given as --name=ARGUMENT alone. */
static bool is_optional(const char *arg) { return arg && *arg == '['; }

void cd_args_help(FILE *out)
{
    (void)fputs("Usage: copydesk [OPTION...] [FILE...]\n"
                "       copydesk explain [OPTION...] [FILE...]\n"
#define X(id, name, operands) "       copydesk rules " name " [OPTION...]" operands "\n"
                CD_RULES_VERBS(X)
#undef X
                "       copydesk check [OPTION...] DIR...\n"
                "       copydesk update [OPTION...] DIR...\n"
                "\n"
                "Reads the raw text of scraped news pages and writes one JSON record a page: headline, date,\n"
                "byline, body and what else the page states, without what is not the story.\n"
                "\n"
                "FILE may be a folder, which is read with all below it, or -, standard input; without FILE\n"
                "standard input is one page. `explain` shows every block of a page, its role, and what decided.\n"
                "`rules` is the workbench: list prints all rules; test runs examples; lint looks for rules that\n"
                "are unsafe, needless or idle; diff shows which records another set of rules changes; stats\n"
                "counts what each rule does; new writes a rule from a line of a page. `check` compares each page\n"
                "of DIR with the record expected of it, which stands beside it as NAME.json; `update` writes those\n"
                "that have changed. DIR may be one such page.\n"
                "\n"
                "Options:\n",
                out);
    for (size_t i = 0; i < NOPTIONS; i++) {
        char        left[48], letter[4] = "-?,";
        const char *arg = options[i].arg;
        letter[1] = options[i].letter;
        bool may = is_optional(arg);
        (void)snprintf(left, sizeof left, "%-3s --%s%s%.*s%s", letter[1] ? letter : "", options[i].name, !arg ? "" : may ? "[=" : " ",
                       arg ? (int)strlen(arg) - 2 * may : 0, arg ? arg + may : "", may ? "]" : "");
        (void)fprintf(out, "  %-26s %s\n", left, options[i].help);
    }
    (void)fputs("\n"
                "Exit status: 0 every page gave an article, or is as expected; 1 at least one gave none or only a\n"
                "part, or differs; 2 an input could not be read, output could not be written, or the command line\n"
                "is wrong; 3 rules do not compile; 130 interrupted.\n",
                out);
}

/* The long name of an option by its number. */
static const char *shown(int id)
{
    for (size_t i = 0; i < NOPTIONS; i++)
        if (options[i].id == id) return options[i].name;
    return "?";
}

static int id_of_letter(int c)
{
    for (size_t i = 0; i < NOPTIONS; i++)
        if (options[i].letter && options[i].letter == c) return options[i].id;
    return c;
}

/* What getopt_long() could not read; `word` is where it stood. */
static cd_status bad_option(const char *word, cd_error *err)
{
    size_t known = 0, len = strcspn(word, "=");
    if (strncmp(word, "--", 2) != 0) return cd_fail(err, CD_EUSAGE, "unknown option '-%c'" SEE_HELP, optopt);
    if (optopt > OPT_BEFORE_FIRST) return cd_fail(err, CD_EUSAGE, "option '--%s' takes no value" SEE_HELP, shown(optopt));
    for (size_t i = 0; i < NOPTIONS; i++) known += strncmp(options[i].name, word + 2, len - 2) == 0;
    return cd_fail(err, CD_EUSAGE, "%s option '%.*s'" SEE_HELP, known > 1 ? "ambiguous" : "unknown", len > 200 ? 200 : (int)len,
                   word);
}

static void give(cd_args *args, cd_given_kind kind, const char *path) { args->given[args->ngiven++] = (cd_given){kind, path}; }

/* Takes one option; each of the lists has room for all of argv. */
static cd_status take_option(cd_args *args, int id, const char *value, cd_error *err)
{
    switch (id) {
    case OPT_JOBS: return cd_value_jobs(value, &args->jobs, err);
    case OPT_RESUME: args->resume = true; break;
    case OPT_OUTPUT_DIR: args->output_dir = value; return cd_value_path(shown(id), value, err);
    case OPT_ERRORS: args->errors = value; return cd_value_path(shown(id), value, err);
    case OPT_DEDUP: return cd_value_dedup(value, &args->dedup, err);
    case OPT_MAX_PAGE_BYTES: return cd_value_page_bytes(value, &args->desk.max_page_bytes, err);
    case OPT_PAGE_STEPS: return cd_value_steps(value, &args->desk.page_steps, err);
    case OPT_PROGRESS: args->progress = true; break;
    case OPT_QUIET: args->quiet = true; break;
    case OPT_STATS: args->stats = true; args->stats_file = value; return value ? cd_value_path(shown(id), value, err) : CD_OK;
    case OPT_OUTPUT: args->output = strcmp(value, "-") == 0 ? NULL : value; return cd_value_path(shown(id), value, err);
    case OPT_PRETTY: args->pretty = true; break;
    case OPT_NOW: args->desk.now = value; return cd_value_now(value, err);
    case OPT_URL: args->url = value; break;
    case OPT_ENCODING: args->encoding = value; return cd_value_encoding(value, err);
    case OPT_INPUT_FORMAT: return cd_value_format(value, &args->input.format, err);
    case OPT_TEXT_KEY: args->input.text_key = value; break;
    case OPT_HTML_KEY: args->input.html_key = value; break;
    case OPT_URL_KEY: args->input.url_key = value; break;
    case OPT_TIME_KEY: args->input.time_key = value; break;
    case OPT_ID_KEY: args->input.id_key = value; break;
    case OPT_KEEP: args->keep[args->input.nkeep++] = value; break;
    case OPT_FILES_FROM: give(args, CD_SOURCE_LINES, value); break;
    case OPT_FILES0_FROM: give(args, CD_SOURCE_NULS, value); break;
    case OPT_RULES: args->rules[args->desk.nrules++] = value; break;
    case OPT_NO_RULE: args->off[args->desk.noff++] = value; break;
    case OPT_NO_DEFAULT_RULES: args->desk.no_default = 1; break;
    case OPT_NO_USER_RULES: args->no_home = true; break;
    case OPT_OLD: args->old = value; break;
    case OPT_NEW: args->new = value; break;
    case OPT_DROP: args->drop = value; break;
    case OPT_CUT: args->cut = value; break;
    case OPT_MODEL: args->desk.model = value; break;
    case OPT_BODY_FORMAT: return cd_value_body(value, &args->desk.body_format, err);
    case OPT_LINKS: args->desk.body_links = 1; break;
    case OPT_TEXT_OF: args->text_of = true; break;
    case OPT_DUMP: args->dump = true; return cd_value_dump(value, err);
    case OPT_JSON: args->json = true; break;
    case OPT_HTML: args->html = value; return cd_value_path(shown(id), value, err);
    case OPT_COLOR: return cd_value_when(value, &args->color, err);
    case OPT_DIFF: return cd_value_show(value, &args->fixtures.show, err);
    case OPT_JUNIT: args->fixtures.junit = value; return cd_value_path(shown(id), value, err);
    case OPT_ONLY_FIELD: args->fixtures.only[args->fixtures.nonly++] = value; break;
    case OPT_PRUNE: args->fixtures.prune = true; break;
    case OPT_DRY_RUN: args->fixtures.dry_run = true; break;
    case OPT_FORCE: args->fixtures.force = true; break;
    case OPT_HELP: args->verb = CD_VERB_HELP; break;
    case OPT_VERSION: args->verb = CD_VERB_VERSION; break;
    default: break;
    }
    return CD_OK;
}

/* Where the operands are: the first may be a verb, the second is one behind `rules`. */
typedef struct operands {
    size_t n;
    bool   rules;
} operands;

static cd_status take_rules_verb(cd_args *args, const char *word, cd_error *err)
{
    static const struct {
        const char *name;
        cd_verb     verb;
    } verbs[] = {
#define X(id, name, operands) {name, CD_VERB_RULES_##id},
        CD_RULES_VERBS(X)
#undef X
    };
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(word, verbs[i].name) != 0) continue;
        args->verb = verbs[i].verb;
        return CD_OK;
    }
    return cd_fail(err, CD_EUSAGE, "'rules %s' is none of 'rules list', 'rules test', 'rules lint', 'rules diff', 'rules stats', 'rules new'" SEE_HELP, word);
}

static void check_rules_at(cd_args *args, const char *path)
{
    args->checked[args->nchecked++] = path;
    args->rules[args->desk.nrules++] = path;
}

static cd_status take_operand(cd_args *args, operands *seen, const char *word, bool behind_dashes, cd_error *err)
{
    size_t at = seen->n++;
    if (at == 0 && !behind_dashes && strcmp(word, "explain") == 0) args->verb = CD_VERB_EXPLAIN;
    else if (at == 0 && !behind_dashes && (strcmp(word, "check") == 0 || strcmp(word, "update") == 0))
        args->verb = word[0] == 'c' ? CD_VERB_CHECK : CD_VERB_UPDATE;
    else if (args->verb == CD_VERB_CHECK || args->verb == CD_VERB_UPDATE) args->fixtures.paths[args->fixtures.npaths++] = word;
    else if (at == 0 && !behind_dashes && strcmp(word, "rules") == 0) seen->rules = true;
    else if (at == 1 && seen->rules) return take_rules_verb(args, word, err);
    else if (args->verb == CD_VERB_RULES_LIST || args->verb == CD_VERB_RULES_NEW)
        return cd_fail(err, CD_EUSAGE, "'rules %s' takes no '%s'" SEE_HELP, args->verb == CD_VERB_RULES_LIST ? "list" : "new", word);
    else if (args->verb == CD_VERB_RULES_TEST || (args->verb == CD_VERB_RULES_LINT && cd_rules_is_path(word))) check_rules_at(args, word);
    else give(args, CD_SOURCE_PATH, word);
    return CD_OK;
}

/* Where options of the fixtures' verbs belong, and which of all others these two take: what a page brings along from outside stands in
 * its name.args, so that an expected file does not depend on how check is called. */
static cd_status check_place(const cd_args *args, int id, cd_error *err)
{
    bool update_only = id == OPT_ONLY_FIELD || id == OPT_PRUNE || id == OPT_DRY_RUN || id == OPT_FORCE;
    bool fixtures = args->verb == CD_VERB_CHECK || args->verb == CD_VERB_UPDATE;
    if (update_only && args->verb != CD_VERB_UPDATE) return cd_fail(err, CD_EUSAGE, "option '--%s' is for 'update'" SEE_HELP, shown(id));
    if (id == OPT_JUNIT && args->verb != CD_VERB_CHECK) return cd_fail(err, CD_EUSAGE, "option '--%s' is for 'check'" SEE_HELP, shown(id));
    if (id == OPT_DIFF && !fixtures) return cd_fail(err, CD_EUSAGE, "option '--%s' is for 'check' and 'update'" SEE_HELP, shown(id));
    if (!fixtures || update_only || id == OPT_JUNIT || id == OPT_DIFF) return CD_OK;
    if (id == OPT_URL || id == OPT_ENCODING || id == OPT_NOW)
        return cd_fail(err, CD_EUSAGE, "option '--%s' belongs into the name.args of a fixture" SEE_HELP, shown(id));
    if (id == OPT_JOBS || id == OPT_RULES || id == OPT_NO_RULE || id == OPT_NO_DEFAULT_RULES || id == OPT_MODEL || id == OPT_COLOR) return CD_OK;
    return cd_fail(err, CD_EUSAGE, "option '--%s' is not for 'check' and 'update'" SEE_HELP, shown(id));
}

/* The table in the form that getopt_long() wants: its letters in front of which "-:" asks for operands in order and for a sign
 * of its own where a value is missing. */
static void prepare(struct option table[NOPTIONS + 1], char letters[2 * NOPTIONS + 3])
{
    *letters++ = '-';
    *letters++ = ':';
    for (size_t i = 0; i < NOPTIONS; i++) {
        table[i] = (struct option){options[i].name, !options[i].arg ? no_argument : is_optional(options[i].arg) ? optional_argument : required_argument, NULL,
                                    options[i].id};
        if (!options[i].letter) continue;
        *letters++ = options[i].letter;
        if (options[i].arg) *letters++ = ':';
    }
    table[NOPTIONS] = (struct option){NULL, 0, NULL, 0};
    *letters = '\0';
}

static cd_status read_all(int argc, char **argv, cd_args *args, cd_error *err)
{
    struct option table[NOPTIONS + 1];
    char          letters[2 * NOPTIONS + 3];
    operands      seen = {0, false};
    bool          used[NOPTIONS] = {false};
    cd_verb       wanted = CD_VERB_RECORDS; /* --help and --version win over what follows */
    prepare(table, letters);
    opterr = 0;
    for (int c, at = optind; (c = getopt_long(argc, argv, letters, table, NULL)) != -1; at = optind) {
        const char *word = argv[at < argc ? at : argc - 1];
        int         id = id_of_letter(c);
        if (c == '?') return bad_option(word, err);
        if (c == ':') return cd_fail(err, CD_EUSAGE, "option '--%s' needs a value" SEE_HELP, shown(id_of_letter(optopt)));
        CD_TRY(c == 1 ? take_operand(args, &seen, optarg, false, err) : take_option(args, id, optarg, err));
        if (id == OPT_HELP || id == OPT_VERSION) wanted = args->verb;
        if (c != 1) used[id - OPT_BEFORE_FIRST - 1] = true;
    }
    for (int i = optind; i < argc; i++) CD_TRY(take_operand(args, &seen, argv[i], true, err));
    for (size_t i = 0; i < NOPTIONS && wanted == CD_VERB_RECORDS; i++)
        if (used[i]) CD_TRY(check_place(args, options[i].id, err));
    if (wanted != CD_VERB_RECORDS) args->verb = wanted;
    else if (seen.rules && seen.n == 1) return cd_fail(err, CD_EUSAGE, "'rules' needs 'list', 'test', 'lint', 'diff', 'stats' or 'new' behind it" SEE_HELP);
    return CD_OK;
}

/* Options of one verb are a mistake with another. */
static cd_status check_verb(const cd_args *args, cd_error *err)
{
    if (args->verb == CD_VERB_HELP || args->verb == CD_VERB_VERSION) return CD_OK;
    if ((args->old || args->new) != (args->verb == CD_VERB_RULES_DIFF))
        return cd_fail(err, CD_EUSAGE, "'rules diff' and one of '--old' and '--new' go together" SEE_HELP);
    if ((args->drop || args->cut) != (args->verb == CD_VERB_RULES_NEW) || (args->drop && args->cut))
        return cd_fail(err, CD_EUSAGE, "'rules new' and one of '--drop' and '--cut' go together" SEE_HELP);
    return CD_OK;
}

/* The folder of the user's own rules: $XDG_CONFIG_HOME, which must be an absolute path, else ~/.config. */
static cd_status find_home(cd_args *args, cd_error *err)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    bool        given = config && *config == '/';
    if (args->no_home || (!given && !(home && *home))) return CD_OK;
    const char *base = given ? config : home, *rest = given ? "/copydesk/rules" : "/.config/copydesk/rules";
    size_t      size = strlen(base) + strlen(rest) + 1;
    args->home = malloc(size);
    if (!args->home) return cd_fail_memory(err);
    (void)snprintf(args->home, size, "%s%s", base, rest);
    args->desk.home = args->home;
    return CD_OK;
}

/* --json and --html are forms of `explain`, and --html says where it goes. */
static cd_status settle_explain(cd_args *args, cd_error *err)
{
    const char *form = args->html ? "html" : args->json ? "json" : NULL;
    if (!form || args->verb == CD_VERB_HELP || args->verb == CD_VERB_VERSION) return CD_OK;
    bool listing = args->json && !args->html && (args->verb == CD_VERB_RULES_LIST || args->verb == CD_VERB_RULES_STATS);
    if (listing) return CD_OK;
    if (args->verb != CD_VERB_EXPLAIN) return cd_fail(err, CD_EUSAGE, "option '--%s' belongs to 'copydesk explain'" SEE_HELP, form);
    if (args->html && args->json) return cd_fail(err, CD_EUSAGE, "options '--json' and '--html' are two forms: give one" SEE_HELP);
    if (args->html && args->output) return cd_fail(err, CD_EUSAGE, "options '--html' and '--output' both name the output: give one" SEE_HELP);
    if (args->html && strcmp(args->html, "-") != 0) args->output = args->html;
    return CD_OK;
}

/* Options that would contradict each other, or mean nothing with a verb. */
static cd_status check_together(const cd_args *args, cd_error *err)
{
    bool        records = args->verb == CD_VERB_RECORDS && !args->dump && !args->text_of;
    const char *alone = args->resume ? "resume" : args->output_dir ? "output-dir" : args->errors ? "errors" : args->dedup ? "dedup" : args->stats ? "stats"
                      : args->desk.body_format ? "body-format" : args->desk.body_links ? "links" : NULL;
    if (args->verb == CD_VERB_HELP || args->verb == CD_VERB_VERSION) return CD_OK;
    if (!records && alone) return cd_fail(err, CD_EUSAGE, "option '--%s' is for records" SEE_HELP, alone);
    if (args->output && args->output_dir) return cd_fail(err, CD_EUSAGE, "options '--output' and '--output-dir' exclude each other" SEE_HELP);
    if (args->resume && !args->output) return cd_fail(err, CD_EUSAGE, "option '--resume' needs '--output'" SEE_HELP);
    if (args->resume && args->pretty) return cd_fail(err, CD_EUSAGE, "option '--resume' needs a record a line, without '--pretty'" SEE_HELP);
    if (args->desk.body_links && !args->desk.body_format) return cd_fail(err, CD_EUSAGE, "option '--links' needs '--body-format markdown'" SEE_HELP);
    if (args->resume && args->dedup && args->desk.body_format) /* stories are told by the words of the text, which those records do not have */
        return cd_fail(err, CD_EUSAGE, "options '--resume', '--dedup' and '--body-format markdown' do not go together" SEE_HELP);
    if (args->progress && args->quiet) return cd_fail(err, CD_EUSAGE, "options '--progress' and '--quiet' exclude each other" SEE_HELP);
    return CD_OK;
}

/* Without anything to read standard input is read. */
static cd_status default_input(cd_args *args, bool terminal, cd_error *err)
{
    if ((args->verb == CD_VERB_CHECK || args->verb == CD_VERB_UPDATE) && !args->fixtures.npaths)
        return cd_fail(err, CD_EUSAGE, "'%s' needs a folder of fixtures" SEE_HELP, args->verb == CD_VERB_CHECK ? "check" : "update");
    bool reads = args->verb == CD_VERB_RECORDS || args->verb == CD_VERB_EXPLAIN || args->verb == CD_VERB_RULES_DIFF || args->verb == CD_VERB_RULES_STATS;
    if (args->ngiven || !reads) return CD_OK;
    if (terminal) return cd_fail(err, CD_EUSAGE, "no FILE given and standard input is a terminal" SEE_HELP);
    give(args, CD_SOURCE_PATH, "-");
    return CD_OK;
}

cd_status cd_args_read(int argc, char **argv, bool terminal, cd_args *args, cd_error *err)
{
    size_t room = (size_t)argc + 1;
    *args = (cd_args){.jobs = 1};
    args->given = calloc(room, sizeof *args->given);
    args->rules = calloc(room, sizeof *args->rules);
    args->off = calloc(room, sizeof *args->off);
    args->fixtures.paths = calloc(room, sizeof *args->fixtures.paths);
    args->fixtures.only = calloc(room, sizeof *args->fixtures.only);
    args->keep = calloc(room, sizeof *args->keep);
    args->checked = calloc(room, sizeof *args->checked);
    if (!args->given || !args->rules || !args->off || !args->fixtures.paths || !args->fixtures.only || !args->keep || !args->checked) return cd_fail_memory(err);
    args->desk.rules = args->rules;
    args->desk.off = args->off;
    args->input.keep = args->keep;
    CD_TRY(read_all(argc, argv, args, err));
    CD_TRY(check_verb(args, err));
    CD_TRY(find_home(args, err));
    if (args->verb == CD_VERB_RULES_TEST && args->nchecked) args->desk.no_default = 1, args->desk.home = NULL; /* these alone */
    if (args->verb == CD_VERB_CHECK || args->verb == CD_VERB_UPDATE) args->desk.home = NULL; /* what is expected is so for everybody */
    CD_TRY(settle_explain(args, err));
    CD_TRY(check_together(args, err));
    return default_input(args, terminal, err);
}

size_t cd_args_jobs(const cd_args *args)
{
    long cores = args->jobs ? 0 : sysconf(_SC_NPROCESSORS_ONLN);
    return args->jobs ? args->jobs : cores > 0 ? (size_t)cores : 1;
}

void cd_args_free(cd_args *args)
{
    free(args->given);
    free(args->rules);
    free(args->off);
    free(args->fixtures.paths);
    free(args->fixtures.only);
    free(args->keep);
    free(args->checked);
    free(args->home);
    *args = (cd_args){0};
}
