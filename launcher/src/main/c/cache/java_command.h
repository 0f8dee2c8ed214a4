/* The command line and the environment of a JVM. */
#ifndef HEXE_JAVA_COMMAND_H
#define HEXE_JAVA_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

/* Who started the launcher, which the JVM cannot ask for itself; see CallerProperty. */
const char *java_caller(void);

/* A growing argument vector; the JVM's own options make it a little longer than the program's arguments. */
struct arguments {
    char **items;
    size_t count, room;
};

/* Adds an argument, which is not copied. */
void arguments_add(struct arguments *arguments, const char *text);

/*
 * All that comes before the program's arguments. `plan`: where it writes a plan, or -1. `compiled_for`: the first word
 * of the command that a plan is compiled for, or NULL.
 */
void java_add_options(struct arguments *arguments, const char *java, int version, int plan, const char *compiled_for);

/* The environment; `starts_again`: what the JVM is spared is kept in it for the launcher. */
char **java_environment(bool starts_again);

/* Whether the user wants to see what Java says. */
bool java_is_debugging(void);

#endif
