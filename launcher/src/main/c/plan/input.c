#include "input.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dependencies.h"
#include "kernel.h"
#include "messages.h"
#include "opcodes.h"

struct input input_read(int descriptor, size_t maximum, const char *name)
{
    struct input input = {.bytes = NULL};
    size_t size = 16384;
    for (;;) {
        input.bytes = realloc(input.bytes, size);
        if (input.bytes == NULL)
            die("cannot read `%s`", name);
        ssize_t got = read(descriptor, input.bytes + input.length, size - input.length);
        if (got < 0)
            die("cannot read `%s`", name);
        if (got == 0)
            return input;
        input.length += (size_t)got;
        if (input.length > maximum)
            refuse("`%s` is longer than %zu bytes", name, maximum);
        if (input.length == size)
            size *= 2;
    }
}

static void check_owner(int file, const char *path)
{
    struct stat status;
    if (fstat(file, &status) < 0)
        die("cannot examine the plan `%s`", path);
    if (!S_ISREG(status.st_mode))
        refuse("the plan `%s` is not a regular file", path);
    if (status.st_uid != geteuid() && status.st_uid != 0)
        refuse("the plan `%s` belongs to another user", path);
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        refuse_with_help("remove the write permission: chmod go-w", "the plan `%s` can be written by others", path);
}

static void check_plan(struct plan *plan, const struct input *input, const char *name)
{
    char error[PLAN_ERROR];
    if (!plan_read(plan, input->bytes, input->length, error) || !plan_check_rules(plan, false, error))
        refuse("cannot use the plan `%s`: %s", name, error);
}

static void check_dependencies(const struct plan *plan, const char *name)
{
    const char *path, *own;
    if ((path = dependencies_other_architecture(plan, &own)) != NULL)
        refuse_with_help("compile it on a machine of this kind", "the plan `%s` is for processors of the kind `%s`, and this one is `%s`", name, path, own);
    if ((path = dependencies_changed(plan)) != NULL)
        refuse_with_help("compile the plan again", "the plan `%s` is out of date: `%s` has changed", name, path);
    if ((path = dependencies_other_directory(plan)) != NULL)
        refuse("the plan `%s` is for the working directory `%s`", name, path);
}

void input_open_plan(struct plan *plan, const char *path)
{
    int file = openat(AT_FDCWD, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (file < 0)
        die("cannot open the plan `%s`", path);
    check_owner(file, path);
    struct input input = input_read(file, PLAN_MAXIMUM, path); /* it stays open: `ps` reads there what a sandbox is */
    check_plan(plan, &input, path);
    check_dependencies(plan, path);
}

void input_take_plan(struct plan *plan, int descriptor)
{
    if (lseek(descriptor, 0, SEEK_SET) < 0)
        die("cannot read the compiled plan");
    struct input input = input_read(descriptor, PLAN_MAXIMUM, "compiled plan");
    if (input.length == 0)
        refuse("the compiler ended without writing a plan");
    check_plan(plan, &input, "compiled plan");
}
