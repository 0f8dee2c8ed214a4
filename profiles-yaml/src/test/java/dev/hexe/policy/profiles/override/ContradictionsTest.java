package dev.hexe.policy.profiles.override;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.profiles.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two options of one command line that cannot both hold are refused with both in words. */
class ContradictionsTest {
  @TempDir Path root;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # one         | other
          --setenv A=1  | --unsetenv A
          --keepenv A   | --unsetenv A
          --setenv A=1  | --setenv A=2
          --setenv A=1  | --setenv A=
          --rlimit nofile=10 | --rlimit nofile=20
          --tmp 1M      | --tmp 2M
          --shm 1M      | --shm 2M
          --cap-add chown | --cap-drop CAP_CHOWN
          --cap-add CHOWN | --cap-drop chown
          """)
  void areRefusedInWhateverOrder(String one, String other) {
    String both = "`" + one + "` and `" + other + "` contradict each other";
    assertEquals(both + "\n  help: leave one of them out", failure(one, other));
    boolean sameOption = name(one).equals(name(other));
    String turned = "`" + other + "` and `" + one + "` contradict each other";
    assertEquals(
        (sameOption ? turned : both) + "\n  help: leave one of them out", failure(other, one));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # one         | other
          --setenv A=1  | --setenv A=1
          --setenv A=1  | --unsetenv B
          --setenv A=1  | --unsetenv A*
          --rlimit nofile=10 | --rlimit core=0
          --cap-add chown | --cap-drop ALL
          --tmp 1M      | --shm 2M
          """)
  void othersStayAsTheyAre(String one, String other) {
    assertDoesNotThrow(() -> surroundings().profiles().load("sandbox", options(one, other)));
  }

  @Test
  void whatAProfileSaysIsOverruled() {
    Surroundings surroundings =
        surroundings().write("work/p.yaml", "extends: sandbox\nenvironment: {set: {A: 1}}\n");
    assertEquals(
        Map.of("A", "2"),
        surroundings.profiles().load("p.yaml", options("--setenv A=2")).environment().set());
    assertEquals(
        Map.of(),
        surroundings.profiles().load("p.yaml", options("--unsetenv A")).environment().set());
  }

  private String failure(String... words) {
    Surroundings surroundings = surroundings();
    return surroundings.failure(() -> surroundings.profiles().load("sandbox", options(words)));
  }

  private Surroundings surroundings() {
    return new Surroundings(root);
  }

  private static String name(String words) {
    return words.substring(0, words.indexOf(' '));
  }

  private static Overrides options(String... words) {
    Map<String, List<String>> options = new LinkedHashMap<>();
    for (String each : words) {
      options
          .computeIfAbsent(name(each), any -> new ArrayList<>())
          .add(each.substring(each.indexOf(' ') + 1));
    }
    return Overrides.of(options);
  }
}
