package dev.hexe.policy.conformance.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layouts at paths of a profile's choice, seen from inside, and what of it reaches the host. */
@Order(1)
class LaidOutFilesTest {
  private static final String SYSTEM =
      """
      identity: self
      files:
        unlisted: absent
        read: [/bin, /usr, /lib, /etc]
        read-if-present: [/lib64]
      """;

  /** A directory of the user's that no profile lists, with a tree in it. */
  private static Path prepare(User user, String name) {
    Requires.namespaces(user);
    Path place = user.outside().resolve("laid-out-" + name);
    Sandbox.none()
        .as(user)
        .sh(
            "rm -rf \"$1\" && mkdir -p \"$1/base/sub\" \"$1/over\" \"$1/changes\" \"$1/work\" && cd \"$1\""
                + " && echo base >base/file && echo both >base/both && echo deep >base/sub/deep"
                + " && echo over >over/both && cp /bin/true base/program",
            place.toString())
        .endsWith(0);
    return place;
  }

  private static Sandbox sandbox(User user, Path place, String... options) {
    Sandbox sandbox = Sandbox.profile("sandbox").as(user).in(place).with(options);
    boolean startsThere =
        List.of(options).contains("--overlay=${CWD}:${CWD}")
            || List.of(options).contains("--write=.");
    return startsThere ? sandbox : sandbox.with("--chdir=" + user.home());
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  @ParameterizedTest
  @EnumSource
  void bindsAreAtAnotherPlaceWithTheirOwnRights(User user) throws Exception {
    Path place = prepare(user, "binds");
    sandbox(user, place, "--bind=./base:/work", "--ro-bind=base:/work/sub/read")
        .sh("true")
        .refuses("`/work/sub/read` does not exist in `/work`");
    Sandbox binds =
        sandbox(user, place, "--ro-bind=base/sub:/work/sub", "--bind=./base:/work", "--dir=/srv");
    binds
        .sh("echo new >/work/new && cat /work/file && ! touch /work/sub/x && ! rm /work/sub/deep")
        .prints("base");
    binds.sh("mv /work/sub /work/other || mv /work /srv/x").endsWith(1);
    assertEquals("new", read(place.resolve("base/new")));
    assertEquals("deep", read(place.resolve("base/sub/deep")));
  }

  @ParameterizedTest
  @EnumSource
  void bindsToReadCannotBeMadeWritable(User user) {
    Path place = prepare(user, "read");
    assertEquals(
        List.of("ok", "EROFS", "EROFS", "EROFS", "EROFS"),
        sandbox(user, place, "--ro-bind=./base:/read")
            .tries(
                "read /read/file",
                "write /read/file",
                "truncate /read/file",
                "create /read/new",
                "remove /read/file"));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsMissingIsRefusedOrPassedOver(User user) {
    Path place = prepare(user, "missing");
    sandbox(user, place, "--bind=./none:/x").sh("true").refuses("none` does not exist");
    sandbox(user, place, "--bind-if-present=./none:/x", "--ro-bind-if-present=./base:/y")
        .sh("! ls -d /x && ls /y/file")
        .prints("/y/file");
  }

  @ParameterizedTest
  @EnumSource
  void directoriesInMemoryHaveTheirSizeAndMode(User user) {
    Path place = prepare(user, "tmpfs");
    sandbox(
            user,
            place,
            "--tmpfs=/scratch:size=1M,mode=0710",
            "--tmpfs=/usual",
            "--dir=/d:mode=0700")
        .sh(
            "stat -c '%a %F' /scratch /usual /d; head -c 3000000 /usr/bin/env /usr/bin/* >/scratch/x"
                + " 2>/usual/err; stat -c %s /scratch/x; grep -c 'No space' /usual/err")
        .prints("710 directory\n755 directory\n700 directory\n1048576\n1");
  }

  @ParameterizedTest
  @EnumSource
  void symlinksAndFilesAreMade(User user) throws Exception {
    Path place = prepare(user, "files");
    Path profile = place.resolve("files.yaml");
    Sandbox.none()
        .as(user)
        .fed(
            SYSTEM
                + """
                  bind: [base:/work]
                  symlinks: ["file:/link", {at: /etc-link, to: /etc}]
                  contents:
                    - {at: /made, text: "made\\n", mode: 0640}
                    - {at: /work/file, text: "inside\\n", mode: 0600}
                    - {at: /etc/hosts, text: "127.0.0.1 here\\n"}
                """)
        .sh("cat >\"$1\"", profile.toString())
        .endsWith(0);
    Sandbox.profile(profile.toString())
        .as(user)
        .in(place)
        .with("--chdir=/")
        .sh(
            "readlink /link /etc-link; cat /made /work/file /etc/hosts; stat -c %a /made /work/file;"
                + " echo changed >/work/file && cat /work/file; ls -A /work | sort")
        .prints(
            "file\n/etc\nmade\ninside\n127.0.0.1 here\n640\n600\nchanged\nboth\nfile\nprogram\nsub");
    assertEquals("base", read(place.resolve("base/file")));
  }

  @ParameterizedTest
  @EnumSource
  void aDescriptorBecomesAFile(User user) {
    Path place = prepare(user, "descriptor");
    Sandbox descriptor = sandbox(user, place, "--file=0:/secret:mode=0400", "--file=7:/etc/hosts");
    descriptor.sh("true").endsWith(125).complains("descriptor 7 for `/etc/hosts` is not open");
    sandbox(user, place, "--file=0:/secret:mode=0400")
        .fed("from outside\0")
        .sh("od -An -c /secret | tr -d ' '; stat -c %a /secret")
        .prints("fromoutside\\0\n400");
    sandbox(user, place, "--file=0:/x", "--file=0:/y").sh("true").refuses("two files");
  }

  @ParameterizedTest
  @EnumSource
  void anOverlayNeverChangesItsLayers(User user) throws Exception {
    Path place = prepare(user, "overlay");
    sandbox(user, place, "--overlay=over:base:/o:access=read")
        .sh("cat /o/both /o/sub/deep && ! touch /o/x")
        .prints("over\ndeep");
    Sandbox memory = sandbox(user, place, "--overlay=./base:/o:size=1M");
    memory
        .sh(
            "rm -r /o/sub && mkdir /o/sub && echo x >/o/sub/new && echo changed >/o/file && cat /o/file")
        .prints("changed");
    memory.sh("cat /o/file /o/sub/deep && ls /o/sub").prints("base\ndeep\ndeep");
    memory
        .sh("head -c 3000000 /usr/bin/env /usr/bin/* >/o/big")
        .complains("No space left on device");
    assertEquals("base", read(place.resolve("base/file")));
    assertTrue(Files.exists(place.resolve("base/sub/deep")));
    assertFalse(Files.exists(place.resolve("base/big")));
  }

  @ParameterizedTest
  @EnumSource
  void changesOfAnOverlayAreKept(User user) throws Exception {
    Path place = prepare(user, "kept");
    Sandbox kept = sandbox(user, place, "--overlay=./base:/o:upper=./changes,work=./work");
    kept.sh("echo kept >/o/file && rm /o/both && mkdir /o/made").endsWith(0);
    kept.sh("cat /o/file && ls /o").prints("kept\nfile\nmade\nprogram\nsub");
    assertEquals("base", read(place.resolve("base/file")));
    assertEquals("kept", read(place.resolve("changes/file")));
    assertEquals(0, place.resolve("work").toFile().list().length, "left in the work directory");
  }

  @ParameterizedTest
  @EnumSource
  void theWorkingDirectoryCanBeTriedOut(User user) throws Exception {
    Path place = prepare(user, "cwd");
    sandbox(user, place, "--overlay=${CWD}:${CWD}")
        .sh("pwd && echo changed >base/file && cat base/file")
        .prints(place + "\nchanged");
    assertEquals("base", read(place.resolve("base/file")));
    sandbox(user, place, "--bind=${CWD}:/work").sh("echo y >/work/y && cat /work/y").prints("y");
    assertTrue(Files.exists(place.resolve("y")));
    sandbox(user, Path.of("/"), "--overlay=${CWD}:/work").sh("ls -d /work").endsWith(2);
  }

  @ParameterizedTest
  @EnumSource
  void layersHaveToBeApart(User user) {
    Path place = prepare(user, "apart");
    for (String changes :
        List.of(
            "upper=base,work=work",
            "upper=base/sub,work=work",
            "upper=.,work=work",
            "upper=changes,work=changes",
            "upper=changes,work=base/sub")) {
      sandbox(user, place, "--overlay=./base:/o:" + changes).sh("true").refuses("are not apart");
    }
    for (String option : List.of("--write=.", "--bind=./changes:/c", "--write=./work")) {
      sandbox(user, place, option, "--overlay=./base:/o:upper=changes,work=work")
          .sh("true")
          .refuses("which the command can write itself");
    }
    sandbox(user, place.resolve("changes"), "--write=${CWD}")
        .with("--overlay=../base:/o:upper=" + place + "/changes,work=" + place + "/work")
        .sh("true")
        .refuses("keeps apart");
  }

  @ParameterizedTest
  @EnumSource
  void aTreeBecomesTheRoot(User user) throws Exception {
    Path place = prepare(user, "root");
    Sandbox.none()
        .as(user)
        .sh(
            "cd \"$1\" && mkdir -p tree/usr tree/proc tree/etc && echo tree >tree/etc/name"
                + " && for d in bin lib lib64; do ln -s usr/$d tree/$d; done && cat >root.yaml",
            place.toString())
        .endsWith(0);
    for (String root : List.of("root: tree", "overlays: [\"tree:/\"]", "root: tree:access=write")) {
      Sandbox.none()
          .as(user)
          .fed(
              "identity: self\nprocesses: {others: invisible}\nfiles:\n  unlisted: absent\n"
                  + "  read: [/usr]\n  "
                  + root
                  + "\n")
          .sh("cat >\"$1\"", place + "/root.yaml")
          .endsWith(0);
      Sandbox inside = Sandbox.profile(place + "/root.yaml").as(user).in(Path.of("/"));
      inside.sh("cat /etc/name && echo /*").prints("tree\n/bin /etc /lib /lib64 /proc /usr");
      inside.sh("[ / -ef /.. ] && [ ! -e /../home ]").endsWith(0);
      boolean writable = !root.equals("root: tree");
      inside.sh("echo changed >/etc/name").endsWith(writable ? 0 : 2);
      assertEquals(
          root.endsWith("write") ? "changed" : "tree", read(place.resolve("tree/etc/name")));
      inside.with("--tmpfs=/none").sh("true").endsWith(root.startsWith("overlays") ? 0 : 125);
    }
    assertFalse(Files.exists(place.resolve("tree/none")));
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsExecutedWhereNothingIsToBe(User user) {
    Path place = prepare(user, "data");
    Sandbox data =
        sandbox(user, place, "--ro-bind=./base:/data", "--no-execute=/data", "--no-execute=/tmp");
    data.sh("/data/program").endsWith(126);
    data.sh("cp /bin/true /tmp/x && /tmp/x").endsWith(126);
    data.sh("/lib64/ld-linux-x86-64.so.2 /data/program || exit 3").endsWith(3);
    data.sh("cat /data/file && cp /data/program ~/x && ~/x && rm ~/x").prints("base");
    sandbox(user, place, "--write=.", "--no-execute=./base")
        .sh(
            "./base/program; [ $? = 126 ] && touch base/new && ! mv base other && cp base/program p && ./p")
        .endsWith(0);
  }

  @ParameterizedTest
  @EnumSource
  void withLandlockAloneDataIsNotExecutedAndNothingIsLaidOut(User user) {
    Requires.landlock(1);
    Path place = prepare(user, "landlock");
    Sandbox isolated = Sandbox.profile("isolated").as(user).in(place);
    isolated.with("--tmpfs=/x").sh("true").refuses("no layout-mounts: the command takes");
    isolated.with("--no-execute=/tmp").sh("true").refuses("no-execute");
    Sandbox data = isolated.with("--no-execute=/tmp", "--no-execute=${CWD}", "--best-effort");
    data.sh("./base/program").complains("no-execute").endsWith(126);
    data.sh("cat base/file && echo x >new && cat new").endsWith(0);
    Sandbox.profile("sandbox")
        .as(user)
        .with("--backend=landlock", "--best-effort", "--bind=" + place + "/base:/work")
        .sh("ls /work; cat " + place + "/base/file")
        .complains("layout", "is not enforced")
        .endsWith(1);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsThereBecomesReadOnly(User user) {
    Path place = prepare(user, "sealed");
    sandbox(user, place, "--write=.", "--read-only=./base", "--read-only=/tmp")
        .sh("touch new && ! touch base/new && ! touch /tmp/x && ! mv base other")
        .endsWith(0);
    sandbox(user, place, "--tmpfs=/t", "--symlink=x:/t/y", "--bind=./base:/t/b", "--read-only=/t")
        .sh("readlink /t/y && ! touch /t/x && touch /t/b/x")
        .prints("x");
  }

  @ParameterizedTest
  @EnumSource
  void messageQueuesAreTheSandboxesOwn(User user) {
    Path place = prepare(user, "queues");
    Sandbox queues = sandbox(user, place, "--mqueue=/queues");
    queues.sh("ls -A /queues; stat -f -c %T /queues").prints("mqueue");
    Sandbox.profile("balanced")
        .as(user)
        .with("--mqueue=/queues")
        .sh("true")
        .refuses("ipc: private");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--bind=./base:/",
        "--tmpfs=/proc",
        "--tmpfs=/proc/x",
        "--tmpfs=/usr/none",
        "--tmpfs=/usr/../proc/x",
        "--bind=./base/file:/usr/lib",
        "--bind=./base:/etc/passwd",
        "--symlink=x:/usr/lib",
        "--dir=/usr/none",
        "--file=0:/etc/none",
        "--overlay=./base/file:/o",
        "--overlay=./base:/o:access=read",
        "--read-only=/none",
        "--no-execute=/none",
        "--root=./base/file",
      })
  void whatCannotBePutIsRefused(String option) {
    Path place = prepare(User.ORDINARY, "refused");
    sandbox(User.ORDINARY, place, option).sh("true").refuses();
  }

  @Attack(Way.DESTINATIONS)
  @ParameterizedTest
  @EnumSource
  void aSymlinkPlantedAtADestinationIsNotFollowed(User user) throws Exception {
    Path place = prepare(user, "planted");
    Sandbox plant = sandbox(user, place, "--write=.", "--tmpfs=" + place + "/base/sub");
    plant.sh("touch base/sub/x").endsWith(0);
    sandbox(user, place, "--write=.").sh("rm -r base/sub && ln -s /etc base/sub").endsWith(0);
    plant.sh("true").refuses("symlink");
    sandbox(user, place, "--write=.", "--bind=base/sub:/x").sh("true").refuses("symlink");
    assertTrue(Files.isSymbolicLink(place.resolve("base/sub")));
  }

  @ParameterizedTest
  @EnumSource
  void thousandsOfBindsAreMade(User user) {
    Path place = prepare(user, "many");
    List<String> binds = new ArrayList<>();
    IntStream.range(0, 5000).forEach(i -> binds.add("--ro-bind=base:/many/" + i % 50 + "/" + i));
    sandbox(user, place, binds.toArray(String[]::new))
        .sh("cat /many/49/4999/file && ls /many/7 | wc -l && ! touch /many/1/1/x")
        .prints("base\n100");
  }
}
