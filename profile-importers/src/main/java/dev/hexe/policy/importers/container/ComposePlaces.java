package dev.hexe.policy.importers.container;

import dev.hexe.policy.importers.Source;
import dev.hexe.policy.importers.report.Place;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the lines of keys in a compose file by their indentation: several services have the same.
 */
final class ComposePlaces {
  private static final Pattern KEY =
      Pattern.compile("^( *)(?:- +)?[\"']?([^\\s\"'#:][^\"':]*?)[\"']?\\s*:(?:\\s.*)?$");

  private final String file;
  private final String[] lines;

  ComposePlaces(Source source) {
    file = source.name();
    lines = source.text().split("\r?\n", -1);
  }

  /** A key of the file itself. */
  Place top(String key) {
    return place(child(-1, key));
  }

  /** A key of a service; one that it merges has the first line with this key. */
  Place in(String service, String key) {
    OptionalInt services = child(-1, "services");
    OptionalInt own =
        services.isPresent() ? child(services.getAsInt(), service) : OptionalInt.empty();
    OptionalInt found = own.isPresent() ? child(own.getAsInt(), key) : OptionalInt.empty();
    return place(found.isPresent() ? found : first(key));
  }

  private Place place(OptionalInt line) {
    return line.isPresent() ? new Place(file, line.getAsInt() + 1) : Place.all(file);
  }

  /**
   * The line of a key that is further in than that of its parent; of -1, one of the file itself.
   */
  private OptionalInt child(int parent, String key) {
    int outer = parent < 0 ? -1 : indentation(lines[parent]);
    int inner = -1;
    for (int i = parent + 1; i < lines.length; i++) {
      Matcher found = KEY.matcher(lines[i]);
      if (!found.matches()) {
        continue;
      }
      int here = found.group(1).length();
      if (here <= outer) {
        return OptionalInt.empty();
      }
      inner = inner < 0 ? here : inner;
      if (here == inner && found.group(2).equals(key)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private OptionalInt first(String key) {
    for (int i = 0; i < lines.length; i++) {
      Matcher found = KEY.matcher(lines[i]);
      if (found.matches() && found.group(2).equals(key)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private static int indentation(String line) {
    return line.length() - line.stripLeading().length();
  }
}
