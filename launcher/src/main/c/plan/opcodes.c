#include "opcodes.h"

#include <string.h>

#include "actions.h"

static const struct opcode opcodes[] = {
    [OP_NOTE] = {"note", "ss", do_nothing},
    [OP_DEPENDS] = {"depends", "suuuuu", do_nothing},
    [OP_WARN] = {"warn", "s", do_nothing},
    [OP_WORKING_DIRECTORY] = {"working-directory", "s", do_nothing},

    [OP_CGROUP_CREATE] = {"cgroup-create", "gf", do_cgroup_create},
    [OP_CGROUP_WRITE] = {"cgroup-write", "fsu", do_cgroup_write},
    [OP_PRIVATE_DIRECTORY] = {"private-directory", "pfus", do_private_directory},
    [OP_CLEAR_GROUPS] = {"clear-groups", "", do_clear_groups},
    [OP_TIME_LIMIT] = {"time-limit", "uu", do_time_limit},
    [OP_SCOPE_CREATE] = {"scope-create", "ppf", do_scope_create},
    [OP_CGROUP_ENABLE] = {"cgroup-enable", "gs", do_cgroup_enable},
    [OP_LIMIT_TEXT] = {"limit-text", "us", do_limit_text},
    [OP_USAGE] = {"usage", "ss", do_usage},
    [OP_STATUS_DESCRIPTOR] = {"status-descriptor", "u", do_status_descriptor},

    [OP_SPAWN] = {"spawn", "uu", do_spawn},
    [OP_UNSHARE] = {"unshare", "u", do_unshare},
    [OP_ID_MAP] = {"id-map", "uuuu", do_id_map},
    [OP_LIMIT_USER_NAMESPACES] = {"limit-user-namespaces", "u", do_limit_user_namespaces},
    [OP_INIT] = {"init", "", do_init},

    [OP_PROPAGATION] = {"propagation", "u", do_propagation},
    [OP_ROOT_TMPFS] = {"root-tmpfs", "uu", do_root_tmpfs},
    [OP_ROOT_HOST] = {"root-host", "", do_root_host},
    [OP_BIND] = {"bind", "ppuu", do_bind},
    [OP_TMPFS] = {"tmpfs", "puuuu", do_tmpfs},
    [OP_PROC] = {"proc", "puu", do_proc},
    [OP_DEVPTS] = {"devpts", "puu", do_devpts},
    [OP_MQUEUE] = {"mqueue", "puu", do_mqueue},
    [OP_MKDIR] = {"mkdir", "pu", do_mkdir},
    [OP_SYMLINK] = {"symlink", "sp", do_symlink},
    [OP_FILE] = {"file", "pub", do_file},
    [OP_MOUNT_ATTRIBUTES] = {"mount-attributes", "puu", do_mount_attributes},
    [OP_PIVOT_ROOT] = {"pivot-root", "", do_pivot_root},

    [OP_OVERLAY_LAYER] = {"overlay-layer", "pu", do_overlay_layer},
    [OP_OVERLAY] = {"overlay", "puuu", do_overlay},
    [OP_OVERLAY_KEPT] = {"overlay-kept", "pppuu", do_overlay_kept},
    [OP_FILE_OVER] = {"file-over", "pubuu", do_file_over},
    [OP_FILE_FROM] = {"file-from", "puuuu", do_file_from},

    [OP_LOOPBACK_UP] = {"loopback-up", "", do_loopback_up},
    [OP_HOSTNAME] = {"hostname", "s", do_hostname},

    [OP_RLIMIT] = {"rlimit", "uuu", do_rlimit},
    [OP_DROP_CAPABILITIES] = {"drop-capabilities", "uu", do_drop_capabilities},
    [OP_NO_NEW_PRIVILEGES] = {"no-new-privileges", "", do_no_new_privileges},
    [OP_SETENV] = {"setenv", "ns", do_setenv},
    [OP_UNSETENV] = {"unsetenv", "n", do_unsetenv},
    [OP_CLEARENV] = {"clearenv", "", do_clearenv},
    [OP_CHDIR] = {"chdir", "ps", do_chdir},
    [OP_NEW_SESSION] = {"new-session", "", do_new_session},
    [OP_FILTER_ENVIRONMENT] = {"filter-environment", "ss", do_filter_environment},
    [OP_CLOSE_DESCRIPTORS] = {"close-descriptors", "u", do_close_descriptors},

    [OP_LANDLOCK_RULESET] = {"landlock-ruleset", "uuu", do_landlock_ruleset},
    [OP_LANDLOCK_PATH] = {"landlock-path", "puu", do_landlock_path},
    [OP_LANDLOCK_GUARD] = {"landlock-guard", "lu", do_landlock_guard},
    [OP_LANDLOCK_PORT] = {"landlock-port", "uu", do_landlock_port},
    [OP_LANDLOCK_RESTRICT] = {"landlock-restrict", "u", do_landlock_restrict},
    [OP_SECCOMP_FILTER] = {"seccomp-filter", "bu", do_seccomp_filter},

    [OP_ID_MAPS] = {"id-maps", "ssssu", do_id_maps},
    [OP_WATCH] = {"watch", "ls", do_watch},
    [OP_PROTECT] = {"protect", "lsu", do_protect},
    [OP_HIDE] = {"hide", "lsu", do_hide},
    [OP_TERMINAL] = {"terminal", "o", do_terminal},
    [OP_ARGV0] = {"argv0", "s", do_argv0},
    [OP_ATTRIBUTE] = {"attribute", "uu", do_attribute},
    [OP_ENTER_DIRECTORY] = {"enter-directory", "ps", do_enter_directory},
    [OP_PASS_DESCRIPTOR] = {"pass-descriptor", "u", do_pass_descriptor},
    [OP_STATUS_FILE] = {"status-file", "p", do_status_file},
    [OP_STATUS_FACTS] = {"status-facts", "s", do_status_facts},
    [OP_INFO_DESCRIPTOR] = {"info-descriptor", "u", do_info_descriptor},
    [OP_BLOCK_DESCRIPTOR] = {"block-descriptor", "u", do_block_descriptor},
    [OP_SYNC_DESCRIPTOR] = {"sync-descriptor", "u", do_sync_descriptor},
    [OP_REFUSE] = {"refuse", "s", do_refuse},

    [OP_LANDLOCK_QUERY] = {"landlock-query", "u", do_landlock_query},
    [OP_CLONE3_QUERY] = {"clone3-query", "", do_clone3_query},
    [OP_MOUNT_API_QUERY] = {"mount-api-query", "", do_mount_api_query},
    [OP_PROCESS_LIMIT_QUERY] = {"process-limit-query", "", do_process_limit_query},
};

const struct opcode *opcode_find(uint16_t number)
{
    if (number >= sizeof opcodes / sizeof *opcodes || opcodes[number].name == NULL)
        return NULL;
    return &opcodes[number];
}

enum operand_type opcode_operand_type(char letter)
{
    switch (letter) {
    case 'u':
        return OPERAND_NUMBER;
    case 'b':
        return OPERAND_BYTES;
    default:
        return OPERAND_STRING;
    }
}

/* A list of paths goes on behind a newline, which no path that a compiler writes has. */
static bool is_word(const char *path, const char *word)
{
    size_t length = strlen(word);
    return strncmp(path, word, length) == 0 &&
           (path[length] == '\0' || path[length] == '/' || path[length] == '\n');
}

static bool is_path(const char *text)
{
    return text[0] == '/' || is_word(text, "@cwd") || is_word(text, "@private");
}

/* Several lists have one entry for more than one place. */
static bool is_listed_path(const char *text)
{
    return is_path(text) || (is_word(text, "@above") && text[strlen("@above")] == '/');
}

static bool are_paths(const char *text)
{
    while (text != NULL && is_listed_path(text)) {
        const char *end = strchr(text, '\n');
        text = end == NULL ? NULL : end + 1;
    }
    return text == NULL;
}

static bool is_cgroup(const char *text)
{
    return text[0] == '/' || strcmp(text, "@scope") == 0;
}

static bool is_variable(const char *text)
{
    return text[0] != '\0' && strchr(text, '=') == NULL;
}

static bool is_file_name(const char *text)
{
    return text[0] != '\0' && strchr(text, '/') == NULL && strcmp(text, ".") != 0 && strcmp(text, "..") != 0;
}

const char *opcode_check_operand(char letter, const struct operand *operand)
{
    switch (letter) {
    case 'p':
        return is_path(operand->data) ? NULL : "a path is not absolute";
    case 'l':
        return are_paths(operand->data) ? NULL : "one of the paths is not absolute";
    case 'o':
        return operand->length == 0 || operand->data[0] == '/' ? NULL : "a path is not absolute";
    case 'g':
        return is_cgroup(operand->data) ? NULL : "a cgroup is neither an absolute path nor `@scope`";
    case 'n':
        return is_variable(operand->data) ? NULL : "a variable's name is empty or contains `=`";
    case 'f':
        return is_file_name(operand->data) ? NULL : "a file name is empty or contains `/`";
    default:
        return NULL;
    }
}
