package dev.hexe.policy.profiles.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hexe.policy.profiles.library.ProfileSelection.Choice;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileSelectionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # command line              | HEXE_VOIDBOX_PROFILE | HEXE_POD_ISOLATE | chosen            | by
                                      |                      |                  | default           | default
                                      | ''                   | ''               | default           | default
                                      | full                 |                  | full              | HEXE_VOIDBOX_PROFILE
                                      |                      | 1                | isolated          | HEXE_POD_ISOLATE
                                      |                      | true             | isolated          | HEXE_POD_ISOLATE
                                      |                      | 0                | default           | default
                                      |                      | false            | default           | default
                                      | full                 | 0                | full              | HEXE_VOIDBOX_PROFILE
                                      | isolated             | 1                | isolated          | HEXE_VOIDBOX_PROFILE
          profile=sandbox             |                      |                  | sandbox           | profile
          profile=sandbox             | full                 |                  | sandbox           | profile
          --isolated=isolated         | full                 |                  | isolated          | --isolated
          profile=sandbox             | full                 | 1                | sandbox           | profile
          profile=none                |                      | 1                | none              | profile
          profile=full --isolation=full |                    |                  | full              | profile
          profile=default --isolation=balanced |             |                  | default           | profile
          profile=./web.yaml          |                      |                  | ./web.yaml        | profile
          """)
  void chooses(String explicit, String named, String isolate, String chosen, String by) {
    assertEquals(
        new Choice(by, chosen),
        ProfileSelection.choose(choices(explicit), environment(named, isolate)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          profile=full --isolated=isolated |      |     | `profile` chooses `full`, but `--isolated` chooses `isolated`
          profile=a profile=a --isolation=b|      |     | `profile` chooses `a`, but `--isolation` chooses `b`
                                           | full | 1   | `HEXE_VOIDBOX_PROFILE` chooses `full`, but `HEXE_POD_ISOLATE` chooses `isolated`
                                           |      | yes | `yes` is not a value of `HEXE_POD_ISOLATE`
          profile=full                     |      | 2   | `2` is not a value of `HEXE_POD_ISOLATE`
          """)
  void refuses(String explicit, String named, String isolate, String message) {
    ProfileException e =
        assertThrows(
            ProfileException.class,
            () -> ProfileSelection.choose(choices(explicit), environment(named, isolate)));
    assertEquals(message, e.getMessage());
  }

  private static List<Choice> choices(String explicit) {
    return explicit == null
        ? List.of()
        : Stream.of(explicit.split(" "))
            .map(choice -> choice.split("=", 2))
            .map(parts -> new Choice(parts[0], parts[1]))
            .toList();
  }

  private static Map<String, String> environment(String named, String isolate) {
    Map<String, String> environment = new HashMap<>();
    environment.put("HEXE_VOIDBOX_PROFILE", named);
    environment.put("HEXE_POD_ISOLATE", isolate);
    environment.values().removeIf(java.util.Objects::isNull);
    return environment;
  }
}
