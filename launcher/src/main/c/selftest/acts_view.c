/* Acts that look around and tell what they see. */
#include <dirent.h>
#include <errno.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <sys/utsname.h>

#include "acts.h"
#include "kernel.h"

enum { DEVICE_DEPTH = 3, DESCRIPTORS = 4096 };

/* With a comma before it if it is not the first; what does not fit is cut off. */
static void append(char *value, const char *text)
{
    size_t used = strlen(value);
    snprintf(value + used, ACT_VALUE - used, "%s%s", used > 0 ? "," : "", text);
}

static bool is_special(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static int try_entries(char **arguments, char *value)
{
    DIR *directory = opendir(act_path(arguments[0]));
    struct dirent *entry;
    unsigned count = 0;
    if (directory == NULL)
        return errno;
    while ((entry = readdir(directory)) != NULL)
        count += is_special(entry->d_name) ? 0 : 1;
    closedir(directory);
    snprintf(value, ACT_VALUE, "%u", count);
    return 0;
}

/* null, zero, full, random, urandom; tty, ptmx; pseudo terminals. */
static bool is_harmless(dev_t device)
{
    unsigned group = major(device), number = minor(device);
    if (group == 1)
        return number == 3 || number == 5 || number == 7 || number == 8 || number == 9;
    if (group == 5)
        return number == 0 || number == 2;
    return group >= 136 && group <= 143;
}

static void look_for_devices(const char *path, int depth, char *value)
{
    DIR *directory = opendir(path);
    struct dirent *entry;
    if (directory == NULL)
        return;
    while ((entry = readdir(directory)) != NULL) {
        char name[4096];
        struct stat status;
        int length = snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (is_special(entry->d_name) || length >= (int)sizeof name || lstat(name, &status) < 0)
            continue;
        bool device = S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode);
        if (device && !is_harmless(status.st_rdev))
            append(value, name);
        if (S_ISDIR(status.st_mode) && depth > 0)
            look_for_devices(name, depth - 1, value);
    }
    closedir(directory);
}

static int try_other_devices(char **arguments, char *value)
{
    (void)arguments;
    look_for_devices("/dev", DEVICE_DEPTH, value);
    return 0;
}

/* Those of our own are closed on execution. */
static int try_descriptors(char **arguments, char *value)
{
    unsigned count = 0;
    (void)arguments;
    for (int descriptor = 3; descriptor < DESCRIPTORS; descriptor++) {
        int flags = fcntl(descriptor, F_GETFD);
        count += flags >= 0 && (flags & FD_CLOEXEC) == 0 ? 1 : 0;
    }
    snprintf(value, ACT_VALUE, "%u", count);
    return 0;
}

/* The raw call shows a directory that cannot be reached from the root. */
static int try_working_directory(char **arguments, char *value)
{
    (void)arguments;
    return act_result(syscall(SYS_getcwd, value, ACT_VALUE));
}

static int try_hostname(char **arguments, char *value)
{
    struct utsname names;
    (void)arguments;
    int error = act_result(uname(&names));
    if (error == 0)
        append(value, names.nodename);
    return error;
}

/* The part behind the second colon of each line, unless it is the root. */
static int try_cgroups(char **arguments, char *value)
{
    char line[4096];
    FILE *list = fopen("/proc/self/cgroup", "re");
    (void)arguments;
    if (list == NULL)
        return UNABLE(errno);
    while (fgets(line, sizeof line, list) != NULL) {
        char *path = strchr(line, '/');
        line[strcspn(line, "\n")] = '\0';
        if (path != NULL && strcmp(path, "/") != 0)
            append(value, path);
    }
    fclose(list);
    return 0;
}

static int try_shared_mounts(char **arguments, char *value)
{
    char line[8192];
    unsigned count = 0;
    FILE *list = fopen("/proc/self/mountinfo", "re");
    (void)arguments;
    if (list == NULL)
        return UNABLE(errno);
    while (fgets(line, sizeof line, list) != NULL)
        count += strstr(line, " shared:") != NULL ? 1 : 0;
    fclose(list);
    snprintf(value, ACT_VALUE, "%u", count);
    return 0;
}

static int try_namespace(char **arguments, char *value)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/ns/%s", arguments[0]);
    return readlink(path, value, ACT_VALUE - 1) < 0 ? UNABLE(errno) : 0;
}

static int try_interfaces(char **arguments, char *value)
{
    struct if_nameindex *all = if_nameindex();
    (void)arguments;
    if (all == NULL)
        return errno;
    for (struct if_nameindex *each = all; each->if_name != NULL; each++)
        append(value, each->if_name);
    if_freenameindex(all);
    return 0;
}

const struct act view_acts[] = {
    {"entries", 1, try_entries},
    {"other-devices", 0, try_other_devices},
    {"inherited-descriptors", 0, try_descriptors},
    {"working-directory", 0, try_working_directory},
    {"hostname", 0, try_hostname},
    {"cgroups", 0, try_cgroups},
    {"shared-mounts", 0, try_shared_mounts},
    {"namespace", 1, try_namespace},
    {"interfaces", 0, try_interfaces},
    {.name = NULL},
};
