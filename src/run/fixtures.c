/* fixtures.c -- check and update. In: fixtures. Out: what differs from the expected files, or those files brought up to date.
 *
 * The pages go through pool.c like those of any run; this file stands at both its ends. next_item() gives it the items of one fixture
 * after the other; take_item() gets their records back in the same order and puts together what the expected file should hold: one
 * pretty record, or a list of them where the page's file is a container. When the last has come, the fixture is judged: bytes that are
 * the same need no further look; else both sides are read back and compared key by key. */
#include "run/fixtures.h"

#include "base/file.h"
#include "base/limits.h"
#include "output/reread.h"
#include "run/fixture_report.h"
#include "run/run.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* What a buffer keeps for the next fixture. */
static const size_t KEPT_BYTES = (size_t)1024 * 1024;

typedef struct checker {
    const cd_fixture_run *run;
    cd_fixture_tally     *tally;
    cd_reporter           reporter;
    cd_fixture_list       list;
    size_t               *given;   /* items that each fixture has given */
    size_t                reading; /* the fixture whose items are given now */
    cd_source            *source;  /* of that one, or NULL: not begun */
    cd_sidecar            sidecar; /* of that one */
    size_t                judging, taken; /* the fixture whose records are taken now, and how many it has had */
    bool                  numbered, too_large; /* its records have numbers; they are over the limit */
    cd_buf                records;  /* its expected file as it should be */
    cd_buf                fault;    /* why its page cannot be read; empty: it can */
    cd_buf                warnings; /* of its records, a line each */
    /* The fixture that is judged. */
    cd_arena             *arena;
    cd_buf                found; /* its expected file as it is */
    cd_rereads            old, new;
    cd_changes            changes;
} checker;

/* --- items in --------------------------------------------------------------------------------------------------------- */

static cd_status set_buf(cd_buf *buf, cd_span text)
{
    cd_buf_clear(buf, KEPT_BYTES);
    return cd_buf_add(buf, text);
}

/* Gives an item what name.args says, and a name that is the same wherever check is run from: without the fixture's folder. */
static cd_status dress_item(const checker *c, const char *page, cd_item *item)
{
    size_t  folder = (size_t)(cd_base_name(page) - page);
    cd_span name = cd_buf_span(&item->name);
    if (cd_span_starts(name, cd_span_of(page))) {
        memmove(item->name.ptr, item->name.ptr + folder, name.len - folder + 1);
        item->name.len -= folder;
    }
    if (c->sidecar.url.len) CD_TRY(set_buf(&item->url, cd_buf_span(&c->sidecar.url)));
    if (c->sidecar.encoding.len) CD_TRY(set_buf(&item->encoding, cd_buf_span(&c->sidecar.encoding)));
    if (c->sidecar.now.len) CD_TRY(set_buf(&item->now, cd_buf_span(&c->sidecar.now)));
    return CD_OK;
}

/* Begins the fixture that is to be read. CD_END: it gives no items. */
static cd_status open_fixture(checker *c, cd_error *err)
{
    cd_fixture *f = &c->list.at[c->reading];
    cd_error    why = {0};
    cd_sidecar_clear(&c->sidecar);
    if (!f->page || f->fault) return CD_END;
    cd_status st = f->args ? cd_sidecar_read(f->args, &c->sidecar, &why) : CD_OK;
    if (st == CD_ENOMEM) return cd_fail_memory(err);
    if (st != CD_OK) {
        f->fault = cd_arena_copy(c->list.arena, cd_span_of(why.text)).ptr;
        return f->fault ? CD_END : cd_fail_memory(err);
    }
    cd_given given = {CD_SOURCE_PATH, f->page};
    return cd_source_open(&given, 1, NULL, &c->source, err);
}

static cd_status next_item(void *context, cd_item *item, cd_error *err)
{
    checker *c = context;
    for (; c->reading < c->list.n; c->reading++) {
        cd_status st = c->source ? CD_OK : open_fixture(c, err);
        cd_buf_clear(&item->url, KEPT_BYTES); /* of the slot's last item */
        cd_buf_clear(&item->encoding, KEPT_BYTES);
        cd_buf_clear(&item->now, KEPT_BYTES);
        if (st == CD_OK) st = cd_source_next(c->source, item, err);
        if (st == CD_OK) {
            c->given[c->reading]++;
            return dress_item(c, c->list.at[c->reading].page, item) == CD_OK ? CD_OK : cd_fail_memory(err);
        }
        if (st != CD_END) return st;
        cd_source_close(c->source);
        c->source = NULL;
    }
    return CD_END;
}

/* Tells the warnings of a fixture's pages. Of one that is as expected they are expected, too. */
static void warn(checker *c, const cd_fixture *f)
{
    cd_span rest = cd_buf_span(&c->warnings), line;
    while (cd_span_line(&rest, &line)) {
        c->warnings.ptr[line.ptr + line.len - c->warnings.ptr] = '\0';
        c->run->problem(c->run->context, f->page, line.ptr);
    }
    c->warnings.len = 0;
}

/* Tells what was found of a fixture; `why` is a sentence for what no key says, or NULL. */
static cd_status report(checker *c, const cd_fixture *f, cd_verdict v, const char *why, bool done, cd_error *err)
{
    cd_finding finding = {.fixture = f, .verdict = v, .why = why, .done = done, .found = cd_buf_span(&c->found),
                          .changes = v == CD_VERDICT_CHANGED ? &c->changes : NULL};
    if (v != CD_VERDICT_SAME) warn(c, f);
    return cd_report(&c->reporter, &finding, err);
}

/* --- updating --------------------------------------------------------------------------------------------------------- */

static bool is_only(const void *context, cd_span key)
{
    const cd_fixture_run *run = context;
    for (size_t i = 0; i < run->nonly; i++)
        if (cd_span_is(key, cd_span_of(run->only[i]))) return true;
    return false;
}

/* Writes `bytes` as the expected file of `f`, unless it is a dry run, and reports. */
static cd_status replace(checker *c, const cd_fixture *f, cd_verdict v, const char *why, cd_span bytes, cd_error *err)
{
    cd_error  write_err = {0};
    cd_status st = c->run->dry_run ? CD_OK : c->run->write(c->run->context, f->expected, bytes, &write_err);
    if (st != CD_OK) {
        char text[sizeof write_err.text + 300];
        (void)snprintf(text, sizeof text, "%.255s: %s", cd_base_name(f->expected), write_err.text);
        return report(c, f, CD_VERDICT_FAILED, text, false, err);
    }
    c->tally->written++;
    return report(c, f, v, why, true, err);
}

/* Takes over single keys, and leaves all else as it was expected. */
static cd_status replace_only(checker *c, const cd_fixture *f, cd_error *err)
{
    if (c->changes.list || c->old.n != c->new.n) {
        c->tally->left++;
        return report(c, f, CD_VERDICT_CHANGED, "not as many records as expected: single keys cannot be taken over", false, err);
    }
    size_t kept = 0, n = c->changes.n;
    for (size_t i = 0; i < n; i++) {
        const cd_change *at = &c->changes.at[i];
        if (is_only(c->run, at->new ? at->new->key : at->old->key)) c->changes.at[kept++] = *at;
    }
    c->changes.n = kept;
    if (kept == 0) { /* nothing in the keys that were asked for: no line, but it counts */
        c->tally->left++;
        return CD_OK;
    }
    cd_buf    merged = {0};
    cd_status st = cd_reread_merge(&c->old, &c->new, is_only, c->run, &merged) == CD_OK ? CD_OK : cd_fail_memory(err);
    size_t written = c->tally->written;
    if (st == CD_OK) st = replace(c, f, CD_VERDICT_CHANGED, NULL, cd_buf_span(&merged), err);
    if (kept < n) c->tally->partly += c->tally->written - written;
    cd_buf_free(&merged);
    return st;
}

/* --- judging ---------------------------------------------------------------------------------------------------------- */

static cd_status judge_orphan(checker *c, const cd_fixture *f, cd_error *err)
{
    const char *const left[] = {f->expected, f->args};
    bool              prune = c->run->update && c->run->prune;
    for (size_t i = 0; prune && i < 2; i++) {
        if (!left[i]) continue;
        if (!c->run->dry_run && unlink(left[i]) != 0) return report(c, f, CD_VERDICT_FAILED, strerror(errno), false, err);
        c->tally->removed++;
    }
    if (c->run->update && !prune) {
        c->tally->left++;
        return report(c, f, CD_VERDICT_ORPHAN, "there is no page of this name; --prune removes it", false, err);
    }
    return report(c, f, CD_VERDICT_ORPHAN, NULL, prune, err);
}

/* The page's own records, read back. Where memory was short they say so, which is nothing to expect: *why tells it, or is NULL. */
static cd_status read_new(checker *c, const char **why, cd_error *err)
{
    *why = NULL;
    CD_TRY(cd_reread(cd_buf_span(&c->records), c->arena, &c->new, err));
    for (size_t i = 0; i < c->new.n; i++) {
        const cd_reread_value *reason = cd_reread_find(&c->new.at[i], CD_SPAN("reason"));
        if (reason && cd_span_is(reason->text, CD_SPAN("no_memory"))) *why = "memory could not be had";
    }
    return CD_OK;
}

static cd_status judge_missing(checker *c, const cd_fixture *f, cd_error *err)
{
    if (!c->run->update) return report(c, f, CD_VERDICT_MISSING, NULL, false, err);
    if (!c->run->nonly) return replace(c, f, CD_VERDICT_MISSING, NULL, cd_buf_span(&c->records), err);
    c->tally->left++;
    return report(c, f, CD_VERDICT_MISSING, "its expected file is not there: single keys cannot be taken over", false, err);
}

/* Both sides are there and differ in some byte. */
static cd_status judge_changed(checker *c, const cd_fixture *f, cd_error *err)
{
    cd_error  why = {0};
    char      text[sizeof why.text + 300];
    cd_status st = cd_reread(cd_buf_span(&c->found), c->arena, &c->old, &why);
    if (st == CD_ENOMEM) return cd_fail_memory(err);
    if (st != CD_OK) {
        (void)snprintf(text, sizeof text, "%.255s %s", cd_base_name(f->expected), why.text);
        if (!c->run->update || c->run->nonly) return report(c, f, CD_VERDICT_FAILED, text, false, err);
        return replace(c, f, CD_VERDICT_CHANGED, text, cd_buf_span(&c->records), err);
    }
    if (cd_changes_find(&c->old, &c->new, c->arena, &c->changes) != CD_OK) return cd_fail_memory(err);
    if (!c->run->update) return report(c, f, CD_VERDICT_CHANGED, NULL, false, err);
    if (c->run->nonly) return replace_only(c, f, err);
    return replace(c, f, CD_VERDICT_CHANGED, NULL, cd_buf_span(&c->records), err);
}

static cd_status judge_page(checker *c, const cd_fixture *f, cd_error *err)
{
    const char *why;
    if (f->fault) return report(c, f, CD_VERDICT_FAILED, f->fault, false, err);
    if (c->fault.len) return report(c, f, CD_VERDICT_FAILED, c->fault.ptr, false, err);
    if (c->too_large) return report(c, f, CD_VERDICT_FAILED, "its records have more bytes than the limit CD_LIMIT_EXPECTED_BYTES", false, err);
    CD_TRY(read_new(c, &why, err));
    if (why) return report(c, f, CD_VERDICT_FAILED, why, false, err);
    cd_buf_clear(&c->found, KEPT_BYTES);
    cd_status st = cd_file_read(f->expected, CD_LIMIT_EXPECTED_BYTES, false, &c->found);
    if (st == CD_ENOMEM) return cd_fail_memory(err);
    if (st == CD_ELIMIT) return report(c, f, CD_VERDICT_FAILED, "its expected file has more bytes than the limit CD_LIMIT_EXPECTED_BYTES", false, err);
    if (st == CD_EINPUT && errno == ENOENT) return judge_missing(c, f, err);
    if (st == CD_EINPUT) {
        char text[512];
        (void)snprintf(text, sizeof text, "%.255s: %s", cd_base_name(f->expected), strerror(errno));
        return report(c, f, CD_VERDICT_FAILED, text, false, err);
    }
    if (cd_span_is(cd_buf_span(&c->found), cd_buf_span(&c->records))) return report(c, f, CD_VERDICT_SAME, NULL, false, err);
    return judge_changed(c, f, err);
}

/* Closes the list of a container's records. */
static cd_status end_records(checker *c)
{
    if (c->taken == 0) return cd_buf_add(&c->records, CD_SPAN("[]\n"));
    return c->numbered ? cd_buf_add(&c->records, CD_SPAN("]\n")) : CD_OK;
}

/* All records of a fixture are there. */
static cd_status judge(checker *c, cd_error *err)
{
    const cd_fixture *f = &c->list.at[c->judging];
    c->changes = (cd_changes){0};
    cd_arena_reset(c->arena);
    cd_status st = end_records(c) == CD_OK ? CD_OK : cd_fail_memory(err);
    if (st == CD_OK) st = f->page ? judge_page(c, f, err) : judge_orphan(c, f, err);
    int why = errno;
    cd_rereads_free(&c->old);
    cd_rereads_free(&c->new);
    cd_buf_clear(&c->records, KEPT_BYTES);
    cd_buf_clear(&c->fault, KEPT_BYTES);
    cd_buf_clear(&c->warnings, KEPT_BYTES);
    c->taken = 0;
    c->numbered = c->too_large = false;
    c->judging++;
    errno = why;
    return st;
}

/* --- records out ------------------------------------------------------------------------------------------------------ */

static cd_status add_record(checker *c, bool numbered, cd_span text)
{
    if (c->taken == 0) c->numbered = numbered;
    bool list = numbered && c->taken == 0;
    if (c->taken == 1 && !c->numbered) list = c->numbered = true; /* a second record without a number makes a list, too */
    if (list) {
        CD_TRY(cd_buf_reserve(&c->records, 2));
        memmove(c->records.ptr + 2, c->records.ptr, c->records.len + 1);
        memcpy(c->records.ptr, "[\n", 2);
        c->records.len += 2;
    }
    if (c->taken > 0) {
        c->records.len--; /* the comma stands at the end of the record's last line */
        CD_TRY(cd_buf_add(&c->records, CD_SPAN(",\n")));
    }
    return cd_buf_add(&c->records, text);
}

static cd_status take_item(void *context, const cd_item *item, cd_span text, const char *warnings, cd_error *err)
{
    checker *c = context;
    while (c->taken == c->given[c->judging]) CD_TRY(judge(c, err)); /* this record belongs to a later fixture */
    bool gone = item->record < 0 && item->reason && strcmp(item->reason, "unreadable") == 0; /* of a container's record it is expected */
    if (gone && cd_buf_add(&c->fault, cd_span_of(item->failure)) != CD_OK) return cd_fail_memory(err);
    if (!gone && !c->too_large && cd_buf_add(&c->warnings, cd_span_of(warnings)) != CD_OK) return cd_fail_memory(err);
    if (c->records.len > CD_LIMIT_EXPECTED_BYTES) c->too_large = true;
    if (!c->too_large && add_record(c, item->record >= 0, text) != CD_OK) return cd_fail_memory(err);
    c->taken++;
    return CD_OK;
}

/* --- the run ---------------------------------------------------------------------------------------------------------- */

/* The names in `only` must be keys of a record: an empty page's has them all. */
static cd_status check_only(const checker *c, cd_error *err)
{
    cd_reader *reader = NULL;
    cd_text    json = {0};
    cd_rereads record = {0};
    cd_input   nothing = {.name = "-", .bytes = "", .record = -1};
    if (!c->run->nonly) return CD_OK;
    cd_status st = cd_reader_open(c->run->desk, &reader, err);
    if (st == CD_OK) st = cd_reader_json(reader, &nothing, 0, &json, err);
    if (st == CD_OK) st = cd_reread((cd_span){json.text, json.size}, c->arena, &record, err);
    for (size_t i = 0; st == CD_OK && i < c->run->nonly; i++)
        if (!cd_reread_find(&record.at[0], cd_span_of(c->run->only[i])))
            st = cd_fail(err, CD_EUSAGE, "option '--only-field': '%s' is no key of a record", c->run->only[i]);
    cd_rereads_free(&record);
    cd_reader_close(reader);
    return st;
}

static cd_status run_checker(checker *c, cd_error *err)
{
    const cd_fixture_run *run = c->run;
    cd_tally              pages = {0};
    cd_run                inner = {.desk = run->desk, .jobs = run->jobs, .flags = CD_PRETTY, .context = c, .next = next_item, .take = take_item};
    CD_TRY(check_only(c, err));
    if (cd_fixture_list_find(&c->list, run->paths, run->npaths) != CD_OK) return cd_fail_memory(err);
    c->given = calloc(c->list.n + 1, sizeof *c->given);
    if (!c->given) return cd_fail_memory(err);
    CD_TRY(cd_run_all(&inner, &pages, err));
    while (c->judging < c->list.n) CD_TRY(judge(c, err));
    CD_TRY(cd_report_sum(&c->reporter, c->list.n, err));
    return fflush(run->out) == 0 && !ferror(run->out) ? CD_OK : cd_fail(err, CD_EWRITE, "%s", strerror(errno));
}

cd_status cd_fixtures_run(const cd_fixture_run *run, cd_fixture_tally *tally, cd_error *err)
{
    checker c = {.run = run, .tally = tally, .reporter = {.run = run, .tally = tally}, .arena = cd_arena_new()};
    *tally = (cd_fixture_tally){0};
    cd_status st = c.arena ? run_checker(&c, err) : cd_fail_memory(err);
    int       why = errno;
    cd_source_close(c.source);
    cd_fixture_list_free(&c.list);
    cd_sidecar_free(&c.sidecar);
    cd_arena_free(c.arena);
    cd_buf_free(&c.records);
    cd_buf_free(&c.fault);
    cd_buf_free(&c.warnings);
    cd_buf_free(&c.found);
    cd_reporter_free(&c.reporter);
    free(c.given);
    errno = why;
    return st;
}
