package dev.hexe.policy.conformance.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Product;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Floats: in place, and as a popup of a real tmux with somebody at its terminal. */
class FloatTest {
  private static final String HOME =
      """
      mkdir -p "$1/proj" "$1/.run"; chmod 700 "$1/.run"; cat >"$1/proj/inner" <<'END'
      { stty size 2>/dev/null || echo; uname -n; sh -c 'sh -c "echo \\$HEXE_VOIDBOX_PROFILE"'; } >result
      exit 5
      END
      """;

  @ParameterizedTest
  @EnumSource(User.class)
  void runsInPlaceWhereThereIsNoTmux(User user) {
    Requires.namespaces(user);
    Path home = OwnHome.made(user, "float-place", HOME);
    OwnHome.program(
            user,
            home,
            "float",
            "--command",
            "sh inner",
            "--isolation=sandbox",
            "--title",
            "t",
            "--size",
            "80,60,0,0")
        .alone()
        .endsWith(5);
    assertEquals(List.of("", "hexe", "sandbox"), result(user, home));
    OwnHome.program(user, home, "float", "--command", "exit 3", "--isolated").alone().endsWith(3);
    OwnHome.program(user, home, "float", "--command", "true", "--size", "8000")
        .alone()
        .endsWith(125);
  }

  @ParameterizedTest
  @EnumSource(User.class)
  void opensAPopupInsideTmux(User user) {
    Requires.namespaces(user);
    Requires.command("tmux");
    Requires.command("script");
    Path home = OwnHome.made(user, "float-tmux", HOME);
    String script =
        """
        unset TMUX; export TMUX_TMPDIR="$1/.run" HOME="$1" XDG_RUNTIME_DIR="$1/.run" SHELL=/bin/sh TERM=xterm
        cd "$1/proj"
        cat >outer <<END
        '$2' float --command 'sh inner' --isolation=sandbox --title '#(touch ran)' --size 80,60,0,0
        echo \\$? >status
        END
        timeout 120 script -qfc "stty rows 40 cols 100; tmux -L float -f /dev/null new-session 'sh outer'" seen </dev/null >/dev/null 2>&1
        cat status; ls ran 2>/dev/null
        grep -c '\\[1;1H' seen | grep -c '^[1-9]'
        """;
    String program = Product.program().toString();
    assertEquals(
        List.of("5", "1"), Sandbox.none().as(user).sh(script, home.toString(), program).lines());
    assertEquals(List.of("22 78", "hexe", "sandbox"), result(user, home));
  }

  private static List<String> result(User user, Path home) {
    return Sandbox.none().as(user).run("cat", home + "/proj/result").endsWith(0).lines();
  }
}
