package dev.hexe.policy.conformance.policies;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A wish is seen from inside, or refused in words. */
class WishesTest {
  /** A directory of the user's own, where nothing but a sandbox keeps it from making files. */
  private static final String TRY = "! touch ./made && ! rm -f ./there && test -e ./there";

  private static Path place(User user) {
    Path place = user.outside().resolve("wishes");
    Sandbox.profile("none")
        .as(user)
        .sh(
            "rm -rf \"$1\" && mkdir -p \"$1/out\" \"$1/d\" && : >\"$1/there\" && echo x >\"$1/d/f\"",
            place.toString())
        .endsWith(0);
    return place;
  }

  @Attack(value = Way.UNENTERED_COPY, design = "namespaces")
  @ParameterizedTest
  @CsvSource({
    "ORDINARY, none",
    "ROOT, none",
    "ORDINARY, minimal",
    "ROOT, minimal",
  })
  void aReadOnlyTreeIsReadOnlyEverywhereBelow(User user, String profile) {
    Requires.namespaces(user);
    Sandbox sandbox = Sandbox.profile(profile).as(user).in(place(user));
    sandbox.with("--read-only=/").sh(TRY + " && echo x >/dev/null").endsWith(0);
    sandbox
        .with("--read-only=/", "--write=./out")
        .sh(TRY + " && touch ./out/made && rm ./out/made")
        .endsWith(0);
  }

  @Attack(value = Way.UNENTERED_COPY, design = "Landlock alone")
  @ParameterizedTest
  @EnumSource
  void soItIsUnderLandlockAlone(User user) {
    Requires.landlock(3);
    Sandbox sandbox = Sandbox.profile("none").as(user).in(place(user));
    sandbox
        .with("--read-only=/", "--write=./out", "--backend=landlock", "--best-effort")
        .sh(TRY + " && echo x >/dev/null && touch ./out/made && rm ./out/made")
        .endsWith(0);
    sandbox.with("--read-only=/", "--backend=landlock").sh("true").refuses("layout");
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsExecutedInATreeWithoutPrograms(User user) {
    Requires.namespaces(user);
    Sandbox.profile("none")
        .as(user)
        .in(place(user))
        .with("--no-execute=/")
        .sh("true")
        .endsWith(126);
  }

  @ParameterizedTest
  @EnumSource
  void anOptionHidesWhatTheProfileLists(User user) {
    Requires.namespaces(user);
    Sandbox sandbox = Sandbox.profile("sandbox").as(user);
    sandbox.in(Path.of("/usr")).with("--hide=/etc").sh("! cat /etc/passwd").endsWith(0);
    sandbox
        .in(Path.of("/usr"))
        .with("--hide=~")
        .sh("! ls -A ~ || test -z \"$(ls -A ~)\"")
        .endsWith(0);
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatIsListedCanBeWritten(User user) throws Exception {
    Requires.namespaces(user);
    Path place = place(user);
    Path profile = place.resolveSibling("only.yaml");
    Files.writeString(
        profile, "extends: sandbox\nfiles: {write: {only: [" + place.resolve("out") + "]}}\n");
    Sandbox.profile(profile.toString())
        .as(user)
        .in(place.resolve("out"))
        .sh("touch made && rm made && ! touch ~/made")
        .endsWith(0);
  }

  @ParameterizedTest
  @EnumSource
  void theHostsPlacesAreThereWhereTheyAreWanted(User user) throws Exception {
    Requires.namespaces(user);
    Path profile = place(user).resolveSibling("host.yaml");
    Files.writeString(
        profile,
        """
        files: {unlisted: absent, read: [/usr, /etc], read-if-present: [/bin, /lib, /lib64], tmp: host, devices: host}
        processes: {others: visible}
        """);
    Sandbox.profile(profile.toString())
        .as(user)
        .in(Path.of("/usr"))
        .sh("test -c /dev/null && test -d /tmp && test -d /proc/1")
        .endsWith(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "extends: sandbox\\nfiles: {write: []} | an empty list adds nothing",
        "extends: none\\nenvironment: {keep: [LANG]} | nothing removes `LANG`",
        "extends: none\\nprofile: sandbox | is the name of a built-in profile",
        "extends: none\\ndemand: {hostname: required} | has no effect",
        "extends: sandbox\\nfiles: {read: [/srv/x1, /srv/x2]} | `/srv/x2` does not exist",
      })
  void whatWouldHaveNoEffectIsRefused(String yaml, String message) throws Exception {
    Path profile = User.ORDINARY.outside().resolve("futile.yaml");
    Files.writeString(profile, yaml.replace("\\n", "\n") + "\n");
    Sandbox.profile(profile.toString()).sh("true").refuses(message, profile + ":");
  }
}
