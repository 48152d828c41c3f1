/* example.c -- a program that embeds copydesk: reads pages, prints a few fields of each and why they are what they are.
 * `example FILE...`; tests/library.t compiles it against the installed library, shared and static, and runs it. */
#include <copydesk.h>

#include <stdio.h>
#include <stdlib.h>

/* The bytes of a whole file, or NULL; the caller frees them. */
static char *read_file(const char *path, size_t *size)
{
    FILE *in = fopen(path, "rb");
    char *bytes = in ? malloc(1 << 20) : NULL;
    *size = bytes ? fread(bytes, 1, 1 << 20, in) : 0;
    if (in) fclose(in);
    return bytes;
}

static void print_field(const cd_reader *reader, cd_key key, size_t index)
{
    cd_why   why;
    cd_value value = cd_reader_item(reader, key, index);
    printf("%s: %s\n", cd_key_name(key), value.text ? value.text : "(not stated)");
    if (!value.text || !cd_reader_why(reader, key, index, &why)) return;
    if (why.origin) printf("  stated by %s %s\n", why.origin, why.key);
    else if (why.path) printf("  %s, ", why.path);
    else printf("  line %zu, ", why.line);
    if (!why.origin) printf("%s%s%s\n", why.rule ? why.rule : "", why.rule ? ": " : "", why.reason ? why.reason : "");
}

static cd_status print_page(cd_reader *reader, const char *path, cd_error *err)
{
    size_t    size;
    char     *bytes = read_file(path, &size);
    cd_input  page = {.name = path, .bytes = bytes, .size = size, .record = -1};
    cd_text   json;
    cd_status st = cd_reader_read(reader, &page, err);
    if (st != CD_OK) {
        free(bytes);
        return st;
    }
    print_field(reader, CD_KEY_STATUS, 0);
    print_field(reader, CD_KEY_HEADLINE, 0);
    print_field(reader, CD_KEY_DATE, 0);
    for (size_t i = 0; i < cd_reader_count(reader, CD_KEY_AUTHORS); i++) print_field(reader, CD_KEY_AUTHORS, i);
    print_field(reader, CD_KEY_MODIFIED, 0);
    print_field(reader, CD_KEY_IMAGE, 0);
    for (size_t i = 0; i < cd_reader_count(reader, CD_KEY_CAPTIONS); i++) print_field(reader, CD_KEY_CREDITS, i);
    printf("%lld words; left out:", cd_reader_number(reader, CD_KEY_WORDS, 0));
    for (size_t i = 0; i < cd_reader_count(reader, CD_KEY_REMOVED); i++)
        printf(" %lld %s", cd_reader_number(reader, CD_KEY_REMOVED, i), cd_reader_item(reader, CD_KEY_REMOVED, i).text);
    st = cd_reader_record(reader, 0, &json, err);
    if (st == CD_OK) printf("\n%zu bytes of JSON, state %d\n", json.size, (int)json.state);
    free(bytes); /* a reader may look into them as long as it is asked about the page */
    return st;
}

int main(int argc, char **argv)
{
    cd_error   err = {0};
    cd_desk   *desk = NULL;
    cd_reader *reader = NULL;
    cd_status  st = cd_desk_open(NULL, &desk, &err);
    if (st == CD_OK) st = cd_reader_open(desk, &reader, &err);
    for (int i = 1; st == CD_OK && i < argc; i++) st = print_page(reader, argv[i], &err);
    if (st != CD_OK) fprintf(stderr, "example: %s\n", err.text);
    cd_reader_close(reader);
    cd_desk_close(desk);
    return st == CD_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
