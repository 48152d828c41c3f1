/* values.h -- what stands behind an option -> a number, a choice, or a sentence that names the option. Each gives CD_EUSAGE where the text
 * is no such value, and else leaves it in the place given. */
#ifndef CD_CLI_VALUES_H
#define CD_CLI_VALUES_H

#include "cli/args.h"

#define SEE_HELP "; see 'copydesk --help'"

CD_MUST_USE cd_status cd_value_jobs(const char *text, size_t *jobs, cd_error *err);
CD_MUST_USE cd_status cd_value_when(const char *text, cd_when *when, cd_error *err);
CD_MUST_USE cd_status cd_value_show(const char *text, cd_show *show, cd_error *err);
CD_MUST_USE cd_status cd_value_format(const char *text, cd_input_format *format, cd_error *err);
CD_MUST_USE cd_status cd_value_body(const char *text, cd_body_format *format, cd_error *err);
CD_MUST_USE cd_status cd_value_dedup(const char *text, cd_dedup_how *how, cd_error *err);
CD_MUST_USE cd_status cd_value_page_bytes(const char *text, size_t *bytes, cd_error *err); /* 4096, 64K, 2M */
CD_MUST_USE cd_status cd_value_steps(const char *text, uint64_t *steps, cd_error *err);

/* Checks alone: the value is used as it is. */
CD_MUST_USE cd_status cd_value_dump(const char *text, cd_error *err);
CD_MUST_USE cd_status cd_value_encoding(const char *text, cd_error *err);
CD_MUST_USE cd_status cd_value_now(const char *text, cd_error *err);
CD_MUST_USE cd_status cd_value_path(const char *option, const char *text, cd_error *err); /* of a file or folder that is written: not empty */

#endif
