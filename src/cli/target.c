/* target.c -- opens and closes the output. In: a path or none. Out: a stream; at the end a complete file or the old one. */
#include "cli/target.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static cd_status fail(cd_error *err) { return cd_fail(err, CD_EWRITE, "%s", strerror(errno)); }

/* --- signals ---------------------------------------------------------------------------------------------------------- */

static const int fatal[] = {SIGINT, SIGTERM, SIGHUP};

/* What a signal removes: the one thing that a handler can only know by a global. */
static const char *volatile written_beside;

static void remove_and_die(int number)
{
    const char *path = written_beside;
    if (path) (void)unlink(path);
    (void)raise(number); /* SA_RESETHAND has put the default back: the shell sees the signal as the cause */
}

/* A signal that was ignored when the program began (nohup) stays so. */
static void catch_signals(void)
{
    for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++) {
        struct sigaction old, on = {.sa_handler = remove_and_die, .sa_flags = (int)SA_RESETHAND};
        if (sigaction(fatal[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL) (void)sigaction(fatal[i], &on, NULL);
    }
}

/* --- files ------------------------------------------------------------------------------------------------------------ */

/* Permissions of the new file: the old one's, else what the umask leaves. */
static mode_t mode_for(const struct stat *old)
{
    if (old) return old->st_mode & 0777;
    mode_t mask = umask(0);
    (void)umask(mask);
    return 0666 & ~mask;
}

static cd_status open_beside(cd_target *t, const struct stat *old, cd_error *err)
{
    static const char tail[] = ".XXXXXX";
    size_t            len = strlen(t->path);
    t->temp = malloc(len + sizeof tail);
    if (!t->temp) return cd_fail_memory(err);
    memcpy(t->temp, t->path, len);
    memcpy(t->temp + len, tail, sizeof tail);
    int fd = mkstemp(t->temp);
    if (fd >= 0) {
        written_beside = t->temp;
        catch_signals();
        t->out = fchmod(fd, mode_for(old)) == 0 ? fdopen(fd, "w") : NULL;
        if (t->out) return CD_OK;
    }
    cd_status st = fail(err);
    if (fd >= 0) {
        (void)unlink(t->temp);
        (void)close(fd);
    }
    return st;
}

static void forget(cd_target *t)
{
    written_beside = NULL;
    free(t->temp);
    free(t->path);
    *t = (cd_target){0};
}

static cd_status open_path(cd_target *t, const char *path, cd_error *err)
{
    struct stat old;
    bool        there = stat(path, &old) == 0;
    t->path = there ? realpath(path, NULL) : strdup(path); /* through a link, so that the link stays */
    if (!t->path) return errno == ENOMEM ? cd_fail_memory(err) : fail(err);
    if (!there || S_ISREG(old.st_mode)) return open_beside(t, there ? &old : NULL, err);
    t->out = fopen(path, "we");
    return t->out ? CD_OK : fail(err);
}

cd_status cd_target_open(cd_target *target, const char *path, cd_error *err)
{
    *target = (cd_target){.out = path ? NULL : stdout};
    cd_status st = path ? open_path(target, path, err) : CD_OK;
    if (st != CD_OK) forget(target);
    return st;
}

cd_status cd_target_close(cd_target *target, bool keep, cd_error *err)
{
    cd_status st = CD_OK;
    if (!target->out) return CD_OK;
    if (fflush(target->out) != 0 || ferror(target->out)) st = fail(err);
    int why = errno;
    if (fclose(target->out) != 0 && st == CD_OK) {
        st = fail(err);
        why = errno;
    }
    if (target->temp && st == CD_OK && keep && rename(target->temp, target->path) != 0) {
        st = fail(err);
        why = errno;
    }
    if (target->temp && (st != CD_OK || !keep)) (void)unlink(target->temp);
    forget(target);
    errno = why;
    return st;
}
