/* Files that git obeys, as texts. */
#ifndef HEXE_GIT_READ_H
#define HEXE_GIT_READ_H

#include <stddef.h>

/*
 * What cannot be read by this user, or is something else, leads nowhere; after any other failure nobody knows where it
 * leads, and nothing may run. 0 in errno is no failure.
 */
void git_require_answer(const char *path);

/*
 * Of an opened regular file, all that it holds; NULL and errno: 0 where it is no regular file, EFBIG where it is longer,
 * EINVAL where it holds a NUL.
 */
char *git_text_in(int file, size_t most);

/* The same by a path, for what is compared with what it was; it is followed nowhere. */
char *git_text_of(const char *path);

/* The same before the command starts, of files of any usual length: what fails then ends the run. */
enum { GIT_MOST_BYTES = 1 << 20 };
char *git_text_at_start(const char *path);

/* A path without symlinks before the command starts; NULL: nothing is there. */
char *git_real_at_start(const char *path);

/* What follows `word` in a file of one line, as a path from a directory; NULL: it has no such line, or errno. */
char *git_led_to(const char *file, const char *word, const char *directory);
char *git_led_to_at_start(const char *file, const char *word, const char *directory);

#endif
