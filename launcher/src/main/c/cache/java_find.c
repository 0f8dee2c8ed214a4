/*
 * Looks for a Java. Whoever starts the launcher may choose it, for it has no more rights than they have; but not where the
 * site has rules.
 */
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dependencies.h"
#include "java.h"
#include "messages.h"
#include "text.h"

/* Where distributions install it; openSUSE has the second. */
static const char *const system_directories[] = {"/usr/lib/jvm", "/usr/lib64/jvm"};

/* The first number of JAVA_VERSION="17.0.1" in the file `release` of the installation; 0 when there is none. */
static int version_in(const char *release)
{
    static const char key[] = "JAVA_VERSION=\"";
    char content[8192];
    int file = open(release, O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? -1 : read(file, content, sizeof content - 1);
    if (file >= 0)
        close(file);
    content[length > 0 ? length : 0] = '\0';
    const char *found = strstr(content, key);
    return found == NULL ? 0 : atoi(found + sizeof key - 1);
}

/* Follows the symlinks that distributions make; the C library's way of doing so is longer. */
static bool real_path(const char *path, char real[PATH_MAX])
{
    int file = open(path, O_PATH | O_CLOEXEC);
    if (file < 0)
        return false;
    ssize_t length = readlink(text_of("/proc/self/fd/%d", file), real, PATH_MAX - 1);
    close(file);
    real[length > 0 ? length : 0] = '\0';
    return length > 0;
}

static int version_of(const char *java)
{
    char path[PATH_MAX + sizeof "/release"];
    if (!real_path(java, path))
        return 0;
    char *end = strstr(path, "/bin/java");
    if (end == NULL)
        return 0;
    memcpy(end, "/release", sizeof "/release");
    return version_in(path);
}

/* Whether root alone can have put it there. In a sticky directory others cannot replace what is root's. */
static bool is_roots(const char *java)
{
    char path[PATH_MAX];
    struct stat status;
    if (!real_path(java, path))
        return false;
    for (char *end = path + strlen(path); end > path; end = strrchr(path, '/')) {
        *end = '\0';
        if (stat(path, &status) < 0 || status.st_uid != 0 ||
            ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0 && !(S_ISDIR(status.st_mode) && (status.st_mode & S_ISVTX) != 0)))
            return false;
    }
    return true;
}

/* What root's own commands can write is root's as well. */
static bool is_in_home(const char *java)
{
    char path[PATH_MAX], home[PATH_MAX];
    const char *named = getenv("HOME");
    if (named == NULL || !real_path(named, home) || !real_path(java, path))
        return false;
    size_t length = strcmp(home, "/") == 0 ? 0 : strlen(home);
    return strncmp(path, home, length) == 0 && path[length] == '/';
}

/* Java reads the rules of a site: whoever they are for must not bring one along that does not. */
static bool trusted(const char *java)
{
    return !dependencies_site_has_rules() || is_roots(java);
}

/* A version that cannot be told is not held against a Java that somebody named. */
static bool usable(const char *java, int *version)
{
    if (access(java, X_OK) < 0)
        return false;
    *version = version_of(java);
    return *version == 0 || *version >= JAVA_OLDEST;
}

/* The working directory, which a relative path or an empty element of PATH means, is no place to take a program from. */
static bool in_home(const char *variable, char path[PATH_MAX], int *version)
{
    const char *home = getenv(variable);
    if (home == NULL || home[0] != '/')
        return false;
    int length = snprintf(path, PATH_MAX, "%s/bin/java", home);
    return length < PATH_MAX && usable(path, version) && trusted(path);
}

static bool in_search_path(char path[PATH_MAX], int *version)
{
    const char *element = getenv("PATH");
    while (element != NULL) {
        size_t length = strcspn(element, ":");
        if (element[0] == '/' && snprintf(path, PATH_MAX, "%.*s/java", (int)length, element) < PATH_MAX &&
            usable(path, version) && trusted(path))
            return true;
        element = element[length] == ':' ? element + length + 1 : NULL;
    }
    return false;
}

/* Takes the newest in a directory, where it is newer than VERSION. */
static void newest_in(const char *directory, char path[PATH_MAX], int *version)
{
    DIR *listing = opendir(directory);
    struct dirent *entry;
    char candidate[PATH_MAX];
    while (listing != NULL && (entry = readdir(listing)) != NULL) {
        int found;
        int length = snprintf(candidate, sizeof candidate, "%s/%s/bin/java", directory, entry->d_name);
        if (entry->d_name[0] != '.' && length < PATH_MAX && usable(candidate, &found) && found > *version) {
            *version = found;
            memcpy(path, candidate, PATH_MAX);
        }
    }
    if (listing != NULL)
        closedir(listing);
}

/* The newest of those the distribution installed. */
static bool in_system(char path[PATH_MAX], int *version)
{
    *version = 0;
    for (size_t i = 0; i < sizeof system_directories / sizeof *system_directories; i++)
        newest_in(system_directories[i], path, version);
    return *version > 0;
}

const char *java_find(int *version)
{
    static char path[PATH_MAX];
    if (in_home("HEXE_JAVA_HOME", path, version))
        return path;
    const char *chosen = getenv("HEXE_JAVA_HOME");
    if (chosen != NULL && chosen[0] != '\0' && chosen[0] != '/')
        refuse_with_help("write all of the path", "HEXE_JAVA_HOME is `%s`, which depends on the working directory", chosen);
    if (chosen != NULL && chosen[0] != '\0' && usable(path, version))
        refuse_with_help("unset it, or have the administrator install that Java",
                         "this site has rules, and the Java in `%s`, which HEXE_JAVA_HOME names, can be changed by others than root",
                         chosen);
    if (chosen != NULL && chosen[0] != '\0')
        refuse("there is no Java %d or newer in `%s`, which HEXE_JAVA_HOME names", JAVA_OLDEST, chosen);
    /*
     * A directory of the home may come first in PATH, or be named by JAVA_HOME and be missing: a sandboxed command may have
     * made a `java` there. One that root alone can put in place, outside of the home, comes first.
     */
    if (in_home("JAVA_HOME", path, version) && is_roots(path) && !is_in_home(path))
        return path;
    if (in_system(path, version) || in_home("JAVA_HOME", path, version) || in_search_path(path, version))
        return path;
    refuse_with_help("install a Java runtime (Debian: default-jre-headless) or set HEXE_JAVA_HOME",
                     "there is no Java %d or newer in JAVA_HOME, %s, %s or PATH", JAVA_OLDEST, system_directories[0],
                     system_directories[1]);
}
