/* test_source.c -- what cd_source_next() promises: every path an item, in order, with its bytes or with a reason. Works in a
 * folder of its own below /tmp. */
#include "base/limits.h"
#include "input/input.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* The folder, and a source that is read from it. */
typedef struct fixture {
    char       folder[64];
    cd_source *source;
    cd_item    item;
    cd_error   err;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    if (!f) return -1;
    strcpy(f->folder, "/tmp/copydesk-test-XXXXXX");
    *state = f;
    return mkdtemp(f->folder) && chdir(f->folder) == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    char     command[128];
    cd_source_close(f->source);
    cd_item_free(&f->item);
    (void)snprintf(command, sizeof command, "rm -rf '%s'", f->folder);
    int st = chdir("/") == 0 ? system(command) : -1;
    free(f);
    return st;
}

static void write_file(const char *path, cd_span bytes)
{
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, out), bytes.len);
    assert_int_equal(fclose(out), 0);
}

static void make_folder(const char *path) { assert_int_equal(mkdir(path, 0777), 0); }

static void open_given(fixture *f, cd_given_kind kind, const char *path)
{
    cd_source_close(f->source);
    f->source = NULL;
    const cd_given given = {kind, path};
    assert_int_equal(cd_source_open(&given, 1, NULL, &f->source, &f->err), CD_OK);
}

/* The next item is `name` with `bytes`. */
static void gives(fixture *f, const char *name, const char *bytes)
{
    assert_int_equal(cd_source_next(f->source, &f->item, &f->err), CD_OK);
    assert_string_equal(f->item.name.ptr, name);
    if (f->item.reason) fail_msg("%s: %s", name, f->item.failure);
    assert_int_equal(f->item.bytes.len, strlen(bytes));
    if (*bytes) assert_string_equal(f->item.bytes.ptr, bytes);
    assert_int_equal(f->item.record, -1);
}

/* The next item is `name` without bytes, for `reason`; the sentence is `failure` where that is not NULL. */
static void fails(fixture *f, const char *name, const char *reason, const char *failure)
{
    assert_int_equal(cd_source_next(f->source, &f->item, &f->err), CD_OK);
    assert_string_equal(f->item.name.ptr, name);
    assert_non_null(f->item.reason);
    assert_string_equal(f->item.reason, reason);
    if (failure) assert_string_equal(f->item.failure, failure);
    assert_int_equal(f->item.bytes.len, 0);
}

static void ends(fixture *f)
{
    assert_int_equal(cd_source_next(f->source, &f->item, &f->err), CD_END);
    assert_int_equal(cd_source_next(f->source, &f->item, &f->err), CD_END);
}

static void files_come_in_the_order_given(void **state)
{
    fixture *f = *state;
    write_file("a", CD_SPAN("first"));
    write_file("b", CD_SPAN(""));
    const cd_given given[] = {{CD_SOURCE_PATH, "b"}, {CD_SOURCE_PATH, "a"}, {CD_SOURCE_PATH, "gone"}, {CD_SOURCE_PATH, "a"}};
    assert_int_equal(cd_source_open(given, 4, NULL, &f->source, &f->err), CD_OK);
    gives(f, "b", "");
    gives(f, "a", "first");
    fails(f, "gone", "unreadable", strerror(ENOENT));
    gives(f, "a", "first");
    ends(f);
}

static void folders_are_walked_in_byte_order_of_the_paths(void **state)
{
    fixture *f = *state;
    make_folder("d");
    make_folder("d/a");
    make_folder("d/a/deep");
    make_folder("d/empty");
    write_file("d/a/x", CD_SPAN("3"));
    write_file("d/a/deep/y", CD_SPAN("2"));
    write_file("d/a-b", CD_SPAN("0"));
    write_file("d/a.txt", CD_SPAN("1"));
    write_file("d/a0", CD_SPAN("4"));
    write_file("d/B", CD_SPAN("capital"));
    write_file("d/.hidden", CD_SPAN("no"));
    make_folder("d/.git");
    write_file("d/.git/page", CD_SPAN("no"));
    static const char *const roots[] = {"d", "d/"};
    for (size_t i = 0; i < 2; i++) {
        open_given(f, CD_SOURCE_PATH, roots[i]);
        gives(f, "d/B", "capital");
        gives(f, "d/a-b", "0");
        gives(f, "d/a.txt", "1");
        gives(f, "d/a/deep/y", "2");
        gives(f, "d/a/x", "3");
        gives(f, "d/a0", "4");
        ends(f);
    }
}

static void links_to_folders_are_not_followed(void **state)
{
    fixture *f = *state;
    make_folder("d");
    write_file("d/page", CD_SPAN("1"));
    write_file("other", CD_SPAN("2"));
    assert_int_equal(symlink(".", "d/loop"), 0);
    assert_int_equal(symlink("../other", "d/to-file"), 0);
    assert_int_equal(symlink("nowhere", "d/broken"), 0);
    assert_int_equal(symlink("d", "given"), 0);
    open_given(f, CD_SOURCE_PATH, "given"); /* but one that the user gives is */
    fails(f, "given/broken", "unreadable", strerror(ENOENT));
    gives(f, "given/page", "1");
    gives(f, "given/to-file", "2");
    ends(f);
}

static void a_folder_without_files_is_told(void **state)
{
    fixture *f = *state;
    make_folder("d");
    make_folder("d/e");
    write_file("d/e/.hidden", CD_SPAN("no"));
    open_given(f, CD_SOURCE_PATH, "d");
    fails(f, "d", "unreadable", "the folder has no files");
    ends(f);
}

/* A pipe among the pages of a folder would block the run for ever. */
static void only_files_of_a_folder_are_pages(void **state)
{
    fixture *f = *state;
    make_folder("d");
    assert_int_equal(mkfifo("d/pipe", 0666), 0);
    write_file("d/page", CD_SPAN("1"));
    open_given(f, CD_SOURCE_PATH, "d");
    gives(f, "d/page", "1");
    ends(f);
}

static void deep_folders_need_no_stack(void **state)
{
    fixture *f = *state;
    for (int i = 0; i < 1500; i++) { /* 3,000 bytes of path */
        make_folder("d");
        assert_int_equal(chdir("d"), 0);
    }
    write_file("page", CD_SPAN("deep"));
    assert_int_equal(chdir(f->folder), 0);
    open_given(f, CD_SOURCE_PATH, "d");
    assert_int_equal(cd_source_next(f->source, &f->item, &f->err), CD_OK);
    assert_null(f->item.reason);
    assert_int_equal(f->item.name.len, 1500 * 2 + 4);
    ends(f);
}

static void many_names_are_sorted(void **state)
{
    fixture *f = *state;
    char     name[32];
    make_folder("d");
    for (unsigned i = 0; i < 1000; i++) {
        (void)snprintf(name, sizeof name, "d/%u", i * 7919u % 1000u);
        write_file(name, CD_SPAN("x"));
    }
    open_given(f, CD_SOURCE_PATH, "d");
    char before[32] = "";
    for (unsigned i = 0; i < 1000; i++) {
        assert_int_equal(cd_source_next(f->source, &f->item, &f->err), CD_OK);
        assert_true(strcmp(before, f->item.name.ptr) < 0);
        (void)snprintf(before, sizeof before, "%s", f->item.name.ptr);
    }
    ends(f);
}

static void a_large_file_is_not_read(void **state)
{
    fixture *f = *state;
    write_file("large", CD_SPAN("x"));
    write_file("just", CD_SPAN("x"));
    assert_int_equal(truncate("large", (off_t)200 * 1024 * 1024), 0);
    assert_int_equal(truncate("just", (off_t)CD_LIMIT_PAGE_BYTES), 0);
    open_given(f, CD_SOURCE_PATH, "large");
    fails(f, "large", "too_large", "209715200 bytes are over the limit CD_LIMIT_PAGE_BYTES, 33554432");
    assert_true(f->item.bytes.cap < CD_LIMIT_PAGE_BYTES);
    open_given(f, CD_SOURCE_PATH, "just");
    assert_int_equal(cd_source_next(f->source, &f->item, &f->err), CD_OK);
    assert_null(f->item.reason);
    assert_int_equal(f->item.bytes.len, CD_LIMIT_PAGE_BYTES);
    ends(f);
}

/* Writes to a pipe until its reader has gone. */
static void *write_for_ever(void *path)
{
    static const char block[65536];
    int               fd = open(path, O_WRONLY);
    while (write(fd, block, sizeof block) > 0) continue;
    (void)close(fd);
    return NULL;
}

static void *write_page(void *path)
{
    write_file(path, CD_SPAN("through a pipe"));
    return NULL;
}

static void pipes_are_read_like_files_up_to_the_limit(void **state)
{
    fixture  *f = *state;
    pthread_t writer;
    assert_true(signal(SIGPIPE, SIG_IGN) != SIG_ERR);
    assert_int_equal(mkfifo("pipe", 0666), 0);
    assert_int_equal(pthread_create(&writer, NULL, write_page, "pipe"), 0);
    open_given(f, CD_SOURCE_PATH, "pipe");
    gives(f, "pipe", "through a pipe");
    assert_int_equal(pthread_join(writer, NULL), 0);
    assert_int_equal(pthread_create(&writer, NULL, write_for_ever, "pipe"), 0);
    open_given(f, CD_SOURCE_PATH, "pipe");
    fails(f, "pipe", "too_large", NULL);
    assert_int_equal(pthread_join(writer, NULL), 0);
}

static void what_cannot_be_read_is_told(void **state)
{
    fixture *f = *state;
    write_file("file", CD_SPAN("x"));
    open_given(f, CD_SOURCE_PATH, "file/below");
    fails(f, "file/below", "unreadable", strerror(ENOTDIR));
    open_given(f, CD_SOURCE_PATH, "");
    fails(f, "", "unreadable", strerror(ENOENT));
    open_given(f, CD_SOURCE_PATH, "/proc/self/mem");
    fails(f, "/proc/self/mem", "unreadable", strerror(EIO));
    if (geteuid() != 0) { /* root may read everything */
        assert_int_equal(chmod("file", 0), 0);
        open_given(f, CD_SOURCE_PATH, "file");
        fails(f, "file", "unreadable", strerror(EACCES));
    }
}

static void lists_give_their_paths(void **state)
{
    fixture *f = *state;
    make_folder("d");
    write_file("d/page", CD_SPAN("1"));
    write_file("a\nb", CD_SPAN("2"));
    write_file(" c ", CD_SPAN("3"));
    write_file("lines", CD_SPAN(" c \r\n\nd\ngone"));
    write_file("nuls", CD_SPAN("a\nb\0d\0\0 c "));
    write_file("none", CD_SPAN(""));
    open_given(f, CD_SOURCE_LINES, "lines");
    gives(f, " c ", "3");
    gives(f, "d/page", "1");
    fails(f, "gone", "unreadable", strerror(ENOENT));
    ends(f);
    open_given(f, CD_SOURCE_NULS, "nuls");
    gives(f, "a\nb", "2");
    gives(f, "d/page", "1");
    gives(f, " c ", "3");
    ends(f);
    open_given(f, CD_SOURCE_LINES, "nuls");
    fails(f, "a", "unreadable", strerror(ENOENT));
    fails(f, "nuls", "unreadable", NULL);
    ends(f);
    open_given(f, CD_SOURCE_LINES, "none");
    ends(f);
    open_given(f, CD_SOURCE_LINES, "gone");
    fails(f, "gone", "unreadable", strerror(ENOENT));
    ends(f);
    open_given(f, CD_SOURCE_LINES, "d");
    fails(f, "d", "unreadable", strerror(EISDIR));
    ends(f);
}

static void standard_input_is_read_once(void **state)
{
    fixture *f = *state;
    write_file("page", CD_SPAN("from stdin"));
    int saved = dup(STDIN_FILENO), fd = open("page", O_RDONLY);
    assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
    const cd_given given[] = {{CD_SOURCE_PATH, "-"}, {CD_SOURCE_PATH, "page"}, {CD_SOURCE_PATH, "-"}, {CD_SOURCE_LINES, "-"}};
    assert_int_equal(cd_source_open(given, 4, NULL, &f->source, &f->err), CD_OK);
    gives(f, "-", "from stdin");
    gives(f, "page", "from stdin");
    fails(f, "-", "unreadable", "standard input was already read");
    fails(f, "-", "unreadable", "standard input was already read");
    ends(f);
    assert_int_equal(dup2(saved, STDIN_FILENO), STDIN_FILENO);
    (void)close(fd);
    (void)close(saved);
}

/* A run that stops early leaves nothing behind. */
static void a_source_may_be_closed_at_any_time(void **state)
{
    fixture *f = *state;
    make_folder("d");
    make_folder("d/e");
    write_file("d/e/1", CD_SPAN("1"));
    write_file("d/e/2", CD_SPAN("2"));
    write_file("list", CD_SPAN("d\nd\n"));
    open_given(f, CD_SOURCE_LINES, "list");
    gives(f, "d/e/1", "1");
    cd_source_close(NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(files_come_in_the_order_given),
        TEST(folders_are_walked_in_byte_order_of_the_paths),
        TEST(links_to_folders_are_not_followed),
        TEST(a_folder_without_files_is_told),
        TEST(only_files_of_a_folder_are_pages),
        TEST(deep_folders_need_no_stack),
        TEST(many_names_are_sorted),
        TEST(a_large_file_is_not_read),
        TEST(pipes_are_read_like_files_up_to_the_limit),
        TEST(what_cannot_be_read_is_told),
        TEST(lists_give_their_paths),
        TEST(standard_input_is_read_once),
        TEST(a_source_may_be_closed_at_any_time),
    };
    return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
