/* A program that is not the command's: executed by descriptor, so that it need not exist inside the sandbox. */
#ifndef HEXE_PROGRAM_H
#define HEXE_PROGRAM_H

/* From here on this program takes the command's place; the descriptor is closed when it is executed. */
void program_use(int descriptor);

/* Its descriptor, or -1, for whoever closes others. */
int *program_descriptor(void);

/* Executes it; returns when there is none. */
void program_execute(char **arguments);

/* A copy of this launcher that nobody can change any more, or its own file where the kernel runs no such copies. */
int program_copy(const char *path);

#endif
