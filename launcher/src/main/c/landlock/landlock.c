/* Landlock: one ruleset, its rules, and putting it in force. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "actions.h"
#include "closing.h"
#include "kernel.h"
#include "landlock_guards.h"
#include "messages.h"
#include "run.h"
#include "source.h"

/* Rights that a rule for anything but a directory must not name. */
static const uint64_t directory_rights =
    LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
    LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
    LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_REFER;

void do_landlock_ruleset(struct run *run, const struct operand *operands)
{
    struct landlock_attributes attributes = {
        .handled_access_fs = operands[0].number,
        .handled_access_net = operands[1].number,
        .scoped = operands[2].number,
    };
    run->ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0UL);
    if (run->ruleset < 0)
        die("cannot create the Landlock ruleset");
}

static bool is_directory(int descriptor)
{
    struct stat status;
    if (fstat(descriptor, &status) < 0)
        die("cannot examine a path for Landlock");
    return S_ISDIR(status.st_mode);
}

static bool add_rule(const struct run *run, int descriptor, uint64_t rights)
{
    struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = descriptor};
    /* A rule that allows nothing is what having no rule means; the kernel refuses it. */
    return rights == 0 || syscall(SYS_landlock_add_rule, run->ruleset, LANDLOCK_RULE_TYPE_PATH, &rule, 0UL) == 0;
}

/* Mostly it is a directory; of anything else the kernel refuses a directory's rights, and is asked without them. */
static bool add_path(const struct run *run, int descriptor, uint64_t rights)
{
    if (add_rule(run, descriptor, rights))
        return true;
    return errno == EINVAL && (rights & directory_rights) != 0 && !is_directory(descriptor) &&
           add_rule(run, descriptor, rights & ~directory_rights);
}

void landlock_allow(const struct run *run, int file, uint64_t rights, const char *path)
{
    if (!add_path(run, file, rights))
        die("cannot add `%s` to the Landlock ruleset", path);
}

void landlock_allow_stream(const struct run *run, int file, uint64_t rights)
{
    if (!add_rule(run, file, rights) && errno != EBADFD)
        die("cannot add descriptor %d to the Landlock ruleset", file);
}

/* Who lists a path itself means it, wherever it lies; where the working directory lies, nobody knew. */
static uint64_t rights_of(const struct run *run, const struct operand *path, int directory, uint64_t rights)
{
    if (run->guarded == NULL || strncmp(path->data, "@cwd", 4) != 0)
        return rights;
    uint64_t left = guards_allow(run, run_path(run, path), directory, rights);
    if (left != rights)
        say("the working directory `%s` is %s, as the profile says of the tree that it lies in", run_path(run, path),
            left == 0 ? "not handed over" : "handed over for reading alone");
    return left;
}

void do_landlock_path(struct run *run, const struct operand *operands)
{
    if (run_is_whole_tree(run, &operands[0]) || covers_grants_more(run, &operands[0], operands[1].number))
        return;
    int descriptor = source_open(run_source(run, &operands[0]));
    if (descriptor < 0) {
        if ((operands[2].number & 2) != 0 && (errno == ENOENT || errno == ENOTDIR))
            return;
        run_check_directory(run, &operands[0]);
        die_with_help(errno == ELOOP ? help_for_links : NULL, "cannot open `%s` for Landlock", run_name(run, &operands[0]));
    }
    guards_look(run);
    uint64_t rights = rights_of(run, &operands[0], descriptor, operands[1].number);
    const struct guarded *guarded = guards_below(run, descriptor, rights);
    if (guarded != NULL)
        landlock_allow_around(run, guarded, descriptor, run_path(run, &operands[0]), rights);
    else
        landlock_allow(run, descriptor, rights, operands[0].data);
    close_later(descriptor);
}

void do_landlock_port(struct run *run, const struct operand *operands)
{
    struct landlock_port_rule rule = {.allowed_access = operands[1].number, .port = operands[0].number};
    if (syscall(SYS_landlock_add_rule, run->ruleset, LANDLOCK_RULE_TYPE_PORT, &rule, 0UL) < 0)
        die("cannot add port %llu to the Landlock ruleset", (unsigned long long)operands[0].number);
}

void do_landlock_restrict(struct run *run, const struct operand *operands)
{
    if (syscall(SYS_landlock_restrict_self, run->ruleset, operands[0].number) < 0)
        die("cannot put the Landlock ruleset in force");
    close(run->ruleset);
    run->ruleset = -1;
}
