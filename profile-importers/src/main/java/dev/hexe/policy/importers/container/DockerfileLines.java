package dev.hexe.policy.importers.container;

import dev.hexe.policy.importers.Source;
import dev.hexe.policy.importers.report.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The instructions of a Dockerfile: lines that go on are joined, comments left out, and documents
 * that stand below an instruction belong to it.
 */
final class DockerfileLines {
  private static final Set<String> WITH_DOCUMENTS = Set.of("RUN", "COPY", "ADD");
  private static final Pattern ESCAPE = Pattern.compile("#\\s*(?i:escape)\\s*=\\s*([\\\\`])\\s*");
  private static final Pattern DIRECTIVE = Pattern.compile("#\\s*\\w+\\s*=.*");
  private static final Pattern QUOTED = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"']++)++");
  private static final Pattern DOCUMENT =
      Pattern.compile("\\d*<<(-?)([\"']?)([A-Za-z0-9_][A-Za-z0-9_.-]*)\\2.*");

  private final String name;
  private final String[] lines;
  private char escape = '\\';
  private int next;

  private DockerfileLines(Source source) {
    name = source.name();
    lines = source.text().split("\r?\n", -1);
  }

  /**
   * One of them.
   *
   * @param word what it begins with, in capitals
   * @param value the rest
   * @param line all of it but its documents
   */
  record Instruction(String word, String value, String line, Place place) {}

  static List<Instruction> of(Source source) {
    DockerfileLines lines = new DockerfileLines(source);
    lines.readDirectives();
    List<Instruction> all = new ArrayList<>();
    while (lines.next < lines.lines.length) {
      lines.read(all);
    }
    return all;
  }

  /** They stand above everything else. */
  private void readDirectives() {
    for (int i = 0; i < lines.length && DIRECTIVE.matcher(lines[i].strip()).matches(); i++) {
      Matcher said = ESCAPE.matcher(lines[i].strip());
      if (said.matches()) {
        escape = said.group(1).charAt(0);
      }
    }
  }

  private void read(List<Instruction> all) {
    Place place = new Place(name, next + 1);
    String first = lines[next++].strip();
    if (first.isEmpty() || first.startsWith("#")) {
      return;
    }
    String line = joined(first);
    String[] both = line.split("\\s+", 2);
    String word = both[0].toUpperCase(Locale.ROOT);
    if (WITH_DOCUMENTS.contains(word)) {
      skipDocuments(line);
    }
    all.add(new Instruction(word, both.length > 1 ? both[1] : "", line, place));
  }

  private String joined(String first) {
    StringBuilder whole = new StringBuilder(first);
    while (goesOn(whole) && next < lines.length) {
      String following = lines[next++].strip();
      if (!following.isEmpty() && !following.startsWith("#")) {
        whole.setLength(whole.length() - 1);
        whole.append(' ').append(following);
      }
    }
    if (goesOn(whole)) {
      whole.setLength(whole.length() - 1);
    }
    return whole.toString().strip();
  }

  private boolean goesOn(StringBuilder line) {
    return line.length() > 0 && line.charAt(line.length() - 1) == escape;
  }

  /** Their lines look like instructions where they are a program's or a file's. */
  private void skipDocuments(String line) {
    Matcher words = QUOTED.matcher(line);
    while (words.find()) {
      Matcher document = DOCUMENT.matcher(words.group());
      if (document.matches()) {
        skipTo(document.group(3), !document.group(1).isEmpty());
      }
    }
  }

  private void skipTo(String end, boolean indented) {
    while (next < lines.length) {
      String line = lines[next++];
      if ((indented ? line.replaceFirst("^\t+", "") : line).equals(end)) {
        return;
      }
    }
  }
}
