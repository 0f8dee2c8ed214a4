package dev.hexe.policy.profiles.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The meaning of each key of a profile, from the tables of the manual, which is the one place for
 * that.
 */
public final class KeyMeanings {
  private static final Pattern ROW =
      Pattern.compile("^\\| (`[a-z0-9.-]+`(?:, `[a-z0-9.-]+`)*) \\| (.*?) \\| (.*) \\|$");
  private static final Pattern KEY = Pattern.compile("`([a-z0-9.-]+)`");
  private static final Pattern LINK = Pattern.compile("\\[([^]]*)\\]\\([^)]*\\)");

  private final Map<String, String> meanings = new HashMap<>();

  /** Reads the tables. */
  public KeyMeanings() {
    boolean here = false;
    for (String line : manual().lines().toList()) {
      here = line.startsWith("## ") ? line.equals("## Keys") : here;
      Matcher row = ROW.matcher(line);
      if (here && row.matches()) {
        KEY.matcher(row.group(1))
            .results()
            .forEach(key -> meanings.put(key.group(1), text(row.group(2), row.group(3))));
      }
    }
  }

  private static String text(String values, String meaning) {
    return LINK.matcher(meaning + " (" + values + ")").replaceAll("$1");
  }

  /** The meaning of a key; empty where no table has a row for it. */
  public Optional<String> of(String key) {
    return Optional.ofNullable(meanings.get(key));
  }

  private static String manual() {
    try (InputStream stream = KeyMeanings.class.getResourceAsStream("profiles.md")) {
      if (stream == null) {
        throw new IllegalStateException("this installation lacks its manual");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
