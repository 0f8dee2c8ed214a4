package dev.hexe.policy.importers.hexe;

import java.util.HashSet;
import java.util.Set;

/** Names for floats: their own, else the program's, the title's or the key's; each once. */
final class FloatNames {
  private final Set<String> taken = new HashSet<>();

  String of(Fields one) {
    String key = one.text("key").orElse("");
    String name =
        one.text("name")
            .map(FloatNames::plain)
            .filter(it -> !it.isEmpty())
            .or(() -> one.text("command").map(FloatNames::program))
            .filter(it -> !it.isEmpty())
            .or(() -> one.text("title").map(FloatNames::plain))
            .filter(it -> !it.isEmpty())
            .orElse("float-" + plain(key));
    if (taken.add(name)) {
      return name;
    }
    String other = plain(name + "-" + key);
    int number = 2;
    while (!taken.add(other)) {
      other = name + "-" + number++;
    }
    return other;
  }

  private static String program(String command) {
    String first = command.strip().split("\\s+", 2)[0];
    return plain(first.substring(first.lastIndexOf('/') + 1));
  }

  /** Letters, digits, points and dashes, and no more than a name of a profile may have. */
  private static String plain(String text) {
    String plain = text.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+|-+$", "");
    return plain.length() > 40 ? plain.substring(0, 40) : plain;
  }
}
