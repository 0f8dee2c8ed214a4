package dev.hexe.policy.profiles.value;

import dev.hexe.policy.api.profile.Resource;
import dev.hexe.policy.profiles.reader.Fields;
import dev.hexe.policy.profiles.reader.Scope;
import dev.hexe.policy.profiles.reader.Values;
import dev.hexe.policy.profiles.yaml.Nearest;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The formats of limits on the resources of a process. */
public final class ResourceFormats {
  private static final Pattern COUNT = Pattern.compile("0|[1-9][0-9]{0,8}");
  private static final long MILLISECONDS = 1_000;
  public static final List<String> NAMES =
      Arrays.stream(Resource.values()).map(Resource::label).toList();

  private ResourceFormats() {}

  /**
   * A resource with its limit, as {@code NAME=LIMIT}.
   *
   * @throws ProfileException where it is not one
   */
  public static Map.Entry<String, Long> assignment(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new ProfileException(
          Quotes.quote(text) + " limits nothing", "accepted: `NAME=LIMIT`, as in `nofile=1024`");
    }
    Resource resource = resource(text.substring(0, equals));
    return Map.entry(resource.label(), limit(resource, text.substring(equals + 1)));
  }

  private static Resource resource(String name) {
    return Arrays.stream(Resource.values())
        .filter(resource -> resource.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ProfileException(
                    Quotes.quote(name) + " is not a resource", Nearest.help(name, NAMES)));
  }

  private static long limit(Resource resource, String text) {
    if (text.equals("max")) {
      return Resource.UNLIMITED;
    }
    return switch (resource) {
      case NOFILE -> count(text);
      case CPU -> seconds(text);
      case FSIZE, STACK, CORE, AS -> text.equals("0") ? 0 : LimitFormats.size(text);
    };
  }

  /** A limit as profiles write it. */
  public static String text(Resource resource, long limit) {
    if (limit == Resource.UNLIMITED) {
      return "max";
    }
    return switch (resource) {
      case NOFILE -> Long.toString(limit);
      case CPU -> limit + "s";
      case FSIZE, STACK, CORE, AS -> LimitFormats.text(limit);
    };
  }

  private static long count(String text) {
    if (!COUNT.matcher(text).matches()) {
      throw new ProfileException(
          Quotes.quote(text) + " is not a number of open files", "accepted: `1024`, or `max`");
    }
    return Long.parseLong(text);
  }

  /** The kernel counts whole seconds. */
  private static long seconds(String text) {
    if (COUNT.matcher(text).matches()) {
      return Long.parseLong(text);
    }
    return (TimeFormat.time(text) + MILLISECONDS - 1) / MILLISECONDS;
  }

  /** The entries of a mapping whose keys are names of resources. */
  public static List<Entry> known(Mapping mapping, Scope scope) {
    return Fields.known(mapping, NAMES, scope);
  }

  /** Reads the limit of a resource. */
  public static Optional<Long> read(Entry entry, Scope scope) {
    Resource resource = resource(entry.key().text());
    return Values.parsed(text -> limit(resource, text)).read(entry.value(), scope);
  }

  /** The limits by resource. */
  public static Map<Resource, Long> byResource(Map<String, Long> limits) {
    Map<Resource, Long> resources = new EnumMap<>(Resource.class);
    limits.forEach((name, limit) -> resources.put(resource(name), limit));
    return resources;
  }
}
