/*
 * Acts that a sandbox forbids or allows. Each takes its arguments as strings and answers 0, the errno it failed with, or
 * UNABLE of an errno when it could not be tried. What it changes it changes back, because it may succeed: on a host
 * without a sandbox, for root.
 */
#ifndef HEXE_ACTS_H
#define HEXE_ACTS_H

#include <stddef.h>
#include <stdint.h>

enum { ACT_VALUE = 400, ACT_UNABLE = 1 << 16 };

#define UNABLE(error) ((error) | ACT_UNABLE)

/* `value`, of ACT_VALUE bytes, is an empty string; what the act finds out goes there. */
typedef int act_function(char **arguments, char *value);

struct act {
    const char *name;
    int arguments;
    act_function *try;
};

/* Each ends with an act without a name. */
extern const struct act file_acts[], view_acts[], process_acts[], socket_acts[], privilege_acts[], mount_acts[];
extern const struct act terminal_acts[], ipc_acts[], call_acts[], limit_acts[], share_acts[], system_acts[];
extern const struct act network_acts[];

/* The act of this name, or NULL. */
const struct act *act_find(const char *name);

/* 0 for a result of at least 0, else errno. */
int act_result(long result);

/* The same for a descriptor, which is closed. */
int act_opened(int descriptor);

/* An unsigned number, 0 for anything else. */
uint64_t act_number(const char *text);

/* `path` with `@tmp` at its start replaced by the sandbox's directory for temporary files. */
const char *act_path(const char *path);

/* Makes an empty directory for an act that needs one; its path, or NULL. The act removes it. */
const char *act_directory(void);

#endif
