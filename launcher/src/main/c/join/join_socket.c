#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "join.h"

unsigned join_address(struct sockaddr_un *address, const char name[JOIN_NAME])
{
    static const char prefix[] = "hexe-policy-enter-";
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    memcpy(address->sun_path + 1, prefix, sizeof prefix - 1);
    memcpy(address->sun_path + sizeof prefix, name, JOIN_NAME);
    return offsetof(struct sockaddr_un, sun_path) + sizeof prefix + JOIN_NAME;
}
