/* A program that is not the command's: executed by descriptor, so that it need not exist inside the sandbox. */
#ifndef HEXE_PROGRAM_H
#define HEXE_PROGRAM_H

/* From here on this program takes the command's place; the descriptor is closed when it is executed. */
void program_use(int descriptor);

/* What may be closed from `first` on: the program's descriptor, if there is one, is moved out of the way. */
unsigned program_keep(unsigned first);

/* Executes it; returns when there is none. */
void program_execute(char **arguments);

/* A copy of this launcher that nobody can change any more, or its own file where the kernel runs no such copies. */
int program_copy(const char *path);

#endif
