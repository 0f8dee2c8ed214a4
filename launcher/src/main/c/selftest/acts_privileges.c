/* Acts that gain privileges, or tell which there are. */
#include <errno.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "acts.h"
#include "kernel.h"

#ifndef SYS_fchmodat2
#define SYS_fchmodat2 452
#endif

static int try_ids(char **arguments, char *value)
{
    (void)arguments;
    snprintf(value, ACT_VALUE, "%u:%u", getuid(), getgid());
    return 0;
}

/* Beside the group that is the process's own. */
static int try_groups(char **arguments, char *value)
{
    gid_t groups[1024];
    int count = getgroups(1024, groups);
    (void)arguments;
    for (int i = 0; i < count; i++) {
        size_t used = strlen(value);
        if (groups[i] != getgid())
            snprintf(value + used, ACT_VALUE - used, "%s%u", used > 0 ? "," : "", groups[i]);
    }
    return act_result(count);
}

static int try_become(char **arguments, char *value)
{
    uint64_t id = act_number(arguments[0]);
    (void)value;
    return act_result(syscall(SYS_setresuid, id, id, id));
}

static int try_become_group(char **arguments, char *value)
{
    uint64_t id = act_number(arguments[0]);
    (void)value;
    return act_result(syscall(SYS_setresgid, id, id, id));
}

static int try_no_new_privileges(char **arguments, char *value)
{
    int set = sys_prctl(PR_GET_NO_NEW_PRIVS, 0, 0);
    (void)arguments;
    snprintf(value, ACT_VALUE, "%d", set);
    return act_result(set);
}

struct sets {
    struct __user_cap_header_struct header;
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];
};

static uint64_t ambient(void)
{
    uint64_t set = 0;
    for (unsigned capability = 0; capability < 64; capability++) {
        if (sys_prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, capability) == 1)
            set |= UINT64_C(1) << capability;
    }
    return set;
}

#define WHOLE(sets, name) ((sets).data[0].name | (uint64_t)(sets).data[1].name << 32)

/* The union of all sets but the bounding one, from which nothing can be gained under no_new_privs. */
static int try_capabilities(char **arguments, char *value)
{
    struct sets sets = {.header = {.version = _LINUX_CAPABILITY_VERSION_3}};
    (void)arguments;
    if (syscall(SYS_capget, &sets.header, sets.data) < 0)
        return UNABLE(errno);
    uint64_t held = WHOLE(sets, effective) | WHOLE(sets, permitted) | WHOLE(sets, inheritable) | ambient();
    snprintf(value, ACT_VALUE, "%llx", (unsigned long long)held);
    return 0;
}

static int try_gain_capabilities(char **arguments, char *value)
{
    struct sets sets = {.header = {.version = _LINUX_CAPABILITY_VERSION_3}};
    (void)arguments;
    (void)value;
    for (unsigned i = 0; i < _LINUX_CAPABILITY_U32S_3; i++)
        sets.data[i] = (struct __user_cap_data_struct){.effective = 1U << 7, .permitted = 1U << 7};
    sets.data[1] = (struct __user_cap_data_struct){.effective = 0};
    return act_result(syscall(SYS_capset, &sets.header, sets.data));
}

/* To the name it has. */
static int try_set_hostname(char **arguments, char *value)
{
    char name[256] = "";
    (void)arguments;
    (void)value;
    if (gethostname(name, sizeof name - 1) < 0)
        return UNABLE(errno);
    return act_result(syscall(SYS_sethostname, name, strlen(name)));
}

static int try_new_user_namespace(char **arguments, char *value)
{
    (void)arguments;
    (void)value;
    return act_result(syscall(SYS_unshare, CLONE_NEWUSER));
}

static int finish(pid_t child)
{
    if (child == 0)
        _exit(0);
    int error = act_result(child);
    if (child > 0)
        waitpid(child, NULL, 0);
    return error;
}

static int try_clone_user_namespace(char **arguments, char *value)
{
    (void)arguments;
    (void)value;
    return finish(sys_clone(CLONE_NEWUSER | SIGCHLD));
}

static int try_clone3_user_namespace(char **arguments, char *value)
{
    struct clone_args clone = {.flags = CLONE_NEWUSER, .exit_signal = SIGCHLD};
    (void)arguments;
    (void)value;
    return finish(sys_clone3(&clone));
}

enum { SET_ID = S_ISUID | 0755 };

static int make(const char *path, unsigned mode)
{
    return openat(AT_FDCWD, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
}

/* The file is there, and may be setuid. */
static int look_for_set_id(const char *path, long result)
{
    struct stat status;
    int error = act_result(result);
    if (error == 0 && (stat(path, &status) < 0 || (status.st_mode & S_ISUID) == 0))
        error = ENOTSUP;
    unlink(path);
    return error;
}

static int try_set_id_change(char **arguments, char *value)
{
    const char *path = act_path(arguments[0]);
    int error = act_opened(make(path, 0600));
    (void)value;
    return error != 0 ? error : look_for_set_id(path, fchmodat(AT_FDCWD, path, SET_ID, 0));
}

static int try_set_id_change_newly(char **arguments, char *value)
{
    const char *path = act_path(arguments[0]);
    int error = act_opened(make(path, 0600));
    (void)value;
    return error != 0 ? error : look_for_set_id(path, syscall(SYS_fchmodat2, AT_FDCWD, path, SET_ID, 0U));
}

static int try_set_id_open(char **arguments, char *value)
{
    const char *path = act_path(arguments[0]);
    int file = make(path, SET_ID);
    int error = look_for_set_id(path, file);
    (void)value;
    if (file >= 0)
        close(file);
    return error;
}

static int try_set_id_open_newly(char **arguments, char *value)
{
    struct open_how how = {.flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, .mode = SET_ID};
    const char *path = act_path(arguments[0]);
    int file = sys_openat2(AT_FDCWD, path, &how);
    int error = look_for_set_id(path, file);
    (void)value;
    if (file >= 0)
        close(file);
    return error;
}

static int try_set_id_node(char **arguments, char *value)
{
    const char *path = act_path(arguments[0]);
    (void)value;
    return look_for_set_id(path, mknodat(AT_FDCWD, path, S_IFREG | SET_ID, 0));
}

const struct act privilege_acts[] = {
    {"ids", 0, try_ids},
    {"other-groups", 0, try_groups},
    {"become-user", 1, try_become},
    {"become-group", 1, try_become_group},
    {"no-new-privileges", 0, try_no_new_privileges},
    {"capabilities", 0, try_capabilities},
    {"gain-capability", 0, try_gain_capabilities},
    {"set-hostname", 0, try_set_hostname},
    {"unshare-user", 0, try_new_user_namespace},
    {"clone-user", 0, try_clone_user_namespace},
    {"clone3-user", 0, try_clone3_user_namespace},
    {"set-id-change", 1, try_set_id_change},
    {"set-id-change-newly", 1, try_set_id_change_newly},
    {"set-id-open", 1, try_set_id_open},
    {"set-id-open-newly", 1, try_set_id_open_newly},
    {"set-id-node", 1, try_set_id_node},
    {.name = NULL},
};
