package dev.hexe.policy.profiles.network;

import dev.hexe.policy.api.network.Destination;
import dev.hexe.policy.profiles.yaml.Mistakes;
import dev.hexe.policy.profiles.yaml.Nearest;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.ProfileFile;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.SourceText;
import dev.hexe.policy.profiles.yaml.TreeReader;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Destinations that go by one name, {@code @github} for example: those of the file {@code
 * network-sets.yaml}, and those that a site or a user has named. What is shipped is read when it is
 * asked for.
 */
public final class NetworkSets {
  /** Those that are shipped alone. */
  public static final NetworkSets SHIPPED = new NetworkSets(Map.of());

  private static final String RESOURCE = "network-sets.yaml";
  private static final String MARK = "@";

  private final Map<String, List<Destination>> own;

  /** The shipped ones, and {@code own}, which have other names. */
  public NetworkSets(Map<String, List<Destination>> own) {
    this.own = Map.copyOf(own);
  }

  /**
   * One destination, or those of a set.
   *
   * @throws ProfileException where it is neither
   */
  public List<Destination> allowed(String text) {
    return text.startsWith(MARK) ? destinations(text) : List.of(DestinationFormat.allowed(text));
  }

  /** Whether a shipped one has this name. */
  public static boolean isShipped(String name) {
    return shipped().containsKey(name);
  }

  private List<Destination> destinations(String text) {
    String name = text.substring(MARK.length());
    return Optional.ofNullable(own.get(name))
        .or(() -> Optional.ofNullable(shipped().get(name)))
        .orElseThrow(() -> unknown(text));
  }

  private ProfileException unknown(String text) {
    List<String> known = new ArrayList<>(own.keySet().stream().sorted().toList());
    known.addAll(shipped().keySet());
    return new ProfileException(
        "there is no set of destinations " + Quotes.quote(text),
        Nearest.help(text, known.stream().map(MARK::concat).toList()));
  }

  private static Map<String, List<Destination>> shipped() {
    try (InputStream stream =
        NetworkSets.class.getResourceAsStream("/dev/hexe/policy/profiles/" + RESOURCE)) {
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
