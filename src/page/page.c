/* page.c -- names of roles, actions and the like, and the page's warnings. The lists stand in page.h. */
#include "page/page.h"

#include <stdarg.h>
#include <stdio.h>

static const struct {
    const char *name, *what;
    bool        kept;
} roles[] = {
#define KEPT true
#define CUT false
#define X(id, text, kept, what) {text, what, kept},
    CD_ROLES(X)
#undef X
#undef KEPT
#undef CUT
};

static const struct {
    const char *name, *what;
} actions[] = {
#define X(id, text, what) {text, what},
    CD_ACTIONS(X)
#undef X
};

static const char *const meta_fields[] = {
#define X(id, text) text,
    CD_META_FIELDS(X)
#undef X
};

static const char *const meta_origins[] = {
#define X(id, text) text,
    CD_META_ORIGINS(X)
#undef X
};

static const struct {
    const char *name, *what;
} text_marks[] = {
#define X(id, text, what) {text, what},
    CD_TEXT_MARKS(X)
#undef X
};

_Static_assert(CD_ROLE_COUNT <= 64, "hints are one bit a role");

const char *cd_role_name(cd_role role) { return roles[role].name; }
const char *cd_role_what(cd_role role) { return roles[role].what; }
bool        cd_role_is_kept(cd_role role) { return roles[role].kept; }
const char *cd_meta_field_name(cd_meta_field field) { return meta_fields[field]; }
const char *cd_meta_origin_name(cd_meta_origin origin) { return meta_origins[origin]; }
const char *cd_text_mark_name(cd_text_mark mark) { return text_marks[mark].name; }
const char *cd_text_mark_what(cd_text_mark mark) { return text_marks[mark].what; }
const char *cd_action_name(cd_action action) { return actions[action].name; }
const char *cd_action_what(cd_action action) { return actions[action].what; }

cd_role cd_role_find(cd_span name)
{
    for (size_t i = 0; i < CD_ROLE_COUNT; i++)
        if (cd_span_is(name, cd_span_of(roles[i].name))) return (cd_role)i;
    return CD_ROLE_COUNT;
}

static void warn(cd_page *page, bool once, const char *format, va_list values)
{
    char line[512];
    int  n = vsnprintf(line, sizeof line, format, values);
    if (n < 0 || !page->warnings) return;
    if (once && cd_span_find(cd_buf_span(page->warnings), cd_span_of(line)) < page->warnings->len) return;
    if (cd_buf_add(page->warnings, cd_span_of(line)) != CD_OK || cd_buf_char(page->warnings, '\n') != CD_OK) return;
}

void cd_page_warn(cd_page *page, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    warn(page, false, format, values);
    va_end(values);
}

void cd_page_warn_once(cd_page *page, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    warn(page, true, format, values);
    va_end(values);
}

cd_status cd_page_spend(cd_page *page, uint64_t steps, cd_error *err)
{
    page->steps = steps > UINT64_MAX - page->steps ? UINT64_MAX : page->steps + steps;
    if (page->steps_max == 0 || page->steps <= page->steps_max) return CD_OK;
    return cd_fail_page(err, CD_ELIMIT, "too_much_work", "more work than the %llu steps of --page-steps", (unsigned long long)page->steps_max);
}
