package dev.hexe.policy.api.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
  @ParameterizedTest
  @CsvSource({
    "LANG, LANG, true",
    "LANG, LANGUAGE, false",
    "LANGUAGE, LANG, false",
    "LC_*, LC_, true",
    "LC_*, LC_ALL, true",
    "LC_*, LANG, false",
    "*_TOKEN, GH_TOKEN, true",
    "*_TOKEN, TOKEN, false",
    "*_TOKEN, GH_TOKEN_FILE, false",
    "*KEY*, KEY, true",
    "*KEY*, SECRETKEYS, true",
    "A*B*C, ABBC, true",
    "A*B*C, ABBCD, false",
    "A*BC, ABCBC, true",
    "*, ANYTHING, true",
    "**, ANYTHING, true"
  })
  void patterns(String pattern, String name, boolean matches) {
    assertEquals(matches, Environment.matches(List.of(pattern), name));
  }

  @Test
  void everythingPassesByDefault() {
    assertEquals(List.of("A", "B"), passing(Environment.HOST, "A", "B"));
    assertEquals(List.of(), Environment.HOST.filters());
  }

  @Test
  void whatNamesAVariableCountsOverAPattern() {
    Environment environment =
        new Environment(
            false,
            List.of("GH_TOKEN", "LC_*"),
            List.of("*_TOKEN", "AWS_*", "LC_ALL"),
            List.of("AWS_REGION"),
            Map.of());
    assertEquals(
        List.of("GH_TOKEN", "AWS_REGION", "LC_TIME", "HOME"),
        passing(
            environment,
            "GH_TOKEN",
            "CI_TOKEN",
            "AWS_KEY",
            "AWS_REGION",
            "LC_ALL",
            "LC_TIME",
            "HOME"));
  }

  @Test
  void clearingLeavesWhatIsKeptAndNotWhatIsSpared() {
    Environment environment =
        new Environment(
            true, List.of("LC_*", "PATH"), List.of("LC_ALL"), List.of("AWS_REGION"), Map.of());
    assertEquals(
        List.of("LC_TIME", "PATH"),
        passing(environment, "LC_TIME", "LC_ALL", "PATH", "AWS_REGION", "HOME"));
  }

  @Test
  void whatIsSetDoesNotPass() {
    Environment environment =
        new Environment(false, List.of(), List.of(), List.of(), Map.of("B", "2", "A", "1"));
    assertEquals(List.of("C"), passing(environment, "A", "C"));
    assertEquals(List.of("A", "B"), List.copyOf(environment.set().keySet()));
  }

  private static List<String> passing(Environment environment, String... names) {
    return Stream.of(names).filter(environment::passes).toList();
  }
}
