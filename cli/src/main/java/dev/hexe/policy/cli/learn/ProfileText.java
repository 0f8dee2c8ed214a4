package dev.hexe.policy.cli.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a profile that entries are added to, line by line: what somebody else has written in
 * it stays as it is. A key that stands at the left edge, or at the indent of its section, is a key
 * whatever surrounds it: in YAML all text of several lines is indented further.
 */
public final class ProfileText {
  private static final String LEARNED = "  # learned";
  private static final String QUESTION = "# question: ";
  private static final Pattern ITEM = Pattern.compile("( *)- +(\"[^\"]*\"|[^ ]+)" + LEARNED + ".*");
  private static final Pattern BASE =
      Pattern.compile("extends: *(?:\"([^\"]+)\"|([^\"\\[\\] #]+)) *(?:#.*)?");
  private static final String NETWORK = "network";
  private static final String NONE = "network: none" + LEARNED + ": nothing was asked for";
  private static final int MOST_QUESTIONS = 200;

  private final List<String> lines;
  private final String home;

  /** The network as a profile speaks of it. */
  public enum Network {
    /** Not at all. */
    UNSAID,
    /** As learned. */
    LEARNED,
    /** As somebody wrote it. */
    WRITTEN
  }

  private ProfileText(List<String> lines, String home) {
    this.lines = lines;
    this.home = home;
  }

  /** A text that is there. */
  public static ProfileText of(String text, String home) {
    return new ProfileText(new ArrayList<>(text.lines().toList()), home);
  }

  /** A new one, which starts from another profile. */
  public static ProfileText startingFrom(String base, String home) {
    String written = base.matches("[A-Za-z0-9_./-]+") ? base : '"' + base + '"';
    return of(
        """
        # Written by `hexe-policy learn`, and yours to edit: what you write is kept. An entry that you comment out,
        # as in `# - ~/data`, is not granted again; one without `learned` behind it is never removed.
        summary: learned from what commands needed
        extends: %s
        """
            .formatted(written),
        home);
  }

  /** A copy. */
  public ProfileText copy() {
    return new ProfileText(new ArrayList<>(lines), home);
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }

  /** The profile that it starts from, where it is one. */
  public Optional<String> base() {
    return lines.stream()
        .map(BASE::matcher)
        .filter(Matcher::matches)
        .map(match -> match.group(1) != null ? match.group(1) : match.group(2))
        .findFirst();
  }

  /** Who has the last word on the network. */
  public Network network() {
    int section = section(NETWORK);
    if (section < 0) {
      return Network.UNSAID;
    }
    boolean learned =
        lines.get(section).equals(NONE)
            || learned().stream().anyMatch(it -> it.place() == Place.ALLOW);
    return learned ? Network.LEARNED : Network.WRITTEN;
  }

  /** The entries that were learned and are still there. */
  public List<Grant> learned() {
    List<Grant> all = new ArrayList<>();
    for (Place place : Place.values()) {
      for (String line : list(place)) {
        Matcher item = ITEM.matcher(line);
        if (item.matches()) {
          all.add(new Grant(place, Spelling.value(item.group(2), home), by(line)));
        }
      }
    }
    return all;
  }

  /** Those of them that are destinations. */
  public List<Grant> learnedDestinations() {
    return learned().stream().filter(it -> it.place() == Place.ALLOW).toList();
  }

  private static String by(String line) {
    int at = line.indexOf(LEARNED + ": ");
    return at < 0 ? "" : line.substring(at + LEARNED.length() + 2);
  }

  /** Whether somebody has commented this entry out. */
  public boolean isDeclined(Grant grant) {
    Pattern declined =
        Pattern.compile("\\s*#\\s*-\\s+" + Pattern.quote(Spelling.of(grant, home)) + "(\\s.*)?");
    return lines.stream().anyMatch(line -> declined.matcher(line).matches());
  }

  /**
   * Adds an entry.
   *
   * @throws IllegalStateException where its list is written in a way that cannot be added to
   */
  public void add(Grant grant) {
    String by = grant.by().isEmpty() ? "" : ": " + Spelling.comment(grant.by());
    String value = "- " + Spelling.of(grant, home) + LEARNED + by;
    int section = openSection(grant.place().section());
    int key = key(section, grant.place().key());
    if (key < 0) {
      int at = end(section);
      String indent = indentOf(section);
      lines.add(at, indent + grant.place().key() + ":");
      lines.add(at + 1, indent + value);
      return;
    }
    requireOpen(key, grant.place().key());
    int at = end(key);
    lines.add(at, itemIndent(key, at) + value);
  }

  /** Removes an entry that was learned, and its list with the last one. */
  public void remove(Grant grant) {
    String written = Spelling.of(grant, home);
    int section = section(grant.place().section());
    int key = section < 0 ? -1 : key(section, grant.place().key());
    for (int at = key + 1; key >= 0 && at < end(key); at++) {
      Matcher item = ITEM.matcher(lines.get(at));
      if (item.matches() && item.group(2).equals(written)) {
        lines.remove(at--);
      }
    }
    if (key >= 0 && lines.subList(key + 1, end(key)).stream().noneMatch(ProfileText::isContent)) {
      lines.remove(key);
    }
    if (section >= 0
        && lines.subList(section + 1, end(section)).stream().noneMatch(ProfileText::isContent)) {
      lines.remove(section);
    }
  }

  /** Says that nothing of the network was asked for. */
  public void closeNetwork() {
    if (section(NETWORK) < 0) {
      lines.add(questionsStart(), NONE);
    }
  }

  /** Adds a question as a comment; the same one is there once. */
  public void ask(Question question) {
    String subject = QUESTION + Spelling.comment(question.subject()) + ":";
    long asked = lines.stream().filter(line -> line.startsWith(QUESTION)).count();
    if (asked >= MOST_QUESTIONS || lines.stream().anyMatch(line -> line.startsWith(subject))) {
      return;
    }
    lines.add(subject + " " + Spelling.comment(question.because()) + " (" + question.by() + ")");
    if (!question.yaml().isEmpty()) {
      lines.add("#   to grant it: " + Spelling.comment(question.yaml()));
    }
  }

  private List<String> list(Place place) {
    int section = section(place.section());
    int key = section < 0 ? -1 : key(section, place.key());
    return key < 0 ? List.of() : lines.subList(key + 1, end(key));
  }

  private int section(String name) {
    return find(0, lines.size(), name);
  }

  private int openSection(String name) {
    int there = section(name);
    if (there >= 0 && lines.get(there).equals(NONE)) {
      lines.set(there, name + ":");
    } else if (there < 0) {
      there = questionsStart();
      lines.add(there, name + ":");
    }
    requireOpen(there, name);
    return there;
  }

  private void requireOpen(int line, String key) {
    String rest = lines.get(line).strip().substring(key.length() + 1).strip();
    if (!rest.isEmpty() && !rest.startsWith("#")) {
      throw new IllegalStateException(
          "line %d: `%s` is written on one line, which cannot be added to"
              .formatted(line + 1, key));
    }
  }

  private int key(int section, String name) {
    return find(section + 1, end(section), indentOf(section) + name);
  }

  private int find(int from, int to, String name) {
    for (int at = from; at < to; at++) {
      String line = lines.get(at);
      if (line.equals(name + ":") || line.startsWith(name + ": ")) {
        return at;
      }
    }
    return -1;
  }

  /** Where what belongs to a key ends: at the next key of its indent; blank lines are no part. */
  private int end(int key) {
    int indent = indent(lines.get(key));
    int last = key;
    for (int at = key + 1; at < lines.size(); at++) {
      String line = lines.get(at);
      boolean item = line.stripLeading().startsWith("- ") && indent(line) >= indent;
      if (isContent(line) && indent(line) <= indent && !item) {
        break;
      }
      boolean comment = !line.isBlank() && !isContent(line) && indent(line) > 0;
      last = isContent(line) || comment ? at : last;
    }
    return last + 1;
  }

  private String indentOf(int section) {
    for (int at = section + 1; at < end(section); at++) {
      if (isContent(lines.get(at))) {
        return " ".repeat(indent(lines.get(at)));
      }
    }
    return "  ";
  }

  private String itemIndent(int key, int end) {
    for (int at = key + 1; at < end; at++) {
      if (lines.get(at).stripLeading().startsWith("- ")) {
        return " ".repeat(indent(lines.get(at)));
      }
    }
    return " ".repeat(indent(lines.get(key)));
  }

  private int questionsStart() {
    int at = 0;
    while (at < lines.size() && !lines.get(at).startsWith(QUESTION)) {
      at++;
    }
    return at;
  }

  private static boolean isContent(String line) {
    return !line.isBlank() && !line.stripLeading().startsWith("#");
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }
}
