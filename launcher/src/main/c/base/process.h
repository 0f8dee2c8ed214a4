/* The launcher's own process. */
#ifndef HEXE_PROCESS_H
#define HEXE_PROCESS_H

/* Opens /dev/null for standard descriptors that are closed: what we open must not be taken for one of them. */
void process_open_standard_descriptors(void);

/* Standard input has been read to its end: what starts from here on finds nothing there, nor the file it was. */
void process_close_input(void);

/* Remembers who started this process. */
void process_remember_caller(void);

/* The kernel kills this process with the thread that started it; one that has ended meanwhile counts as well. */
void process_die_with_caller(void);

/* Modes of what a plan makes are exact; the caller's file mode mask is the command's again. */
void process_clear_mask(void);
void process_restore_mask(void);

/* It is this one instead. */
void process_choose_mask(unsigned mask);

/* Who has started this program, as the kernel told it then; nothing here changes that before there is a sandbox. */
struct caller_ids {
    unsigned user, effective_user, group, effective_group;
};
const struct caller_ids *process_caller_ids(void);

#endif
