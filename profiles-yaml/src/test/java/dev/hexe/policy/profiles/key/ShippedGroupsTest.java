package dev.hexe.policy.profiles.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hexe.policy.profiles.key.ShippedProtectedPaths.Group;
import dev.hexe.policy.profiles.reader.Fields;
import dev.hexe.policy.profiles.yaml.Mistakes;
import dev.hexe.policy.profiles.yaml.SourceText;
import dev.hexe.policy.profiles.yaml.TreeReader;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import dev.hexe.policy.profiles.yaml.Yaml.Scalar;
import dev.hexe.policy.profiles.yaml.Yaml.Sequence;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The quick reader of the shipped lists, beside the one of all YAML. */
class ShippedGroupsTest {
  private static String shipped() throws Exception {
    try (var stream =
        ShippedProtectedPaths.class.getResourceAsStream(
            "/dev/hexe/policy/profiles/safeguards.yaml")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void whatIsShippedIsReadAsYamlSays() throws Exception {
    String text = shipped();
    Map<String, List<Group>> expected = new LinkedHashMap<>();
    for (Entry section : yaml(text).entries()) {
      expected.put(
          section.key().text(),
          ((Mapping) section.value()).entries().stream().map(ShippedGroupsTest::group).toList());
    }
    assertEquals(expected, ShippedGroups.read(text));
    assertEquals(List.of("protect", "hide", "environment"), List.copyOf(expected.keySet()));
  }

  @Test
  void aGroupWithoutAReasonIsNoGroup() {
    assertThrows(
        IllegalStateException.class, () -> ShippedGroups.read("hide:\n  a:\n    paths: [/x]\n"));
    assertThrows(IllegalStateException.class, () -> ShippedGroups.read("hide:\n  a\n"));
  }

  private static Mapping yaml(String text) {
    SourceText source = SourceText.of("safeguards.yaml", text);
    Mistakes mistakes = new Mistakes(source);
    Yaml root = new TreeReader(source, mistakes).read().orElseThrow();
    mistakes.throwIfAny();
    return (Mapping) root;
  }

  private static Group group(Entry entry) {
    return new Group(
        text(entry.value(), "exposure").findFirst().orElse(entry.key().text()),
        text(entry.value(), "because").findFirst().orElseThrow(),
        items(entry.value(), "paths", "names"),
        items(entry.value(), "show", "harmless"),
        text(entry.value(), "own").anyMatch("yes"::equals));
  }

  private static Stream<String> text(Yaml node, String key) {
    return Fields.entry(node, key).stream().map(it -> ((Scalar) it.value()).text());
  }

  private static List<String> items(Yaml node, String... keys) {
    return Stream.of(keys)
        .flatMap(key -> Fields.entry(node, key).stream())
        .flatMap(it -> ((Sequence) it.value()).items().stream())
        .map(it -> ((Scalar) it).text())
        .toList();
  }
}
