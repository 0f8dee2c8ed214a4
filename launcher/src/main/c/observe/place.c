#include "place.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "kernel.h"

enum { MOST_LINKS = 40 };

void place_base(pid_t thread, int directory, char base[PLACE_LENGTH])
{
    char link[64];
    if (directory == AT_FDCWD)
        snprintf(link, sizeof link, "/proc/%d/cwd", thread);
    else
        snprintf(link, sizeof link, "/proc/%d/fd/%d", thread, directory);
    ssize_t length = readlink(link, base, PLACE_LENGTH - 1);
    base[length < 0 || base[0] != '/' ? 0 : length] = '\0';
}

static int open_beneath(int root, const char *path)
{
    struct open_how how = {
        .flags = O_PATH | O_NOFOLLOW | O_CLOEXEC,
        .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS,
    };
    return sys_openat2(root, path, &how);
}

/* A name is added to the path; `.` and `..` are resolved. Nothing is added that does not fit. */
static void enter(char path[PLACE_LENGTH], const char *name, size_t length)
{
    size_t used = strlen(path);
    if (length == 0 || (length == 1 && name[0] == '.'))
        return;
    if (length == 2 && name[0] == '.' && name[1] == '.') {
        char *slash = strrchr(path, '/');
        if (slash != NULL)
            *slash = '\0';
    } else if (used + length + 2 <= PLACE_LENGTH) {
        path[used] = '/';
        memcpy(path + used + 1, name, length);
        path[used + 1 + length] = '\0';
    }
}

struct walk {
    int root;
    unsigned links;
    char rest[2 * PLACE_LENGTH];
    struct place *place;
};

/* Where the path so far is a symlink, what it says takes its place before the rest. */
static bool follow_link(struct walk *walk, int file, const char *after)
{
    static char text[2 * PLACE_LENGTH];
    static char target[PLACE_LENGTH];
    ssize_t length = readlinkat(file, "", target, sizeof target - 1);
    if (length <= 0 || ++walk->links > MOST_LINKS)
        return false;
    target[length] = '\0';
    snprintf(text, sizeof text, "%s/%s", target, after);
    memcpy(walk->rest, text, sizeof text);
    char *slash = strrchr(walk->place->path, '/');
    if (target[0] == '/')
        walk->place->path[0] = '\0';
    else if (slash != NULL)
        *slash = '\0';
    return true;
}

/* The numbers below /proc are those of who looks: nothing is followed there. */
static bool is_process(const char *path)
{
    return strncmp(path, "/proc/", 6) == 0;
}

/* Is it a process, and nothing in it? Inside it is there or not by that number. */
static bool is_number(const char *path)
{
    static const char digits[] = "0123456789";
    return is_process(path) && path[6] != '\0' && path[6 + strspn(path + 6, digits)] == '\0';
}

/* True when the rest is another one now. */
static bool step(struct walk *walk, const char *after, bool follow)
{
    struct place *place = walk->place;
    struct stat status;
    if (place->absent[0] != '\0' || (is_process(place->path) && !is_number(place->path)))
        return false;
    int file = open_beneath(walk->root, place->path[0] == '\0' ? "/" : place->path);
    if (file < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            memcpy(place->absent, place->path, sizeof place->absent);
        return false;
    }
    bool followed = follow && fstat(file, &status) == 0 && S_ISLNK(status.st_mode) && follow_link(walk, file, after);
    close(file);
    return followed;
}

static bool is_last(const char *rest)
{
    return rest[strspn(rest, "/")] == '\0';
}

void place_find(pid_t thread, const char *base, const char *path, bool follow, struct place *place)
{
    static struct walk walk;
    char link[64];
    snprintf(link, sizeof link, "/proc/%d/root", thread);
    walk = (struct walk){.root = open(link, O_PATH | O_DIRECTORY | O_CLOEXEC), .place = place};
    place->path[0] = place->absent[0] = '\0';
    snprintf(walk.rest, sizeof walk.rest, "%s/%s", path[0] == '/' ? "" : base, path);
    for (const char *next = walk.rest; *next != '\0';) {
        next += strspn(next, "/");
        size_t length = strcspn(next, "/");
        const char *after = next + length;
        enter(place->path, next, length);
        next = step(&walk, after, follow || !is_last(after)) ? walk.rest : after;
    }
    if (place->path[0] == '\0')
        snprintf(place->path, sizeof place->path, "/");
    if (walk.root >= 0)
        close(walk.root);
}
