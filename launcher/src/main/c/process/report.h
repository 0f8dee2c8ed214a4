/* How the command ended, told by the first process inside, whose own end does not tell a signal from a status. */
#ifndef HEXE_REPORT_H
#define HEXE_REPORT_H

#include <stdbool.h>

struct run;

void report_send(const struct run *run, int status);

/* False when nothing was sent: then the first process itself was killed. */
bool report_receive(int descriptor, int *status);

#endif
