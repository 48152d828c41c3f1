/* embed.c -- a host program of the build: `embed NAME FILE...` prints C that defines `const cd_data_file NAME[]` with the bytes
 * of every file. A file called stopwords.tsv is printed as a hash table besides (base/data.h). Runs at build time only; nothing
 * of it is in the program. */
#include "base/data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fail(const char *what)
{
    perror(what);
    return EXIT_FAILURE;
}

static int print_bytes(FILE *in, size_t *size)
{
    int c;
    for (*size = 0; (c = getc(in)) != EOF; ++*size) printf(*size % 24 == 23 ? "%d,\n" : "%d,", c);
    return ferror(in) ? -1 : 0;
}

/* ---- stopwords.tsv -> cd_function_words ------------------------------------------------------------------------------ */

static void add_word(cd_word_slot *slots, const char *word, unsigned language)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (const char *c = word; *c; c++) hash = (hash ^ (unsigned char)*c) * 0x100000001B3u;
    size_t at = hash % CD_WORD_SLOTS;
    while (slots[at].hash && slots[at].hash != hash) at = (at + 1) % CD_WORD_SLOTS;
    slots[at].hash = hash;
    slots[at].languages |= (uint64_t)1 << language;
}

static void print_words(const cd_word_slot *slots)
{
    printf("const cd_word_slot cd_function_words[CD_WORD_SLOTS] = {\n");
    for (size_t i = 0; i < CD_WORD_SLOTS; i++) printf("{%lluu,%lluu},%s", (unsigned long long)slots[i].hash,
                                                      (unsigned long long)slots[i].languages, i % 4 == 3 ? "\n" : "");
    printf("};\n");
}

static int embed_words(const char *path)
{
    static cd_word_slot slots[CD_WORD_SLOTS];
    char                text[8192];
    unsigned            languages = 0;
    FILE               *in = fopen(path, "rb");
    if (!in) return -1;
    printf("const char *const cd_function_languages[] = {");
    while (fgets(text, sizeof text, in)) {
        char *word = strtok(text, "\t \n");
        if (!word || *word == '#') continue;
        printf("\"%s\", ", word);
        if (languages == 64) return fclose(in), -1;
        while ((word = strtok(NULL, " \t\n"))) add_word(slots, word, languages);
        languages++;
    }
    printf("NULL};\n");
    print_words(slots);
    return fclose(in);
}

static int is_words(const char *path)
{
    size_t len = strlen(path), end = strlen("stopwords.tsv");
    return len >= end && strcmp(path + len - end, "stopwords.tsv") == 0;
}

int main(int argc, char **argv)
{
    if (argc < 2) return fputs("usage: embed NAME FILE...\n", stderr), EXIT_FAILURE;
    size_t *sizes = calloc((size_t)argc, sizeof *sizes);
    if (!sizes) return fail("embed");
    printf("/* made by src/embed/embed.c; do not edit */\n#include \"base/data.h\"\n");
    for (int i = 2; i < argc; i++) {
        FILE *in = fopen(argv[i], "rb");
        if (!in) return fail(argv[i]);
        printf("/* %s */\nstatic const unsigned char file_%d[] = {\n", argv[i], i);
        if (print_bytes(in, &sizes[i])) return fail(argv[i]);
        fclose(in);
        printf("0};\n");
        if (is_words(argv[i]) && embed_words(argv[i])) return fail(argv[i]);
    }
    printf("const cd_data_file %s[] = {\n", argv[1]);
    for (int i = 2; i < argc; i++) printf("    {\"%s\", {(const char *)file_%d, %zu}},\n", argv[i], i, sizes[i]);
    printf("    {NULL, {NULL, 0}}};\n");
    free(sizes);
    return fflush(stdout) || ferror(stdout) ? fail("embed") : EXIT_SUCCESS;
}
