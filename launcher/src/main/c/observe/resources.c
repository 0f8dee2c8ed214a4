#include "resources.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>

#include "kernel.h"
#include "proc.h"

enum { FIELD_USER_TIME = 11 }; /* of /proc/PID/stat, behind the name */

struct limit {
    uint64_t soft, hard; /* the C libraries differ in the type of the resource */
};

int resource_of_call(enum want want, int error)
{
    if (error == EMFILE && (want <= WANT_WRITE || want == WANT_DESCRIPTOR || want == WANT_SOCKET))
        return RLIMIT_NOFILE;
    return error == ENOMEM && want == WANT_MEMORY ? RLIMIT_AS : -1;
}

static bool limit_of(pid_t process, int resource, struct limit *limit)
{
    return syscall(SYS_prlimit64, (long)process, (unsigned long)resource, NULL, limit) == 0;
}

/* Of all threads of a process, in ticks. */
static uint64_t time_used(pid_t process)
{
    char stat[1024];
    unsigned long user = 0, kernel = 0;
    const char *fields = proc_read_of(process, "stat", stat, sizeof stat) ? proc_field(stat, FIELD_USER_TIME) : NULL;
    if (fields == NULL || sscanf(fields, "%lu %lu", &user, &kernel) != 2)
        return 0;
    return user + kernel;
}

/*
 * At the hard limit the kernel sends SIGKILL, as anybody could. It counts ticks for that, and shows what has really been
 * used, which is up to a fifth less where a machine is shared.
 */
static bool has_used_its_time(pid_t process)
{
    struct limit limit;
    uint64_t second = (uint64_t)sysconf(_SC_CLK_TCK);
    if (!limit_of(process, RLIMIT_CPU, &limit) || limit.hard >= UINT64_MAX / second)
        return false;
    uint64_t allowed = limit.hard * second, used = time_used(process);
    uint64_t short_of = allowed / 5 > second ? allowed / 5 : second;
    return used + short_of >= allowed && used * 2 >= allowed;
}

int resource_of_signal(pid_t process, int number)
{
    if (number == SIGXFSZ)
        return RLIMIT_FSIZE;
    return number == SIGXCPU || (number == SIGKILL && has_used_its_time(process)) ? RLIMIT_CPU : -1;
}

bool resource_is_limited_inside(pid_t process, int resource)
{
    struct limit inside, outside;
    return limit_of(process, resource, &inside) && limit_of(0, resource, &outside) && inside.soft < outside.soft;
}

bool resource_reaches(int resource, uint64_t wanted)
{
    struct limit outside;
    return limit_of(0, resource, &outside) && outside.hard >= wanted;
}

/* The effective ids, as this process counts them. */
static bool ids_of(pid_t process, unsigned *user, unsigned *group)
{
    char status[8192];
    bool read = proc_read_of(process, "status", status, sizeof status);
    const char *users = read ? proc_line(status, "Uid:") : NULL, *groups = read ? proc_line(status, "Gid:") : NULL;
    return users != NULL && groups != NULL && sscanf(users, "%*u %u", user) == 1 && sscanf(groups, "%*u %u", group) == 1;
}

static bool host_gives(const char *program)
{
    char path[4096];
    struct statvfs mount;
    ssize_t length = readlink(program, path, sizeof path - 1);
    path[length > 0 ? length : 0] = '\0';
    return sys_prctl(PR_GET_NO_NEW_PRIVS, 0, 0) == 0 && statvfs(path, &mount) == 0 && (mount.f_flag & ST_NOSUID) == 0;
}

/* Who has started all this has capabilities already, where it is root. */
static bool gives_capabilities(const char *program)
{
    return geteuid() != 0 && getxattr(program, "security.capability", NULL, 0) > 0;
}

static bool gives_ids(pid_t process, const struct stat *program)
{
    unsigned user, group;
    bool set_user = (program->st_mode & S_ISUID) != 0, set_group = (program->st_mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP);
    return (set_user || set_group) && ids_of(process, &user, &group) &&
           ((set_user && program->st_uid != user) || (set_group && program->st_gid != group && geteuid() != 0));
}

bool program_gives_in_vain(pid_t process)
{
    char program[64];
    struct stat status;
    snprintf(program, sizeof program, "/proc/%d/exe", process);
    return stat(program, &status) == 0 && (gives_ids(process, &status) || gives_capabilities(program)) && host_gives(program);
}
