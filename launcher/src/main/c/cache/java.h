/* Java: where it is, and how the compiler and the other commands are started. */
#ifndef HEXE_JAVA_H
#define HEXE_JAVA_H

#include <stdbool.h>

enum { JAVA_OLDEST = 17 };

/* A Java that is new enough; ends the process when there is none. `version` is 0 when it cannot be told. */
const char *java_find(int *version);

/* Becomes the JVM with the program's arguments, which end with NULL. `plan`: where it writes a plan, or -1. */
_Noreturn void java_execute(char *const *arguments, int plan);

/* Runs the compiler with `arguments` as a child, for a command with this first word; returns the descriptor it wrote the plan to. */
int java_compile(char *const *arguments, const char *command);

/*
 * Has `why` say what was refused: `question` are the arguments that chose the profile, `records` what was seen. `file`:
 * where it goes as JSON lines, or -1 for words on standard error. What it cannot say is lost, and nothing else.
 */
void java_report(char *const *question, int records, int file);

#endif
