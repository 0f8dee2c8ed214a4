/*
 * What must hold between the records of a plan. These rules know nothing about policy: each one refuses a plan that
 * would change the host itself, or that would run the command without a step the plan has begun.
 */
#include <stdio.h>

#include "kernel.h"
#include "opcodes.h"

struct seen {
    uint64_t namespaces;
    bool spawn, needs_supervisor, init;
    bool cgroup, scope, private_directory;
    bool changes;
    bool sandbox; /* an action on namespaces, which belongs behind spawn */
    bool covered, id_maps;
    bool root, root_tmpfs, pivot, covers_root, tree_without_chdir;
    bool ruleset, ruleset_path;
    bool layers, kept_overlay;
    bool can_uncover, /* a capability is left with which a root that is only covered comes to light */
        bounding_left, no_new_privileges, refuses;
    bool terminal, closed;
    bool gateway, sockets, unanswered; /* sockets: some that are not handed over yet */
};

static const uint64_t all_namespaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER |
                                       CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWTIME;

static const uint64_t uncovering = 1ULL << CAP_SYS_ADMIN | 1ULL << CAP_SYS_CHROOT;

static const char *check_start(struct seen *seen, uint16_t action, const struct operand *operands)
{
    switch (action) {
    case OP_SCOPE_CREATE:
        if (seen->scope || seen->cgroup)
            return "it must be the only one, and come before `cgroup-create`";
        seen->scope = true;
        return NULL;
    case OP_CGROUP_ENABLE:
    case OP_CGROUP_CREATE:
        if (operands[0].data[0] == '@' && !seen->scope)
            return "there is no scope";
        if (seen->cgroup)
            return action == OP_CGROUP_CREATE ? "a plan has one cgroup" : "it must come before `cgroup-create`";
        seen->cgroup = action == OP_CGROUP_CREATE;
        return NULL;
    case OP_CGROUP_WRITE:
        return seen->cgroup && !seen->spawn ? NULL : "it must come between `cgroup-create` and `spawn`";
    case OP_PRIVATE_DIRECTORY:
        if (seen->private_directory)
            return "a plan has one private directory";
        seen->private_directory = true;
        return NULL;
    case OP_CHANGES:
        if (seen->changes)
            return "a plan keeps changes in one place";
        seen->changes = true;
        return NULL;
    case OP_CHANGES_TREE:
        return seen->changes ? NULL : "it needs `changes` before it";
    case OP_REFUSE:
        seen->refuses = true;
        return NULL;
    case OP_SPAWN:
        if (seen->spawn || seen->sandbox)
            return "it must be the only one, and come before the actions on namespaces and the file tree";
        if ((operands[0].number & ~all_namespaces) != 0)
            return "it has flags that are not those of namespaces";
        if ((operands[1].number & 1) != 0 && !seen->cgroup)
            return "there is no cgroup to enter";
        seen->spawn = true;
        seen->namespaces = operands[0].number;
        return NULL;
    default:
        return NULL;
    }
}

static const char *check_namespaces(struct seen *seen, uint16_t action, const struct operand *operands)
{
    switch (action) {
    case OP_UNSHARE:
        if ((operands[0].number & ~all_namespaces) != 0)
            return "it has flags that are not those of namespaces";
        seen->namespaces |= operands[0].number;
        return NULL;
    case OP_ID_MAPS:
        if (!seen->spawn || (seen->namespaces & CLONE_NEWUSER) == 0 || seen->id_maps)
            return "it needs a user namespace made by `spawn`, once";
        seen->id_maps = true;
        return NULL;
    case OP_MOUNT_AGAIN:
        return (seen->namespaces & CLONE_NEWNS) != 0 && seen->covered ? NULL : "it must come after `protect` or `hide`";
    case OP_NEST:
    case OP_ID_MAP:
    case OP_LIMIT_USER_NAMESPACES:
        return (seen->namespaces & CLONE_NEWUSER) != 0 ? NULL : "it needs a user namespace of the plan's own";
    case OP_INIT:
        if (!seen->spawn || ((seen->namespaces & CLONE_NEWPID) == 0 && !seen->terminal) || seen->init)
            return "it needs a pid namespace made by `spawn`, or `terminal`, once";
        seen->init = true;
        return NULL;
    case OP_HOSTNAME:
        return (seen->namespaces & CLONE_NEWUTS) != 0 ? NULL : "it needs a uts namespace of the plan's own";
    case OP_LOOPBACK_UP:
        return (seen->namespaces & CLONE_NEWNET) != 0 ? NULL : "it needs a network namespace of the plan's own";
    default:
        return NULL;
    }
}

/* What listens inside has to be handed out, and to somebody who was asked before there was a sandbox. */
static const char *check_gateway(struct seen *seen, uint16_t action, bool probe)
{
    bool own_network = (seen->namespaces & CLONE_NEWNET) != 0;
    switch (action) {
    case OP_GATEWAY:
        if (seen->gateway)
            return "a plan has one gateway";
        seen->gateway = true;
        return NULL;
    case OP_LISTEN:
        seen->sockets = true;
        return own_network && (seen->gateway || probe) ? NULL : "it needs `gateway`, and a network namespace of the plan's own";
    case OP_LOCAL_ROUTE:
        return own_network ? NULL : "it needs a network namespace of the plan's own";
    case OP_GATEWAY_HAND_OVER:
        if (!own_network || !seen->sockets)
            return "it must come once, behind `listen`";
        seen->sockets = false;
        seen->unanswered = true;
        return NULL;
    case OP_GATEWAY_ANSWER:
        if (!seen->unanswered)
            return "it must come once, behind `gateway-hand-over`";
        seen->unanswered = false;
        return NULL;
    default:
        return NULL;
    }
}

static const char *check_overlay(struct seen *seen, uint16_t action)
{
    bool overlay = action == OP_OVERLAY || action == OP_OVERLAY_KEPT;
    if (overlay && !seen->layers)
        return "it needs an `overlay-layer` before it";
    if (seen->layers && !overlay && action != OP_OVERLAY_LAYER)
        return "the layers before it are for an overlay";
    seen->layers = action == OP_OVERLAY_LAYER;
    seen->kept_overlay |= action == OP_OVERLAY_KEPT;
    return NULL;
}

static const char *check_tree(struct seen *seen, uint16_t action, const struct opcode *opcode)
{
    bool covers = (opcode->flags & COVERS) != 0;
    if (opcode->stage < STAGE_PROPAGATION || opcode->stage > STAGE_ROOT_SWITCH || (opcode->flags & PROBE_ONLY) != 0)
        return NULL;
    if ((seen->namespaces & CLONE_NEWNS) == 0)
        return "it needs a mount namespace of the plan's own";
    seen->tree_without_chdir = true;
    if (action == OP_PROPAGATION)
        return NULL;
    if (action == OP_ROOT_TMPFS || action == OP_ROOT_HOST) {
        if (seen->root)
            return "a plan has one root";
        seen->root = true;
        seen->root_tmpfs = action == OP_ROOT_TMPFS;
        return NULL;
    }
    if (!seen->root)
        return "it must come after `root-tmpfs` or `root-host`";
    bool switches = action == OP_PIVOT_ROOT || action == OP_COVER_ROOT;
    if (switches && !seen->root_tmpfs)
        return "there is no new root";
    if (seen->pivot && action != OP_MOUNT_ATTRIBUTES)
        return "it must come before the switch to the new root";
    if (seen->covered && !covers && action != OP_MOUNT_ATTRIBUTES && !switches)
        return "it could cover what `protect` or `hide` guards, and must come before them";
    seen->covered |= covers;
    seen->pivot |= switches;
    seen->covers_root |= action == OP_COVER_ROOT;
    return check_overlay(seen, action);
}

static const char *check_rest(struct seen *seen, uint16_t action, const struct operand *operands, bool probe)
{
    switch (action) {
    case OP_PASS_DESCRIPTOR:
        return seen->closed ? "it must come before `close-descriptors`" : NULL;
    case OP_CLOSE_DESCRIPTORS:
        seen->closed = true;
        return NULL;
    case OP_CHDIR:
    case OP_ENTER_DIRECTORY:
        seen->tree_without_chdir = false;
        return NULL;
    case OP_DROP_CAPABILITIES:
        seen->bounding_left |= operands[1].number != 0;
        seen->can_uncover = (operands[0].number & uncovering) != 0;
        return NULL;
    case OP_NO_NEW_PRIVILEGES:
        seen->no_new_privileges = true;
        return NULL;
    case OP_TERMINAL:
        if (seen->terminal || seen->init || (!seen->spawn && !probe))
            return "it must be the only one, behind `spawn` and before `init`";
        seen->terminal = true;
        return NULL;
    case OP_LANDLOCK_RULESET:
        if (seen->ruleset)
            return "the ruleset before it is not in force yet";
        seen->ruleset = true;
        seen->ruleset_path = false;
        return NULL;
    case OP_LANDLOCK_GUARD:
        return seen->ruleset && !seen->ruleset_path
                   ? NULL
                   : "it must come after `landlock-ruleset`, and before the rules that it is for";
    case OP_LANDLOCK_PATH:
        seen->ruleset_path = true;
        return seen->ruleset ? NULL : "it must come after `landlock-ruleset`";
    case OP_LANDLOCK_STREAMS:
    case OP_LANDLOCK_PORT:
        return seen->ruleset ? NULL : "it must come after `landlock-ruleset`";
    case OP_LANDLOCK_RESTRICT:
        if (!seen->ruleset)
            return "it must come after `landlock-ruleset`";
        seen->ruleset = false;
        return NULL;
    default:
        return NULL;
    }
}

/* What the table of the actions says of each. */
static const char *check_columns(struct seen *seen, const struct opcode *opcode, bool probe)
{
    if ((opcode->flags & PROBE_ONLY) != 0 && !probe)
        return "it is for probes only";
    if ((opcode->flags & BEFORE_SPAWN) != 0 && seen->spawn)
        return "it must come before `spawn`";
    seen->needs_supervisor |= (opcode->flags & NEEDS_SUPERVISOR) != 0;
    return NULL;
}

static bool is_of_sandbox(const struct record *record)
{
    uint8_t stage = record->opcode->stage;
    return ((stage >= STAGE_NAMESPACES && stage <= STAGE_OUTSIDE) || stage == STAGE_INIT) && record->number != OP_SPAWN;
}

/* Without these, a command would run in less of a sandbox than the plan describes, or leave something behind. */
static const char *check_end(const struct seen *seen)
{
    if (seen->kept_overlay && !seen->spawn)
        return "an overlay that keeps its changes needs `spawn`";
    if (seen->needs_supervisor && !seen->spawn && !seen->refuses)
        return "a cgroup, a private directory, a time limit and reports at the end need `spawn`";
    if (seen->sockets)
        return "`gateway-hand-over` is missing after `listen`";
    if (seen->unanswered)
        return "`gateway-answer` is missing after `gateway-hand-over`";
    if (seen->layers)
        return "an overlay is missing after its layers";
    if (seen->root_tmpfs && !seen->pivot)
        return "`pivot-root` or `cover-root` is missing";
    if (seen->covers_root && (seen->can_uncover || !seen->no_new_privileges))
        return "`cover-root` needs `drop-capabilities` that leaves neither CAP_SYS_ADMIN nor CAP_SYS_CHROOT, and `no-new-privileges`";
    if (seen->tree_without_chdir)
        return "`chdir` must follow the actions on the file tree";
    if (seen->ruleset)
        return "`landlock-restrict` is missing";
    if (seen->bounding_left && !seen->no_new_privileges)
        return "`drop-capabilities` that leaves the bounding set needs `no-new-privileges`";
    return NULL;
}

bool plan_check_rules(const struct plan *plan, bool probe, char error[PLAN_ERROR])
{
    struct seen seen = {.can_uncover = true};
    struct plan_cursor cursor = plan_start(plan);
    struct record record;
    const char *reason;
    while (plan_next(&cursor, &record)) {
        reason = check_columns(&seen, record.opcode, probe);
        if (reason == NULL)
            reason = check_start(&seen, record.number, record.operands);
        if (reason == NULL)
            reason = check_namespaces(&seen, record.number, record.operands);
        if (reason == NULL)
            reason = check_gateway(&seen, record.number, probe);
        if (reason == NULL)
            reason = check_tree(&seen, record.number, record.opcode);
        if (reason == NULL)
            reason = check_rest(&seen, record.number, record.operands, probe);
        if (reason != NULL) {
            snprintf(error, PLAN_ERROR, "record %u (`%s`): %s", record.index, record.opcode->name, reason);
            return false;
        }
        seen.sandbox |= is_of_sandbox(&record);
    }
    reason = probe ? NULL : check_end(&seen);
    if (reason != NULL)
        snprintf(error, PLAN_ERROR, "%s", reason);
    return reason == NULL;
}
