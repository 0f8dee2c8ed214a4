/* The actions a plan can hold: number, name, operands, and the function that carries each one out. */
#ifndef HEXE_OPCODES_H
#define HEXE_OPCODES_H

#include <stdint.h>

#include "plan.h"

enum opcode_number {
    OP_NOTE = 1,
    OP_DEPENDS = 2,
    OP_WARN = 3,
    OP_WORKING_DIRECTORY = 4,
    OP_CGROUP_CREATE = 10,
    OP_CGROUP_WRITE = 11,
    OP_PRIVATE_DIRECTORY = 12,
    OP_CLEAR_GROUPS = 13,
    OP_TIME_LIMIT = 14,
    OP_SCOPE_CREATE = 15,
    OP_CGROUP_ENABLE = 16,
    OP_LIMIT_TEXT = 17,
    OP_USAGE = 18,
    OP_STATUS_DESCRIPTOR = 19,
    OP_SPAWN = 20,
    OP_UNSHARE = 21,
    OP_ID_MAP = 22,
    OP_LIMIT_USER_NAMESPACES = 23,
    OP_INIT = 24,
    OP_PROPAGATION = 30,
    OP_ROOT_TMPFS = 31,
    OP_ROOT_HOST = 32,
    OP_BIND = 33,
    OP_TMPFS = 34,
    OP_PROC = 35,
    OP_DEVPTS = 36,
    OP_MQUEUE = 37,
    OP_MKDIR = 38,
    OP_SYMLINK = 39,
    OP_FILE = 40,
    OP_MOUNT_ATTRIBUTES = 41,
    OP_PIVOT_ROOT = 42,
    OP_OVERLAY_LAYER = 43,
    OP_OVERLAY = 44,
    OP_OVERLAY_KEPT = 45,
    OP_FILE_OVER = 46,
    OP_FILE_FROM = 47,
    OP_LOOPBACK_UP = 50,
    OP_HOSTNAME = 51,
    OP_RLIMIT = 60,
    OP_DROP_CAPABILITIES = 61,
    OP_NO_NEW_PRIVILEGES = 62,
    OP_SETENV = 63,
    OP_UNSETENV = 64,
    OP_CLEARENV = 65,
    OP_CHDIR = 66,
    OP_NEW_SESSION = 67,
    OP_CLOSE_DESCRIPTORS = 68,
    OP_FILTER_ENVIRONMENT = 69,
    OP_LANDLOCK_RULESET = 70,
    OP_LANDLOCK_PATH = 71,
    OP_LANDLOCK_PORT = 72,
    OP_LANDLOCK_RESTRICT = 73,
    OP_SECCOMP_FILTER = 80,
    OP_WATCH = 81,
    OP_PROTECT = 82,
    OP_HIDE = 83,
    OP_ID_MAPS = 84,
    OP_TERMINAL = 85,
    OP_ARGV0 = 86,
    OP_ATTRIBUTE = 87,
    OP_ENTER_DIRECTORY = 88,
    OP_PASS_DESCRIPTOR = 89,
    OP_STATUS_FILE = 90,
    OP_STATUS_FACTS = 91,
    OP_INFO_DESCRIPTOR = 92,
    OP_BLOCK_DESCRIPTOR = 93,
    OP_SYNC_DESCRIPTOR = 94,
    OP_REFUSE = 95,
    OP_LANDLOCK_QUERY = 100,
    OP_CLONE3_QUERY = 101,
    OP_MOUNT_API_QUERY = 102,
    OP_PROCESS_LIMIT_QUERY = 103,
    OP_LANDLOCK_GUARD = 110,
};

struct run;

typedef void action_function(struct run *run, const struct operand *operands);

/*
 * `operands` has a letter for each: u number, b bytes, s string, and strings of which more is known: p a path, n the
 * name of an environment variable, f the name of a file without its directory, g the
 * path of a cgroup, l paths, one in a line, o an absolute path or nothing.
 */
struct opcode {
    const char *name;
    const char *operands;
    action_function *execute;
};

/* NULL when there is no such action. */
const struct opcode *opcode_find(uint16_t number);

enum operand_type opcode_operand_type(char letter);

/* What is wrong with an operand of the right type, or NULL. */
const char *opcode_check_operand(char letter, const struct operand *operand);

#endif
