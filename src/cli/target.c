/* target.c -- opens and closes the output. In: a path or none. Out: a stream; at the end a complete file or the old one. What is written is
 * FILE.part until then: a name that a run which goes on can find, held by a lock while a program writes to it. */
#include "cli/target.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static cd_status fail(cd_error *err) { return cd_fail(err, CD_EWRITE, "%s", strerror(errno)); }

/* Permissions of the new file: the old one's, else what the umask leaves. */
static mode_t mode_for(const struct stat *old)
{
    if (old) return old->st_mode & 0777;
    mode_t mask = umask(0);
    (void)umask(mask);
    return 0666 & ~mask;
}

/* Opens the part and locks it. The program that had the lock may have renamed the part meanwhile: then it is not this one any more. */
static int open_locked(const char *part, cd_error *err)
{
    struct stat mine, there;
    for (;;) {
        int fd = open(part, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0) {
            (void)fail(err);
            return -1;
        }
        if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
            if (errno == EWOULDBLOCK) (void)cd_fail(err, CD_EWRITE, "another run writes to %s", part);
            else (void)fail(err);
            (void)close(fd);
            return -1;
        }
        if (fstat(fd, &mine) == 0 && lstat(part, &there) == 0 && mine.st_ino == there.st_ino && mine.st_dev == there.st_dev) return fd;
        (void)close(fd);
    }
}

static cd_status open_beside(cd_target *t, const struct stat *old, bool resume, cd_error *err)
{
    static const char tail[] = ".part";
    size_t            len = strlen(t->path);
    t->part = malloc(len + sizeof tail);
    if (!t->part) return cd_fail_memory(err);
    memcpy(t->part, t->path, len);
    memcpy(t->part + len, tail, sizeof tail);
    int fd = open_locked(t->part, err);
    if (fd < 0) return CD_EWRITE;
    if (fchmod(fd, mode_for(old)) == 0 && (resume || ftruncate(fd, 0) == 0)) t->out = fdopen(fd, "r+");
    if (t->out) return CD_OK;
    cd_status st = fail(err);
    (void)close(fd);
    return st;
}

static void forget(cd_target *t)
{
    free(t->part);
    free(t->path);
    *t = (cd_target){0};
}

static cd_status open_path(cd_target *t, const char *path, bool resume, cd_error *err)
{
    struct stat old;
    bool        there = stat(path, &old) == 0;
    t->path = there ? realpath(path, NULL) : strdup(path); /* through a link, so that the link stays */
    if (!t->path) return errno == ENOMEM ? cd_fail_memory(err) : fail(err);
    if (!there || S_ISREG(old.st_mode)) return open_beside(t, there ? &old : NULL, resume, err);
    if (resume) return cd_fail(err, CD_EWRITE, "is no regular file: nothing of an earlier run can be found there");
    t->out = fopen(path, "we");
    return t->out ? CD_OK : fail(err);
}

cd_status cd_target_open(cd_target *target, const char *path, bool resume, cd_error *err)
{
    *target = (cd_target){.out = path ? NULL : stdout};
    cd_status st = path ? open_path(target, path, resume, err) : CD_OK;
    if (st != CD_OK) forget(target);
    return st;
}

/* Whether the part has anything in it. */
static bool is_empty(const char *part)
{
    struct stat st;
    return stat(part, &st) == 0 && st.st_size == 0;
}

cd_status cd_target_close(cd_target *target, cd_ending_of ending, bool later, cd_error *err)
{
    cd_status st = CD_OK;
    if (!target->out) return CD_OK;
    int lock = target->part ? dup(fileno(target->out)) : -1; /* holds the lock until the part has its name */
    if (fflush(target->out) != 0 || ferror(target->out)) st = fail(err);
    int why = errno;
    if (fclose(target->out) != 0 && st == CD_OK) {
        st = fail(err);
        why = errno;
    }
    if (target->part && st == CD_OK && ending == CD_TARGET_KEEP && rename(target->part, target->path) != 0) {
        st = fail(err);
        why = errno;
    }
    if (st != CD_OK && ending == CD_TARGET_KEEP) ending = later ? CD_TARGET_LATER : CD_TARGET_DROP;
    if (target->part && (ending == CD_TARGET_DROP || (ending == CD_TARGET_LATER && is_empty(target->part)))) (void)unlink(target->part);
    if (lock >= 0) (void)close(lock);
    forget(target);
    errno = why;
    return st;
}
