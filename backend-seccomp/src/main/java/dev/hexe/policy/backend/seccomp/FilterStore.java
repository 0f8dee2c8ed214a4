package dev.hexe.policy.backend.seccomp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
  private final Supplier<Optional<String>> library;

  FilterStore(@Nullable String file, boolean writable, Supplier<Optional<String>> library) {
    this.file = Optional.ofNullable(file).map(Path::of);
    this.writable = writable;
    this.library = library;
  }

  /** That of this installation; {@code library} looks for libseccomp. */
  static FilterStore installed(Supplier<Optional<String>> library) {
    return new FilterStore(System.getProperty(FILE), Boolean.getBoolean(WRITE), library);
  }

  /** That of this installation, without libseccomp. */
  static FilterStore shipped() {
    return new FilterStore(System.getProperty(FILE), false, Optional::empty);
  }

  /** Rules, and what they were compiled to: an array of {@code struct sock_filter}. */
  static final class Filter {
    private final List<SystemCallRule> rules;
    private final byte[] program;

    private Filter(List<SystemCallRule> rules, byte[] program) {
      this.rules = rules;
      this.program = program;
    }

    List<SystemCallRule> rules() {
      return rules;
    }

    byte[] program() {
      return program.clone();
    }
  }

  /** Whether the filter for these rules is in the file. */
  boolean has(List<SystemCallRule> rules) {
    return kept(text(rules)).isPresent();
  }

  /**
   * One filter for all rules; or, where that is not in the file and there is no libseccomp, one for
   * each part: the kernel asks them all, and the strictest answer holds.
   */
  List<Filter> of(List<List<SystemCallRule>> parts) {
    List<SystemCallRule> all = parts.stream().flatMap(List::stream).distinct().toList();
    prepare(parts);
    return has(all) || library.get().isPresent()
        ? List.of(filter(all))
        : parts.stream().filter(part -> !part.isEmpty()).map(this::filter).toList();
  }

  /** Compiles these, each for itself, where the build makes the file. */
  void prepare(List<List<SystemCallRule>> parts) {
    if (writable) {
      parts.forEach(this::filter);
    }
  }

  private Filter filter(List<SystemCallRule> rules) {
    String text = text(rules);
    return new Filter(rules, kept(text).orElseGet(() -> compiled(rules, text)));
  }

  private Optional<byte[]> kept(String text) {
    String start = text + SEPARATOR;
    return lines().stream()
        .filter(line -> line.startsWith(start))
        .map(line -> HexFormat.of().parseHex(line.substring(start.length())))
        .findFirst();
  }

  private byte[] compiled(List<SystemCallRule> rules, String text) {
    byte[] filter = new FilterCompiler().compile(Answer.ALLOW, rules);
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
        + Integer.toHexString(rule.answer().value())
        + rule.conditions().stream()
            .map(
                condition ->
                    ","
                        + condition.argument()
                        + condition.operator().sign()
                        + Long.toHexString(condition.mask())
                        + "/"
                        + Long.toHexString(condition.value()))
            .collect(Collectors.joining());
  }
}
