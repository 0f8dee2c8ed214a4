package dev.hexe.policy.conformance.project;

import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everyday programs work under {@code project}. */
class ProjectToolsTest {
  private static Path home(User user, String name) {
    return OwnHome.made(
        user,
        "tools-" + name,
        "umask 022; chmod -R u+rwx \"$1\" 2>/dev/null; rm -rf \"$1\"; mkdir -p \"$1/proj\" && echo"
            + " one >\"$1/proj/file\"");
  }

  @ParameterizedTest
  @EnumSource
  void anEditorWritesAFile(User user) {
    Requires.command("vim");
    OwnHome.project(user, home(user, "vim"), "proj")
        .sh("vim -es -c 's/one/two/' -c wq file; cat file; ls -A")
        .prints("two\nfile");
  }

  @ParameterizedTest
  @EnumSource
  void aMultiplexerHasAServerOfItsOwn(User user) {
    Requires.command("tmux");
    OwnHome.project(user, home(user, "tmux"), "proj")
        .sh(
            "tmux -L own new-session -d 'echo inside >made; tmux -L own wait-for -S done; sleep"
                + " 60'; tmux -L own wait-for done; cat made; tmux -L own kill-server")
        .prints("inside");
  }

  /** Of an ordinary user; root's has none with one id alone. */
  @Test
  void screenHasAPlaceForItsSessions() {
    User user = User.ORDINARY;
    Requires.command("screen");
    OwnHome.project(user, home(user, "screen"), "proj")
        .sh(
            "screen -dmS own sh -c 'echo inside >made; sleep 60'; for i in $(seq 100); do [ -s made ] && break;"
                + " sleep 0.1; done; cat made; screen -S own -X quit")
        .prints("inside");
  }

  @ParameterizedTest
  @EnumSource
  void theProcessorsAreAsOutsideAndCannotBeChanged(User user) {
    Requires.command("lscpu");
    Requires.path("/sys/devices/system/cpu/online");
    String list = "lscpu -p | grep -v '^#'";
    String outside = Sandbox.none().as(user).sh(list).endsWith(0).text();
    OwnHome.project(user, home(user, "lscpu"), "proj")
        .sh(
            list
                + "; ls /sys /sys/devices; [ -w /sys/devices/system/cpu/cpu0/uevent ] || echo kept")
        .prints(outside + "\n/sys:\ndevices\n\n/sys/devices:\nsystem\nkept");
  }
}
