package dev.hexe.policy.profiles.reader;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.profiles.context.Home;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Turns a path as written into an absolute one. Everything is done on the text: what the host has
 * there is not looked at.
 */
public final class PathExpander {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}/]*)}");

  private static final int LONGEST = 4095;
  private static final String ROOT = "/";
  private static final String CWD = "${CWD}";
  private static final String ABOVE = "${ABOVE}";
  private static final String PROJECT = "${PROJECT}";
  private static final String USER = "${USER}";

  /** Those of the shipped lists are shorter by far, and so is what they are expanded to. */
  private static final int LONGEST_SHIPPED = 255;

  private static final String SOMETHING = "/x";

  private final Map<String, List<String>> bases = new HashMap<>();
  private final PathVariables variables;
  private final MovedPlaces moved;
  private final String base;
  private boolean usedBase;

  /** Takes relative paths from {@code base}; where it is empty they are mistakes. */
  public PathExpander(ProfileContext context, String base) {
    this(context, base, new OwnVariables());
  }

  /** The same with variables of a profile's own. */
  public PathExpander(ProfileContext context, String base, OwnVariables own) {
    this.variables = new PathVariables(context, own);
    this.moved = new MovedPlaces(context);
    this.base = base;
  }

  /** The surroundings that paths are expanded for. */
  public ProfileContext context() {
    return variables.context();
  }

  /**
   * The rule for a path. One that looks like a pattern is taken literally where it has to exist.
   *
   * @throws ProfileException where it cannot be meant
   */
  public PathRule expand(String text, boolean optional) {
    return literal(optional ? PathPatterns.literal(text) : PathPatterns.unescaped(text), optional);
  }

  private PathRule literal(String text, boolean optional) {
    if (text.equals(CWD)) {
      return new PathRule(PathRule.CWD, optional);
    }
    refuseOddities(text);
    String expanded = NormalPaths.of(absolute(text, substituted(tilde(text))));
    boolean project = text.startsWith(PROJECT); // which is refused by itself, see Project
    if (!project) {
      refuseOddities(expanded);
    }
    if (expanded.equals(ROOT) && !project && (text.startsWith("~") || text.contains("${"))) {
      throw bad(text, "is `/` here, which would open everything", helpForRoot());
    }
    return new PathRule(expanded, optional);
  }

  /** Containers have that home for users whom their image does not know. */
  private String helpForRoot() {
    return context().home().normalize().equals(Path.of(ROOT))
        ? "HOME is `/`: " + Home.HELP
        : "write `/` if that is meant";
  }

  /**
   * A path that is to be kept from the command: also one below the working directory, or in each
   * directory above it.
   *
   * @throws ProfileException where it cannot be meant
   */
  public String expandKept(String written) {
    String text = PathPatterns.literal(written);
    if (text.startsWith(CWD + ROOT)) {
      String path = below(CWD, text);
      return path.equals(ROOT) ? PathRule.CWD : PathRule.CWD + path;
    }
    if (!text.startsWith(ABOVE + ROOT)) {
      return notRoot(text, literal(text, true).path());
    }
    String path = below(ABOVE, text);
    if (path.equals(ROOT)) {
      throw bad(text, "names nothing in the directories above", "write such as `${ABOVE}/.git`");
    }
    return PathRule.ABOVE + path;
  }

  /**
   * The same for a shipped one: where a variable leads elsewhere, it is meant there and in the
   * usual place.
   */
  public List<String> expandShipped(String text) {
    return text.contains(USER)
        ? variables.user().map(user -> shipped(text.replace(USER, user))).orElse(List.of())
        : shipped(text);
  }

  private List<String> shipped(String text) {
    List<String> places = usualPlaces(text);
    return moved.areNone()
        ? places
        : Stream.concat(places.stream(), moved.of(variables.usual(text))).distinct().toList();
  }

  /**
   * The rules for an optional path of a list. One of a shipped profile, which has no base, is meant
   * as well where a variable leads.
   *
   * @throws ProfileException where it cannot be meant
   */
  public List<PathRule> expandListed(String text) {
    PathRule rule = expand(text, true);
    return Stream.concat(Stream.of(rule), movedPlaces(text).map(place -> new PathRule(place, true)))
        .distinct()
        .toList();
  }

  /**
   * The rules for directories that a program makes for itself: where a variable leads, not in the
   * usual place.
   *
   * @throws ProfileException where they cannot be meant
   */
  public List<PathRule> expandMade(String text) {
    PathRule rule = expand(text, true);
    List<PathRule> moved = movedPlaces(text).map(place -> new PathRule(place, true)).toList();
    return moved.isEmpty() ? List.of(rule) : moved;
  }

  private Stream<String> movedPlaces(String text) {
    return base.isEmpty() && !moved.areNone() ? moved.of(variables.usual(text)) : Stream.empty();
  }

  private List<String> usualPlaces(String text) {
    int end = text.indexOf('/');
    return end < 0 || text.length() > LONGEST_SHIPPED
        ? expandWhole(text)
        : below(bases(text.substring(0, end)), text.substring(end));
  }

  private static List<String> below(List<String> bases, String rest) {
    return bases.size() == 1
        ? List.of(bases.get(0) + rest)
        : List.of(bases.get(0) + rest, bases.get(1) + rest);
  }

  /** Where shipped paths with the same beginning lie: hundreds of them begin alike. */
  private List<String> bases(String beginning) {
    return bases.computeIfAbsent(
        beginning,
        it ->
            expandWhole(it + SOMETHING).stream()
                .map(path -> path.substring(0, path.length() - SOMETHING.length()))
                .toList());
  }

  /** The same as {@link #expandShipped} of a text in which nothing is known. */
  public List<String> expandWhole(String text) {
    String set = expandKept(text);
    String usual = variables.usual(text);
    if (usual.equals(text)) {
      return List.of(set);
    }
    String there = expandKept(usual);
    return there.equals(set) ? List.of(set) : List.of(set, there);
  }

  private static String notRoot(String text, String path) {
    if (path.equals(ROOT)) {
      throw bad(text, "is all there is, and cannot be kept from a command", "name what is in it");
    }
    return path;
  }

  private static String below(String variable, String text) {
    refuseOddities(text);
    String below = text.substring(variable.length());
    if (below.contains("${") || List.of(below.split(ROOT, -1)).contains("..")) {
      throw bad(text, "holds more than names below `" + variable + "`", "");
    }
    return NormalPaths.of(below);
  }

  /** Whether a path was relative. */
  public boolean usedBase() {
    return usedBase;
  }

  private static void refuseOddities(String text) {
    if (text.isEmpty()) {
      throw bad(text, "is empty", "");
    }
    if (text.indexOf('\0') >= 0 || text.indexOf('\n') >= 0) {
      throw bad(text, "holds a NUL or a newline", "");
    }
    if (text.length() > LONGEST) {
      throw bad(text, "is longer than " + LONGEST + " characters", "");
    }
    if (text.startsWith("$") && !text.startsWith("${")) {
      throw bad(text, "is not expanded", "write `${NAME}`, with braces");
    }
  }

  private static String tilde(String text) {
    if (!text.startsWith("~")) {
      return text;
    }
    if (text.length() > 1 && text.charAt(1) != '/') {
      throw bad(
          text, "names another user's home", "write the path; only `~` and `~/…` are expanded");
    }
    return "${HOME}" + text.substring(1);
  }

  private String substituted(String text) {
    int last = text.lastIndexOf("${");
    if (last < 0) {
      return text;
    }
    int end = text.indexOf('}');
    if (last == 0 && end > 0 && text.lastIndexOf('/', end) < 0) {
      boolean leading = end + 1 == text.length() || text.charAt(end + 1) == '/';
      return variables.value(text.substring(2, end), leading) + text.substring(end + 1);
    }
    if (VARIABLE.matcher(text).replaceAll("").contains("${")) {
      throw bad(text, "holds a `${` that no `}` closes", "");
    }
    return VARIABLE.matcher(text).replaceAll(match -> value(text, match));
  }

  private String value(String text, MatchResult variable) {
    boolean first = variable.start() == 0;
    boolean whole = variable.end() == text.length() || text.charAt(variable.end()) == '/';
    return Matcher.quoteReplacement(variables.value(variable.group(1), first && whole));
  }

  private String absolute(String text, String path) {
    if (path.startsWith(ROOT)) {
      return path;
    }
    if (base.isEmpty()) {
      throw bad(text, "is not absolute", "");
    }
    usedBase = true;
    return base + ROOT + path;
  }

  static ProfileException bad(String text, String what, String help) {
    return new ProfileException("path " + Quotes.quote(text) + " " + what, help);
  }
}
