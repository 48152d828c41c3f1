/* prepare.c -- a host program of the build: prints C that defines what rules/ready.h declares, for every pattern of the rule files
 * that embed.c has compiled in. It is linked with the program's own rooms, so that what it finds is what the program would
 * find. Runs at build time only; nothing of it is in the program. */
#include "rules/group.h"
#include "rules/ready.h"

#include <stdio.h>
#include <stdlib.h>

/* The rooms that this is linked with ask for these; here nothing is ready yet. */
const cd_ready cd_ready_patterns[1] = {{.len = 0}};
const size_t   cd_ready_count = 0;

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

static int print_all(cd_ready *list, size_t n)
{
    qsort(list, n, sizeof *list, by_hash);
    printf("/* made by src/embed/prepare.c */\n#include \"rules/ready.h\"\n\n");
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
    *r = (cd_ready){.hash = cd_ready_hash(pattern), .file = file, .len = (uint32_t)pattern.len,
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
