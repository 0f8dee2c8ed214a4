/* `hexe-policy apply`, and what belongs to its cache. */
#ifndef HEXE_APPLY_H
#define HEXE_APPLY_H

/* `arguments` are the program's own, `apply` first. */
_Noreturn void apply(char **arguments);

/* `hexe-policy why`: the same, observed, where there is a command; else Java answers. */
_Noreturn void apply_observed(char **arguments);

/* `hexe-policy float`: Java says whether the command runs here, or a terminal multiplexer opens a window for it. */
_Noreturn void apply_float(char **arguments);

/* `hexe-policy cache why …`: whether `apply …` would find a plan, and why not. */
_Noreturn void apply_explain(char **arguments);

#endif
