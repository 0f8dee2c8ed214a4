package dev.hexe.policy.conformance.hosts;

import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;

/**
 * A way in which a system is laid out, and what has to be read there as outside. Each is made in a
 * mount namespace with a root of its own, in which /etc, /run and /var/lib can be changed.
 */
enum Layout {
  RESOLVED(
      "mkdir -p /run/systemd/resolve && echo nameserver 127.0.0.53 >/run/systemd/resolve/stub-resolv.conf"
          + " && ln -s ../run/systemd/resolve/stub-resolv.conf /etc/resolv.conf",
      "cat /etc/resolv.conf"),
  RESOLVCONF(
      "mkdir -p /run/resolvconf /etc/resolvconf && ln -s /run/resolvconf /etc/resolvconf/run"
          + " && echo nameserver 10.0.0.1 >/run/resolvconf/resolv.conf"
          + " && ln -s resolvconf/run/resolv.conf /etc/resolv.conf",
      "cat /etc/resolv.conf"),
  WSL(
      "mkdir /mnt/wsl && echo nameserver 172.16.0.1 >/mnt/wsl/resolv.conf"
          + " && ln -s /mnt/wsl/resolv.conf /etc/resolv.conf",
      "cat /etc/resolv.conf"),
  NIXOS(
      "mkdir -p /nix/store/x-etc/etc /run/systemd/resolve && ln -s /nix/store/x-etc/etc /etc/static"
          + " && echo nameserver 127.0.0.53 >/run/systemd/resolve/stub-resolv.conf"
          + " && ln -s /run/systemd/resolve/stub-resolv.conf /etc/static/resolv.conf"
          + " && ln -s static/resolv.conf /etc/resolv.conf && rm -f /etc/localtime"
          + " && echo zone >/etc/static/localtime && ln -s static/localtime /etc/localtime",
      "cat /etc/resolv.conf /etc/localtime"),
  OPENSUSE(
      "mkdir -p /var/lib/ca-certificates/pem && echo root >/var/lib/ca-certificates/pem/a.pem"
          + " && rm -rf /etc/ssl/certs && ln -s /var/lib/ca-certificates/pem /etc/ssl/certs",
      "cat /etc/ssl/certs/a.pem"),
  VARIABLE(
      "mkdir -p /var/lib/zone /var/lib/choices && echo zone >/var/lib/zone/here && rm -rf /etc/localtime"
          + " && ln -s /var/lib/zone/here /etc/localtime && echo 0123 >/var/lib/id && rm -f /etc/machine-id"
          + " && ln -s ../var/lib/id /etc/machine-id && echo map >/var/lib/choices/map"
          + " && mkdir -p /etc/alternatives && ln -s /var/lib/choices/map /etc/alternatives/a-map",
      "cat /etc/localtime /etc/machine-id /etc/alternatives/a-map"),
  GUIX(
      "mkdir -p /gnu/store/x && echo made >/gnu/store/x/file && [ -L /lib ] && [ -L /lib64 ]"
          + " && loader=$(readlink -f /lib64/ld-linux-x86-64.so.2) && mkdir /lib64-made"
          + " && cp $loader /lib64-made/ld-linux-x86-64.so.2 && rm /lib64"
          + " && $loader /usr/bin/mv /lib64-made /lib64 && rm /lib",
      "cat /gnu/store/x/file; ls -d /lib 2>/dev/null || echo without"),
  CHAIN(
      "mkdir -p /run/a /run/b /run/c /var/lib/names && echo nameserver 10.0.0.2 >/var/lib/names/file"
          + " && ln -s /run/a/1 /etc/resolv.conf && ln -s ../b/2 /run/a/1 && ln -s /run/c/3 /run/b/2"
          + " && ln -s ../../var/lib/names/file /run/c/3",
      "cat /etc/resolv.conf"),
  /** The link leads through a link to a directory, as where a service makes a new one each time. */
  GENERATIONS(
      "mkdir /run/1 && echo nameserver 10.0.0.3 >/run/1/resolv.conf && ln -s 1 /run/current"
          + " && ln -s /run/current/resolv.conf /etc/resolv.conf",
      "cat /etc/resolv.conf"),
  DIRECTORY(
      "mkdir -p /run/a/d && echo nameserver 10.0.0.4 >/run/a/d/x && ln -s /run/a/l /etc/resolv.conf && ln -s d /run/a/l",
      "cat /etc/resolv.conf/x"),
  /**
   * NixOS with its stub of a loader: neither /lib nor /usr/lib, and no program but `sh` and `env`.
   */
  NIXOS_WITHOUT_LIBRARIES(
      "[ -L /lib ] && [ -L /lib64 ] && [ -L /bin ] && [ -L /sbin ]"
          + " && loader=$(readlink -f /lib64/ld-linux-x86-64.so.2)"
          + " && mkdir -p /nix/store/sw/bin /nix/store/lib /nix/store/old /run/current-system /lib64-made"
          + " && ln -s /nix/store/sw /run/current-system/sw && cp $loader /lib64-made/ld-linux-x86-64.so.2"
          + " && mount --bind /usr /nix/store/old && mount --bind /usr/lib /nix/store/lib"
          + " && mount --bind /usr/bin /nix/store/sw/bin && loader=/nix/store/old/${loader#/usr/}"
          + " && export LD_LIBRARY_PATH=/nix/store/lib/x86_64-linux-gnu PATH=/run/current-system/sw/bin:/nix/store/old/sbin"
          + " && rm /lib64 && $loader /usr/bin/mv /lib64-made /lib64 && mount -t tmpfs -o mode=755 t /usr && mkdir /usr/bin"
          + " && rm /bin /sbin /lib && mkdir /bin && ln -s /nix/store/sw/bin/env /usr/bin/env"
          + " && ln -s /nix/store/sw/bin/sh /bin/sh"
          + " && case $JAVA_HOME in /usr/lib/*) JAVA_HOME=/nix/store/lib/${JAVA_HOME#/usr/lib/};; esac",
      "ls -d /lib /usr/lib /sbin 2>/dev/null; command -v cat"),
  /** Nothing out of the ordinary; what everything else relies on. */
  USUAL(
      "",
      "/sbin/ldconfig -p | sort; python3 -c 'import ctypes.util as c; print(c.find_library(\"c\"))' 2>/dev/null;"
          + " cat /etc/localtime | cksum; ls -L /etc/ssl/certs | wc -l");

  /** Makes the root and becomes the user; `over` lets a directory be changed in memory. */
  private static final String PRELUDE =
      """
      set -e
      mount -t tmpfs t /mnt
      mkdir /mnt/root
      mount --bind /mnt/root /mnt/root
      mkdir /mnt/root/mnt /mnt/root/run
      for each in /*; do
        case $each in /mnt|/run|/nix|/gnu) continue;; esac
        if [ -L "$each" ]; then cp -P "$each" /mnt/root/
        elif [ -d "$each" ]; then mkdir "/mnt/root$each"; mount --rbind "$each" "/mnt/root$each"; fi
      done
      mkdir /mnt/root/old
      cd /mnt/root
      pivot_root . old
      umount -l /old
      over() { mkdir -p "/mnt$1/up" "/mnt$1/work"; mount -t overlay o -o "lowerdir=$1,upperdir=/mnt$1/up,workdir=/mnt$1/work" "$1"; }
      mount -t tmpfs t /mnt
      over /etc
      over /var/lib
      rm -rf /etc/resolv.conf
      """;

  private final String script;
  private final String look;

  Layout(String script, String look) {
    this.script = script;
    this.look = look;
  }

  Result look(String profile, User user) {
    return run(profile, user, look);
  }

  String outside() {
    return around(Sandbox.none(), User.ROOT, "").sh(look).endsWith(0).text();
  }

  Result run(String profile, User user, String command) {
    return in(user, "").with("apply", profile).sh(command);
  }

  /** As the user, in the layout; {@code more} is done there at last. */
  Sandbox in(User user, String more) {
    return around(Sandbox.program(), user, more);
  }

  private Sandbox around(Sandbox sandbox, User user, String more) {
    String become =
        user == User.ROOT
            ? ""
            : "setpriv --reuid=%d --regid=%d --clear-groups ".formatted(user.uid(), user.gid());
    String script =
        PRELUDE
            + this.script
            + "\n"
            + more
            + "\ncd \"$HOME\"; exec "
            + become
            + "env HOME=\"$HOME\" \"$@\"";
    return sandbox
        .as(User.ROOT)
        .where("HOME", user.home().toString())
        .where("XDG_RUNTIME_DIR", "")
        .behind("unshare", "--mount", "--propagation", "private", "sh", "-c", script, "sh");
  }
}
