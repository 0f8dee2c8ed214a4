package dev.hexe.policy.backend.seccomp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Filters that were compiled when the distribution was built, by the rules they came from. To find
 * one takes a tenth of the time that libseccomp and the way to it take. Each line of the file is
 * the rules, a tab, and the filter in hexadecimal.
 */
final class FilterStore {
  private static final String FILE = "hexe.filters";
  private static final String WRITE = "hexe.filters.write";
  private static final String SEPARATOR = "\t";

  private final Optional<Path> file;
  private final boolean writable;

  private FilterStore(@Nullable String file, boolean writable) {
    this.file = Optional.ofNullable(file).map(Path::of);
    this.writable = writable;
  }

  /** That of this installation. */
  static FilterStore installed() {
    return new FilterStore(System.getProperty(FILE), Boolean.getBoolean(WRITE));
  }

  /** The filter for these rules, from the file or else from libseccomp. */
  byte[] filter(List<SystemCallRule> rules) {
    String text = text(rules);
    return kept(text).orElseGet(() -> compiled(rules, text));
  }

  private Optional<byte[]> kept(String text) {
    String start = text + SEPARATOR;
    return lines().stream()
        .filter(line -> line.startsWith(start))
        .map(line -> HexFormat.of().parseHex(line.substring(start.length())))
        .findFirst();
  }

  private byte[] compiled(List<SystemCallRule> rules, String text) {
    byte[] filter = new FilterCompiler().compile(rules);
    if (writable) {
      add(text + SEPARATOR + HexFormat.of().formatHex(filter));
    }
    return filter;
  }

  private List<String> lines() {
    try {
      return file.isPresent() ? Files.readAllLines(file.get()) : List.of();
    } catch (IOException e) {
      return List.of(); // then libseccomp is asked
    }
  }

  private void add(String line) {
    try {
      if (file.isPresent()) {
        Files.writeString(
            file.get(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the build cannot keep a filter", e);
    }
  }

  private static String text(List<SystemCallRule> rules) {
    return rules.stream()
        .map(FilterStore::text)
        .collect(Collectors.joining(";", System.getProperty("os.arch", "") + " ", ""));
  }

  private static String text(SystemCallRule rule) {
    return rule.call()
        + "="
        + rule.errno().number()
        + rule.conditions().stream()
            .map(
                condition ->
                    ","
                        + condition.argument()
                        + (condition.equal() ? "=" : "!")
                        + Long.toHexString(condition.mask())
                        + "/"
                        + Long.toHexString(condition.value()))
            .collect(Collectors.joining());
  }
}
