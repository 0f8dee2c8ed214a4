/* The acts a probe can try. Each takes its arguments as strings and answers 0, or the errno it failed with. */
#ifndef ACTS_H
#define ACTS_H

struct act {
    const char *name;
    int arguments;
    int (*try)(char **arguments);
};

extern const struct act entry_acts[];
extern const struct act file_acts[];
extern const struct act kernel_acts[];
extern const struct act outsider_acts[];
extern const struct act process_acts[];
extern const struct act socket_acts[];

#endif
