#include "links.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "closing.h"
#include "kernel.h"
#include "messages.h"
#include "names_in.h"
#include "source.h"
#include "text.h"

enum {
    MOST_LINKS = 40, /* as path_resolution(7) has it */
    MOST_DEEP = 2,   /* directories in one another, of a usual one; dotfiles are linked near the top */
    MOST_USUAL = 16,
    MOST_LISTED = 4096, /* directories */
};

struct walk {
    struct run *run;
    int root;
    const char *top, *lines;
    const struct link_wish *wish;
    unsigned left, deepest;
    bool usual, cut_off, failed;
};

static bool is_below(const char *path, const char *tree)
{
    size_t length = strlen(tree);
    return strncmp(path, tree, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* The text of a symlink at a path of the root, or NULL where there is none; errno is EINVAL where something else is. */
static char *read_link(int root, const char *path)
{
    char text[PATH_MAX];
    ssize_t length = readlinkat(root, path + 1, text, sizeof text - 1);
    if (length < 0)
        return NULL;
    text[length] = '\0';
    return strdup(text);
}

bool links_lead_to_system(const char *target)
{
    static const char *const trees[] = {"/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store", "/gnu/store"};
    static const char *const devices[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"};
    if (is_below(target, "/usr/local"))
        return false;
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++) {
        if (strcmp(target, devices[i]) == 0)
            return true;
    }
    for (size_t i = 0; i < sizeof trees / sizeof *trees; i++) {
        if (is_below(target, trees[i]))
            return true;
    }
    return false;
}

static void go_up(char *path)
{
    char *slash = strrchr(path, '/');
    if (slash != NULL)
        *slash = '\0';
}

char *links_real_path(int root, const char *path, each_link *each, void *context)
{
    char *here = strdup(""), *ahead = strdup(path);
    for (unsigned followed = 0; here != NULL && ahead != NULL && *ahead != '\0';) {
        char *name = ahead + strspn(ahead, "/");
        size_t length = strcspn(name, "/");
        char *rest = name + length;
        if (length == 2 && strncmp(name, "..", 2) == 0) {
            go_up(here);
        } else if (length > 0 && !(length == 1 && name[0] == '.')) {
            char *next = text_of("%s/%.*s", here, (int)length, name);
            char *link = read_link(root, next);
            if (link != NULL && ++followed > MOST_LINKS)
                return errno = ELOOP, NULL;
            if (link == NULL && errno != EINVAL)
                return NULL;
            if (link != NULL && each != NULL)
                each(context, next);
            if (link == NULL)
                here = next;
            else if (link[0] == '/')
                here[0] = '\0';
            if (link != NULL)
                rest = text_of("%s%s", link, rest);
        }
        ahead = rest;
    }
    errno = here == NULL || ahead == NULL ? ENOMEM : ENOENT;
    return here != NULL && here[0] != '\0' ? here : NULL;
}

/* Whether it is one of the parts that stay, or in one. */
static bool is_kept(const struct walk *walk, const char *path)
{
    const char *relative = path + strlen(walk->top) + 1;
    for (const char *line = walk->lines; *line != '\0'; line += line[strcspn(line, "\n")] == '\n') {
        size_t length = strcspn(line, "\n");
        char *kept = length > 2 ? strndup(line + 2, length - 2) : NULL;
        bool same = kept != NULL && is_below(relative, kept);
        free(kept);
        if (same)
            return true;
        line += length;
    }
    return false;
}

/* Whoever leads it elsewhere changes what the name in the directory means. Within, it is kept with the directory. */
static void keep_way(void *context, const char *link)
{
    const struct walk *walk = context;
    if (is_below(link, walk->top))
        return;
    walk->wish->way(walk->run, link);
    covers_other_names_of_link(walk->run, link, walk->wish->but, walk->wish->way);
}

/* What is gone meanwhile, or closed to this user, is no failure; a path that somebody listed is looked at in full or not used. */
static void could_not_look(struct walk *walk, const char *path)
{
    bool expected = error_is_answer(errno);
    if (!walk->usual && !expected)
        die("cannot look for symlinks in `%s`", path);
    walk->cut_off = true;
    walk->failed |= !expected;
}

/* What it leads to need not be in the new root at its own name to be there at another one. */
static void follow(struct walk *walk, const char *link)
{
    if (is_kept(walk, link))
        return;
    char *target = links_real_path(walk->root, link, walk->wish->way == NULL ? NULL : keep_way, walk);
    if (target == NULL && !error_is_answer(errno))
        could_not_look(walk, link);
    else if (target == NULL && walk->wish->nowhere != NULL)
        walk->wish->nowhere(walk->run, link);
    if (target != NULL && is_below(target, walk->top))
        return;
    if (target != NULL)
        walk->wish->target(walk->run, target);
    char *named = target == NULL ? read_link(walk->root, link) : target;
    if (named != NULL && named[0] == '/')
        covers_other_names(walk->run, named, walk->wish->but, walk->wish->target);
}

static void look_into(struct walk *walk, const char *path, unsigned deep);

static uint8_t type_of(int directory, const struct directory_entry *entry)
{
    struct stat status;
    if (entry->type != 0 || fstatat(directory, entry->name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return entry->type;
    return S_ISLNK(status.st_mode) ? 10 : S_ISDIR(status.st_mode) ? 4 : 8; /* DT_LNK, DT_DIR, DT_REG */
}

static void look_at(struct walk *walk, int directory, const struct directory_entry *entry, const char *path, unsigned deep)
{
    if (is_dots(entry->name))
        return;
    uint8_t type = type_of(directory, entry);
    if (type == 10)
        follow(walk, text_of("%s/%s", path, entry->name));
    else if (type == 4)
        look_into(walk, text_of("%s/%s", path, entry->name), deep + 1);
}

static void look_into(struct walk *walk, const char *path, unsigned deep)
{
    struct open_how how = {.flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC, .resolve = RESOLVE_NO_SYMLINKS};
    size_t length;
    if (deep > walk->deepest || walk->left == 0) {
        walk->cut_off = true;
        return;
    }
    walk->left--;
    int directory = sys_openat2(walk->root, path + 1, &how);
    if (directory < 0 && (errno == ENOSYS || errno == EPERM))
        directory = openat(walk->root, path + 1, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    char *entries = directory < 0 ? NULL : directory_list(directory, &length);
    if (entries == NULL)
        could_not_look(walk, path);
    const struct directory_entry *entry;
    for (size_t at = 0; entries != NULL && (entry = directory_next(entries, length, &at)) != NULL;)
        look_at(walk, directory, entry, path, deep);
    free(entries);
    if (directory >= 0)
        close_later(directory);
}

void links_within(struct run *run, int root, const char *path, const char *lines, bool usual, const struct link_wish *wish)
{
    struct walk walk = {
        .run = run,
        .root = root,
        .top = path,
        .lines = lines,
        .wish = wish,
        .usual = usual,
        .left = usual ? MOST_USUAL : MOST_LISTED,
        .deepest = usual ? MOST_DEEP : UINT_MAX - 1,
    };
    look_into(&walk, path, 0);
    if (walk.failed || (walk.cut_off && !usual))
        say("warning: `%s` was not searched to the end: the targets of symlinks further down are not kept from the command", path);
}
