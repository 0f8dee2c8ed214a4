package dev.hexe.policy.backend.namespaces;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.api.testing.FakeTree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files whose owner ssh looks at. */
class SshSettingsTest {
  private final FakeTree tree = FakeTree.mergedUsr();

  private List<String> files(String settings) {
    return new SshSettings(tree.text("/etc/ssh/ssh_config", settings)).checkedFiles();
  }

  @Test
  void mainFileItselfIsNotLookedAt() {
    assertEquals(List.of(), files("Host *\n  Port 22\n"));
    assertEquals(List.of(), new SshSettings(FakeTree.mergedUsr()).checkedFiles());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Include /etc/ssh/ssh_config.d/*.conf",
        "  include ssh_config.d/*.conf",
        "INCLUDE=\"/etc/ssh/ssh_config.d/*.conf\"",
        "Include nothing/*.conf ssh_config.d/?.conf",
      })
  void includedFilesAre(String line) {
    tree.files("/etc/ssh/ssh_config.d/a.conf", "/etc/ssh/ssh_config.d/b.conf");
    tree.files("/etc/ssh/ssh_config.d/readme", "/etc/ssh/ssh_config.d/.conf");
    assertEquals(
        List.of("/etc/ssh/ssh_config.d/a.conf", "/etc/ssh/ssh_config.d/b.conf"), files(line));
  }

  @Test
  void whatThoseIncludeIsToo() {
    tree.text("/etc/ssh/ssh_config.d/50.conf", "Include /etc/crypto/openssh.config\n");
    tree.files("/etc/crypto/openssh.config");
    assertEquals(
        List.of("/etc/ssh/ssh_config.d/50.conf", "/etc/crypto/openssh.config"),
        files("Include ssh_config.d/*.conf"));
  }

  @Test
  void filesThatIncludeEachOtherComeToAnEnd() {
    tree.text("/etc/ssh/one", "Include two");
    tree.text("/etc/ssh/two", "Include one");
    assertEquals(List.of("/etc/ssh/one", "/etc/ssh/two"), files("Include one"));
  }
}
