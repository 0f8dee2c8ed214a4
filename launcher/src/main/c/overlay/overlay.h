/* Overlays that keep their changes leave something behind. */
#ifndef HEXE_OVERLAY_H
#define HEXE_OVERLAY_H

#include "run.h"

/*
 * An overlay of the layers that the run has, which is nowhere yet; -1 and errno where these directories cannot be one.
 * `redirect_dir` and `metacopy` are off, so what is in the upper directory is all there is.
 */
int overlay_try(const struct run *run, int upper, int work, uint64_t attributes);

/* Where the kernel cannot use a work directory, it makes an overlay to be read, and says so in its log alone. */
bool overlay_is_writable(int mount);

/* Removes what the kernel left in the work directories; safe to call when there is nothing. */
void overlay_clean_up(const struct run *run);

#endif
