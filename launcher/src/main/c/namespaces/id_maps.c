/*
 * Maps of several ids. The kernel lets only a privileged process outside write them: the supervisor, where it is root,
 * or else the setuid programs newuidmap(1) and newgidmap(1), which know what /etc/subuid and /etc/subgid grant.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "actions.h"
#include "id_maps.h"
#include "kernel.h"
#include "messages.h"
#include "opcodes.h"
#include "processor.h"
#include "text.h"

enum { MOST_WORDS = 32, NOT_FOUND = 127 };

static const char help_for_maps[] =
    "install the package `uidmap`, and see that /etc/subuid and /etc/subgid have 65,536 ids for this user";

bool id_maps_find(const struct plan *plan, struct record *record)
{
    struct plan_cursor cursor = plan_start(plan);
    return plan_find(&cursor, OP_ID_MAPS, record);
}

static void write_map(pid_t child, const char *file, const char *map)
{
    char own[ID_MAPS_LONGEST];
    if (strcmp(map, "@own") == 0) {
        id_maps_same(file, own);
        map = own;
    }
    const char *path = text_of("/proc/%d/%s", (int)child, file);
    int descriptor = openat(AT_FDCWD, path, O_WRONLY | O_CLOEXEC);
    if (descriptor < 0 || write(descriptor, map, strlen(map)) != (ssize_t)strlen(map))
        die("cannot map ids in `%s`", path);
    close(descriptor);
}

static _Noreturn void become_helper(const char *helpers, char **arguments, bool quiet)
{
    int null = quiet ? openat(AT_FDCWD, "/dev/null", O_WRONLY | O_CLOEXEC) : -1;
    if (null >= 0)
        dup2(null, STDERR_FILENO);
    processor_leave();
    for (const char *path = helpers; *path != '\0';) {
        size_t length = strcspn(path, ":");
        arguments[0] = strndup(path, length);
        if (arguments[0] != NULL)
            execve(arguments[0], arguments, (char *[]){NULL});
        path += length + (path[length] == ':');
    }
    _exit(NOT_FOUND);
}

/* The child has not been waited for: nobody else can have its process id by now. */
static void ask_helper(pid_t child, const char *helpers, const char *map, bool quiet)
{
    char *arguments[MOST_WORDS + 3] = {NULL, text_of("%d", (int)child)};
    char *words = strdup(map);
    unsigned count = 2;
    if (words == NULL)
        die("cannot copy a map");
    for (char *word = strtok(words, " \n"); word != NULL && count < MOST_WORDS + 2; word = strtok(NULL, " \n"))
        arguments[count++] = word;
    pid_t helper = sys_clone(SIGCHLD);
    if (helper == 0)
        become_helper(helpers, arguments, quiet);
    int status;
    pid_t ended;
    while ((ended = waitpid(helper, &status, 0)) < 0 && errno == EINTR)
        continue;
    if (helper < 0 || ended != helper)
        die("cannot start `%s`", helpers);
    if (status != 0) {
        errno = WIFEXITED(status) && WEXITSTATUS(status) == NOT_FOUND ? ENOENT : EPERM;
        die_with_help(help_for_maps, "cannot map subordinate ids with `%s`", helpers);
    }
}

/* Somebody killed it. It is waited for, so that what is left of it does not outlive this process for whoever adopts it. */
static _Noreturn void die_without_child(pid_t child, int done)
{
    int error = errno;
    close(done);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
        continue;
    errno = error;
    die("cannot tell the child that its ids are mapped");
}

void id_maps_write(const struct run *run, const struct record *record, pid_t child, int done)
{
    const struct operand *operands = record->operands;
    messages_set_action(record->opcode->name, record->index);
    if (operands[2].data[0] == '\0') {
        write_map(child, "uid_map", operands[0].data);
        write_map(child, "gid_map", operands[1].data);
    } else {
        ask_helper(child, operands[2].data, operands[0].data, run->probe);
        ask_helper(child, operands[3].data, operands[1].data, run->probe);
    }
    if (write(done, "", 1) != 1)
        die_without_child(child, done);
    close(done);
}

/* The supervisor has said why when it ends without a word here. */
void do_id_maps(struct run *run, const struct operand *operands)
{
    char byte;
    ssize_t got;
    while ((got = read(run->channels.mapped, &byte, 1)) < 0 && errno == EINTR)
        continue;
    if (got != 1)
        _exit(EXIT_NOTHING_RAN);
    close(run->channels.mapped);
    if (syscall(SYS_setgroups, 0UL, NULL) < 0)
        die("cannot drop the supplementary groups");
    if (syscall(SYS_setresgid, 0UL, 0UL, 0UL) < 0 || syscall(SYS_setresuid, 0UL, 0UL, 0UL) < 0)
        die("cannot become the first of the ids that are mapped");
    run->value = (int64_t)operands[4].number;
}
