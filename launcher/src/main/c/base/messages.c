#include "messages.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "printable.h"

static const char *action_name;
static uint32_t action_record;
static int report_descriptor = -1;
static bool behind_command;
static void (*clean_up_before_end)(void);
static void (*on_failure)(void);
static void (*tell_of_failure)(int status, const char *message);

void messages_set_action(const char *name, uint32_t record)
{
    action_name = name;
    action_record = record;
}

void messages_report_to(int descriptor)
{
    report_descriptor = descriptor;
}

void messages_before_end(void (*clean_up)(void))
{
    clean_up_before_end = clean_up;
}

void messages_on_failure(void (*act)(void))
{
    on_failure = act;
}

void messages_tell_failures(void (*tell)(int status, const char *message))
{
    tell_of_failure = tell;
}

void messages_report(enum report_kind kind, int64_t value)
{
    struct report report = {.kind = kind, .record = action_record, .value = value};
    /* Nobody is left to tell when this fails; the parent then reports how this process ended. */
    ssize_t ignored = write(report_descriptor, &report, sizeof report);
    (void)ignored;
}

/* A message built from names that others chose must not drive the terminal it is shown on, and has one line. */
static void disarm(char *text)
{
    bool shown;
    char *to = text;
    for (size_t length; *text != '\0'; text += length) {
        length = printable_next(text, &shown);
        if (!shown || (unsigned char)*text < ' ')
            *to++ = '?';
        else
            to = (char *)memmove(to, text, length) + length;
    }
    *to = '\0';
}

/*
 * What a command wrote last could keep a terminal from showing what is said behind it: in a sequence that has no end
 * (CAN, ST), on another screen, in invisible letters, in another alphabet, or in the colour of the paper.
 */
static const char *visible_again(void)
{
    const char *kind = behind_command && isatty(STDERR_FILENO) ? getenv("TERM") : NULL;
    behind_command = false;
    if (kind == NULL || strcmp(kind, "dumb") == 0)
        return "";
    /* the console shows part of the two sequences for the usual colours, and has none to set */
    return strcmp(kind, "linux") == 0 ? "\030\033[!p\033[0m\033(B\017"
                                      : "\030\033\\\033[?47l\033[!p\033[0m\033(B\017\033]110\033\\\033]111\033\\";
}

void messages_after_command(void)
{
    behind_command = true;
}

/* One write, so that lines of several processes do not mix. */
static void print_lines(char *message, const char *help)
{
    char lines[6144];
    disarm(message);
    int length = snprintf(lines, sizeof lines, help == NULL ? "%shexe-policy: %s\n" : "%shexe-policy: %s\n  help: %s\n",
                          visible_again(), message, help);
    if (length < 0)
        return;
    size_t size = (size_t)length < sizeof lines ? (size_t)length : sizeof lines - 1;
    ssize_t ignored = write(STDERR_FILENO, lines, size);
    (void)ignored;
}

void say(const char *format, ...)
{
    char message[4096];
    va_list arguments;
    if (report_descriptor >= 0)
        return;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    print_lines(message, NULL);
}

/* `: no such file or directory (action `bind`, record 7)`; strerror's sentence starts inside ours. */
static void append_reason(char *message, size_t size, int error)
{
    size_t used = strlen(message);
    if (error != 0) {
        const char *reason = strerror(error);
        snprintf(message + used, size - used, ": %c%s", tolower((unsigned char)reason[0]), reason + 1);
        used = strlen(message);
    }
    if (action_name != NULL)
        snprintf(message + used, size - used, " (action `%s`, record %u)", action_name, action_record);
}

static void clean_up(void)
{
    if (clean_up_before_end != NULL)
        clean_up_before_end();
}

/* For a failure of no particular action. */
static const char *help_for(int error)
{
    if (error == EAGAIN)
        return "end some processes, or raise the limit on them (`ulimit -u`, or pids.max of the control group)";
    if (error == EFBIG)
        return "raise the limit on the size of files (`ulimit -f`)";
    return error == EMFILE ? "raise the limit on open files (`ulimit -n`)" : NULL;
}

void end(int status, int error, const char *help, const char *format, ...)
{
    char message[4096];
    va_list arguments;
    if (status == EXIT_NOTHING_RAN && on_failure != NULL) {
        clean_up();
        on_failure();
    }
    if (report_descriptor >= 0) {
        messages_report(REPORT_FAILED, error != 0 ? error : EINVAL);
    } else {
        va_start(arguments, format);
        vsnprintf(message, sizeof message, format, arguments);
        va_end(arguments);
        append_reason(message, sizeof message, error);
        print_lines(message, help == NULL ? help_for(error) : help);
        if (tell_of_failure != NULL)
            tell_of_failure(status, message);
    }
    clean_up();
    _exit(status);
}
