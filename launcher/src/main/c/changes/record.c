/*
 * What is noted before a command runs whose changes are kept apart: which trees there are, and what was in them. By that it
 * is told later what was changed outside meanwhile.
 */
#include "record.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>

#include "actions.h"
#include "escape.h"
#include "kernel.h"
#include "messages.h"
#include "snapshot.h"
#include "source.h"
#include "store.h"
#include "text.h"

enum { MOST_TREES = 256, ID_LENGTH = 6, OWN_MODE = 0700, DIRECTORY_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };

static struct recorded trees[MOST_TREES];
static unsigned tree_count;
static int report = -1;

/* A plan may be tried twice; nothing has run by then, and the directory of the first time goes. */
static char made[ID_LENGTH + 1];

void record_report_to(int pipe)
{
    report = pipe;
}

const struct recorded *record_find(const char *name)
{
    for (unsigned i = 0; i < tree_count; i++) {
        if (strcmp(trees[i].name, name) == 0)
            return &trees[i];
    }
    return NULL;
}

const char *record_path(const struct run *run, const char *tree, const char *part)
{
    return text_of("%s/%s/%s", run->changes, tree, part);
}

static void write_file(int directory, const char *name, const char *text)
{
    int file = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    size_t length = strlen(text);
    if (file < 0 || write(file, text, length) != (ssize_t)length || close(file) < 0)
        die("cannot note `%s` of this run", name);
}

/* The lock is held as long as the supervisor lives. */
static int make_directory(const char *store, char *id)
{
    char random[17];
    int parent = store_open(store);
    if (parent < 0)
        die_with_help("it has to be a directory that nobody else can write", "cannot keep changes in `%s`", store);
    for (unsigned i = 0; i < 100; i++) {
        random_name(random);
        memcpy(id, random, ID_LENGTH);
        id[ID_LENGTH] = '\0';
        if (mkdirat(parent, id, OWN_MODE) == 0)
            break;
        if (errno == ENOENT) { /* somebody has just removed the last record in it */
            close(parent);
            parent = store_open(store);
        } else if (errno != EEXIST) {
            die("cannot make a directory for changes in `%s`", store);
        }
    }
    int directory = openat(parent, id, DIRECTORY_FLAGS);
    if (directory < 0 || flock(directory, LOCK_EX | LOCK_NB) < 0)
        die("cannot lock the directory for changes in `%s`", store);
    close(parent);
    return directory;
}

static void write_run(const struct run *run, int directory)
{
    struct text text = {.bytes = NULL};
    struct timespec now;
    if (sys_clock_gettime(CLOCK_REALTIME, &now) < 0)
        die("cannot read the clock");
    text_add(&text, "{\"started\": %lld, \"directory\": ", (long long)now.tv_sec);
    text_add_json(&text, run->working_directory == NULL ? "" : run->working_directory);
    text_add(&text, ", \"command\": [");
    for (char **word = run->command; word != NULL && *word != NULL; word++) {
        text_add(&text, "%s", word == run->command ? "" : ", ");
        text_add_json(&text, *word);
    }
    text_add(&text, "]}\n");
    write_file(directory, "run", text.bytes);
}

/* The root of an overlay shows the mode and the owner of its upper directory. */
static void make_upper(int place, const struct stat *tree)
{
    if (mkdirat(place, "upper", OWN_MODE) < 0 || mkdirat(place, "work", OWN_MODE) < 0)
        die("cannot make the directories for changes");
    int upper = openat(place, "upper", DIRECTORY_FLAGS);
    if (upper < 0)
        die("cannot open the directory for changes");
    if ((tree->st_uid != geteuid() || tree->st_gid != getegid()) && fchown(upper, tree->st_uid, tree->st_gid) < 0 && errno != EPERM)
        die("cannot set the owner of the directory for changes");
    if (fchmod(upper, tree->st_mode & 07777) < 0)
        die("cannot set the mode of the directory for changes");
    close(upper);
}

static void count(const struct snapshot *snapshot, struct recorded *recorded)
{
    recorded->entries = snapshot->count;
    for (size_t i = 0; i < snapshot->count; i++)
        recorded->bytes += S_ISREG(snapshot->entries[i].state.mode) ? snapshot->entries[i].state.size : 0;
}

/* A file is the one entry of the directory that holds it. */
static void add_tree(int directory, struct text *list, const char *name, const char *path, int source, const struct stat *status)
{
    struct snapshot snapshot = {.entries = NULL};
    struct stat root = *status;
    bool file = S_ISREG(status->st_mode);
    const char *slash = strrchr(path, '/'), *only = file && slash != NULL ? slash + 1 : NULL;
    const char *tree = file && slash != NULL ? text_of("%.*s", slash == path ? 1 : (int)(slash - path), path) : path;
    int opened = file ? source_open(tree) : source;
    int readable = opened < 0 ? -1 : openat(opened, ".", DIRECTORY_FLAGS);
    if (readable < 0 || fstat(readable, &root) < 0)
        die("cannot list `%s` before the run", tree);
    if (mkdirat(directory, name, OWN_MODE) < 0)
        die("cannot make a directory for changes");
    int place = openat(directory, name, DIRECTORY_FLAGS);
    if (place < 0)
        die("cannot open a directory for changes");
    make_upper(place, &root);
    if (!snapshot_take(readable, only, place, "before"))
        die("cannot note what is in `%s` before the run", tree);
    snapshot_read(&snapshot, place, "before");
    trees[tree_count] = (struct recorded){.name = name, .inode = status->st_ino};
    count(&snapshot, &trees[tree_count++]);
    text_add(list, "%s %llu", name, (unsigned long long)root.st_ino);
    escape_add(list, only == NULL ? "" : only);
    escape_add(list, tree);
    text_add_bytes(list, "\n", 1);
    close(readable);
    close(place);
}

/* What is neither a directory nor a file is used through its name: nothing of it is stored here. */
static void add_trees(const struct run *run, int directory)
{
    struct plan_cursor cursor = plan_start(run->plan);
    struct record record;
    struct text list = {.bytes = NULL};
    text_add_bytes(&list, "", 0);
    tree_count = 0;
    while (plan_find(&cursor, OP_CHANGES_TREE, &record)) {
        struct stat status;
        int source = source_open(run_source(run, &record.operands[1]));
        if (tree_count == MOST_TREES)
            refuse("more than %d paths can be written", MOST_TREES);
        if (source < 0 && errno == ENOENT)
            continue;
        if (source < 0 || fstat(source, &status) < 0)
            die_with_help(errno == ELOOP ? help_for_links : NULL, "cannot open `%s`", run_name(run, &record.operands[1]));
        if (S_ISDIR(status.st_mode) || S_ISREG(status.st_mode))
            add_tree(directory, &list, record.operands[2].data, run_path(run, &record.operands[1]), source, &status);
        close(source);
    }
    write_file(directory, "trees", list.bytes);
}

static void tell(const char *path)
{
    size_t length = strlen(path) + 1;
    if (report >= 0 && write(report, path, length) != (ssize_t)length)
        die("cannot tell where changes are kept");
}

static void forget_first_time(const char *store)
{
    int parent = made[0] == '\0' ? -1 : store_open(store);
    if (parent >= 0) {
        directory_remove(parent, made);
        close(parent);
    }
}

void do_changes(struct run *run, const struct operand *operands)
{
    char id[ID_LENGTH + 1];
    forget_first_time(operands[0].data);
    int directory = make_directory(operands[0].data, id);
    memcpy(made, id, sizeof made);
    run->changes = text_of("%s/%s", operands[0].data, id);
    tell(run->changes);
    write_file(directory, "about", operands[1].data);
    write_run(run, directory);
    add_trees(run, directory);
}
