/* keyctl(2): whoever inherits a session keyring reads the keys in it, and can put others there. */
#include <errno.h>

#include "actions.h"
#include "kernel.h"
#include "messages.h"

enum { JOIN_SESSION_KEYRING = 1 };

/*
 * Where the kernel has no keys, or a filter denies them, the command has none either: it inherits the filter. The keys
 * of a user belong to the user namespace, which is new as well.
 */
void do_own_keyring(struct run *run, const struct operand *operands)
{
    (void)run;
    (void)operands;
    if (syscall(SYS_keyctl, JOIN_SESSION_KEYRING, NULL, 0UL, 0UL, 0UL) >= 0 || errno == ENOSYS || errno == EPERM)
        return;
    die_with_help(errno == EDQUOT ? "`/proc/key-users` shows how many keys each user has" : NULL,
                  "cannot make a session keyring");
}
