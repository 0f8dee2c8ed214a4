package dev.hexe.policy.cli.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.api.profile.ProtectedPath;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantableTest {
  private static final Grantable GRANTABLE =
      new Grantable(
          "/home/you",
          "/home/you/src/shop",
          List.of(
              new ProtectedPath("/home/you/.ssh", "keys"),
              new ProtectedPath("/home/you/.config/gh", "a token")),
          List.of(
              new ProtectedPath("/home/you/.local/bin", "run later"),
              new ProtectedPath("/home/you/src/shop/.git/hooks", "run by git")),
          List.of(new ProtectedPath("/home/you/.config/hexe-policy", "decides the next run")));

  @ParameterizedTest(name = "{1} {0}: {2}")
  @CsvSource({
    "/home/you/data, false, true",
    "/home/you/data/a, true, true",
    "/home/you, false, false",
    "/home/you, true, false",
    "/home, false, false",
    "/, false, false",
    "/, true, false",
    "/home/you/.ssh, false, false",
    "/home/you/.ssh/id_rsa, false, false",
    "/home/you/.ssh/config, true, false",
    "/home/you/.config, false, false",
    "/home/you/.config/other, false, true",
    "/home/you/.local/bin/x, false, false",
    "/home/you/.local/bin/x, true, false",
    "/home/you/.local, true, false",
    "/home/you/.config/hexe-policy/profiles/web.yaml, true, false",
    "/home/you/src/shop, true, true",
    "/home/you/src/shop/.git/hooks, true, false",
    "/home/you/src, true, false",
    "/usr/share/x, true, false",
    "/srv/data/x, true, true",
    "/srv, false, false",
    "/var/lib/x, false, true",
    "/var/lib, false, false",
    "/tmp/x, false, false",
    "/run/docker.sock, true, false",
    "/proc/sys/kernel, false, false",
    "/sys/fs, false, false",
    "/dev/kvm, true, false",
    "/home/you/${HOME}, false, false",
    "/home/you/*, false, false",
    "/home/you/a\\b, false, false",
    "/home/you/!x, false, false",
    "/home/you/{a}, false, false",
    "/home/you/ä ö, false, true"
  })
  void pathsAreGrantedOrAskedAbout(String path, boolean write, boolean granted) {
    assertEquals(granted, GRANTABLE.objection(path, path, write).isEmpty(), path);
  }

  @ParameterizedTest
  @CsvSource({"/home/you/link, /home/you/.ssh/id_rsa", "/home/you/link, /", "/srv/d/x, /home/you"})
  void whereALinkLeadsCounts(String path, String real) {
    assertEquals(false, GRANTABLE.objection(path, real, false).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "'/home/you/a\n- /'", "'/home/you/a\u2028b'", "'/home/you/a\u0085b'", "'/home/you/a\"b'",
    "'/home/you/a\u001bb'", "'/home/you/a\ufffdb'", "'/home/you/a#b'", "'/home/you/a$b'"
  })
  void namesThatCouldMeanSomethingElseAreAskedAbout(String path) {
    assertEquals(false, GRANTABLE.objection(path, path, false).isEmpty());
  }
}
