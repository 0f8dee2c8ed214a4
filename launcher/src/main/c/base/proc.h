/* Files of a process in /proc, as proc(5) describes them. */
#ifndef HEXE_PROC_H
#define HEXE_PROC_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Reads a small file as text, cut where it is longer. False, and no text, where there is nothing or it cannot be read. */
bool proc_read(int directory, const char *name, char *text, size_t size);

/* The same of a process, or of one of its threads. */
bool proc_read_of(pid_t process, const char *name, char *text, size_t size);

/* Its command line, with spaces between the words; cut where it is longer, and empty where it cannot be read. */
void proc_command(pid_t process, char *text, size_t size);

/* Of the text of `stat`: what follows the name begins with field 0. NULL where there is none. */
const char *proc_field(const char *stat, unsigned number);

/* Of the text of `status`: the rest of the line that begins with this word. NULL where there is none; ends at its newline. */
const char *proc_line(const char *status, const char *word);

/* The same as text of its own. */
bool proc_value(const char *status, const char *word, char *value, size_t size);

#endif
