package dev.hexe.policy.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.profile.MountEntries;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.MountEntry.Bind;
import dev.hexe.policy.api.profile.MountEntry.Changes;
import dev.hexe.policy.api.profile.MountEntry.Copy;
import dev.hexe.policy.api.profile.MountEntry.Directory;
import dev.hexe.policy.api.profile.MountEntry.MessageQueues;
import dev.hexe.policy.api.profile.MountEntry.Overlay;
import dev.hexe.policy.api.profile.MountEntry.Symlink;
import dev.hexe.policy.api.profile.MountEntry.Text;
import dev.hexe.policy.api.profile.MountEntry.Tmpfs;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.profiles.override.Overrides;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MountEntriesTest {
  @TempDir Path root;

  private MountEntries fixtures(String files) throws IOException {
    return surroundings(files).profiles().load("dir/x.yaml").files().fixtures();
  }

  private Surroundings surroundings(String files) throws IOException {
    return new Surroundings(root).write("work/dir/x.yaml", "files:\n" + files.indent(2));
  }

  private String at(String path) {
    return root.resolve("work/dir").resolve(path).normalize().toString();
  }

  @Test
  void eachKindIsReadWithKeysAndInOneWord() throws IOException {
    assertEquals(
        List.of(
            new Bind(at("../data"), "/a", true, false),
            new Bind(PathRule.CWD, "/b", true, false),
            new Bind("/c:d", "/e", true, false),
            new Bind("/x", "/y", true, true),
            new Bind("/x", "/z", false, false),
            new Bind("/x", "/zz", false, true),
            new Overlay("/o", List.of("/1", "/2"), new Changes.Refused()),
            new Overlay("/p", List.of("/1"), new Changes.Kept("/u", at("w"))),
            new Overlay("/q", List.of("/1", "/2"), new Changes.Discarded(1 << 20)),
            new Overlay("/r", List.of("/1"), new Changes.Discarded(128 << 20)),
            new Tmpfs("/t", 128 << 20, 0755),
            new Tmpfs("/u", 4096, 01777),
            new Directory("/v", 0700),
            new Symlink("../w", "/w"),
            new Symlink("python3", "/bin/python"),
            new Text("/f", "one\ntwo\n", 0600),
            new Copy(9, "/g", 0644),
            new Copy(10, "/h", 0400),
            new MessageQueues("/dev/mqueue")),
        fixtures(
                """
                bind: ["../data:/a", "${CWD}:/b", {from: "/c:d", to: /e}]
                bind-if-present: ["/x:/y"]
                bind-read-only: ["/x:/z"]
                bind-read-only-if-present: ["/x:/zz"]
                overlays:
                  - {at: /o, lower: [/1, /2], access: read}
                  - {at: /p, lower: /1, upper: /u, work: w}
                  - "/1:/2:/q:size=1M"
                  - "/1:/r"
                tmpfs: [/t, "/u:size=4K,mode=1777"]
                directories: [{at: /v, mode: 0700}]
                symlinks: ["../w:/w", {at: /bin/python, to: python3}]
                contents:
                  - {at: /f, text: "one\\ntwo\\n", mode: 0600}
                  - {at: /g, descriptor: 9}
                  - {at: /h, descriptor: 10, mode: 0400}
                message-queues: [/dev/mqueue]
                """)
            .all());
  }

  @Test
  void aColonInAPathIsMarked() throws IOException {
    assertEquals(
        List.of(new Bind("/a:b", "/c:d", true, false)),
        fixtures("bind: ['/a\\:b:/c\\:d']\n").all());
  }

  @Test
  void theRestIsRead() throws IOException {
    MountEntries fixtures =
        fixtures("unlisted: absent\nroot: tree:access=write\nread-only: [/a]\nno-execute: [b]\n");
    assertEquals(new MountEntries.Root(at("tree"), true), fixtures.root());
    assertEquals(List.of(PathRule.of("/a")), fixtures.readOnly());
    assertEquals(List.of(PathRule.of(at("b"))), fixtures.noExecute());
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("bind: [/a]", "2:10: `/a` is not a bind", "write it as in `./data:/data`"),
        mistake("bind: ['/a:/b:/c']", "2:10: `/a:/b:/c` is not a bind", ""),
        mistake("bind: [{from: /a}]", "2:10: a bind lacks `to`", ""),
        mistake("bind: [{from: /a, too: /b}]", "unknown key `too`", "did you mean `to`?"),
        mistake("bind: [['/a:/b']]", "a bind is not written as a list", ""),
        mistake("bind: ['/a:$HOME']", "`$HOME` is not expanded", "with braces"),
        mistake("tmpfs: ['/a:size=4Q']", "`4Q` is not a size", "accepted"),
        mistake("tmpfs: ['/a:mode=9']", "`9` is not a mode", "octal"),
        mistake("tmpfs: ['/a:size=1K,size=2K']", "`size` is given twice", ""),
        mistake("tmpfs: ['/a:size=1K,sise=2K']", "`sise=2K` is no part of a tmpfs", ""),
        mistake("contents: [{at: /a}]", "either `text` or `descriptor`", ""),
        mistake("contents: [{at: /a, text: x, descriptor: 3}]", "either `text` or", ""),
        mistake("contents: [{at: /a, descriptor: x}]", "2:35: `x` is not a descriptor", ""),
        mistake("symlinks: [':/a']", "a symlink leads nowhere", ""),
        mistake("overlays: ['/a:/b:upper=/u']", "both `upper` and `work`", ""),
        mistake("overlays: ['/a:/b:access=read']", "two directories or more", ""),
        mistake("overlays: ['/a:/c:/b:access=read,size=1K']", "`size` is for changes", ""),
        mistake("overlays: ['/a:/c:/b:access=none']", "`none` is not a value of `access`", ""),
        mistake("root: /a", "`files.root` leaves nothing", "unlisted: absent"));
  }

  private static Arguments mistake(String line, String told, String help) {
    return Arguments.of(line, told, help);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakesAreToldWithTheirPlace(String line, String told, String help) throws IOException {
    Surroundings surroundings = surroundings(line + "\n");
    String failure = surroundings.failure(() -> surroundings.profiles().load("dir/x.yaml"));
    assertTrue(failure.contains(told), failure);
    assertTrue(failure.contains(help), failure);
    assertTrue(failure.startsWith("dir/x.yaml:"), failure);
    assertTrue(failure.contains("^"), failure);
  }

  @Test
  void optionsAreReadFromTheWorkingDirectory() throws IOException {
    Surroundings surroundings = new Surroundings(root);
    Map<String, List<String>> options =
        Map.of(
            "--bind", List.of("data:/a"),
            "--file", List.of("9:/f:mode=0400"),
            "--overlay", List.of("/1:/o"),
            "--no-execute", List.of("/a"));
    MountEntries fixtures =
        surroundings.profiles().load("none", overrides(options)).files().fixtures();
    List<MountEntry> expected =
        List.of(
            new Bind(root.resolve("work/data").toString(), "/a", true, false),
            new Overlay("/o", List.of("/1"), new Changes.Discarded(128 << 20)),
            new Copy(9, "/f", 0400));
    assertEquals(expected, fixtures.all());
    assertTrue(fixtures.forbidsExecution("/a/b") && !fixtures.forbidsExecution("/ab"));
    String failure =
        surroundings.failure(
            () -> surroundings.profiles().load("none", overrides(Map.of("--root", List.of("/a")))));
    assertTrue(failure.contains("`files.unlisted` is not `absent`"), failure);
  }

  private static Overrides overrides(Map<String, List<String>> fixtures) {
    return Overrides.of(fixtures);
  }
}
