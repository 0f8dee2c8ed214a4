/* Overlays that keep their changes leave something behind. */
#ifndef HEXE_OVERLAY_H
#define HEXE_OVERLAY_H

#include "run.h"

/* Removes what the kernel left in the work directories; safe to call when there is nothing. */
void overlay_clean_up(const struct run *run);

#endif
