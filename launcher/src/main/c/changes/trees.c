#include "trees.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "kernel.h"
#include "messages.h"
#include "source.h"

enum { DIRECTORY_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, MOST_TREES = 256 };

/* -1 where another directory is there now. */
static int open_host(const char *path, const char *inode)
{
    struct stat status;
    int place = source_open(path);
    int host = place < 0 ? -1 : openat(place, ".", DIRECTORY_FLAGS);
    if (place >= 0)
        close(place);
    if (host >= 0 && (fstat(host, &status) < 0 || strcmp(text_of("%llu", (unsigned long long)status.st_ino), inode) != 0)) {
        close(host);
        return -1;
    }
    return host;
}

static int open_part(int place, const char *name)
{
    int part = openat(place, name, DIRECTORY_FLAGS);
    if (part < 0)
        die("cannot open the part `%s` of a record of changes", name);
    return part;
}

/* A copy is complete when the record of it is there. */
static void open_tree(struct tree *tree, int directory, const char *inode)
{
    struct stat status;
    tree->place = open_part(directory, tree->name);
    tree->copied = fstatat(tree->place, "copied", &status, AT_SYMLINK_NOFOLLOW) == 0;
    tree->part = tree->copied ? "copy" : "upper";
    tree->after = open_part(tree->place, tree->part);
    tree->host = open_host(tree->path, inode);
    snapshot_read(&tree->before, tree->place, "before");
    if (tree->copied)
        snapshot_read(&tree->copy, tree->place, "copied");
}

static char *read_list(int directory)
{
    struct stat status;
    int file = openat(directory, "trees", O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0 || fstat(file, &status) < 0)
        die("cannot open the list of trees in a record of changes");
    char *list = calloc(1, (size_t)status.st_size + 1);
    if (list == NULL || read(file, list, (size_t)status.st_size) != status.st_size)
        die("cannot read the list of trees in a record of changes");
    close(file);
    return list;
}

void trees_open(struct scan *scan, int directory)
{
    const char *line = read_list(directory);
    scan->trees = calloc(MOST_TREES, sizeof *scan->trees);
    if (scan->trees == NULL)
        die("cannot remember the trees of a record");
    while (*line != '\0') {
        struct tree *tree = &scan->trees[scan->tree_count];
        const char *inode;
        if (scan->tree_count == MOST_TREES)
            refuse("a record of changes is damaged");
        tree->name = escape_take(&line);
        inode = escape_take(&line);
        tree->only = escape_take(&line);
        tree->path = escape_take(&line);
        if (tree->name == NULL || inode == NULL || tree->only == NULL || tree->path == NULL || *line != '\n')
            refuse("a record of changes is damaged");
        line++;
        open_tree(tree, directory, inode);
        scan->tree_count++;
    }
}
