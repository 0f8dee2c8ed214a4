/* An address or a network, as a plan has it. */
#ifndef HEXE_NETWORK_ADDRESS_H
#define HEXE_NETWORK_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

struct network_address {
    int family;
    unsigned prefix;
    size_t length; /* of the bytes: 4 or 16 */
    unsigned char bytes[16];
};

/* `198.18.0.0/15`, or an address without a prefix. */
bool network_address_parse(const char *text, struct network_address *address);

#endif
