"""The hosts of the matrix: what they are called, what they stand for and how they are made."""

from dataclasses import dataclass

PROFILES = ("none", "minimal", "balanced", "sandbox", "project", "agent", "full", "isolated")
FACTS = "-"
EVERYTHING = (FACTS, *PROFILES, "limits")
LIMITED = (FACTS, "isolated", "limits")
BRIEF = ("sandbox", "isolated")
BOTH = ("root", "user")


@dataclass(frozen=True)
class Host:
    """`kernel` is empty for this machine's own, and `mode` says how the guest sets itself up, see `job`.

    In the modes `limits-…` it runs the tests of limits instead, and in `network` those of listed destinations: they have no table,
    their lines are TAP.
    """

    name: str
    title: str
    kernel: str = ""
    append: str = ""
    cgroups: str = "v2"
    mode: str = "plain"
    users: tuple = BOTH
    profiles: tuple = EVERYTHING
    arm64: bool = False

    @property
    def brief_profiles(self):
        """What --brief tries. What a machine offers tells whether the table of hosts in place fits it."""
        limits = ("limits",) if self.profiles == LIMITED else BRIEF
        return limits if self.in_place and self.name != "here" else (FACTS, *limits)

    @property
    def prints_tap(self):
        return self.mode.startswith("limits-") or self.mode == "network"

    @property
    def image(self):
        """The root image of a guest."""
        return "clients" if self.mode == "network" else "root"

    @property
    def in_place(self):
        return not self.kernel


# What restricts ordinary users; what it does to root shows in place.
ORDINARY = ("user",)


def _here(name, title, users=BOTH):
    return Host(name, title, users=users)


NO_USERNS = "sysctl.user.max_user_namespaces=0"
DEBIAN_SWITCH = "sysctl.kernel.unprivileged_userns_clone=0"
NO_LANDLOCK = "lsm=lockdown,capability,yama,apparmor"

HOSTS = (
    _here("here", "this machine as it is"),
    _here("no-userns", "user namespaces limited to 0"),
    _here("hollow-userns", "user namespaces that give nothing, as on Ubuntu 24.04"),
    _here("no-namespaces", "namespaces forbidden by a system-call filter"),
    _here("docker", "a container: masked /proc, no namespaces, no mounts"),
    _here("rootless-container", "a rootless container: masked /proc, in a user namespace"),
    _here("in-sandbox", "inside `hexe-policy apply balanced`"),
    _here("chroot", "in a chroot"),
    _here("no-new-privs", "under no_new_privs"),
    _here("no-landlock", "no Landlock (ENOSYS)"),
    _here("landlock-off", "Landlock switched off (EOPNOTSUPP)"),
    _here("nothing", "neither namespaces nor Landlock"),
    _here("no-seccomp", "no system-call filters"),
    _here("old-calls", "no clone3, openat2, close_range and new mount calls"),
    _here("no-cgroups", "no control groups mounted"),
    _here("no-proc", "no /proc mounted"),
    _here("read-only-root", "a read-only root file system"),
    _here("no-runtime-dir", "no XDG_RUNTIME_DIR", users=("user",)),
    _here("nameless-user", "a user whom no file knows", users=("user",)),
    Host("5.10", "Linux 5.10, without Landlock", kernel="5.10"),
    Host("5.10-no-userns", "Linux 5.10, user namespaces for root only", kernel="5.10", append=DEBIAN_SWITCH,
         users=ORDINARY),
    Host("6.1", "Linux 6.1, Landlock ABI 2", kernel="6.1"),
    Host("6.1-no-userns", "Linux 6.1, user namespaces limited to 0", kernel="6.1", append=NO_USERNS, users=ORDINARY),
    Host("6.12", "Linux 6.12, Landlock ABI 6", kernel="6.12"),
    Host("6.12-no-userns", "Linux 6.12, user namespaces for root only", kernel="6.12", append=DEBIAN_SWITCH,
         users=ORDINARY),
    Host("6.12-no-landlock", "Linux 6.12, Landlock not in lsm=", kernel="6.12", append=NO_LANDLOCK, users=ORDINARY),
    Host("6.12-nothing", "Linux 6.12, neither namespaces nor Landlock", kernel="6.12", append=f"{NO_USERNS} {NO_LANDLOCK}",
         users=ORDINARY),
    Host("6.12-apparmor", "Linux 6.12, AppArmor grants no capability", kernel="6.12", mode="apparmor", users=ORDINARY),
    Host("6.12-initramfs", "Linux 6.12, the root is an initramfs", kernel="6.12", mode="initramfs"),
    Host("6.12-arm64", "Linux 6.12 on arm64", kernel="6.12", profiles=(FACTS, "sandbox", "project", "full", "isolated"), arm64=True),
    Host("7.x", "Linux 7.x, the newest Landlock", kernel="7.x"),
    Host("7.x-no-userns", "Linux 7.x, user namespaces limited to 0", kernel="7.x", append=NO_USERNS, users=ORDINARY),
    Host("5.10-delegated", "Linux 5.10, a cgroup delegated to the user", kernel="5.10", mode="delegated", users=ORDINARY,
         profiles=LIMITED),
    Host("6.12-delegated", "Linux 6.12, a cgroup delegated to the user", kernel="6.12", mode="delegated", users=ORDINARY,
         profiles=LIMITED),
    Host("6.1-cgroup-v1", "Linux 6.1, cgroup v1", kernel="6.1", cgroups="v1", users=ORDINARY, profiles=LIMITED),
    Host("6.12-no-cgroups", "Linux 6.12, no cgroups mounted", kernel="6.12", cgroups="none", users=ORDINARY,
         profiles=LIMITED),
    Host("6.12-few-controllers", "Linux 6.12, no memory and pids controllers", kernel="6.12",
         append="cgroup_disable=memory,pids", mode="delegated", users=ORDINARY, profiles=LIMITED),
    Host("6.1-limits", "Linux 6.1, limits in a delegated cgroup", kernel="6.1", mode="limits-delegated", users=("user",)),
    Host("6.12-limits", "Linux 6.12, limits through the user manager", kernel="6.12", mode="limits-session", users=("user",)),
    Host("6.12-systemd", "Linux 6.12, systemd, in a login session", kernel="6.12", mode="session", profiles=LIMITED),
    Host("6.12-limits-root", "Linux 6.12, limits for root through the system manager", kernel="6.12", mode="limits-system",
         users=("root",)),
    Host("5.10-limits", "Linux 5.10, limits through the user manager", kernel="5.10", mode="limits-session", users=("user",)),
    Host("5.10-systemd", "Linux 5.10, systemd, in a login session", kernel="5.10", mode="session", profiles=LIMITED),
    Host("6.1-network", "Linux 6.1, listed destinations", kernel="6.1", mode="network"),
    Host("6.12-network", "Linux 6.12, listed destinations", kernel="6.12", mode="network"),
    Host("6.12-systemd-scope", "Linux 6.12, systemd, in a delegated scope of the user manager", kernel="6.12",
         mode="scope", users=ORDINARY, profiles=LIMITED),
)
