/* What a compiled plan depends on besides files, as far as it can be seen without parsing anything. */
#ifndef HEXE_KEY_H
#define HEXE_KEY_H

#include "text.h"

/*
 * One line for each input, `name value`: the boot, the launcher and its library, the user and what they may do, the sandbox the
 * launcher is in already, the variables that a profile may read, the file with the policy of the project that the
 * working directory is in, and the arguments. Equal keys have equal inputs.
 * Empty where the boot cannot be told: then nothing is kept, and nothing that was kept is used.
 */
struct text key_build(char *const *arguments);

/* The same for plans that depend on the command's first word, and on PATH. */
struct text key_of_command(const struct text *key, const char *word);

/* The caller's cgroups, which only plans with a cgroup of their own depend on. */
struct text key_of_cgroup(void);

#endif
