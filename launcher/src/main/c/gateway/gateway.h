/*
 * The sandbox's side of the gateway: sockets that listen inside are made here and handed to a process outside, which
 * answers names, decides, and connects. See docs/network.md.
 */
#ifndef HEXE_GATEWAY_H
#define HEXE_GATEWAY_H

#include <stdbool.h>

struct run;

/* gateway_start.c: a connection to the user's gateway, which is started where none runs. */
int gateway_connect(void);

/* gateway_start.c: where a gateway that was started says why it failed; NULL: it has no place for that. */
const char *gateway_messages(void);

/* hand_over.c, in the supervisor: from here on a signal says that the gateway has something to tell, or is gone. */
void gateway_watch(void);

/* hand_over.c, in the supervisor, on that signal. */
void gateway_look(struct run *run);

/* hand_over.c, in the supervisor: what somebody is to be asked next, once for each question; NULL: nothing. */
const char *gateway_next_question(void);

/* hand_over.c, in the supervisor: what whoever is asked has to know, once; NULL: nothing. */
const char *gateway_next_remark(void);

/* hand_over.c, in the supervisor: passes the answer on. */
void gateway_answer(const char *word);

/* hand_over.c, in the supervisor: whether an answer would be of no use any more. */
bool gateway_has_ended(void);

/* publish.c: makes the two ends and what answers where no connection can be made, and gives the gateway's end. */
int publish_open(struct run *run);

/* publish.c, in the first process: from here on a signal says that somebody wants to connect. */
void publish_begin(const struct run *run);

/* publish.c, in the first process, on that signal: connects and passes the sockets out. */
void publish_serve(struct run *run);

#endif
