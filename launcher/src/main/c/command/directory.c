/* Where the command starts: in the caller's working directory, or in the one that the plan names, and nowhere else. */
#include <stdlib.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/vfs.h>

#include "actions.h"
#include "environment.h"
#include "fallback.h"
#include "kernel.h"
#include "messages.h"
#include "run.h"
#include "working_directory.h"

#ifndef TMPFS_MAGIC
#define TMPFS_MAGIC 0x01021994
#endif

/* The hint with the directory in the place of `@cwd`. */
static const char *with_directory(const char *hint, const char *directory)
{
    static char text[8192];
    const char *word = strstr(hint, "@cwd");
    if (hint[0] == '\0')
        return NULL;
    if (word == NULL)
        return hint;
    snprintf(text, sizeof text, "%.*s%s%s", (int)(word - hint), hint, directory, word + strlen("@cwd"));
    return text;
}

/* Another plan would not lead to another place: this is the caller's to mend. */
static _Noreturn void cannot_enter(const char *path, const char *hint)
{
    int error = errno;
    trial_end();
    messages_set_action(NULL, 0);
    if (working_directory_is_closed()) /* nor would it be of use inside */
        error = EACCES;
    if (error == ENOENT || error == ENOTDIR)
        refuse_with_help(with_directory(hint, path), "the working directory `%s` is not in the sandbox", path);
    errno = error;
    working_directory_cannot_enter(path);
}

/*
 * A directory in memory has taken the place of the one the caller is in, which may be in memory itself. Nobody means the
 * root.
 */
static void compare(const char *path)
{
    struct stat here;
    struct statfs system;
    if (path[1] == '\0' || stat(".", &here) < 0 || !working_directory_is_another(&here))
        return;
    if (statfs(".", &system) == 0 && system.f_type == TMPFS_MAGIC)
        say("the working directory `%s` is the sandbox's own: it does not hold what it holds outside", path);
}

/* What belongs to ids that do not exist here is shown as the kernel's overflow id, and 0 has no right to it. */
static void tell_of_owner(const char *path)
{
    enum { OVERFLOW_ID = 65534 };
    struct stat status;
    if (syscall(SYS_geteuid) != 0 || stat(".", &status) < 0 || status.st_uid != OVERFLOW_ID)
        return;
    if (access(".", W_OK) < 0 && errno == EACCES)
        say("`%s` belongs to a user who does not exist in the sandbox, so root cannot write there "
            "(`--identity host --cap-add dac_override` gives root the right to)",
            path);
}

static void enter_working_directory(const char *path, const char *hint)
{
    if (chdir(path) < 0)
        cannot_enter(path, hint);
    if (!working_directory_is_inside_root())
        refuse("the working directory `%s` is not inside the sandbox's root", path);
    compare(path);
    tell_of_owner(path);
}

static bool enter(const char *path)
{
    return path != NULL && chdir(path) == 0 && working_directory_is_inside_root();
}

void do_chdir(struct run *run, const struct operand *operands)
{
    const char *wanted = run->working_directory;
    bool elsewhere = operands[0].length > 0;
    if (wanted == NULL && !elsewhere)
        run_refuse_lost_directory();
    if (!elsewhere)
        enter_working_directory(wanted, operands[1].data);
    else if (!enter(wanted) && !enter(operands[0].data))
        die("cannot enter `%s`", operands[0].data);
    run->moved = true;
}

void do_enter_directory(struct run *run, const struct operand *operands)
{
    const char *path = run_path(run, &operands[0]), *hint = operands[1].data;
    run->moved = true;
    if (chdir(path) < 0) {
        int error = errno;
        trial_end();
        messages_set_action(NULL, 0);
        errno = error;
        die_with_help(hint[0] == '\0' ? NULL : hint, "cannot start the command in `%s`", path);
    }
    if (!working_directory_is_inside_root())
        refuse("`%s` is not inside the sandbox's root", path);
    if (getenv("PWD") != NULL && !variable_set("PWD", path))
        die("cannot set the variable `PWD`");
}
