package dev.hexe.policy.importers.shell;

import dev.hexe.policy.importers.ImportException;
import dev.hexe.policy.importers.shell.Part.Literal;
import dev.hexe.policy.importers.shell.Part.Substitution;
import dev.hexe.policy.importers.shell.Part.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables that a script has set, and those that profiles know under another name. */
final class Variables {
  private static final int DEEPEST = 8;

  /** No text is made longer than this, however often a variable doubles another. */
  private static final int LONGEST = 65_536;

  private static final int MOST_WORDS = 10_000;

  private static final Pattern EXPRESSION =
      Pattern.compile(
          "([A-Za-z_][A-Za-z0-9_]*|[1-9]|[@*])(\\[[@*]\\])?(?::?([-=?+])(.*))?", Pattern.DOTALL);
  private static final Map<String, String> KNOWN =
      Map.of(
          "HOME", "${HOME}",
          "USER", "${USER}",
          "LOGNAME", "${USER}",
          "PWD", "${CWD}",
          "UID", "${UID}",
          "XDG_CONFIG_HOME", "${XDG_CONFIG_HOME}",
          "XDG_CACHE_HOME", "${XDG_CACHE_HOME}",
          "XDG_DATA_HOME", "${XDG_DATA_HOME}",
          "XDG_STATE_HOME", "${XDG_STATE_HOME}",
          "XDG_RUNTIME_DIR", "${XDG_RUNTIME_DIR}");
  private static final Map<String, String> PRINTED =
      Map.of(
          "pwd", "${CWD}",
          "id -u", "${UID}",
          "id -g", "${GID}",
          "id -un", "${USER}",
          "whoami", "${USER}",
          "echo $HOME", "${HOME}");

  /** Both are followed when a path is opened, so that it need not be looked up before. */
  private static final Pattern LOOKED_UP =
      Pattern.compile("(?:realpath(?: -e)?|readlink -[ef])(?: --)? (\\S+|\"[^\"$`]*\")");

  private static final Pattern RUNTIME = Pattern.compile("/run/user/\\$\\{UID}(?=/|$)");

  private final Map<String, List<Word>> values = new HashMap<>();
  private Arguments arguments = Arguments.UNKNOWN;

  Arguments arguments() {
    return arguments;
  }

  void arguments(Arguments all) {
    all.all().ifPresent(words -> bounded("@", words));
    arguments = all;
  }

  void set(String name, List<Word> words) {
    bounded(name, words);
    values.put(name, List.copyOf(words));
  }

  private static void bounded(String name, List<Word> words) {
    if (words.size() > MOST_WORDS || words.stream().anyMatch(it -> it.text().length() > LONGEST)) {
      throw new ImportException("the script makes too much of `" + name + "`", "");
    }
  }

  /** What it holds; nothing where it was never set. */
  List<Word> get(String name) {
    return values.getOrDefault(name, List.of());
  }

  void append(String name, List<Word> words) {
    List<Word> all = new ArrayList<>(values.getOrDefault(name, List.of()));
    all.addAll(words);
    set(name, all);
  }

  /** The words that a word becomes: several where it is a list, none where that is empty. */
  List<Word> words(Token token) {
    return words(token.parts(), token.line(), 0);
  }

  private List<Word> words(List<Part> parts, int line, int depth) {
    if (parts.size() == 1 || parts.stream().allMatch(Variables::isEmptyQuote)) {
      Optional<List<Word>> list = list(parts);
      if (list.isPresent()) {
        return list.get();
      }
    }
    List<Part> meaning = parts.stream().filter(part -> !isEmptyQuote(part)).toList();
    Optional<List<Word>> list = meaning.size() == 1 ? list(meaning) : Optional.empty();
    return list.orElseGet(() -> List.of(one(parts, line, depth)));
  }

  private static boolean isEmptyQuote(Part part) {
    return part instanceof Literal literal && literal.quoted() && literal.text().isEmpty();
  }

  /** A list of the script's, or a text with blanks that nothing keeps together. */
  private Optional<List<Word>> list(List<Part> parts) {
    if (!(parts.get(0) instanceof Variable variable)) {
      return Optional.empty();
    }
    Matcher matcher = EXPRESSION.matcher(variable.expression());
    if (matcher.matches() && matcher.group(1).matches("[@*]")) {
      return arguments.all();
    }
    if (!matcher.matches() || !values.containsKey(matcher.group(1))) {
      return Optional.empty();
    }
    List<Word> words = values.getOrDefault(matcher.group(1), List.of());
    if (matcher.group(2) != null) {
      return Optional.of(words);
    }
    return variable.quoted() || matcher.group(3) != null
        ? Optional.empty()
        : Optional.of(words.stream().limit(1).flatMap(Variables::split).toList());
  }

  private static java.util.stream.Stream<Word> split(Word word) {
    return java.util.Arrays.stream(word.text().strip().split("\\s+", -1))
        .filter(text -> !text.isEmpty())
        .map(text -> new Word(text, word.line(), word.unknown(), word.conditional()));
  }

  private Word one(List<Part> parts, int line, int depth) {
    StringBuilder text = new StringBuilder();
    Optional<String> unknown = Optional.empty();
    boolean conditional = false;
    boolean first = true;
    for (Part part : parts) {
      Word piece = piece(part, line, depth, first);
      text.append(piece.text());
      unknown = unknown.or(piece::unknown);
      conditional |= piece.conditional();
      first = false;
      if (text.length() > LONGEST) {
        text.setLength(LONGEST);
        unknown = Optional.of("a text of more than " + LONGEST + " characters");
        break;
      }
    }
    return new Word(
        RUNTIME.matcher(text).replaceAll("\\${XDG_RUNTIME_DIR}"), line, unknown, conditional);
  }

  private Word piece(Part part, int line, int depth, boolean first) {
    if (part instanceof Literal literal) {
      boolean home = first && !literal.quoted() && literal.text().matches("~(/.*)?");
      return Word.of(home ? "${HOME}" + literal.text().substring(1) : literal.text(), line);
    }
    if (part instanceof Substitution substitution) {
      String command = substitution.command().strip();
      return Optional.ofNullable(PRINTED.get(command))
          .map(text -> Word.of(text, line))
          .or(() -> lookedUp(command, line, depth))
          .orElseGet(() -> unknown("$(" + command + ")", line));
    }
    return variable(((Variable) part).expression(), line, depth);
  }

  /** {@code $(realpath PATH)} of a path that is known. */
  private Optional<Word> lookedUp(String command, int line, int depth) {
    Matcher matcher = LOOKED_UP.matcher(command);
    if (!matcher.matches() || depth > DEEPEST) {
      return Optional.empty();
    }
    Word path = inside(matcher.group(1), line, depth);
    boolean here = path.text().equals(".");
    return Optional.of(here ? Word.of("${CWD}", line) : path)
        .filter(it -> it.unknown().isEmpty())
        .filter(it -> it.text().startsWith("/") || it.text().startsWith("${"));
  }

  private Word variable(String expression, int line, int depth) {
    Matcher matcher = EXPRESSION.matcher(expression);
    if (!matcher.matches() || depth > DEEPEST) {
      return unknown("${" + expression + "}", line);
    }
    String name = matcher.group(1);
    List<Word> own = own(name);
    boolean alternative = "+".equals(matcher.group(3));
    if (!own.isEmpty() && !alternative) {
      return own.get(0);
    }
    String known = KNOWN.get(name);
    if (known != null && !alternative) {
      return Word.of(known, line);
    }
    boolean usual = "-".equals(matcher.group(3)) || "=".equals(matcher.group(3));
    return usual
        ? inside(matcher.group(4), line, depth).conditionally(true)
        : unknown(name.matches("[1-9@*]") ? "${" + expression + "}" : "$" + name, line);
  }

  private List<Word> own(String name) {
    return name.matches("[1-9]")
        ? arguments.number(Integer.parseInt(name)).stream().toList()
        : values.getOrDefault(name, List.of());
  }

  private Word inside(String text, int line, int depth) {
    List<Token> tokens = new ShellLexer(text).tokens().stream().filter(Token::isWord).toList();
    return tokens.isEmpty() ? Word.of("", line) : one(tokens.get(0).parts(), line, depth + 1);
  }

  private static Word unknown(String what, int line) {
    return new Word(what, line, Optional.of(what), false);
  }
}
