#include "network_address.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

bool network_address_parse(const char *text, struct network_address *address)
{
    char bare[64];
    size_t length = strcspn(text, "/");
    if (length >= sizeof bare)
        return false;
    memcpy(bare, text, length);
    bare[length] = '\0';
    address->family = strchr(bare, ':') == NULL ? AF_INET : AF_INET6;
    address->length = address->family == AF_INET ? 4 : 16;
    unsigned most = (unsigned)address->length * 8;
    const char *prefix = text[length] == '/' ? text + length + 1 : NULL;
    size_t digits = prefix == NULL ? 0 : strspn(prefix, "0123456789");
    if (prefix != NULL && (digits == 0 || digits > 3 || prefix[digits] != '\0'))
        return false;
    address->prefix = prefix == NULL ? most : (unsigned)atoi(prefix);
    return address->prefix <= most && inet_pton(address->family, bare, address->bytes) == 1;
}
