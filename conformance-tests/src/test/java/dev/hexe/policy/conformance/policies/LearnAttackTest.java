package dev.hexe.policy.conformance.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No command makes {@code learn} grant what nobody would, whatever it tries while it is watched.
 */
@Order(1)
class LearnAttackTest {
  private static final String[] ATTACKS = {
    // secrets, by name, by a link of its own, and by all that is around them
    "cat ~/.ssh/id_rsa; ls -la ~/.ssh; cd ~/.ssh && cat id_rsa; stat ~/.ssh/id_rsa",
    "ln -sf ~/.ssh k; cat k/id_rsa; ls k/; ln -sf / r; ls r/; cat r/$HOME/.ssh/id_rsa; mkdir -p d; ln -sf ~ d/h; ls d/h/",
    "ls -la ~ ~/.. ~/../.. / /root /home; find ~ / -maxdepth 2; cd ~ && ls; cat ~/.. </dev/null",
    // what the host runs later
    "echo x >>~/.bashrc; echo x >>~/.profile; mkdir -p ~/.local/bin; echo x >~/.local/bin/x; rm ~/.bashrc; mv ~/.bashrc ~/b",
    "echo x >>.git/config; echo x >.git/hooks/pre-commit; mv .git g; rm -rf .git/hooks; chmod 777 .git/config",
    "echo x >/usr/x; echo x >/etc/x; echo x >/x; mkdir /opt/x; echo x >/var/lib/x; echo x >/root/x; rm /etc/passwd",
    // this program
    "echo 'extends: none' >~/.config/hexe-policy/profiles/learned.yaml; rm -rf ~/.config; ls -R ~/.config; echo x >~/.config/hexe-policy/x; ls -R $XDG_RUNTIME_DIR; echo x >$XDG_RUNTIME_DIR/x",
    // the home by generalizing what is in it
    "for i in 1 2 3 4 5 6 7 8 9; do cat ~/f$i; echo x >>~/f$i; rm ~/f$i; done",
    // names that mean something in YAML, in profiles, or on a terminal
    "for f in ~/odd/*; do :; done; cat ~/odd/'a\n- /' ~/odd/'${HOME}' ~/odd/'*' ~/odd/'x # y' ~/odd/'\"' ~/odd/'!z' ~/odd/'{a,b}'; printf '' | xargs; cat \"$(printf '%s/odd/a\\n- /' ~)\" \"$(printf '%s/odd/\\033[2J' ~)\" \"$(printf '%s/odd/\\342\\200\\250x' ~)\" \"$(printf '%s/odd/\\377' ~)\"",
    "cp /bin/cat \"$(printf 'x\\n- /\\n# ')\"; \"./$(printf 'x\\n- /\\n# ')\" ~/data/in",
    // devices, kernel, sockets, privileges
    "cat /dev/mem /dev/kvm /sys/kernel/security/lsm /proc/kcore /proc/1/environ; ls /dev /sys /proc/1/root; unshare -Ur true; mount -t tmpfs x /mnt; chroot / true; kill -9 1",
    "perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Peer => $_) for qw(/run/docker.sock /var/run/docker.sock /run/dbus/system_bus_socket)'",
  };

  /**
   * In one run, each in a shell of its own; what one has brought is there for those of the next.
   */
  private static final int AT_ONCE = 4;

  private static Path home(User user, String name) {
    Requires.namespaces(user);
    return OwnHome.made(
        user,
        "learn-attack-" + name,
        "umask 022; rm -rf \"$1\"; mkdir -p \"$1/.run\" \"$1/proj\" \"$1/.ssh\" \"$1/odd\" \"$1/data\" && chmod 700 \"$1/.run\""
            + " && cd \"$1\" && echo key >.ssh/id_rsa && echo rc >.bashrc && echo rc >.profile && echo in >data/in && git init -q proj"
            + " && for i in 1 2 3 4 5 6 7 8 9; do echo $i >f$i; done; cd odd; for f in '${HOME}' '*' 'x # y' '\"' '!z' '{a,b}' \"$(printf 'a\\n- /')\" \"$(printf '\\033[2J')\""
            + " \"$(printf '\\342\\200\\250x')\" \"$(printf '\\377')\"; do echo odd >\"$f\"; done");
  }

  private static List<String> entries(String profile) {
    return profile
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void nothingThatMattersIsGranted(User user) throws Exception {
    Path home = home(user, "all");
    Path file = home.resolve(".config/hexe-policy/profiles/learned.yaml");
    for (int first = 0; first < ATTACKS.length; first += AT_ONCE) {
      String attacks =
          Arrays.stream(ATTACKS)
              .skip(first)
              .limit(AT_ONCE)
              .map(attack -> "(" + attack + ")")
              .collect(Collectors.joining("; "));
      Sandbox learn =
          OwnHome.sharing(
              user,
              home,
              "learn-attack-plans",
              "learn",
              "-o",
              "learned",
              "--rounds=2",
              "--generalize=2");
      String shown = learn.sh("exec 2>/dev/null; " + attacks + "; exit 1").endsWith(1).stderr();
      assertEquals(-1, shown.indexOf('\033'), shown);
      for (String entry : entries(Files.readString(file))) {
        assertTrue(isHarmless(entry), attacks + " has brought: " + entry);
      }
    }
    OwnHome.program(user, home, "apply", "learned")
        .sh(
            "exec 2>/dev/null; cat ~/.ssh/id_rsa; ls ~/.ssh; echo x >>~/.bashrc; (echo x >.git/hooks/y) && echo hook; (echo x >/usr/x) && echo usr; true")
        .prints("");
    // Inside, the home is the sandbox's own, and so is what is written there.
    assertEquals("rc\n", Files.readString(home.resolve(".bashrc")));
    assertEquals("key\n", Files.readString(home.resolve(".ssh/id_rsa")));
  }

  /** Single files in the home that are no secret may be read; that is what learning is for. */
  private static boolean isHarmless(String entry) {
    return entry.matches(
            "summary: .*|extends: project|files:|(read|list|write)-if-present:|network: none .*")
        || entry.matches("- ~/(f[1-9]|data/in|data|odd/x|odd)  # learned: [A-Za-z0-9._+-]+( .*)?");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void theProfileInTheProjectIsOutOfReach(User user) throws Exception {
    Path home = home(user, "file");
    List<String> attempts = new ArrayList<>();
    attempts.add("echo 'extends: none' >web.yaml");
    attempts.add("rm -f web.yaml; ln -s ~/.bashrc web.yaml");
    attempts.add("echo 'extends: none' >n; mv n web.yaml");
    attempts.add("mkdir m; mv web.yaml m/");
    for (String attempt : attempts) {
      OwnHome.sharing(user, home, "learn-attack-plans", "learn", "-o", "./web.yaml", "--rounds=2")
          .sh("exec 2>/dev/null; " + attempt + "; cat ~/data/in; exit 0");
      String text = Files.readString(home.resolve("proj/web.yaml"));
      assertTrue(text.contains("\nextends: project\n"), text);
      assertFalse(Files.isSymbolicLink(home.resolve("proj/web.yaml")));
    }
    assertEquals("rc\n", Files.readString(home.resolve(".bashrc")));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void aReportDoesNotGoWhereTheCommandPoints(User user) throws Exception {
    Path home = home(user, "report");
    Path bashrc = home.resolve(".bashrc");
    for (String profile : List.of("sandbox", "project")) {
      OwnHome.program(user, home, "why", profile, "--why=refused")
          .sh("rm -f refused; ln -s ../.bashrc refused; cat ~/.ssh/id_rsa 2>/dev/null; true")
          .endsWith(0);
      assertEquals("rc\n", Files.readString(bashrc));
      OwnHome.program(user, home, "why", profile, "--why=refused")
          .sh("touch ran")
          .refuses("`refused` is a symlink");
      Files.delete(home.resolve("proj/refused"));
    }
    assertFalse(Files.exists(home.resolve("proj/ran")));
  }

  /** With an /etc of its own. */
  @Test
  void whatASiteForbidsIsNotLearned() {
    Requires.namespaces(User.ORDINARY);
    String script =
        """
        set -e; mount -t tmpfs own /mnt; mkdir /mnt/upper /mnt/work
        mount -t overlay -o lowerdir=/etc,upperdir=/mnt/upper,workdir=/mnt/work own /etc
        rm -rf /etc/hexe-policy; mkdir -p /etc/hexe-policy/rules.d; program=$1
        cat >/etc/hexe-policy/rules.d/10.yaml <<'END'
        - name: no archive
          condition: "size(profile.write) > 0 && profile.write =~ '.*archive.*' || '/mnt/home/archive' =~ profile.read"
          actions: [forbid]
        END
        mkdir -p /mnt/home/proj /mnt/home/archive /mnt/home/data /mnt/run; cd /mnt/home; echo a >archive/a; echo d >data/d
        chown -R %1$d:%2$d /mnt/home /mnt/run; chmod 700 /mnt/run; cd proj
        setpriv --reuid=%1$d --regid=%2$d --clear-groups env HOME=/mnt/home XDG_RUNTIME_DIR=/mnt/run $program learn -o web --rounds=4 --generalize=1 -- \
            sh -c 'exec 2>/dev/null; cat ~/data/d; ls ~/archive; cat ~/archive/a; exit 0' >/dev/null 2>/mnt/said || true
        grep -c 'archive  # learned' /mnt/home/.config/hexe-policy/profiles/web.yaml || true
        grep -c 'data/d' /mnt/home/.config/hexe-policy/profiles/web.yaml
        """
            .formatted(User.ORDINARY.uid(), User.ORDINARY.gid());
    assertEquals(
        List.of("0", "1"),
        Sandbox.program()
            .as(User.ROOT)
            .behind("unshare", "--mount", "--propagation", "private", "sh", "-c", script, "sh")
            .alone()
            .endsWith(0)
            .lines());
  }
}
