/* hexe-prover: what is inside a sandbox that is tried out, and what it must keep away from. Only `verify` starts it. */
#include "prover.h"

#include <string.h>

#include "messages.h"
#include "process.h"

static const char attempts[] = "--attempts=";

int main(int count, char **arguments)
{
    process_open_standard_descriptors();
    if (count > 1 && strncmp(arguments[1], attempts, sizeof attempts - 1) == 0) {
        terminal_acts_spare(arguments[1] + sizeof attempts - 1);
        attempts_main(arguments + 2);
    }
    if (count == 3 && strcmp(arguments[1], "--bystander") == 0)
        bystander_main(arguments[2]);
    refuse("this program is started by `hexe-policy verify`");
}
