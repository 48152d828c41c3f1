/* jsonld.h -- inside page/: the objects of a page's JSON-LD, for jsonld.c, which reads them and states what they say, and jsonstory.c, which
 * finds out which of them is the story. Also what both need of cJSON. */
#ifndef CD_PAGE_JSONLD_H
#define CD_PAGE_JSONLD_H

#include "page/page.h"

#include <cjson/cJSON.h>

/* An object with a type or an "@id". */
typedef struct cd_json_thing {
    const cJSON *json;
    bool         listed; /* stands in a list of other things, or in a comment */
    int          points; /* for being the story; 0 and less: it is not */
} cd_json_thing;

/* Points from which a type is a story's. */
enum { CD_JSON_STORY_POINTS = 34 };

static inline const cJSON *cd_json_get(const cJSON *object, const char *key) { return cJSON_GetObjectItemCaseSensitive(object, key); }
static inline cd_span      cd_json_string(const cJSON *item) { return cJSON_IsString(item) ? cd_span_of(item->valuestring) : (cd_span){NULL, 0}; }

/* The item, or the first of a list. */
static inline const cJSON *cd_json_first(const cJSON *item) { return cJSON_IsArray(item) ? item->child : item; }

/* The words of a string, of {"@value": ...} or of a thing's name; the address of a string or of a thing. */
cd_span cd_json_words(const cJSON *item);
cd_span cd_json_address(const cJSON *item);

/* Whether a type of the object ends with `end`, and the points of its types for being the story's. */
bool cd_json_type_ends(const cJSON *object, cd_span end);
int  cd_json_type_points(const cJSON *object);

/* Gives each thing its points. CD_ELIMIT: too much work; CD_ENOMEM. */
CD_MUST_USE cd_status cd_json_judge(cd_page *page, cd_json_thing *things, size_t n, cd_error *err);

#endif
