package dev.hexe.policy.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * System files that lie elsewhere, as on the systems that people have: each in a mount namespace
 * with a root of its own, in which /etc, /run and /var/lib can be changed.
 */
class SystemLayoutsTest {
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

  /** How a system is laid out, and what has to be read there as outside. */
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
        "cat /gnu/store/x/file; ls -d /lib 2>/dev/null || echo without");

    private final String script;
    private final String look;

    Layout(String script, String look) {
      this.script = script;
      this.look = look;
    }

    private Result look(String profile, User user) {
      return run(profile, user, look);
    }

    private String outside() {
      return run("none", User.ROOT, look).endsWith(0).text();
    }

    Result run(String profile, User user, String command) {
      return in(user, "").with("apply", profile).sh(command);
    }

    /** As the user, in the layout; {@code more} is done there at last. */
    Sandbox in(User user, String more) {
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
      return Sandbox.program()
          .as(User.ROOT)
          .where("HOME", user.home().toString())
          .where("XDG_RUNTIME_DIR", "")
          .behind("unshare", "--mount", "--propagation", "private", "sh", "-c", script, "sh");
    }
  }

  static Stream<Arguments> layouts() {
    return Arrays.stream(Layout.values())
        .flatMap(layout -> Arrays.stream(User.values()).map(user -> Arguments.of(layout, user)));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void whatIsReadOutsideIsReadInside(Layout layout, User user) {
    Requires.root();
    Requires.user(user);
    if (layout == Layout.GUIX) {
      Requires.path("/lib64/ld-linux-x86-64.so.2");
    }
    String outside = layout.outside();
    for (Shipped profile :
        List.of(Shipped.BALANCED, Shipped.SANDBOX, Shipped.FULL, Shipped.ISOLATED)) {
      Requires.everythingFor(profile, user);
      assertEquals(
          outside, layout.look(profile.toString(), user).endsWith(0).text(), profile::toString);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingBesideItIsThere(User user) {
    Requires.root();
    Requires.namespaces(user);
    String secret =
        "mkdir -p /run/systemd/resolve; echo s >/run/systemd/resolve/secret; echo s >/run/s";
    Layout.RESOLVED
        .in(user, secret)
        .with("apply", "sandbox")
        .sh("find /run -type f; echo x 2>/dev/null >/etc/resolv.conf || echo unwritten")
        .prints("/run/systemd/resolve/stub-resolv.conf\nunwritten");
  }

  @ParameterizedTest
  @EnumSource
  void whatTheCommandCouldHaveMadeIsNotFollowed(User user) {
    Requires.root();
    Requires.namespaces(user);
    String planted =
        "ln -s /srv/key \"$HOME/planted\" 2>/dev/null; ln -sf \"$HOME/planted\" /etc/resolv.conf";
    Result result =
        Layout.RESOLVED
            .in(user, "over /srv; echo key >/srv/key; " + planted)
            .with("apply", "sandbox")
            .sh("cat /etc/resolv.conf 2>/dev/null || rm -f planted");
    assertEquals("", result.text(), result::toString);
    result.complains("`/etc/resolv.conf` leads to `/srv/key`", "could have made itself");
  }

  @ParameterizedTest
  @EnumSource
  void sandboxFindsItselfUnderItsName(User user) {
    Requires.namespaces(user);
    for (String profile : List.of("sandbox", "full")) {
      Sandbox.profile(profile)
          .as(user)
          .sh("getent hosts \"$(hostname)\" | tr -s ' ' && head -n 1 /etc/hosts")
          .prints("127.0.1.1 hexe\n127.0.1.1 hexe");
    }
  }

  @ParameterizedTest
  @EnumSource
  void sshTakesTheSystemsSettings(User user) {
    Requires.root();
    Requires.command("ssh");
    Requires.namespaces(user);
    String settings =
        "mkdir -p /etc/ssh/ssh_config.d; echo 'Include ssh_config.d/*.conf' >/etc/ssh/ssh_config;"
            + " printf 'Host there\\n Port 77\\n Include /etc/other\\n' >/etc/ssh/ssh_config.d/50-a.conf;"
            + " printf 'Host there\\n User me\\n' >/etc/other";
    for (String profile : List.of("minimal", "balanced", "sandbox", "full", "isolated")) {
      Layout.RESOLVED
          .in(user, settings)
          .with("apply", profile)
          .sh("ssh -G there | grep -E '^(port|user) ' | sort")
          .prints("port 77\nuser me");
    }
  }
}
