/* The command's descendants where neither a cgroup nor a pid namespace holds them together. */
#ifndef HEXE_ORPHANS_H
#define HEXE_ORPHANS_H

/* From here on they become this process's children when their parent ends. */
void orphans_adopt(void);

/* Kills them all, when the command itself has been waited for. */
void orphans_kill(void);

#endif
