package dev.hexe.policy.cli.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileTextTest {
  private static final String HOME = "/home/you";
  private static final Grant DATA = new Grant(Place.READ, HOME + "/data", "cat");

  private static ProfileText text(String... lines) {
    return ProfileText.of(String.join("\n", lines), HOME);
  }

  @Test
  void sectionsAndListsAreMadeWhereThereAreNone() {
    ProfileText text = text("extends: project");
    text.add(DATA);
    text.add(new Grant(Place.ALLOW, "example.org:443", ""));
    assertEquals(
        """
        extends: project
        files:
          read-if-present:
          - ~/data  # learned: cat
        network:
          allow:
          - "example.org:443"  # learned
        """,
        text.toString());
  }

  @Test
  void whatSomebodyWroteStaysAsItIs() {
    ProfileText text =
        text(
            "extends: project   # mine",
            "files:",
            "    write: [~/out]      # by hand",
            "",
            "    read-if-present:    # and these",
            "        - ~/other",
            "",
            "# the end of files",
            "limits: {memory: 1G}");
    text.add(DATA);
    assertEquals(
        """
        extends: project   # mine
        files:
            write: [~/out]      # by hand

            read-if-present:    # and these
                - ~/other
                - ~/data  # learned: cat

        # the end of files
        limits: {memory: 1G}
        """,
        text.toString());
  }

  @Test
  void onlyWhatWasLearnedIsRemoved() {
    ProfileText text =
        text("files:", "  read-if-present:", "  - ~/data", "  - ~/a  # learned: cat");
    text.remove(new Grant(Place.READ, HOME + "/a", ""));
    text.remove(DATA);
    assertEquals("files:\n  read-if-present:\n  - ~/data\n", text.toString());
  }

  @Test
  void aListGoesWithItsLastEntry() {
    ProfileText text = text("extends: project");
    text.add(DATA);
    text.remove(DATA);
    assertEquals("extends: project\n", text.toString());
  }

  @Test
  void whatIsCommentedOutIsDeclined() {
    ProfileText text =
        text("files:", "  read-if-present:", "  - ~/x", "  # - ~/data  # learned: cat");
    assertTrue(text.isDeclined(DATA));
    assertFalse(text.isDeclined(new Grant(Place.READ, HOME + "/data2", "cat")));
    assertEquals(List.of(), text.learned());
  }

  @Test
  void aListOnOneLineIsRefused() {
    ProfileText text = text("files: {read: [~/a]}");
    String message = assertThrows(IllegalStateException.class, () -> text.add(DATA)).getMessage();
    assertEquals("line 1: `files` is written on one line, which cannot be added to", message);
  }

  @Test
  void hostileWordsStayInOneComment() {
    ProfileText text = text("extends: project");
    text.ask(
        new Question(
            "read /x\nfiles: {write: [/]}\u2028a\u0085b\033[31m",
            "because\r\nx: y",
            "a\nb",
            "cat"));
    assertTrue(
        text.toString().lines().skip(1).allMatch(line -> line.startsWith("#")), text::toString);
    assertEquals(3, text.toString().lines().count());
    assertFalse(text.toString().contains("\033"));
  }

  @Test
  void aQuestionIsAskedOnce() {
    ProfileText text = text("extends: project");
    Question question = new Question("read ~/.npmrc", "a token", "", "npm");
    text.ask(question);
    text.ask(question);
    assertEquals(2, text.toString().lines().count());
  }

  @Test
  void entriesStandBeforeQuestions() {
    ProfileText text = text("extends: project");
    text.ask(new Question("read ~/.npmrc", "a token", "", "npm"));
    text.add(DATA);
    assertTrue(text.toString().indexOf("data") < text.toString().indexOf("npmrc"));
  }

  @Test
  void theNetworkIsClosedUntilSomethingIsAskedFor() {
    ProfileText text = text("extends: project");
    assertEquals(ProfileText.Network.UNSAID, text.network());
    text.closeNetwork();
    assertEquals(ProfileText.Network.LEARNED, text.network());
    text.add(new Grant(Place.ALLOW, "example.org:443", ""));
    assertEquals(ProfileText.Network.LEARNED, text.network());
    assertFalse(text.toString().contains("none"));
    assertEquals(ProfileText.Network.WRITTEN, text("network: host").network());
    assertEquals(ProfileText.Network.WRITTEN, text("network:", "  allow: [a.example]").network());
  }

  @Test
  void theBaseIsFoundInItsForms() {
    assertEquals("full", text("summary: x", "extends: full  # why").base().orElseThrow());
    assertEquals("/a b/c.yaml", text("extends: \"/a b/c.yaml\"").base().orElseThrow());
    assertTrue(text("extends: [a, b]").base().isEmpty());
  }
}
