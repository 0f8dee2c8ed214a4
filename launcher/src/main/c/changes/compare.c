#include "compare.h"

#include <stdlib.h>
#include <string.h>

#include "beneath.h"
#include "contents.h"
#include "kernel.h"

enum { FILE_FLAGS = O_RDONLY | O_NONBLOCK | O_NOCTTY, IN_MODE = 0777, IN_DIRECTORY_MODE = 01777 };

mode_t compare_bits(mode_t mode)
{
    return mode & (S_ISDIR(mode) ? IN_DIRECTORY_MODE : IN_MODE);
}

static bool same_kind(mode_t one, mode_t other)
{
    return (one & S_IFMT) == (other & S_IFMT);
}

static bool same_contents(const struct change *change)
{
    int ours = beneath_open(change->tree->after, change->path, FILE_FLAGS);
    int theirs = beneath_open(change->tree->host, change->path, FILE_FLAGS);
    bool same = ours >= 0 && theirs >= 0 && contents_equal(ours, theirs);
    if (ours >= 0)
        close(ours);
    if (theirs >= 0)
        close(theirs);
    return same;
}

static bool same_link(const struct change *change)
{
    char *theirs = beneath_link(change->tree->host, change->path);
    bool same = theirs != NULL && change->link != NULL && strcmp(theirs, change->link) == 0;
    free(theirs);
    return same;
}

static bool same_time(const struct stat *one, const struct stat *other)
{
    return one->st_mtim.tv_sec == other->st_mtim.tv_sec && one->st_mtim.tv_nsec == other->st_mtim.tv_nsec;
}

bool compare_holds_the_same(const struct change *change, const struct stat *now)
{
    if (!same_kind(now->st_mode, change->after.st_mode))
        return false;
    if (S_ISLNK(now->st_mode))
        return same_link(change);
    return S_ISDIR(now->st_mode) ||
           (S_ISREG(now->st_mode) && now->st_size == change->after.st_size && same_contents(change));
}

bool compare_is_done(const struct change *change, bool there, const struct stat *now)
{
    if (change->kind == CHANGE_REMOVE)
        return !there;
    if (!there || !compare_holds_the_same(change, now))
        return false;
    return S_ISLNK(now->st_mode) || (compare_bits(now->st_mode) == compare_bits(change->after.st_mode) &&
                                     (S_ISDIR(now->st_mode) || change->kind != CHANGE_TIME || same_time(now, &change->after)));
}

bool compare_is_before(const struct change *change, bool there, const struct stat *now)
{
    return change->before == NULL ? !there : there && state_is(&change->before->state, now);
}
