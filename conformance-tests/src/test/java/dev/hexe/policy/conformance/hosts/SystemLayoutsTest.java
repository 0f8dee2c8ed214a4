package dev.hexe.policy.conformance.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** System files that lie elsewhere, as on the systems that people have. */
@Order(1)
class SystemLayoutsTest {
  static Stream<Arguments> layouts() {
    return Arrays.stream(Layout.values())
        .flatMap(layout -> Arrays.stream(User.values()).map(user -> Arguments.of(layout, user)));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void whatIsReadOutsideIsReadInside(Layout layout, User user) {
    Requires.root();
    Requires.user(user);
    if (layout == Layout.GUIX || layout == Layout.NIXOS_WITHOUT_LIBRARIES) {
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

  /** Packages from elsewhere; `full` has none of them. */
  @ParameterizedTest
  @EnumSource
  void packagesOfOtherOriginAreThere(User user) {
    Requires.root();
    String packages =
        "over /home; over /var; mkdir -p /var/lib/snapd/snap/x/1 /var/lib/flatpak/exports /home/linuxbrew/.linuxbrew /pkg;"
            + " for d in /var/lib/snapd/snap/x/1 /var/lib/flatpak/exports /home/linuxbrew/.linuxbrew /pkg; do"
            + " echo 'echo ran' >$d/program; chmod 755 $d/program; done;"
            + " ln -s 1 /var/lib/snapd/snap/x/current; ln -s /var/lib/snapd/snap /snap";
    String look =
        "for p in /snap/x/current /var/lib/flatpak/exports /home/linuxbrew/.linuxbrew /pkg; do $p/program; done 2>/dev/null;"
            + " (echo x >/home/linuxbrew/.linuxbrew/program) 2>/dev/null || echo end";
    for (String profile : List.of("balanced", "sandbox", "isolated")) {
      Requires.everythingFor(Shipped.valueOf(profile.toUpperCase(Locale.ROOT)), user);
      Layout.USUAL
          .in(user, packages)
          .with("apply", profile)
          .sh(look)
          .prints("ran\nran\nran\nran\nend");
    }
    Layout.USUAL.in(user, packages).with("apply", "full").sh(look).prints("end");
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
  void whatTheUserMayNotReadIsInsideAsOutside(User user) {
    Requires.root();
    Requires.namespaces(user);
    String file = user == User.ROOT ? "read" : "closed";
    for (String profile : List.of("sandbox", "isolated")) {
      Layout.RESOLVED
          .in(user, "chmod 600 /etc/hosts /run/systemd/resolve/stub-resolv.conf")
          .with("apply", profile)
          .sh(
              "for f in /etc/hosts /etc/resolv.conf; do (cat $f >/dev/null) 2>/dev/null && echo read || echo closed; done; echo end")
          .prints(file + "\n" + file + "\nend");
    }
  }

  /** As in a chroot that was made for one program. */
  @ParameterizedTest
  @EnumSource
  void isolatedTakesTheDevicesThereAre(User user) {
    Requires.root();
    Requires.user(user);
    String few =
        "mkdir /mnt/dev; : >/mnt/dev/null; mount --bind /dev/null /mnt/dev/null; mount --rbind /mnt/dev /dev";
    Layout.USUAL
        .in(user, few)
        .with("apply", "isolated")
        .sh("ls /dev; echo x >/dev/null && echo written")
        .prints("null\nwritten");
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
