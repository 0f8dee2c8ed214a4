package dev.hexe.policy.conformance.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An imported profile runs, and holds what its source promised, as seen from inside. */
class ImportTest {
  private static List<String> imported(
      User user, String name, String source, String kind, String command) {
    Requires.namespaces(user);
    Path home =
        OwnHome.made(
            user,
            name,
            "mkdir -p \"$1/proj\" \"$1/.run\" \"$1/.ssh\" \"$1/open\"; chmod 700 \"$1/.run\"; echo key >\"$1/.ssh/id\""
                + "; cat >\"$1/proj/source\" <<'END'\n"
                + source
                + "END\n");
    OwnHome.program(user, home, "import", "source", "--from", kind, "-o", "imported.yaml")
        .alone()
        .endsWith(0);
    OwnHome.program(user, home, "import", "source", "--from", kind, "-o", "imported.yaml")
        .alone()
        .endsWith(125);
    return OwnHome.program(user, home, "apply", "./imported.yaml", "--chdir", "/")
        .sh(command)
        .endsWith(0)
        .lines();
  }

  private static String can(String what) {
    return "if " + what + " 2>/dev/null; then echo yes; else echo no; fi; ";
  }

  @ParameterizedTest
  @EnumSource(User.class)
  void aBubblewrapScriptsSandbox(User user) {
    String source =
        """
        #!/bin/sh
        ARGS="--unshare-all --hostname imported"
        for d in /bin /lib /lib64; do EXTRA="$EXTRA"; done
        exec bwrap --ro-bind /usr /usr --ro-bind-try /bin /bin --ro-bind-try /lib /lib \\
          --ro-bind-try /lib64 /lib64 --ro-bind /etc /etc --proc /proc --dev /dev --tmpfs /tmp --dir /own \\
          --bind "$HOME/open" /data $ARGS --clearenv --setenv PATH /usr/bin:/bin --setenv A b sh
        """;
    String command =
        "uname -n; echo $A; env | grep -c HOME; "
            + can("touch /data/x")
            + can("touch /own/x")
            + can("touch /tmp/x")
            + can("touch /usr/x")
            + can("ls /home/*")
            + "grep -vc 'lo:' /proc/net/dev";
    assertEquals(
        List.of("imported", "b", "0", "yes", "yes", "yes", "no", "no", "2"),
        imported(user, "imports-bwrap", source, "bwrap", command));
  }

  @ParameterizedTest
  @EnumSource(User.class)
  void aFirejailProfilesSandbox(User user) {
    String source =
        """
        blacklist ${HOME}/.ssh
        read-only ${HOME}/proj
        blacklist /boot
        caps.drop all
        net none
        seccomp
        private-tmp
        private-dev
        """;
    String command =
        can("cat ~/.ssh/id")
            + can("touch ~/open/x")
            + can("touch ~/proj/x")
            + can("ls -A /boot | grep .")
            + can("touch /tmp/x")
            + can("touch /usr/x")
            + "grep -c CapEff:.0000000000000000 /proc/self/status; grep -vc 'lo:' /proc/net/dev";
    assertEquals(
        List.of("no", "yes", "no", "no", "yes", "no", "1", "2"),
        imported(user, "imports-firejail", source, "firejail", command));
  }

  @ParameterizedTest
  @EnumSource(User.class)
  void aWhitelistsSandbox(User user) {
    String source = "whitelist ${HOME}/open\ncaps.drop all\n";
    String command = "ls -A ~; " + can("touch ~/open/x") + can("touch ~/gone");
    assertEquals(
        List.of("open", "yes", "yes"),
        imported(user, "imports-whitelist", source, "firejail", command));
  }

  @ParameterizedTest
  @EnumSource(User.class)
  void eachFloatOfAnInitLuaRunsItsCommandUnderItsProfile(User user) {
    Requires.namespaces(user);
    String lua =
        """
        local hx = require("hexe")
        hx.ses.isolation.set({ profile = "sandbox" })
        hx.ses.layout.define({ floats = {
          { key = "n", command = "uname -n" },
          { key = "f", title = "offline", command = "grep -vc lo: /proc/net/dev", isolation = { profile = "full" } },
        }})
        """;
    Path home =
        OwnHome.made(
            user,
            "imports-lua",
            "mkdir -p \"$1/proj\" \"$1/.run\"; chmod 700 \"$1/.run\"; cat >\"$1/init.lua\" <<'END'\n"
                + lua
                + "END\n");
    OwnHome.program(user, home, "import", "../init.lua", "-o", home + "/.config/hexe-policy")
        .alone()
        .endsWith(0);
    for (int run = 0; run < 2; run++) {
      assertEquals(
          List.of("hexe"),
          OwnHome.program(user, home, "apply", "@uname").alone().endsWith(0).lines());
    }
    assertEquals(
        List.of("2"), OwnHome.program(user, home, "apply", "@grep").alone().endsWith(0).lines());
    assertEquals(
        List.of("2"), OwnHome.program(user, home, "float", "@grep").alone().endsWith(0).lines());
    OwnHome.program(user, home, "apply", "@unam").alone().endsWith(125);
  }
}
