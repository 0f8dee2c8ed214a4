#include "commit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>

#include "escape.h"
#include "exchange.h"
#include "kernel.h"
#include "messages.h"
#include "run.h"
#include "scan.h"
#include "store.h"
#include "trees.h"

/* A line of the file `commit`; its number makes the temporary name, the same when it is gone through again. */
struct chosen {
    const char *line;
    unsigned number;
    bool met;
};

struct commit {
    struct scan scan;
    struct chosen *chosen; /* sorted by line */
    unsigned count;
    const char *id;
};

static int open_record(const char *path, int lock)
{
    const char *slash = strrchr(path, '/');
    int store = slash == NULL ? -1 : store_open(text_of("%.*s", (int)(slash - path), path));
    int record = store < 0 ? -1 : store_open_in(store, slash + 1);
    if (record < 0)
        die("cannot open the record of changes `%s`", path);
    if (flock(record, lock | LOCK_NB) < 0)
        _exit(errno == EWOULDBLOCK ? CHANGES_IN_USE : EXIT_NOTHING_RAN);
    close(store);
    return record;
}

static void print(const struct text *text)
{
    for (size_t at = 0; at < text->length;) {
        ssize_t written = write(STDOUT_FILENO, text->bytes + at, text->length - at);
        if (written < 0 && errno != EINTR)
            die("cannot write the output");
        at += written > 0 ? (size_t)written : 0;
    }
}

_Noreturn void changes_print(const char *path)
{
    struct scan scan = {.count = 0};
    struct text output = {.bytes = NULL};
    scan_take(&scan, open_record(path, LOCK_SH));
    for (size_t i = 0; i < scan.count; i++) {
        const struct change *change = &scan.changes[i];
        const char *group = change->conflict ? "conflict" : strcmp(change->state, "clean") == 0 ? "clean" : "left";
        text_add(&output, "%s:%s ", group, change->state);
        scan_name(change, &output);
        text_add_bytes(&output, "\n", 1);
    }
    print(&output);
    _exit(0);
}

static int by_line(const void *one, const void *other)
{
    return strcmp(((const struct chosen *)one)->line, ((const struct chosen *)other)->line);
}

static char *read_chosen(int record)
{
    struct stat status;
    int file = openat(record, "commit", O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0 || fstat(file, &status) < 0)
        die("cannot open the list of what is to be committed");
    char *list = calloc(1, (size_t)status.st_size + 1);
    size_t at = 0;
    ssize_t got = 1;
    while (list != NULL && at < (size_t)status.st_size && got > 0) {
        got = read(file, list + at, (size_t)status.st_size - at);
        at += got > 0 ? (size_t)got : 0;
    }
    if (list == NULL || got <= 0)
        die("cannot read the list of what is to be committed");
    close(file);
    return list;
}

static void split(struct commit *commit, char *list)
{
    unsigned lines = 0;
    for (const char *at = list; *at != '\0'; at++)
        lines += *at == '\n' ? 1U : 0U;
    commit->chosen = calloc(lines + 1, sizeof *commit->chosen);
    if (commit->chosen == NULL)
        die("cannot remember what is to be committed");
    for (char *at = list; commit->count < lines; commit->count++) {
        char *end = strchr(at, '\n');
        if (end == NULL)
            break;
        *end = '\0';
        commit->chosen[commit->count] = (struct chosen){.line = at, .number = commit->count};
        at = end + 1;
    }
}

static const char *temporary_name(const struct commit *commit, const struct chosen *chosen)
{
    return text_of(".hexe-policy-%s-%u", commit->id, chosen->number);
}

/* A path as the scan writes it: relative, without `.` and `..`; that of the tree itself is empty. */
static bool path_is_beneath(const char *path)
{
    if (*path == '\0')
        return true;
    for (const char *name = path;; name++) {
        size_t length = strcspn(name, "/");
        bool dots = (length == 1 && name[0] == '.') || (length == 2 && name[0] == '.' && name[1] == '.');
        if (length == 0 || dots)
            return false;
        name += length;
        if (*name == '\0')
            return true;
    }
}

static const struct tree *tree_of(const struct commit *commit, const char *name)
{
    for (unsigned i = 0; name != NULL && i < commit->scan.tree_count; i++) {
        if (strcmp(commit->scan.trees[i].name, name) == 0)
            return &commit->scan.trees[i];
    }
    return NULL;
}

/* The tree and the path that a line names: its second word, and the last but one. */
static const struct tree *parse(const struct commit *commit, const char *line, const char **path)
{
    enum { WORDS = 12, TREE = 1, PATH = 10 };
    const char *words[WORDS];
    unsigned count = 0;
    while (count < WORDS && (words[count] = escape_take(&line)) != NULL)
        count++;
    *path = count == WORDS ? words[PATH] : NULL;
    return count == WORDS ? tree_of(commit, words[TREE]) : NULL;
}

static void settle_all(const struct commit *commit)
{
    for (unsigned i = 0; i < commit->count; i++) {
        const char *path;
        const struct tree *tree = parse(commit, commit->chosen[i].line, &path);
        if (tree != NULL && path != NULL)
            exchange_settle(tree, path, temporary_name(commit, &commit->chosen[i]));
    }
}

static struct chosen *find(const struct commit *commit, const struct change *change)
{
    struct text line = {.bytes = NULL};
    scan_name(change, &line);
    struct chosen wanted = {.line = line.bytes};
    struct chosen *found = commit->count == 0 ? NULL : bsearch(&wanted, commit->chosen, commit->count, sizeof wanted, by_line);
    text_free(&line);
    return found;
}

static void report(const struct chosen *chosen, enum verdict verdict)
{
    static const char *const words[] = {"done", "conflict", "altered", "failed"};
    struct text line = {.bytes = NULL};
    const char *error = verdict == VERDICT_FAILED ? strerror(errno) : "";
    text_add(&line, "%u %s", chosen->number, words[verdict]);
    escape_add(&line, error);
    text_add_bytes(&line, "\n", 1);
    print(&line);
    text_free(&line);
}

enum pass { OPEN_DIRECTORIES, REMOVE, REST, CLOSE_DIRECTORIES };

static bool is_directory_mode(const struct change *change)
{
    return S_ISDIR(change->after.st_mode) && change->kind == CHANGE_MODE;
}

static bool belongs(const struct change *change, enum pass pass)
{
    switch (pass) {
    case OPEN_DIRECTORIES:
        return is_directory_mode(change) && (change->after.st_mode & S_IWUSR) != 0;
    case REMOVE:
        return change->kind == CHANGE_REMOVE;
    case REST:
        return change->kind != CHANGE_REMOVE && !is_directory_mode(change);
    case CLOSE_DIRECTORIES:
        return (is_directory_mode(change) && (change->after.st_mode & S_IWUSR) == 0) ||
               (S_ISDIR(change->after.st_mode) && change->kind == CHANGE_ADD && (change->after.st_mode & 0700) != 0700);
    }
    return false;
}

static void carry_out(struct commit *commit, const struct change *change, enum pass pass)
{
    struct chosen *chosen = belongs(change, pass) ? find(commit, change) : NULL;
    if (chosen == NULL)
        return;
    if (pass == CLOSE_DIRECTORIES && change->kind == CHANGE_ADD) {
        exchange_set_mode(change);
        return;
    }
    chosen->met = true;
    bool possible = !change->conflict && strcmp(change->state, "clean") == 0;
    report(chosen, possible ? exchange_carry_out(change, temporary_name(commit, chosen)) : VERDICT_CONFLICT);
}

/* Directories get their modes when all in them is done, the inner ones first. */
static void carry_out_all(struct commit *commit)
{
    const struct scan *scan = &commit->scan;
    for (enum pass pass = OPEN_DIRECTORIES; pass <= REST; pass++) {
        for (size_t i = 0; i < scan->count; i++)
            carry_out(commit, &scan->changes[i], pass);
    }
    for (size_t i = scan->count; i > 0; i--)
        carry_out(commit, &scan->changes[i - 1], CLOSE_DIRECTORIES);
}

/* Of a line that the scan does not have: it was done the last time, or there is something else there now. */
static enum verdict verdict_of_other(const struct commit *commit, const char *line)
{
    const char *path;
    const struct tree *tree = parse(commit, line, &path);
    if (tree == NULL || !path_is_beneath(path)) {
        errno = EINVAL;
        return VERDICT_FAILED;
    }
    for (size_t i = 0; i < commit->scan.count; i++) {
        if (commit->scan.changes[i].tree == tree && strcmp(commit->scan.changes[i].path, path) == 0)
            return VERDICT_ALTERED;
    }
    return VERDICT_DONE;
}

static void report_others(const struct commit *commit)
{
    for (unsigned i = 0; i < commit->count; i++) {
        if (!commit->chosen[i].met)
            report(&commit->chosen[i], verdict_of_other(commit, commit->chosen[i].line));
    }
}

static void write_out(const struct scan *scan)
{
    for (unsigned i = 0; i < scan->tree_count; i++) {
        if (scan->trees[i].host >= 0 && syscall(SYS_syncfs, scan->trees[i].host) < 0)
            say("cannot make sure that `%s` is on the disk", scan->trees[i].path);
    }
}

static void begin(struct commit *commit, const char *path, int record)
{
    commit->id = strrchr(path, '/') + 1;
    split(commit, read_chosen(record));
    trees_open(&commit->scan, record);
    settle_all(commit);
}

_Noreturn void changes_commit(const char *path)
{
    int record = open_record(path, LOCK_EX);
    struct commit commit = {.count = 0};
    umask(0);
    begin(&commit, path, record);
    if (commit.count > 1)
        qsort(commit.chosen, commit.count, sizeof *commit.chosen, by_line);
    scan_trees(&commit.scan);
    carry_out_all(&commit);
    report_others(&commit);
    write_out(&commit.scan);
    if (unlinkat(record, "commit", 0) < 0)
        die("cannot remove the list of what was to be committed");
    _exit(0);
}

bool record_remove(const char *path)
{
    char *above = text_of("%s", path);
    const char *name = strrchr(path, '/') + 1;
    *strrchr(above, '/') = '\0';
    int store = store_open(above);
    bool removed = store >= 0 && directory_remove(store, name);
    for (int i = 0; removed && i < 2 && rmdir(above) == 0; i++)
        *strrchr(above, '/') = '\0';
    return removed;
}

/* What an interrupted commit has left beside the host's files goes first. */
_Noreturn void changes_discard(const char *path)
{
    struct stat status;
    int record = open_record(path, LOCK_EX);
    if (fstatat(record, "commit", &status, AT_SYMLINK_NOFOLLOW) == 0) {
        struct commit commit = {.count = 0};
        begin(&commit, path, record);
    }
    if (!record_remove(path))
        die("cannot remove the record of changes `%s`", path);
    _exit(0);
}
