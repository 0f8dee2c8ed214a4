/* Signals of a process that waits for another one: taken over while it does, and as they were for the command. */
#ifndef HEXE_SIGNALS_H
#define HEXE_SIGNALS_H

#include <signal.h>
#include <stdbool.h>
#include <time.h>

/* Makes sure that children can be waited for. */
void signals_expect_children(void);

/* Before anything else: whether signals that speak of jobs and of the terminal are waited for as well. */
void signals_of_jobs(bool wanted);

/* Becomes readable when one of those that are waited for is there. */
int signals_open(void);

/* Blocks what is to be waited for. Only the first call counts, until signals_restore. */
void signals_take_over(void);

/* The mask and dispositions the launcher was started with. */
void signals_restore(void);

/* Has SIGURG sent when a descriptor becomes readable, without blocking whoever reads it then; false and errno. */
bool signals_when_readable(int descriptor);

/* After that: what there is to restore may be another thing next time. */
void signals_forget(void);

/* Waits for a signal; 0 when `timeout` (NULL: none) has passed. */
int signals_wait(siginfo_t *information, const struct timespec *timeout);

/* Whether a signal is to be passed on; the terminal sends its own to every process of the foreground group. */
bool signals_forward(const siginfo_t *information, bool own_session);

/* Says so, and ends this process, when the kernel finds a page of a mapped file gone because the file was cut short. */
void signals_expect_lost_pages(void);

/* From here on that is no failure of the set-up: the command may have run. */
void signals_expect_command(void);

/* An exit status from what waitpid gave. */
int signals_exit_status(int status);

/*
 * Ends this process as waitpid says that another one ended: of the same signal, where that is one of a terminal, for a
 * shell tells by it that a loop is to be left. Else with its exit status. The group is told as well where the terminal
 * would have told it.
 */
_Noreturn void signals_end_like(int status, bool tell_group);

#endif
