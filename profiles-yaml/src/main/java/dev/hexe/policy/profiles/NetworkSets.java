package dev.hexe.policy.profiles;

import dev.hexe.policy.api.profile.Destination;
import dev.hexe.policy.profiles.Yaml.Entry;
import dev.hexe.policy.profiles.Yaml.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Destinations that go by one name, {@code @github} for example: the file {@code
 * network-sets.yaml}.
 */
final class NetworkSets {
  private static final String RESOURCE = "network-sets.yaml";
  private static final String MARK = "@";

  private NetworkSets() {}

  /** Whether the text means a set. */
  static boolean isSet(String text) {
    return text.startsWith(MARK);
  }

  /**
   * The destinations of a set.
   *
   * @throws ProfileException where there is none of this name
   */
  static List<Destination> destinations(String text) {
    Map<String, List<Destination>> sets = shipped();
    List<Destination> found = sets.get(text.substring(MARK.length()));
    if (found == null) {
      List<String> known = sets.keySet().stream().map(MARK::concat).toList();
      throw new ProfileException(
          "there is no set of destinations " + Quotes.quote(text), Nearest.help(text, known));
    }
    return found;
  }

  private static Map<String, List<Destination>> shipped() {
    try (InputStream stream = NetworkSets.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException("this installation lacks its sets of destinations");
      }
      SourceText text = ProfileFile.decode(stream.readAllBytes(), RESOURCE);
      Mistakes mistakes = new Mistakes(text);
      Yaml root = new TreeReader(text, mistakes).read().orElseThrow(mistakes::exception);
      mistakes.throwIfAny();
      Map<String, List<Destination>> sets = new LinkedHashMap<>();
      ((Mapping) root).entries().forEach(set -> sets.put(set.key().text(), hosts(set)));
      return sets;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Destination> hosts(Entry set) {
    return ((Mapping) set.value())
        .entries().stream().map(host -> DestinationFormat.allowed(host.key().text())).toList();
  }
}
