/* meta.c -- what an HTML page states about itself. In: the calls of meta.h. Out: the page's canonical address, where none was given. */
#include "page/meta.h"

cd_status cd_meta_link(cd_page *page, cd_span rel, cd_span href, cd_error *err)
{
    if (page->url.ptr || href.len == 0 || !cd_span_is_nocase(rel, CD_SPAN("canonical"))) return CD_OK;
    page->url = cd_arena_copy(page->arena, cd_span_trim(href));
    return page->url.ptr ? CD_OK : cd_fail_memory(err);
}

bool cd_meta_wants_script(cd_span type, cd_span id)
{
    (void)type;
    (void)id;
    return false;
}

cd_status cd_meta_title(cd_page *page, cd_span text, cd_error *err)
{
    (void)page;
    (void)text;
    (void)err;
    return CD_OK;
}

cd_status cd_meta_tag(cd_page *page, cd_span key, cd_span content, cd_error *err)
{
    (void)page;
    (void)key;
    (void)content;
    (void)err;
    return CD_OK;
}

cd_status cd_meta_script(cd_page *page, cd_span type, cd_span id, cd_span text, cd_error *err)
{
    (void)page;
    (void)type;
    (void)id;
    (void)text;
    (void)err;
    return CD_OK;
}

cd_status cd_meta_element_is(cd_page *page, const cd_meta_element *element, cd_error *err)
{
    (void)page;
    (void)element;
    (void)err;
    return CD_OK;
}
