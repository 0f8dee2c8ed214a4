/*
 * without CALL[:ERRNO][,CALL…] COMMAND…: runs a command on a kernel that seems not to have some system calls (ENOSYS, or
 * the error of that number), to try the fallbacks for older kernels on a newer one.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"

static const struct {
    const char *name;
    unsigned number;
} calls[] = {
    {"clone3", SYS_clone3},
    {"close_range", SYS_close_range},
    {"fsopen", SYS_fsopen},
    {"mount_setattr", SYS_mount_setattr},
    {"move_mount", SYS_move_mount},
    {"open_tree", SYS_open_tree},
    {"open_tree_attr", SYS_open_tree_attr},
    {"openat2", SYS_openat2},
    {"sendto", SYS_sendto},
    {"statx", SYS_statx},
};

static unsigned number_of(const char *name)
{
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (strcmp(calls[i].name, name) == 0)
            return calls[i].number;
    }
    fprintf(stderr, "without: unknown call `%s`\n", name);
    _exit(2);
}

int main(int count, char **arguments)
{
    struct sock_filter filter[64] = {{BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(struct seccomp_data, nr)}};
    unsigned short length = 1;
    if (count < 3)
        return 2;
    for (char *name = strtok(arguments[1], ","); name != NULL; name = strtok(NULL, ",")) {
        char *colon = strchr(name, ':');
        unsigned error = colon == NULL ? ENOSYS : (unsigned)atoi(colon + 1);
        name[strcspn(name, ":")] = '\0';
        filter[length++] = (struct sock_filter){BPF_JMP | BPF_JEQ | BPF_K, 0, 1, number_of(name)};
        filter[length++] = (struct sock_filter){BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | error};
    }
    filter[length++] = (struct sock_filter){BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW};
    struct sock_fprog program = {.len = length, .filter = filter};
    if (sys_prctl(PR_SET_NO_NEW_PRIVS, 1, 0) < 0 ||
        syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0UL, &program) < 0) {
        perror("without");
        return 2;
    }
    execvp(arguments[2], arguments + 2);
    perror("without");
    return 2;
}
