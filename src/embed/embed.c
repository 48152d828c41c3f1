/* embed.c -- a host program of the build: `embed NAME FILE...` prints C that defines `const cd_data_file NAME[]` with the bytes
 * of every file. Runs at build time only; nothing of it is in the program. */
#include <stdio.h>
#include <stdlib.h>

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
    }
    printf("const cd_data_file %s[] = {\n", argv[1]);
    for (int i = 2; i < argc; i++) printf("    {\"%s\", {(const char *)file_%d, %zu}},\n", argv[i], i, sizes[i]);
    printf("    {NULL, {NULL, 0}}};\n");
    free(sizes);
    return fflush(stdout) || ferror(stdout) ? fail("embed") : EXIT_SUCCESS;
}
