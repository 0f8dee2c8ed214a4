/* Maps of several ids, written from outside. */
#ifndef HEXE_ID_MAPS_H
#define HEXE_ID_MAPS_H

#include <stdbool.h>

#include "plan.h"
#include "run.h"

/* Whether the plan has id-maps, and where. */
bool id_maps_find(const struct plan *plan, struct record *record);

/* In the supervisor: maps the ids of its child, and tells it so by a byte on `done`; ends the process on failure. */
void id_maps_write(const struct run *run, const struct record *record, pid_t child, int done);

enum { ID_MAPS_LONGEST = 4096 };

/* Our own map in /proc/self/FILE, each line `INSIDE OUTSIDE COUNT`, with what is inside on both sides; its length. */
size_t id_maps_same(const char *file, char *map);

#endif
