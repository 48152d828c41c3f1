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

/* ---- tables -> indexes ----------------------------------------------------------------------------------------------- */

static int ends_with(const char *path, const char *end)
{
    size_t len = strlen(path), n = strlen(end);
    return len >= n && strcmp(path + len - n, end) == 0;
}

/* Prints `index_NUMBER`, a hash index over the first column of the lines in `text`, and gives back how many slots it has. */
static size_t print_index(const char *text, size_t size, int number)
{
    size_t lines = 0, slots = 16;
    if (size >= (size_t)1 << CD_SLOT_BITS) return 0;
    for (size_t i = 0; i < size; i++) lines += text[i] == '\n';
    while (slots < lines * 2) slots *= 2;
    uint32_t *at = calloc(slots, sizeof *at);
    if (!at) return 0;
    for (size_t from = 0, to; from < size; from = to + 1) {
        for (to = from; to < size && text[to] != '\n';) to++;
        size_t key = from;
        while (key < to && text[key] != '\t') key++;
        if (key == from || text[from] == '#') continue;
        uint64_t hash = cd_hash_bytes((cd_span){text + from, key - from});
        size_t   slot = hash % slots;
        while (at[slot]) slot = (slot + 1) % slots;
        at[slot] = cd_slot_tag(hash) | ((uint32_t)from + 1);
    }
    printf("static const uint32_t index_%d[] = {\n", number);
    for (size_t i = 0; i < slots; i++) printf(i % 16 == 15 ? "%u,\n" : "%u,", (unsigned)at[i]);
    printf("};\n");
    free(at);
    return slots;
}

/* ---- stopwords.tsv -> cd_function_words ------------------------------------------------------------------------------ */

static void add_word(cd_word_slot *slots, const char *word, unsigned language)
{
    uint64_t hash = cd_hash_bytes(cd_span_of(word));
    size_t   at = hash % CD_WORD_SLOTS;
    while (slots[at].hash && slots[at].hash != hash) at = (at + 1) % CD_WORD_SLOTS;
    slots[at].hash = hash;
    slots[at].shared += !(slots[at].languages >> language & 1);
    slots[at].languages |= (uint64_t)1 << language;
}

static void print_words(const cd_word_slot *slots)
{
    printf("const cd_word_slot cd_function_words[CD_WORD_SLOTS] = {\n");
    for (size_t i = 0; i < CD_WORD_SLOTS; i++) printf("{%lluu,%lluu,%u},%s", (unsigned long long)slots[i].hash,
                                                      (unsigned long long)slots[i].languages, (unsigned)slots[i].shared, i % 4 == 3 ? "\n" : "");
    printf("};\nconst uint8_t cd_function_tags[CD_WORD_SLOTS] = {\n");
    for (size_t i = 0; i < CD_WORD_SLOTS; i++) printf("%d,%s", slots[i].hash ? cd_word_tag(slots[i].hash) : 0, i % 32 == 31 ? "\n" : "");
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

/* The whole file at `path`, NUL-ended, or NULL; its size in *size. */
static char *slurp(const char *path, size_t *size)
{
    FILE *in = fopen(path, "rb");
    char *text = NULL;
    if (in && fseek(in, 0, SEEK_END) == 0) {
        long end = ftell(in);
        rewind(in);
        text = end < 0 ? NULL : calloc((size_t)end + 1, 1);
        *size = text ? fread(text, 1, (size_t)end, in) : 0;
        if (text && *size != (size_t)end) free(text), text = NULL;
    }
    if (in) fclose(in);
    return text;
}

/* Prints one file as bytes, and its tables; -1 when it cannot be read. */
static int embed_file(const char *path, int number, size_t *size, size_t *slots)
{
    char *text = slurp(path, size);
    if (!text) return -1;
    printf("/* %s */\nstatic const unsigned char file_%d[] = {\n", path, number);
    for (size_t i = 0; i < *size; i++) printf(i % 24 == 23 ? "%d,\n" : "%d,", (unsigned char)text[i]);
    printf("0};\n");
    if (ends_with(path, ".tsv")) *slots = print_index(text, *size, number);
    free(text);
    return ends_with(path, "/stopwords.tsv") ? embed_words(path) : 0;
}

int main(int argc, char **argv)
{
    if (argc < 2) return fputs("usage: embed NAME FILE...\n", stderr), EXIT_FAILURE;
    size_t *sizes = calloc((size_t)argc, sizeof *sizes), *slots = calloc((size_t)argc, sizeof *slots);
    if (!sizes || !slots) return fail("embed");
    printf("/* made by src/embed/embed.c; do not edit */\n#include \"base/data.h\"\n");
    for (int i = 2; i < argc; i++)
        if (embed_file(argv[i], i, &sizes[i], &slots[i])) return fail(argv[i]);
    printf("const cd_data_file %s[] = {\n", argv[1]);
    for (int i = 2; i < argc; i++) {
        printf("    {\"%s\", {(const char *)file_%d, %zu}, ", argv[i], i, sizes[i]);
        if (slots[i]) printf("index_%d, %zu},\n", i, slots[i]);
        else printf("NULL, 0},\n");
    }
    printf("    {NULL, {NULL, 0}, NULL, 0}};\n");
    free(sizes);
    free(slots);
    return fflush(stdout) || ferror(stdout) ? fail("embed") : EXIT_SUCCESS;
}
