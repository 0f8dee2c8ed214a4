package dev.hexe.policy.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.reader.PathExpander;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A path means one absolute path, or is refused. */
class PathsTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "XDG_RUNTIME_DIR", "/run/user/7",
          "XDG_CACHE_HOME", "/var/cache/ada/",
          "XDG_STATE_HOME", "state",
          "XDG_DATA_HOME", "/",
          "SECRET", "/secret");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /usr                   | /usr
          /usr//lib/./x/../      | /usr/lib
          /                      | /
          /../..                 | /
          /a b/ü                 | /a b/ü
          ~                      | /home/ada
          ~/src                  | /home/ada/src
          ~/../bob               | /home/bob
          ${HOME}                | /home/ada
          ${HOME}/src            | /home/ada/src
          ${CWD}                 | @cwd
          /var/mail/${USER}      | /var/mail/ada
          /x/${USER}.d/${USER}   | /x/ada.d/ada
          ${XDG_RUNTIME_DIR}/bus | /run/user/7/bus
          ${XDG_CACHE_HOME}/x    | /var/cache/ada/x
          ${XDG_CONFIG_HOME}     | /home/ada/.config
          ${XDG_STATE_HOME}      | /home/ada/.local/state
          ${XDG_DATA_HOME}/x     | /x
          lib                    | /profiles/lib
          ../lib                 | /lib
          .                      | /profiles
          @cwd                   | /profiles/@cwd
          Outer$Inner.class      | /profiles/Outer$Inner.class
          """)
  void means(String text, String path) {
    assertEquals(PathRule.of(path), expand(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                  | path `` is empty
          ~bob/src            | path `~bob/src` names another user's home
          ~ada                | path `~ada` names another user's home
          $HOME/src           | path `$HOME/src` is not expanded
          ${CWD}/src          | `${CWD}` must stand alone
          /x/${CWD}           | `${CWD}` must stand alone
          /x/${HOME}          | `${HOME}` starts a path, and only `/` may follow it
          ${HOME}2            | `${HOME}` starts a path, and only `/` may follow it
          ${SECRET}           | unknown variable `${SECRET}`
          ${HOEM}             | unknown variable `${HOEM}`
          ${HOME              | path `${HOME` holds a `${` that no `}` closes
          ${}                 | unknown variable `${}`
          ${XDG_DATA_HOME}    | path `${XDG_DATA_HOME}` is `/` here, which would open everything
          ~/../..             | path `~/../..` is `/` here, which would open everything
          """)
  void refuses(String text, String message) {
    assertEquals(message, refusal(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a\0b", "/a\nb"})
  void refusesWhatNoPathHolds(String text) {
    assertEquals("path `/a\ufffdb` holds a NUL or a newline", refusal(text));
  }

  @Test
  void refusesWhatIsTooLong() {
    String path = "/" + "x".repeat(4095);
    assertEquals("path " + Quotes.quote(path) + " is longer than 4095 characters", refusal(path));
  }

  @Test
  void refusesRelativePathsWhereNothingNamesThem() {
    assertEquals("path `lib` is not absolute", refusal("lib", "/home/ada", ""));
  }

  @Test
  void aHomeThatIsTheRootIsNotOpened() {
    assertEquals(
        "path `~` is `/` here, which would open everything", refusal("~", "/", "/profiles"));
    assertEquals(PathRule.of("/src"), expander("/", "").expand("~/src", false));
    ProfileException e =
        assertThrows(ProfileException.class, () -> expander("/", "").expand("~", false));
    assertTrue(e.help().startsWith("HOME is `/`: set it to a directory of yours"), e::help);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "home/ada", "."})
  void aHomeThatIsNotAbsoluteIsRefused(String home) {
    ProfileException e = assertThrows(ProfileException.class, () -> expander(home, ""));
    assertEquals("HOME is `" + home + "`, not an absolute path", e.getMessage());
    assertTrue(e.help().startsWith("set it to a directory of yours"), e::help);
  }

  @Test
  void aHomeOfTwoLinesIsRefusedOnce() {
    ProfileException e = assertThrows(ProfileException.class, () -> expander("/a\nb", ""));
    String told = String.valueOf(e.getMessage());
    assertTrue(told.endsWith("no list can hold a path with a newline"), told);
    assertTrue(e.help().startsWith("set it to another directory of yours"), e::help);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "..", "."})
  void aUserThatIsNoNameIsRefused(String user) {
    ProfileContext context =
        new ProfileContext(Path.of("/h"), user, Path.of("/"), Map.of(), List.of());
    ProfileException e =
        assertThrows(
            ProfileException.class,
            () -> new PathExpander(context, "").expand("/mail/${USER}", false));
    assertEquals("`${USER}` is not known", e.getMessage());
  }

  private static PathRule expand(String text) {
    return expander("/home/ada", "/profiles").expand(text, false);
  }

  private static String refusal(String text) {
    return refusal(text, "/home/ada", "/profiles");
  }

  private static String refusal(String text, String home, String base) {
    ProfileException e =
        assertThrows(ProfileException.class, () -> expander(home, base).expand(text, false));
    return String.valueOf(e.getMessage());
  }

  private static PathExpander expander(String home, String base) {
    ProfileContext context =
        new ProfileContext(Path.of(home), "ada", Path.of("/work"), ENVIRONMENT, List.of());
    return new PathExpander(context, base);
  }
}
