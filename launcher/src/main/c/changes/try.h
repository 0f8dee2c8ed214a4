/* `hexe-policy try`: what a command changes is kept apart, and somebody is asked about it when it has ended. */
#ifndef HEXE_TRY_H
#define HEXE_TRY_H

/*
 * Starts a child that goes on as `apply` would, and returns in it; this process waits for it, has the question asked, and
 * ends as the command did. Where `arguments` have no command it returns at once.
 */
void try_begin(char **arguments);

#endif
