package dev.hexe.policy.profiles.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.profiles.SchemaTest;
import dev.hexe.policy.profiles.Surroundings;
import dev.hexe.policy.profiles.library.BuiltIns;
import dev.hexe.policy.profiles.schema.FileFormat.Formatted;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.SourceText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The canonical style: one way to write each file, with every comment, and with the same meaning.
 */
class FileFormatTest {
  @TempDir Path root;

  private static String format(String yaml) {
    return FileFormat.text(SourceText.of("p.yaml", yaml), FileShapes.PROFILE).after();
  }

  static Stream<String> texts() throws IOException {
    return Stream.concat(
        SchemaTest.examples().stream(),
        Stream.concat(
            BuiltIns.NAMES.stream().map(name -> BuiltIns.read(name).text()),
            Stream.of(
                "hide: {only: [ ~/a ,\n  ~/b ]}",
                "files:\n  read:\n  - /usr\n  # - /opt\n  write: []",
                "files:\n  contents:\n  - text: |-\n      a\n\n      b\n    at: /x\n\n\nnetwork: none",
                "files: {contents: [{at: /x, text: \"a # b\"}]} # c",
                "files:\n  contents:\n    - at: /x\n      text: >\n          folded\n          text\n\nipc: private",
                "files:\n  contents:\n    - at: /x\n      text: |2+\n         three\n\n\nipc: private",
                "when:\n- # why\n  limits: {pids: 5}\n  if: {user: a}\n# end",
                "summary: 'one\n  two'\nextends: full",
                "variables: {a: b}\n\n# about it\nextends: [full,   # first\n   sandbox]\n",
                "# only\n---\nextends: full\n...\n# end\n",
                "\"extends\" : full",
                "? extends\n: full")));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void isTheSameWhenItIsFormattedAgainAndKeepsEveryComment(String yaml) {
    // That nothing changes in what it says is checked by the class itself, at each run.
    String once = format(yaml);
    assertEquals(once, format(once));
    assertTrue(once.lines().allMatch(line -> line.equals(line.stripTrailing())), once);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limits: {pids: 5}\nextends: full\nfiles:\n  write: {only: [~/a]}\n  read: [/usr/bin, ~/b]",
        "hide: [~/x, ~/.netrc]\nextends: [full, sandbox]\nenvironment: {set: {B: 2, A: 1}}",
        "when:\n- limits: {memory: 1G}\n  unless: {user: nobody}\nextends: balanced\n",
        "files:\n  contents:\n  - text: |-\n     x\n      y\n    at: /etc/x\nextends: full",
      })
  void resolvesToTheSameProfile(String text) {
    Surroundings surroundings = new Surroundings(root);
    assertEquals(surroundings.load(text), surroundings.load(format(text)));
  }

  @Test
  void ordersKeysAsTheManualDoesAndMovesTheirComments() {
    assertEquals(
        """
        # of the file

        extends: sandbox
        files:
          read: [/usr, /etc]  # system
          write:              # ours
            - ~/a
            # - ~/b
        # nothing goes out
        network: none
        limits: {memory: 1G, pids: 5}
        """,
        format(
            """
            # of the file

            # nothing goes out
            network:   none
            limits: { pids: 5,
               memory: 1G }
            extends: sandbox
            files:
                write: # ours
                - ~/a
                # - ~/b
                read: [ /usr,/etc ] # system
            """));
  }

  @Test
  void whatDoesNotFitInBracketsGetsALineForEach() {
    String many = "/some/quite/long/path/to/a/directory";
    String list = String.join(", ", List.of(many + "1", many + "2", many + "3"));
    assertEquals(
        "files:\n  read:\n    [%1$s1, %1$s2,\n     %1$s3]\n".formatted(many),
        format("files: {read: [" + list + "]}"));
    assertEquals(
        "files:\n  bind:\n    - {from: %1$s1, to: /x}\n    - {from: %1$s2, to: /y}\n"
            .formatted(many),
        format("files: {bind: [{from: %1$s1, to: /x}, {to: /y, from: %1$s2}]}".formatted(many)));
  }

  @Test
  void mistakesInTheTextAreToldAndMistakesInTheProfileAreNot() {
    assertThrows(ProfileException.class, () -> format("a: [b"));
    assertThrows(ProfileException.class, () -> format("a: &x b"));
    assertEquals("memroy: 5\n", format("memroy:   5"));
  }

  @Test
  void saysWhetherAFileIsAsItShouldBe() {
    Formatted formatted =
        FileFormat.text(SourceText.of("p", "network: none\n"), FileShapes.PROFILE);
    assertTrue(formatted.isCanonical());
  }

  @ParameterizedTest
  @FieldSource("dev.hexe.policy.profiles.library.BuiltIns#NAMES")
  void shippedProfilesAreInThatStyle(String name) {
    String text = BuiltIns.read(name).text();
    assertEquals(
        text, FileFormat.text(SourceText.of(name + ".yaml", text), FileShapes.PROFILE).after());
  }
}
