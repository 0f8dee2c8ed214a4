#ifndef HEXE_OLD_ROOT_H
#define HEXE_OLD_ROOT_H

/*
 * Takes everything off the new root, which is the working directory, after the switch to it. `root` is its descriptor;
 * `mounts` is how many were made at `/`, one over another.
 */
void old_root_detach(int root, unsigned mounts);

#endif
