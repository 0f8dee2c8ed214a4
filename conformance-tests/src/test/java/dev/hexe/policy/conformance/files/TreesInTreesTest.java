package dev.hexe.policy.conformance.files;

import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trees that lie in others with other rights, or below something that is mounted over them. */
class TreesInTreesTest {
  private static final String LAID_OUT =
      "processes: {others: invisible}\nfiles: {unlisted: allowed, tmpfs: [/tmp], ";
  private static final String HEAD =
      "processes: {others: invisible}\nfiles: {unlisted: allowed, tmp: {private: 16M}, ";

  @TempDir Path profiles;
  private Path belowTmp;

  @BeforeEach
  void makeATree() throws Exception {
    open(profiles);
    belowTmp = Files.createTempDirectory(Path.of("/tmp"), "covered");
    open(belowTmp);
    Files.writeString(belowTmp.resolve("file"), "low");
  }

  @AfterEach
  void removeIt() throws Exception {
    Files.delete(belowTmp.resolve("file"));
    Files.delete(belowTmp);
  }

  private static void open(Path directory) throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A tree with a program in it, and below. */
  private static Path programs(User user) {
    Path place = user.home().resolve("programs");
    Sandbox.none()
        .as(user)
        .sh(
            "rm -rf \"$1\" && mkdir -p \"$1/part\" && cp /bin/true \"$1/program\" && cp /bin/true \"$1/part/program\"",
            place.toString())
        .endsWith(0);
    return place;
  }

  @ParameterizedTest
  @EnumSource
  void aPartMayHaveNoPrograms(User user) {
    Requires.namespaces(user);
    Path place = programs(user);
    for (String profile : List.of("balanced", "sandbox")) {
      Sandbox.profile(profile)
          .as(user)
          .in(place)
          .with("--no-execute=./part")
          .sh("./program && ! ./part/program && echo ran")
          .prints("ran");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPartMayHaveThemAtAnotherPlace(User user) {
    Requires.namespaces(user);
    Path place = programs(user);
    for (String profile : List.of("balanced", "sandbox")) {
      Sandbox without =
          Sandbox.profile(profile).as(user).in(place).with("--no-execute=.", "--read=./part");
      without.sh("./part/program").endsWith(126);
      without
          .with("--ro-bind=./part:/programs")
          .sh("/programs/program && ! ./part/program && echo ran")
          .prints("ran");
    }
  }

  @ParameterizedTest
  @EnumSource
  void withLandlockAloneNeitherIsToBeHad(User user) {
    Requires.landlock(1);
    Path place = programs(user);
    for (String path : List.of(".", "./part")) {
      Sandbox.profile("isolated")
          .as(user)
          .in(place)
          .with("--no-execute=" + path)
          .sh("true")
          .refuses("no-execute");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatLiesBelowAnotherMountIsFound(User user) throws Exception {
    Requires.namespaces(user);
    Path profile = profiles.resolve("covered.yaml");
    for (String head : List.of(HEAD, LAID_OUT)) {
      for (String kind : List.of("read", "write", "read-if-present", "write-if-present")) {
        Files.writeString(profile, head + kind + ": [\"%s\"]}\n".formatted(belowTmp));
        Sandbox.profile(profile.toString())
            .as(user)
            .sh("cat \"$1\"/file; ls -A /tmp | wc -l", belowTmp.toString())
            .prints("low1");
      }
    }
    for (String there : List.of(belowTmp.toString(), "/var/tmp", "/mnt")) {
      for (String kind : List.of("overlays", "bind-read-only")) {
        Files.writeString(profile, HEAD + kind + ": [\"%s:%s\"]}\n".formatted(belowTmp, there));
        Sandbox.profile(profile.toString()).as(user).sh("cat " + there + "/file").prints("low");
      }
    }
  }

  private static final String SIDES =
      "touch x && echo here; touch ../beside 2>/dev/null || echo kept";

  @ParameterizedTest
  @EnumSource
  void aPartOfWhatIsReadCanBeWrittenWhereAllElseStaysAsItIs(User user) throws Exception {
    Requires.namespaces(user);
    Path part = programs(user).resolve("part");
    for (String nesting : List.of("denied", "allowed")) {
      for (String written : List.of("${CWD}", part.toString())) {
        String lists = "read: [\"%s\"], write: [\"%s\"]".formatted(part.getParent(), written);
        at(part, user, lists, nesting).sh(SIDES).prints("here\nkept");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theWorkingDirectoryStaysReadOnlyInWhatIsMadeSoAndThatIsSaid(User user) throws Exception {
    Requires.namespaces(user);
    Path part = programs(user).resolve("part");
    for (String devices : List.of("", "devices: minimal, ")) {
      String lists =
          devices + "read-only: [\"%s\"], write: [\"${CWD}\"]".formatted(part.getParent());
      Sandbox sandbox = at(part, user, lists, "allowed");
      sandbox.sh("touch x 2>/dev/null || echo kept").prints("kept").complains("stays read-only");
      sandbox.with("--write=.").sh(SIDES).prints("here\nkept");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anOptionThatMakesATreeReadOnlyHoldsForTheWorkingDirectory(User user) throws Exception {
    Requires.namespaces(user);
    Path part = programs(user).resolve("part");
    Path profile = profiles.resolve("later.yaml");
    Files.writeString(
        profile,
        "extends: balanced\nfiles: {write: {only: [\"${CWD}\"]}, read: [\"%s\"]}\n"
            .formatted(part.getParent()));
    Sandbox sandbox = Sandbox.profile(profile.toString()).as(user).in(part);
    sandbox.sh(SIDES).prints("here\nkept");
    sandbox
        .with("--read-only=" + part.getParent())
        .sh("touch y 2>/dev/null || echo kept")
        .prints("kept")
        .complains("stays read-only");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsReadOnlyInTheWorkingDirectoryStaysSo(User user) throws Exception {
    Requires.namespaces(user);
    Path tree = programs(user);
    Path part = tree.resolve("part");
    String lists = "read-only: [\"%s\"], write: [\"${CWD}\"]".formatted(part);
    at(tree, user, lists, "allowed")
        .sh("touch x && echo here; touch part/x 2>/dev/null || echo kept")
        .prints("here\nkept");
  }

  @ParameterizedTest
  @EnumSource
  void theWorkingDirectoryCoversNothingThatIsListedToBeRead(User user) throws Exception {
    Requires.namespaces(user);
    Path part = programs(user).resolve("part");
    Sandbox.none().as(user).in(part).sh("mkdir deep").endsWith(0);
    String lists =
        "read: [\"%s\", \"%s/deep\"], write: [\"${CWD}\"]".formatted(part.getParent(), part);
    at(part, user, lists, "allowed").sh("touch deep/x").refuses("keeps apart");
  }

  /** A sandbox in which what these lists do not name stays as it is on the host. */
  private Sandbox at(Path directory, User user, String lists, String nesting) throws Exception {
    Path profile = profiles.resolve("lists.yaml");
    Files.writeString(
        profile,
        "files: {unlisted: allowed, %s}\nprivileges: {gain: never, nesting: %s}\n"
            .formatted(lists, nesting));
    return Sandbox.profile(profile.toString()).as(user).in(directory);
  }
}
