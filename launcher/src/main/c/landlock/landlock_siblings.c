/*
 * Allows a directory in which something is kept from the command: not the directory, whose rights would be those of all
 * beneath, but what is in it, each by itself. What is made there later gets no rights, and nothing can be made there.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "closing.h"
#include "kernel.h"
#include "landlock_guards.h"
#include "messages.h"

/* Each takes the kernel some memory and us some microseconds. */
enum { MOST_ENTRIES = 10000 };

static const char help_for_many[] = "list the directories in it that the command needs instead of the whole, or keep less of it from the command";

static void count_entry(struct run *run, const char *path)
{
    if (++run->sibling_count > MOST_ENTRIES)
        refuse_with_help(help_for_many,
                         "`%s` cannot be allowed but for what is kept in it: Landlock would have to allow more than %d entries one by one",
                         path, MOST_ENTRIES);
}

/* What cannot be opened or examined, such as a mount whose server is gone, gets no rights; unless it is we who lack. */
static void pass_over(const char *path)
{
    if (errno == EMFILE || errno == ENFILE || errno == ENOMEM)
        die("cannot open an entry of `%s` for Landlock", path);
}

/* An entry that is the same file or directory as something guarded would open that as well. */
static void allow_entry(struct run *run, const struct guarded *guarded, int file, const char *path, uint64_t rights)
{
    struct stat status;
    if (fstat(file, &status) < 0) {
        pass_over(path);
        return;
    }
    if (S_ISLNK(status.st_mode) || guards_are_at(run, &status, guarded))
        return;
    uint64_t left = guarded == NULL ? rights : guards_leave(guarded, rights);
    if (guarded != NULL && S_ISDIR(status.st_mode) && guards_leave_above(guarded, left) != left)
        landlock_allow_around(run, guarded, file, path, left);
    else
        landlock_allow(run, file, left, path);
}

static void allow_name(struct run *run, const struct guarded *directory, int opened, const char *name, const char *path,
                       uint64_t rights)
{
    count_entry(run, path);
    int file = openat(opened, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0) {
        pass_over(path);
        return;
    }
    allow_entry(run, guards_find(directory, name, strlen(name)), file, path, rights);
    close_later(file);
}

/* In a directory that cannot be listed, the way to what is guarded is known; the rest gets no rights. */
static void allow_unlisted(struct run *run, const struct guarded *directory, int opened, const char *path,
                           uint64_t rights)
{
    for (const struct guarded *child = directory->first; child != NULL; child = child->next)
        allow_name(run, directory, opened, child->name, path, rights);
}

static bool is_entry(const char *name)
{
    return strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

void landlock_allow_around(struct run *run, const struct guarded *guarded, int directory, const char *path,
                           uint64_t rights)
{
    landlock_allow(run, directory, guards_leave_above(guarded, rights), path);
    int opened = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0 && errno == EACCES) {
        allow_unlisted(run, guarded, directory, path, rights);
        return;
    }
    DIR *entries = opened < 0 ? NULL : fdopendir(opened);
    if (entries == NULL)
        die("cannot list `%s` for Landlock", path);
    const struct dirent *entry;
    for (errno = 0; (entry = readdir(entries)) != NULL; errno = 0) {
        if (is_entry(entry->d_name))
            allow_name(run, guarded, opened, entry->d_name, path, rights);
    }
    if (errno != 0)
        die("cannot list `%s` for Landlock", path);
    closedir(entries);
}
