/* prepare.c -- a host program of the build: prints C that defines what rules/ready.h declares, for every pattern of the rule files
 * that embed.c has compiled in, and the tables with which texts are scanned for the needles of all. It is linked with the
 * program's own rooms, so that what it finds is what the program would find. Runs at build time only; nothing of it is in the
 * program. */
#include "rules/group.h"
#include "rules/ready.h"
#include "rules/scan_tables.h"

#include <stdio.h>
#include <stdlib.h>

/* The rooms that this is linked with ask for these; here nothing is ready yet. */
const cd_ready cd_ready_patterns[1] = {{.len = 0}};
const size_t   cd_ready_count = 0;
const cd_pack  cd_ready_pack = {.scan = NULL};
const size_t   cd_ready_rules = 0;

enum { PATTERNS_MAX = 20000 };

static int by_hash(const void *a, const void *b)
{
    const cd_ready *x = a, *y = b;
    return x->hash != y->hash ? (x->hash < y->hash ? -1 : 1) : 0;
}

static void print_text(cd_span text)
{
    putchar('"');
    for (size_t i = 0; i < text.len; i++) {
        if (i && i % 100 == 0) printf("\"\n\"");
        printf("\\%03o", (unsigned)(unsigned char)text.ptr[i]);
    }
    putchar('"');
}

static void print_needles(const cd_needle_list *needles, const char *name, size_t number)
{
    if (needles->n == 0) return;
    printf("static const cd_needle %s_%zu[] = {\n", name, number);
    for (size_t i = 0; i < needles->n; i++) {
        const cd_needle *n = &needles->at[i];
        printf("{%u, %u, %u, %u, ", n->len, n->runes, n->edges, n->bits);
        print_text((cd_span){n->text, n->len});
        printf("},\n");
    }
    printf("};\n");
}

static void print_set(const cd_needle_list *needles, const char *name, size_t number)
{
    if (needles->n) printf("{%s_%zu, %zu}", name, number, needles->n);
    else printf("{NULL, 0}");
}

/* ---- the scan ---------------------------------------------------------------------------------------------------------- */

/* One number of `size` bytes at `at`. */
static unsigned long long number_at(const void *at, size_t size)
{
    uint8_t  one;
    uint16_t two;
    uint32_t four;
    uint64_t eight;
    switch (size) {
    case 1: return memcpy(&one, at, 1), one;
    case 2: return memcpy(&two, at, 2), two;
    case 4: return memcpy(&four, at, 4), four;
    default: return memcpy(&eight, at, 8), eight;
    }
}

/* BEFORE, all `bytes` of an array of numbers in braces, BEHIND. */
static void print_numbers(const char *before, const void *at, size_t bytes, size_t size, const char *behind)
{
    printf("%s{", before);
    for (size_t i = 0; i < bytes / size; i++) printf(i % 16 == 15 ? "%lluu,\n" : "%lluu,", number_at((const char *)at + i * size, size));
    printf("}%s", behind);
}
#define PRINT_ARRAY(before, array, behind) print_numbers(before, array, sizeof(array), sizeof *(array), behind)
#define PRINT_LIST(before, list, n, behind) print_numbers(before, list, (n) * sizeof *(list), sizeof *(list), behind)

static void print_grams(const char *name, const cd_grams *g)
{
    printf(".%s={", name);
    PRINT_ARRAY(".ends=", g->ends, ",");
    PRINT_ARRAY(".shorts=", g->shorts, ",");
    PRINT_ARRAY(".signs=", g->signs, "},\n");
}

static void print_entries(const cd_scan *scan)
{
    printf("static const cd_scan_entry entries[] = {\n");
    for (size_t i = 0; i < scan->n; i++) {
        const cd_scan_entry *e = &scan->entries[i];
        printf("{%uu,%u,%u,%u,%u,", (unsigned)e->rules, e->sharers, e->edges, e->behind, e->len);
        PRINT_LIST("", e->letters, e->len, "},\n");
    }
    printf("};\n");
}

static void print_scan(const cd_scan *scan)
{
    const cd_scan_entry *last = &scan->entries[scan->n - 1];
    PRINT_LIST("static const uint8_t letters[] = ", scan->letters, scan->npages * PAGE_RUNES, ";\n");
    PRINT_LIST("static const uint32_t keys[] = ", scan->keys, scan->n, ";\n");
    PRINT_LIST("static const uint32_t rules[] = ", scan->rules, (size_t)last->rules + last->sharers, ";\n");
    print_entries(scan);
    printf("static const cd_scan scan = {.letters = letters, .entries = entries, .keys = keys, .rules = rules, .n = %zu, .npages = %zu,\n", scan->n, scan->npages);
    PRINT_ARRAY(".pages=", scan->pages, ",\n");
    PRINT_ARRAY(".ascii=", scan->ascii, ",\n");
    PRINT_ARRAY(".kinds=", scan->kinds, ",\n");
    PRINT_ARRAY(".classes=", scan->classes, ",\n");
    PRINT_ARRAY(".buckets=", scan->buckets, ",\n");
    PRINT_ARRAY(".sieve=", scan->sieve, ",\n");
    PRINT_ARRAY(".short_sieve=", scan->short_sieve, ",\n.tiers={\n");
    for (size_t i = 0; i < TIERS; i++) {
        putchar('{');
        print_grams("front", &scan->tiers[i].front);
        print_grams("rest", &scan->tiers[i].rest);
        printf("},\n");
    }
    printf("}};\n");
}

/* The pack for all languages of the rules of data/rules, and nothing else of them: a run that has others makes its own. */
static cd_status print_pack(void)
{
    cd_rules      *rules = NULL;
    const cd_pack *pack = NULL;
    cd_error       err = {0};
    cd_status      st = cd_rules_new(&rules, &err);
    if (st == CD_OK) st = cd_rules_add_built_in(rules, &err);
    if (st == CD_OK) st = cd_rules_compile(rules, &err);
    if (st == CD_OK) st = cd_pack_find(rules, CD_SPAN(""), &pack, &err);
    if (st == CD_OK && pack->scan) {
        print_scan(pack->scan);
        PRINT_LIST("static const uint64_t speaks[] = ", pack->speaks, rules->nwords, ";\n");
        PRINT_LIST("static const uint64_t always[] = ", pack->always, rules->nwords, ";\n");
        PRINT_LIST("static const uint64_t single[] = ", pack->single, rules->nwords, ";\n");
        printf("const cd_pack cd_ready_pack = {.language = {\"\", 0}, .scan = &scan, .speaks = speaks, .always = always, .single = single};\n");
        printf("const size_t cd_ready_rules = %zu;\n", rules->n);
    } else {
        printf("const cd_pack cd_ready_pack = {.scan = NULL};\nconst size_t cd_ready_rules = 0;\n");
    }
    cd_rules_free(rules);
    return st;
}

/* ---- the patterns ------------------------------------------------------------------------------------------------------ */

static int print_all(cd_ready *list, size_t n)
{
    qsort(list, n, sizeof *list, by_hash);
    printf("/* made by src/embed/prepare.c */\n#include \"rules/ready.h\"\n#include \"rules/scan_tables.h\"\n\n");
    if (print_pack() != CD_OK) return EXIT_FAILURE;
    for (size_t i = 0; i < n; i++) {
        print_needles(&list[i].needles, "needles", i);
        print_needles(&list[i].second, "second", i);
    }
    printf("const cd_ready cd_ready_patterns[] = {\n");
    for (size_t i = 0; i < n; i++) {
        const cd_ready *r = &list[i];
        printf("{UINT64_C(%llu), %u, %u, %u, {", (unsigned long long)r->hash, (unsigned)r->file, (unsigned)r->from, (unsigned)r->len);
        print_text(r->grouped);
        printf(", %zu}, ", r->grouped.len);
        print_set(&r->needles, "needles", i);
        printf(", ");
        print_set(&r->second, "second", i);
        printf("},\n");
    }
    printf("{.len = 0}};\nconst size_t cd_ready_count = %zu;\n", n);
    return fflush(stdout) == 0 && !ferror(stdout) ? EXIT_SUCCESS : EXIT_FAILURE;
}

static cd_status prepare(cd_ready *r, uint32_t file, cd_span pattern, cd_arena *arena)
{
    cd_buf grouped = {0};
    *r = (cd_ready){.hash = cd_hash_bytes(pattern), .file = file, .len = (uint32_t)pattern.len,
                    .from = (uint32_t)(pattern.ptr - cd_data_rules[file].text.ptr)};
    cd_status st = cd_pattern_group(pattern, &grouped);
    if (st == CD_OK) r->grouped = cd_arena_copy(arena, cd_buf_span(&grouped));
    cd_buf_free(&grouped);
    cd_needles found[2] = {{.n = 0}, {.n = 0}};
    if (st == CD_OK) st = cd_needles_find(pattern, arena, &found[0], &found[1]);
    r->needles = (cd_needle_list){found[0].at, found[0].n};
    r->second = (cd_needle_list){found[1].at, found[1].n};
    return st;
}

int main(void)
{
    static cd_ready list[PATTERNS_MAX];
    size_t          n = 0;
    cd_arena       *arena = cd_arena_new();
    cd_status       st = arena ? CD_OK : CD_ENOMEM;
    for (uint32_t file = 0; st == CD_OK && cd_data_rules[file].name; file++) {
        cd_span rest = cd_data_rules[file].text, line;
        while (st == CD_OK && cd_span_line(&rest, &line)) {
            if (!cd_span_starts(line, CD_SPAN("  find "))) continue;
            if (n == PATTERNS_MAX) st = CD_ELIMIT;
            else st = prepare(&list[n++], file, cd_span_trim(cd_span_sub(line, 7, line.len)), arena);
        }
    }
    int status = st == CD_OK ? print_all(list, n) : EXIT_FAILURE;
    if (status) fprintf(stderr, "prepare: the patterns could not be prepared\n");
    cd_arena_free(arena);
    return status;
}
