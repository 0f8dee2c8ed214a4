/*
 * A placeholder is held by a shared lock on it, which ends with its holder however that ends. One that was left behind is
 * known by its content and its mode, and means nothing: who needs it next removes it in the end.
 */
#include "placeholder.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>

#include "git_read.h"
#include "kernel.h"
#include "messages.h"
#include "run.h"
#include "text.h"

enum { NO_REPLACE = 1, MOST = 64, TRIES = 200, FILE_MODE = 0444, DIRECTORY_MODE = 0555 };
enum { OPEN_FLAGS = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC };

static const char in_use[] = "another sandbox in this repository is about to end, or keeps a lock on it: try again when it has ended";

static struct held {
    int directory, file;
    const struct placeholder *placeholder;
} all[MOST];
static unsigned count;

static bool is_at(int directory, const char *name, int file)
{
    struct stat there, opened;
    return fstatat(directory, name, &there, AT_SYMLINK_NOFOLLOW) == 0 && fstat(file, &opened) == 0 &&
           there.st_dev == opened.st_dev && there.st_ino == opened.st_ino;
}

static bool has_content(int file, const char *content)
{
    char bytes[16];
    ssize_t length = pread(file, bytes, sizeof bytes, 0);
    return length >= 0 && (size_t)length == strlen(content) && memcmp(bytes, content, (size_t)length) == 0;
}

static bool is_one(int file, const struct placeholder *placeholder)
{
    struct stat status;
    if (fstat(file, &status) < 0)
        return false;
    mode_t mode = status.st_mode & 07777;
    if (placeholder->content == NULL)
        return S_ISDIR(status.st_mode) && mode == DIRECTORY_MODE;
    return S_ISREG(status.st_mode) && mode == FILE_MODE && has_content(file, placeholder->content);
}

/* It is locked and whole before it has its name. */
static bool finish(int file, const struct placeholder *placeholder)
{
    const char *content = placeholder->content == NULL ? "" : placeholder->content;
    size_t length = strlen(content);
    return (length == 0 || write(file, content, length) == (ssize_t)length) &&
           fchmod(file, placeholder->content == NULL ? DIRECTORY_MODE : FILE_MODE) == 0 && flock(file, LOCK_SH | LOCK_NB) == 0;
}

/* Gives the name to a file that has none, or another one. */
static bool publish(int file, int directory, const char *temporary, const char *name)
{
    char link[64];
    if (temporary != NULL)
        return syscall(SYS_renameat2, directory, temporary, directory, name, NO_REPLACE) == 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    return linkat(AT_FDCWD, link, directory, name, AT_SYMLINK_FOLLOW) == 0;
}

/* For directories, and where there are no files without a name. */
static int open_temporary(int directory, const struct placeholder *placeholder, const char *temporary)
{
    if (placeholder->content != NULL)
        return openat(directory, temporary, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
    if (mkdirat(directory, temporary, 0700) < 0)
        return -1;
    int file = openat(directory, temporary, OPEN_FLAGS | O_DIRECTORY), error = errno;
    if (file < 0)
        unlinkat(directory, temporary, AT_REMOVEDIR);
    errno = error;
    return file;
}

static const char *temporary_name(void)
{
    char suffix[17];
    random_name(suffix);
    return text_of(".hexe-policy-%s", suffix);
}

/* -1 with EEXIST where somebody was faster. */
static int make(int directory, const struct placeholder *placeholder)
{
    const char *temporary = NULL;
    int removal = placeholder->content == NULL ? AT_REMOVEDIR : 0;
    int file = removal != 0 ? -1 : openat(directory, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, FILE_MODE);
    if (file < 0 && (removal != 0 || errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL))
        file = open_temporary(directory, placeholder, temporary = temporary_name());
    if (file < 0)
        return -1;
    if (finish(file, placeholder) && publish(file, directory, temporary, placeholder->name))
        return file;
    int error = errno;
    if (temporary != NULL)
        unlinkat(directory, temporary, removal);
    close(file);
    errno = error;
    return -1;
}

/* What is there, locked; -1 with EBUSY where it is something else, with EAGAIN where it is in use or has gone. */
static int join(int directory, const struct placeholder *placeholder)
{
    int file = openat(directory, placeholder->name, OPEN_FLAGS);
    int error = file >= 0 || errno == ENOENT ? errno : EBUSY;
    if (file >= 0)
        error = !is_one(file, placeholder) ? EBUSY : flock(file, LOCK_SH | LOCK_NB) < 0 ? EAGAIN : 0;
    if (error == 0 && !is_at(directory, placeholder->name, file))
        error = EAGAIN;
    if (error == 0)
        return file;
    if (file >= 0)
        close(file);
    errno = error;
    return -1;
}

static int join_or_make(int directory, const struct placeholder *placeholder)
{
    const struct timespec pause = {.tv_nsec = 5000000};
    for (unsigned try = 0; try < TRIES; try++) {
        int file = join(directory, placeholder);
        if (file < 0 && errno == ENOENT)
            file = make(directory, placeholder);
        if (file >= 0 || (errno != EAGAIN && errno != EEXIST))
            return file;
        nanosleep(&pause, NULL);
    }
    refuse_with_help(in_use, "cannot hold `%s` in the git directory", placeholder->name);
}

static bool is_held(int directory, const char *name)
{
    for (unsigned i = 0; i < count; i++) {
        if (all[i].placeholder->name == name && is_at(directory, name, all[i].file))
            return true;
    }
    return false;
}

/* Where this user can make nothing, the command cannot either. */
static bool is_out_of_reach(int error)
{
    return error == EBUSY || error == EACCES || error == EPERM || error == EROFS;
}

/* In a directory that was opened, and is closed again where nothing is held. */
static bool hold_in(int directory, const char *path, const struct placeholder *placeholder)
{
    int file = join_or_make(directory, placeholder);
    if (file >= 0)
        all[count++] = (struct held){directory, file, placeholder};
    else if (!is_out_of_reach(errno))
        die("cannot make `%s/%s`, which keeps the command from leading git elsewhere", path, placeholder->name);
    return file >= 0;
}

bool placeholder_hold(const char *path, const struct placeholder *placeholder)
{
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) {
        git_require_answer(path);
        return true;
    }
    bool held = is_held(directory, placeholder->name), room = held || count < MOST;
    if (held || !room || !hold_in(directory, path, placeholder))
        close(directory);
    return room;
}

bool placeholder_is_held(const char *path, const struct placeholder *placeholder)
{
    int file = open(path, OPEN_FLAGS);
    if (file < 0)
        return false;
    bool held = is_one(file, placeholder) && flock(file, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK;
    close(file);
    return held;
}

void placeholders_remove(void)
{
    for (; count > 0; count--) {
        const struct held *held = &all[count - 1];
        const char *name = held->placeholder->name;
        if (flock(held->file, LOCK_EX | LOCK_NB) == 0 && is_at(held->directory, name, held->file))
            unlinkat(held->directory, name, held->placeholder->content == NULL ? AT_REMOVEDIR : 0);
        close(held->file);
        close(held->directory);
    }
}
