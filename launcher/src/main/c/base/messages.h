/* What the launcher says, and how it ends when something fails. */
#ifndef HEXE_MESSAGES_H
#define HEXE_MESSAGES_H

#include <errno.h>
#include <stdint.h>

/* Exit statuses as in env(1) and nohup(1); 125 always means that no command was run. */
enum { EXIT_NOTHING_RAN = 125, EXIT_NOT_EXECUTABLE = 126, EXIT_NOT_FOUND = 127, EXIT_SIGNAL = 128 };

/* What a probe's child writes to its parent: how far it got. */
struct report {
    uint32_t kind; /* one of enum report_kind */
    uint32_t record;
    int64_t value; /* the probe's value, an errno or a signal */
};
enum report_kind { REPORT_OK = 1, REPORT_FAILED = 2, REPORT_KILLED = 3, REPORT_PART = 4 };

/* One line on standard error, `hexe-policy: …`. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Ends the process after a message, with the text of `error` unless that is 0, and a help line unless NULL. */
_Noreturn void end(int status, int error, const char *help, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Set-up failed in a system call (errno says how), or must not go on: no command is run. */
#define die(...) end(EXIT_NOTHING_RAN, errno, NULL, __VA_ARGS__)
#define die_with_help(help, ...) end(EXIT_NOTHING_RAN, errno, help, __VA_ARGS__)
#define refuse(...) end(EXIT_NOTHING_RAN, 0, NULL, __VA_ARGS__)
#define refuse_with_help(help, ...) end(EXIT_NOTHING_RAN, 0, help, __VA_ARGS__)

/* Names the action that is being carried out, for the messages about its failure; NULL when there is none. */
void messages_set_action(const char *name, uint32_t record);

/* From here on nothing is printed; the end is reported to this descriptor. */
void messages_report_to(int descriptor);
void messages_report(enum report_kind kind, int64_t value);

/* The command has ended: a terminal that it left in disorder is set right before the next line. */
void messages_after_command(void);

/* Called before the process ends with a failure, to remove what it made; NULL: nothing. */
void messages_before_end(void (*clean_up)(void));

/* Called first of all when set-up fails, after the clean-up; it need not return. NULL: nothing. */
void messages_on_failure(void (*act)(void));

/* Called with the exit status and the message of a failure, before it is cleaned up. NULL: nothing. */
void messages_tell_failures(void (*tell)(int status, const char *message));

/* The kernel's name of an error or a signal, or NULL. */
const char *error_name(int error);
const char *signal_name(int signal);

#endif
