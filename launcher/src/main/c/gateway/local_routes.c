/* Addresses that are local to the sandbox, without being on any interface: what listens on all addresses hears them. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include "actions.h"
#include "kernel.h"
#include "messages.h"
#include "network_address.h"
#include "text.h"

enum { LOOPBACK = 1 /* the index of `lo`, which is the first interface of every namespace */ };

struct request {
    struct nlmsghdr header;
    struct rtmsg route;
    char attributes[64];
};

static void add_attribute(struct request *request, unsigned short type, const void *data, size_t length)
{
    struct rtattr *attribute = (struct rtattr *)(void *)((char *)request + NLMSG_ALIGN(request->header.nlmsg_len));
    attribute->rta_type = type;
    attribute->rta_len = (unsigned short)RTA_LENGTH(length);
    memcpy(RTA_DATA(attribute), data, length);
    request->header.nlmsg_len = NLMSG_ALIGN(request->header.nlmsg_len) + (unsigned)RTA_ALIGN(attribute->rta_len);
}

/* The kernel's answer to a request: 0 or an errno. */
static int ask(const struct request *request)
{
    struct {
        struct nlmsghdr header;
        struct nlmsgerr error;
        char rest[256];
    } answer;
    int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (netlink < 0)
        return errno;
    int result = EIO;
    if (send(netlink, request, request->header.nlmsg_len, 0) < 0)
        result = errno;
    else if (recv(netlink, &answer, sizeof answer, 0) >= (ssize_t)NLMSG_LENGTH(sizeof answer.error) &&
             answer.header.nlmsg_type == NLMSG_ERROR)
        result = -answer.error.error;
    close(netlink);
    return result;
}

/* `198.18.0.0/15`; flag 1: where there is no IPv6, it is passed over. */
void do_local_route(struct run *run, const struct operand *operands)
{
    struct network_address address;
    int interface = LOOPBACK;
    (void)run;
    if (!network_address_parse(operands[0].data, &address))
        refuse("`%s` is not a network", operands[0].data);
    struct request request = {
        .header = {.nlmsg_len = NLMSG_LENGTH(sizeof request.route),
                   .nlmsg_type = RTM_NEWROUTE,
                   .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE},
        .route = {.rtm_family = (unsigned char)address.family,
                  .rtm_dst_len = (unsigned char)address.prefix,
                  .rtm_table = RT_TABLE_LOCAL,
                  .rtm_protocol = RTPROT_STATIC,
                  .rtm_scope = RT_SCOPE_HOST,
                  .rtm_type = RTN_LOCAL},
    };
    add_attribute(&request, RTA_DST, address.bytes, address.length);
    add_attribute(&request, RTA_OIF, &interface, sizeof interface);
    errno = ask(&request);
    bool no_ipv6 = address.family == AF_INET6 && (errno == EOPNOTSUPP || errno == EAFNOSUPPORT || errno == ENODEV ||
                                                  errno == EACCES /* switched off for new namespaces */);
    if (errno != 0 && !(no_ipv6 && operands[1].number == 1))
        die("cannot add a local route to `%s`", operands[0].data);
}
