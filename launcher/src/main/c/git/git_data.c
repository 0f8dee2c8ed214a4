/*
 * Git data that came into being, or was changed, below a directory: whoever calls git there later obeys it. A nested
 * repository is enough, also one without a work tree, and a file `.git` leads to one. What was changed before the
 * command started is not told; the time of change of a file cannot be set back.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "actions.h"
#include "directories.h"
#include "git_config.h"
#include "git_directory.h"
#include "git_file.h"
#include "git_read.h"
#include "guard.h"
#include "kernel.h"
#include "messages.h"
#include "names_in.h"
#include "text.h"

enum { MOST_DEEP = 40, MOST_DIRECTORIES = 100000, MOST_BYTES = 16 << 20 };

enum { HEAD = 1, OBJECTS = 2, REFS = 4, WHOLE = HEAD | OBJECTS | REFS, CONFIG = 8, COMMON = 16 };

struct scan {
    struct directories directories;
    struct git_findings findings;
};

/* The directory that is read. */
struct here {
    uint32_t place;
    int file;
    const char *path;
    unsigned signs;    /* that it is a git directory */
    bool link;         /* it has a `.git` that is none */
    bool objects, all; /* it has a directory of that name; nothing in it was left out */
    bool above, git;   /* it is above all that are looked into; it has a directory `.git` */
};

static struct git_wish wish;
static uint64_t most;

/* The nearest `.git`; false: there is none. */
static bool find_top(const struct run *run)
{
    struct stat status;
    for (char *top = text_of("%s", wish.path); top[0] != '\0'; *strrchr(top, '/') = '\0') {
        const char *file = text_of("%s/.git", top);
        if (watch_lacks(run, file))
            continue;
        if (lstat(file, &status) == 0) {
            wish.top = top;
            return true;
        }
        git_require_answer(file);
    }
    return false;
}

/* A linked worktree and a submodule have theirs elsewhere. */
static void find_common(const struct run *run)
{
    if (!find_top(run))
        return;
    const char *file = text_of("%s/.git", wish.top);
    errno = ENOENT;
    struct git_file led = git_file_read(file);
    if (led.directory != NULL)
        wish.common = led.common == NULL ? led.directory : led.common;
    else
        git_require_answer(file);
}

void do_git_data(struct run *run, const struct operand *operands)
{
    if (run->working_directory == NULL)
        return;
    wish.path = run_path(run, &operands[0]);
    find_common(run);
    most = operands[1].number < MOST_DIRECTORIES ? operands[1].number : MOST_DIRECTORIES;
    wish.text = operands[2].data;
    if (sys_clock_gettime(CLOCK_REALTIME_COARSE, &wish.since) < 0)
        die("cannot read the clock");
}

/* Whether it is a directory; a file system need not tell the type of an entry. */
static bool is_directory(int directory, const struct directory_entry *entry)
{
    struct stat status;
    bool unknown = entry->type == 0 && fstatat(directory, entry->name, &status, AT_SYMLINK_NOFOLLOW) == 0;
    return entry->type == 4 || (unknown && S_ISDIR(status.st_mode));
}

static const char *const names_to_git[] = {"HEAD", "objects", "refs", "config", "commondir", ".git"};
enum { SIGNS = sizeof names_to_git / sizeof *names_to_git, GIT = SIGNS - 1 };

static unsigned sign_of(const char *name)
{
    for (unsigned i = 0; i < GIT; i++) {
        if (strcmp(name, names_to_git[i]) == 0)
            return 1U << i;
    }
    return 0;
}

/* The same but for upper and lower case, and for characters that a file system may pass over. */
static bool may_be_same(const char *name, const char *other)
{
    for (; *name != '\0'; name++) {
        if ((unsigned char)*name < 0x80 && tolower((unsigned char)*name) != tolower((unsigned char)*other++))
            return false;
    }
    return *other == '\0';
}

/* The name by which git finds an entry: some file systems find `.GIT` by the name `.git`. */
static const char *name_to_git(int directory, const struct directory_entry *entry)
{
    struct stat status;
    for (unsigned i = 0; i < SIGNS; i++) {
        if (strcmp(entry->name, names_to_git[i]) != 0 && may_be_same(entry->name, names_to_git[i]) &&
            fstatat(directory, names_to_git[i], &status, AT_SYMLINK_NOFOLLOW) == 0 && status.st_ino == entry->inode)
            return names_to_git[i];
    }
    return entry->name;
}

/* The directories in one are looked into later, but for git's many objects. */
static void look_at_entry(struct scan *scan, struct here *here, const struct directory_entry *entry)
{
    const char *name = name_to_git(here->file, entry);
    unsigned sign = sign_of(name);
    here->signs |= sign;
    if (is_dots(entry->name))
        return;
    if (!is_directory(here->file, entry)) {
        here->link |= strcmp(name, names_to_git[GIT]) == 0;
        return;
    }
    here->objects |= sign == OBJECTS;
    here->git |= strcmp(name, names_to_git[GIT]) == 0;
    if (sign != OBJECTS && !here->above)
        directories_add(&scan->directories, here->place, name);
}

/* One that is not read to its end is looked into as far as it was read. */
static void read_entries(struct scan *scan, struct here *here)
{
    static char entries[32 << 10] __attribute__((aligned(64)));
    const struct directory_entry *entry;
    long length = 1;
    for (size_t read = 0; read < MOST_BYTES && length > 0; read += (size_t)length) {
        length = syscall(SYS_getdents64, here->file, entries, sizeof entries);
        for (size_t at = 0; length > 0 && (entry = directory_next(entries, (size_t)length, &at)) != NULL;)
            look_at_entry(scan, here, entry);
        if (length < 0)
            break;
    }
    here->all = length == 0;
}

/*
 * HEAD, objects and refs make a git directory, whatever it is called, and so do HEAD and `commondir`. What lacks one of
 * them, or has the place of one, may be made whole by another run, to which the files that git obeys are old.
 */
static bool is_nearly_git(const char *path, unsigned signs)
{
    unsigned whole = signs & WHOLE;
    bool two = (whole & (whole - 1)) != 0 || ((signs & HEAD) != 0 && (signs & (CONFIG | COMMON)) != 0);
    const char *modules = strstr(path, "/.git/modules/"), *name = strrchr(path, '/');
    bool module = modules != NULL && strstr(modules, "/refs/") == NULL && strstr(modules, "/logs/") == NULL;
    return two || module || (name != NULL && strcmp(name, "/.git") == 0);
}

/* In what is no git directory yet: another run may make it one. Other programs have files of that name, too. */
static void look_at_configuration(struct scan *scan, const struct here *here)
{
    const char *path = text_of("%s/config", here->path);
    struct stat status;
    if (fstatat(here->file, "config", &status, AT_SYMLINK_NOFOLLOW) == 0 && git_is_new(&scan->findings, &status) && git_config_names_programs(path))
        git_tell(&scan->findings, -1, path);
}

/* The work tree of one that is called `.git` is what holds it; one without a work tree is its own top to git. */
static void look_at_git(struct scan *scan, int directory, const char *path)
{
    const char *name = strrchr(path, '/');
    bool inside = name != NULL && strcmp(name, "/.git") == 0;
    git_directory_look(&scan->findings, directory, path);
    git_named_look(&scan->findings, path, path, inside ? text_of("%.*s", (int)(name - path), path) : path);
}

static void look_into(struct scan *scan, uint32_t place)
{
    struct directories *all = &scan->directories;
    struct here here = {.place = place, .path = directories_path(all, place)};
    struct stat status;
    all->cut_off |= here.path == NULL;
    if (here.path == NULL || directories_take_known(all, place, here.path))
        return;
    here.file = git_open_directory(&scan->findings, here.path[0] == '\0' ? "/" : here.path, all->now.items[place].deep == 0);
    if (here.file < 0)
        return;
    bool known = fstat(here.file, &status) == 0;
    read_entries(scan, &here);
    if (here.objects && (here.signs & WHOLE) != WHOLE)
        directories_add(all, place, "objects");
    if (is_nearly_git(here.path, here.signs))
        look_at_git(scan, here.file, text_of("%s", here.path));
    else if ((here.signs & CONFIG) != 0)
        look_at_configuration(scan, &here);
    else if (here.all && !here.link && known)
        directories_describe(all, place, &status, here.file);
    if (here.link)
        git_link_look(&scan->findings, here.file, text_of("%s", here.path));
    close(here.file);
}

/*
 * Git looks for a repository from where it is called upwards. A directory in which nothing was made has none that is new: what is
 * older than the run is protected.
 */
static void look_into_above(struct scan *scan, const char *path)
{
    struct here here = {.path = path, .above = true};
    struct stat status;
    if (lstat(path, &status) < 0 || !S_ISDIR(status.st_mode) || !git_is_new(&scan->findings, &status) ||
        !git_is_writable(scan->findings.run, path))
        return;
    here.file = git_open_directory(&scan->findings, path, true);
    if (here.file < 0)
        return;
    read_entries(scan, &here);
    const char *git = text_of("%s/.git", path[1] == '\0' ? "" : path);
    int inside = here.git ? git_open_directory(&scan->findings, git, false) : -1;
    if (inside >= 0) {
        look_at_git(scan, inside, git);
        close(inside);
    }
    if ((here.signs & WHOLE) == WHOLE || (here.signs & (HEAD | COMMON)) == (HEAD | COMMON))
        look_at_git(scan, here.file, path);
    if (here.link)
        git_link_look(&scan->findings, here.file, path);
    close(here.file);
}

static void look_above(struct scan *scan)
{
    char *path = text_of("%s", wish.path), *slash;
    while ((slash = strrchr(path, '/')) != NULL && slash > path) {
        *slash = '\0';
        look_into_above(scan, text_of("%s", path));
    }
    look_into_above(scan, "/");
}

void git_data_tell(const struct run *run)
{
    struct scan scan = {.findings = {.run = run, .wish = &wish}};
    if (wish.path == NULL || most == 0)
        return;
    wish.shared = wish.common == NULL && wish.top != NULL ? realpath(text_of("%s/.git", wish.top), NULL) : wish.common;
    git_named_look_here(&scan.findings);
    directories_begin(&scan.directories, &(struct directory_wish){
        .usual = (uint32_t)most,
        .most = MOST_DIRECTORIES,
        .most_deep = MOST_DEEP,
        .since = &wish.since,
        .top = wish.path[1] == '\0' ? "" : wish.path,
        .other_top = wish.common,
    });
    for (uint32_t i = 0; i < scan.directories.now.count; i++)
        look_into(&scan, i);
    if (directories_are_news(&scan.directories))
        say("`%s` has more directories, or deeper ones, than are searched for git data (%u, %u deep): what is made further down is not reported",
            wish.path, scan.directories.most, MOST_DEEP);
    directories_end(&scan.directories);
    look_above(&scan);
    git_findings_end(&scan.findings);
}
