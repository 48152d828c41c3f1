/* recall.c -- a record read back. In: a line that json.c wrote. Out: what a run that goes on must know of it. The program's door to cJSON
 * for its own records; the keys that are looked at stand here. */
#include "output/output.h"

#include "output/state.h"

#include <cjson/cJSON.h>

static cd_span text_at(const cJSON *tree, const char *key)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(tree, key);
    return cJSON_IsString(value) ? cd_span_of(value->valuestring) : (cd_span){NULL, 0};
}

static bool find_state(cd_span name, cd_state *state)
{
    for (int i = CD_STATE_OK; i <= CD_STATE_ERROR; i++) {
        if (!cd_span_is(name, cd_span_of(cd_state_name((cd_state)i)))) continue;
        *state = (cd_state)i;
        return true;
    }
    return false;
}

cd_status cd_output_recall(cd_span line, cd_recalled *record, cd_error *err)
{
    cJSON *tree = cJSON_ParseWithLength(line.ptr, line.len);
    *record = (cd_recalled){.tree = tree};
    if (!tree || !find_state(text_at(tree, "status"), &record->state)) {
        cd_output_forget(record);
        return cd_fail(err, CD_EINPUT, "is no record");
    }
    record->reason = text_at(tree, "reason").ptr;
    record->body = text_at(tree, "body");
    const cJSON *count;
    cJSON_ArrayForEach(count, cJSON_GetObjectItemCaseSensitive(tree, "removed"))
    {
        cd_role role = cd_role_find(cd_span_of(count->string));
        if (role != CD_ROLE_COUNT && cJSON_IsNumber(count) && count->valuedouble > 0) record->removed[role] = (size_t)count->valuedouble;
    }
    return CD_OK;
}

void cd_output_forget(cd_recalled *record)
{
    cJSON_Delete(record->tree);
    *record = (cd_recalled){.tree = NULL};
}
