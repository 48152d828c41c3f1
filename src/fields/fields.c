/* fields.c -- fills the record's values, one field after the other, and says what the page came to. In: a tagged page. Out:
 * page->fields, state and reason. The order matters: captions and notes come before the lines that might be taken for
 * bylines, dates before bylines (a byline is what is left of its line without the date), the body last, when every block
 * that belongs to another field has said so. */
#include "fields/stated.h"

/* A rule that fixes a field stands before what is weighed; a fixed date is one of date.c's candidates. */
#define OR_FIXED(role, value, choose) (cd_field_is_fixed(frame->page, role, &frame->page->fields.value) ? CD_OK : choose)

/* The record's table of contents. */
static cd_status fill(const cd_frame *frame, cd_error *err)
{
    CD_TRY(cd_field_captions(frame, err));
    CD_TRY(cd_field_notes(frame, err));
    CD_TRY(cd_field_date(frame, err));
    CD_TRY(OR_FIXED(CD_ROLE_SOURCE, source, cd_field_source(frame, err))); /* lines that name the source are no bylines ... */
    CD_TRY(OR_FIXED(CD_ROLE_BYLINE, byline, cd_field_byline(frame, err)));
    CD_TRY(cd_field_authors(frame, err));
    CD_TRY(OR_FIXED(CD_ROLE_SOURCE, source, cd_field_source(frame, err))); /* ... and a byline may name it */
    CD_TRY(OR_FIXED(CD_ROLE_SECTION, section, cd_field_section(frame, err)));
    CD_TRY(OR_FIXED(CD_ROLE_STANDFIRST, standfirst, cd_field_standfirst(frame->page, err)));
    CD_TRY(cd_field_tags(frame, err));
    CD_TRY(cd_field_rest_stated(frame->page, err));
    CD_TRY(OR_FIXED(CD_ROLE_DATELINE, dateline, cd_field_dateline(frame, err)));
    CD_TRY(cd_field_body(frame->page, err));
    return frame->page->wants_structure ? cd_field_markdown(frame->page, err) : CD_OK;
}

/* Consent only: most of the page's words are about cookies. */
static const char *why_empty(const cd_page *page)
{
    uint64_t words = 0, cookies = 0;
    for (size_t i = 0; i < page->nblocks; i++) {
        words += page->blocks[i].m.words;
        if (page->blocks[i].role == CD_ROLE_COOKIE) cookies += page->blocks[i].m.words;
    }
    if (words == 0) return "no_text";
    return page->consent || cookies * 2 >= words ? "consent_only" : "no_article";
}

/* Every HTML page has a title; without a body it is a story's headline only where the page says that it is an article. */
static bool is_title_alone(const cd_page *page)
{
    for (size_t i = 0; i < page->metas.n; i++)
        if (page->metas.at[i].field == CD_META_TYPE && cd_span_is(page->metas.at[i].value, CD_SPAN("article"))) return false;
    return page->format == CD_FORMAT_HTML;
}

static void set_state(cd_page *page)
{
    bool body = page->fields.body.len > 0, headline = page->fields.headline.len > 0 && (body || !is_title_alone(page));
    page->state = body && headline ? CD_STATE_OK : body || headline ? CD_STATE_PARTIAL : CD_STATE_EMPTY;
    page->reason = NULL;
    if (page->state == CD_STATE_PARTIAL) page->reason = body ? "no_headline" : "no_body";
    if (page->state == CD_STATE_EMPTY) page->reason = why_empty(page);
}

/* A page without an article states nothing: what looks like a date or a name there is somebody else's. */
static void forget(cd_page *page)
{
    page->fields = (cd_fields){.free = CD_NOT_KNOWN};
    page->confidence = CD_NOT_KNOWN;
}

cd_status cd_fields_fill(cd_page *page, cd_error *err)
{
    CD_TRY(cd_field_headline(page, err));
    cd_frame frame = cd_frame_of(page);
    if (frame.to > frame.from || frame.has_head || page->fields.headline.len) CD_TRY(fill(&frame, err)); /* one may be stated and not printed */
    set_state(page);
    if (page->state == CD_STATE_EMPTY) forget(page);
    return CD_OK;
}
