/* A change beside what is on the host now. */
#ifndef HEXE_COMPARE_H
#define HEXE_COMPARE_H

#include "scan.h"

/* Bits that are carried over: setuid and setgid never are. */
mode_t compare_bits(mode_t mode);

/* Whether the host's entry holds what the change puts there, whatever its mode and times are. */
bool compare_holds_the_same(const struct change *change, const struct stat *now);

/* Whether the host's entry is already what the change makes of it. */
bool compare_is_done(const struct change *change, bool there, const struct stat *now);

/* Whether the host's entry is as it was before the run; `there`: whether there is one. */
bool compare_is_before(const struct change *change, bool there, const struct stat *now);

#endif
