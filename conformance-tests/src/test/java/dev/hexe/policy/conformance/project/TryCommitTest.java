package dev.hexe.policy.conformance.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Product;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A commit writes nothing but what was shown, and nowhere but in the tree, whatever is in its way.
 */
class TryCommitTest {
  private static Path home(User user, String name) {
    Requires.namespaces(user);
    return OwnHome.made(
        user,
        "commit-" + name,
        """
        umask 022; chmod -R u+rwx "$1" 2>/dev/null; rm -rf "$1"; mkdir -p "$1/proj/dir" "$1/aside/dir" &&
        cd "$1/proj" && echo one >a && echo two >b && echo three >c && echo four >dir/d && echo secret >../aside/dir/d
        """);
  }

  /**
   * Runs a script under {@code try}, and another one outside, as `$DIR` knows where changes are.
   */
  private static Result between(User user, Path home, String inside, String outside) {
    Sandbox.program("try", "--keep")
        .as(user)
        .where("HOME", home.toString())
        .in(home.resolve("proj"))
        .sh(inside)
        .endsWith(0);
    return Sandbox.none()
        .as(user)
        .where("HOME", home.toString())
        .where("HP", Product.program().toString())
        .in(home.resolve("proj"))
        .sh("DIR=$(echo ~/.local/state/hexe-policy/changes/*); " + outside);
  }

  private static final String CHOOSE = "$HP --changes $DIR | cut -d' ' -f2- >$DIR/commit; ";

  @ParameterizedTest
  @EnumSource
  void aLinkThatIsPutInTheWayIsNotFollowed(User user) throws Exception {
    Path home = home(user, "link");
    Result result =
        between(
            user,
            home,
            "echo x >>dir/d; echo n >dir/new; echo y >>a",
            CHOOSE
                + "mv dir away; ln -s ../aside/dir dir; mv a kept; ln -s ../aside/dir/d a; $HP"
                + " --commit $DIR");
    assertEquals("secret\n", Files.readString(home.resolve("aside/dir/d")), result.toString());
    assertFalse(Files.exists(home.resolve("aside/dir/new")));
    assertTrue(Files.isSymbolicLink(home.resolve("proj/dir")));
    assertTrue(Files.isSymbolicLink(home.resolve("proj/a")));
    assertEquals("four\n", Files.readString(home.resolve("proj/away/d")));
    assertFalse(result.text().contains("done"), result.text());
  }

  @ParameterizedTest
  @EnumSource
  void aLineThatNamesNothingInTheTreeFails(User user) throws Exception {
    Path home = home(user, "lines");
    Result result =
        between(
            user,
            home,
            "echo x >>dir/d; echo y >>a",
            CHOOSE
                + "sed -i -e 's| dir/d | ../aside/dir/d |' -e 's|^mode.*||' $DIR/commit;"
                + " echo nonsense >>$DIR/commit; cp $DIR/commit /dev/stderr; $HP --commit $DIR");
    assertEquals("secret\n", Files.readString(home.resolve("aside/dir/d")), result.toString());
    assertEquals("one\ny\n", Files.readString(home.resolve("proj/a")), result.toString());
    assertEquals(1, result.lines().stream().filter(line -> line.contains(" done")).count());
    assertEquals(
        2, result.lines().stream().filter(line -> line.contains(" failed")).count(), result.text());
  }

  @ParameterizedTest
  @EnumSource
  void aTreeThatIsAnotherOneNowIsLeftAlone(User user) throws Exception {
    Path home = home(user, "moved");
    Result result =
        between(
            user,
            home,
            "echo x >>a; echo n >new",
            CHOOSE
                + "cd ..; mv proj before; cp -a before proj; $HP --commit $DIR; $HP --changes $DIR;"
                + " cat proj/a before/a");
    assertTrue(result.text().contains("conflict:moved"), result.toString());
    assertTrue(result.text().endsWith("one\none"), result.text());
  }

  @ParameterizedTest
  @EnumSource
  void whatWasAlteredSinceItWasShownIsNotCommitted(User user) throws Exception {
    Path home = home(user, "altered");
    Result result =
        between(
            user,
            home,
            "echo x >>a; echo y >>b",
            CHOOSE
                + "sleep 0.1; echo evil >$DIR/0/upper/a; echo evil >$DIR/0/upper/extra; $HP"
                + " --commit $DIR; cat a b; ls");
    assertEquals("one\n", Files.readString(home.resolve("proj/a")), result.toString());
    assertEquals("two\ny\n", Files.readString(home.resolve("proj/b")));
    assertFalse(Files.exists(home.resolve("proj/extra")));
    assertTrue(result.text().contains("altered"), result.text());
  }

  @ParameterizedTest
  @EnumSource
  void namesThatLeadUpwardsAreRefused(User user) throws Exception {
    Path home = home(user, "dots");
    Result result =
        between(
            user,
            home,
            "echo x >>a",
            CHOOSE
                + "sed -i 's| a -$| ../aside/dir/d -|' $DIR/commit; $HP --commit $DIR; echo 'add 0"
                + " upper 0 100644 0 2 1.1.1 0 / ../aside/new -' >$DIR/commit; $HP --commit $DIR;"
                + " ls ../aside");
    assertEquals("secret\n", Files.readString(home.resolve("aside/dir/d")), result.toString());
    assertTrue(result.text().endsWith("dir"), result.text());
    assertEquals("one\n", Files.readString(home.resolve("proj/a")));
  }

  @ParameterizedTest
  @EnumSource
  void oneThatIsKilledGoesOnWhereItWas(User user) throws Exception {
    Requires.command("strace");
    for (String point :
        new String[] {
          "renameat2:when=1",
          "renameat2:when=2",
          "renameat2:when=3",
          "unlinkat:when=1",
          "unlinkat:when=2",
          "mkdirat:when=1",
          "fchmod:when=2"
        }) {
      Path home = home(user, "killed");
      String[] parts = point.split(":", 2);
      Result result =
          between(
              user,
              home,
              "echo x >>a; echo y >>b; rm c; mkdir -p new/in; echo n >new/in/n; rm -r dir",
              CHOOSE
                  + "strace -qq -o /dev/null -e inject="
                  + parts[0]
                  + ":signal=KILL:"
                  + parts[1]
                  + " $HP --commit $DIR >/dev/null 2>&1; echo $?; test -e $DIR/commit && echo"
                  + " interrupted; for f in a b; do grep -c . $f; done; $HP --commit $DIR"
                  + " >/dev/null; $HP --changes $DIR; find . | sort; cat a b new/in/n");
      assertTrue(result.text().startsWith("137\ninterrupted\n"), point + result);
      assertTrue(
          result.text().endsWith(".\n./a\n./b\n./new\n./new/in\n./new/in/n\none\nx\ntwo\ny\nn"),
          point + result);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsDiscardedAfterAnInterruptionLeavesTheFilesThatWereThere(User user) throws Exception {
    Requires.command("strace");
    Path home = home(user, "settled");
    Result result =
        between(
            user,
            home,
            "echo x >>a; rm c",
            CHOOSE
                + "strace -qq -o /dev/null -e inject=renameat2:signal=KILL:when=1 $HP --commit $DIR"
                + " >/dev/null 2>&1; $HP --discard $DIR; find . | sort; head -1 a");
    assertFalse(result.text().contains(".hexe-policy-"), result.text());
    assertTrue(result.text().endsWith("one"), result.text());
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatIsReplacedInTheVeryMomentIsPutBack(User user) throws Exception {
    Requires.command("strace");
    Path home = home(user, "moment");
    Result result =
        between(
            user,
            home,
            "echo x >>a",
            CHOOSE
                + "strace -qq -o /dev/null -e trace=renameat2 -e"
                + " inject=renameat2:delay_enter=2000000:when=1 $HP --commit $DIR & sleep 1; echo"
                + " theirs >a.new; mv a.new a; wait; cat a; ls");
    assertEquals("theirs\n", Files.readString(home.resolve("proj/a")), result.toString());
    assertTrue(result.text().contains("conflict"), result.text());
    assertFalse(result.text().contains(".hexe-policy-"), result.text());
  }

  @ParameterizedTest
  @EnumSource
  void bigHolesStayHolesAndAttributesGoAlong(User user) throws Exception {
    Path home = home(user, "holes");
    Sandbox.program("try", "--commit")
        .as(user)
        .where("HOME", home.toString())
        .in(home.resolve("proj"))
        .sh("truncate -s 3G big; echo end >>big; touch -d @1000 a; chmod 1777 dir")
        .endsWith(0);
    assertEquals((3L << 30) + 4, Files.size(home.resolve("proj/big")));
    Sandbox.none()
        .as(user)
        .in(home.resolve("proj"))
        .sh("test $(du -k big | cut -f1) -lt 1000 && tail -c4 big; stat -c '%Y %a' a dir")
        .endsWith(0);
    assertEquals(1000, Files.getLastModifiedTime(home.resolve("proj/a")).toMillis() / 1000);
    assertEquals(01777, (int) Files.getAttribute(home.resolve("proj/dir"), "unix:mode") & 07777);
  }
}
