/* One change, carried out on the host: nothing that is there and was not there before the run is lost. */
#ifndef HEXE_EXCHANGE_H
#define HEXE_EXCHANGE_H

#include "scan.h"

enum verdict {
    VERDICT_DONE,
    VERDICT_CONFLICT, /* something else is there now */
    VERDICT_ALTERED,  /* what was to be put there is not what it was when it was shown */
    VERDICT_FAILED,   /* and errno */
};

/* `temporary` is a name that nobody else uses, for what is not at its place yet, or not any more. */
enum verdict exchange_carry_out(const struct change *change, const char *temporary);

/* Gives a directory the mode that it is to have in the end. */
enum verdict exchange_set_mode(const struct change *change);

/*
 * An earlier time was interrupted: what is under the temporary name is either ours, or it was the host's. The host's goes
 * back to its place, unless it is what the change was made from.
 */
void exchange_settle(const struct tree *tree, const char *path, const char *temporary);

#endif
