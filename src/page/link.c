/* link.c -- where the links of an HTML page lead. In: <base>, the page's own address, and what a link says. Out: an address, as far as one
 * can be made of them. libxml2 knows how addresses are joined; it takes a time that grows with the square of their steps, and every link
 * repeats the base: so what is longer than an address ever is counts as none. The door to libxml2's addresses. */
#include "base/limits.h"
#include "page/page.h"

#include <libxml/uri.h>

/* `href` against `base`; as it stands where one of them is no address. */
static cd_status join(const cd_page *page, cd_span href, cd_span base, cd_span *out, cd_error *err)
{
    cd_span h = cd_arena_copy(page->arena, href), b = cd_arena_copy(page->arena, base); /* NUL-ended */
    if (!h.ptr || !b.ptr) return cd_fail_memory(err);
    xmlChar *plain = xmlURIEscapeStr((const xmlChar *)h.ptr, (const xmlChar *)":/?#[]@!$&'()*+,;=%"); /* blanks and letters that none may have */
    xmlChar *joined = plain ? xmlBuildURI(plain, (const xmlChar *)b.ptr) : NULL;
    xmlFree(plain);
    *out = joined ? cd_arena_copy(page->arena, cd_span_of((const char *)joined)) : h;
    xmlFree(joined);
    return out->ptr ? CD_OK : cd_fail_memory(err);
}

cd_status cd_page_take_base(cd_page *page, cd_span href, cd_error *err)
{
    if (!href.len || page->base.ptr) return CD_OK;
    page->base = cd_arena_copy(page->arena, cd_span_trim(href));
    return page->base.ptr ? CD_OK : cd_fail_memory(err);
}

cd_status cd_page_settle_base(cd_page *page, cd_error *err)
{
    if (!page->wants_links) return CD_OK;
    if (page->base.len > CD_LIMIT_LINK_BYTES || page->url.len > CD_LIMIT_LINK_BYTES) {
        cd_page_warn(page, "the address that links start from is over the limit CD_LIMIT_LINK_BYTES, %zu: they stand as the page writes them", CD_LIMIT_LINK_BYTES);
        page->base = CD_SPAN("");
        return CD_OK;
    }
    if (page->base.len && page->url.len) return join(page, page->base, page->url, &page->base, err);
    if (!page->base.len) page->base = page->url;
    return CD_OK;
}

cd_status cd_page_link(const cd_page *page, cd_span href, cd_span *out, cd_error *err)
{
    *out = href;
    return page->base.len ? join(page, href, page->base, out, err) : CD_OK;
}
