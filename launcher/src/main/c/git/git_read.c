#include "git_read.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "kernel.h"
#include "messages.h"
#include "text.h"

enum { MOST_COMPARED = 65536, LEAST_ROOM = 4096 };

void git_require_answer(const char *path)
{
    bool other_kind = errno == 0 || errno == ENXIO || errno == EISDIR;
    if (!other_kind && !error_is_answer(errno))
        die("cannot read `%s`", path);
}

/* One byte more than there is room for shows that there is more. */
static ssize_t read_into(int file, char *text, size_t room)
{
    size_t length = 0;
    ssize_t more = 1;
    while (length <= room && more > 0) {
        more = read(file, text + length, room + 1 - length);
        length += more > 0 ? (size_t)more : 0;
    }
    return more < 0 ? -1 : (ssize_t)length;
}

char *git_text_in(int file, size_t most)
{
    struct stat status;
    if (fstat(file, &status) < 0)
        return NULL;
    errno = 0;
    if (!S_ISREG(status.st_mode))
        return NULL;
    size_t room = (uint64_t)status.st_size > most ? most : (size_t)status.st_size;
    room = room < LEAST_ROOM ? LEAST_ROOM : room;
    char *text = malloc(room + 1);
    if (text == NULL)
        die("cannot read a file that git obeys");
    ssize_t length = read_into(file, text, room);
    if (length >= 0 && (size_t)length <= room && memchr(text, '\0', (size_t)length) == NULL) {
        text[length] = '\0';
        return text;
    }
    if (length >= 0)
        errno = (size_t)length > room ? EFBIG : EINVAL;
    int error = errno;
    free(text);
    errno = error;
    return NULL;
}

static char *text_up_to(const char *path, size_t most)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    char *text = file < 0 ? NULL : git_text_in(file, most);
    int error = errno;
    if (file >= 0)
        close(file);
    errno = error;
    return text;
}

char *git_text_of(const char *path)
{
    return text_up_to(path, MOST_COMPARED);
}

char *git_text_at_start(const char *path)
{
    char *text = text_up_to(path, GIT_MOST_BYTES);
    if (text == NULL)
        git_require_answer(path);
    return text;
}

char *git_real_at_start(const char *path)
{
    char *real = realpath(path, NULL);
    if (real == NULL)
        git_require_answer(path);
    return real;
}

/* As git takes it: only ends of lines behind it do not count. What this reader could take otherwise leads nowhere. */
static bool is_plain_path(const char *path)
{
    for (const char *c = path; *c != '\0'; c++) {
        if ((unsigned char)*c < ' ')
            return false;
    }
    return path[0] != '\0' && path[0] != ' ';
}

/* The text is freed. */
static char *path_in(char *text, const char *word, const char *directory)
{
    char *path = NULL;
    if (text == NULL)
        return NULL;
    if (strncmp(text, word, strlen(word)) == 0) {
        char *start = text + strlen(word);
        for (size_t length = strlen(start); length > 0 && strchr("\r\n", start[length - 1]) != NULL; length--)
            start[length - 1] = '\0';
        if (is_plain_path(start))
            path = start[0] == '/' ? text_of("%s", start) : text_of("%s/%s", directory, start);
    }
    free(text);
    errno = 0;
    return path;
}

char *git_led_to(const char *file, const char *word, const char *directory)
{
    return path_in(git_text_of(file), word, directory);
}

char *git_led_to_at_start(const char *file, const char *word, const char *directory)
{
    return path_in(git_text_at_start(file), word, directory);
}
