package dev.hexe.policy.importers.shell;

import dev.hexe.policy.importers.ImportException;
import dev.hexe.policy.importers.shell.Command.Redirection;
import dev.hexe.policy.importers.shell.Part.Literal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a script's commands in the order in which they stand, with what it puts into variables.
 * Both sides of a condition count; a loop over words that are known is gone through, and so is a
 * function wherever it is called, with its arguments.
 */
public final class ShellScript {
  private static final int MOST_COMMANDS = 20_000;
  private static final int DEEPEST = 20;
  private static final Pattern ASSIGNMENT =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(\\+?)=(.*)", Pattern.DOTALL);
  private static final Set<String> DECLARING =
      Set.of("declare", "local", "export", "readonly", "typeset");
  private static final Set<String> OPENING =
      Set.of("if", "case", "while", "until", "for", "select");
  private static final Set<String> CLOSING = Set.of("fi", "esac", "done");

  private final List<Token> tokens;
  private final Variables variables = new Variables();
  private final List<Command> commands = new ArrayList<>();
  private final List<Replaced> replaced = new ArrayList<>();
  private final Map<String, FunctionDefinition> functions = new LinkedHashMap<>();
  private final Set<FunctionDefinition> called = new HashSet<>();
  private final Set<String> active = new HashSet<>();
  private int depth;
  private int loops;
  private int seen;

  private ShellScript(String text) {
    tokens = new ShellLexer(text).tokens();
  }

  /** Words of a variable that other ones took the place of, under a condition. */
  public record Replaced(String variable, List<Word> words) {}

  /** All that a script runs, and what of its variables is in none of that. */
  public record Content(List<Command> commands, List<Replaced> replaced) {}

  /**
   * What is in a script.
   *
   * @throws ImportException where there is too much
   */
  public static Content content(String text) {
    ShellScript script = new ShellScript(text);
    script.read(0, script.tokens.size());
    script.readUncalled();
    return new Content(List.copyOf(script.commands), List.copyOf(script.replaced));
  }

  /** The words of a single line, as a shell would split it. */
  public static List<Word> words(String text) {
    Variables none = new Variables();
    return new ShellLexer(text)
        .tokens().stream().filter(Token::isWord).flatMap(it -> none.words(it).stream()).toList();
  }

  /** Those that whoever reads the script in calls. */
  private void readUncalled() {
    variables.arguments(Arguments.UNKNOWN);
    depth = 0;
    for (FunctionDefinition function : List.copyOf(functions.values())) {
      if (!called.contains(function)) {
        read(function.from(), function.to());
      }
    }
  }

  private void read(int from, int to) {
    int position = from;
    boolean afterCondition = false;
    while (position < to) {
      Optional<FunctionDefinition> function = FunctionDefinition.at(tokens, position);
      if (function.isPresent()) {
        functions.put(function.get().name(), function.get());
        position = function.get().to() + 1;
        continue;
      }
      int end = position;
      while (end < to && !tokens.get(end).isEnd()) {
        end = isList(end) ? endOfList(end + 1) + 1 : end + 1;
      }
      end = Math.min(end, to);
      if (++seen > MOST_COMMANDS) {
        throw new ImportException("the script has more than " + MOST_COMMANDS + " commands", "");
      }
      int next = end > position ? statement(position, end, to, afterCondition) : end;
      afterCondition = next < to && (tokens.get(next).is("&&") || tokens.get(next).is("||"));
      position = next + 1;
    }
  }

  /** Reads one; the result is where the next begins, less one. */
  private int statement(int from, int to, int last, boolean afterCondition) {
    int start = from;
    while (start < to && opens(start)) {
      start++;
    }
    String word = start < to ? tokens.get(start).plain() : "";
    if (word.equals("for") && start + 2 < to && loops < DEEPEST) {
      return loop(start, to, last);
    }
    command(start, to, afterCondition || depth > 0);
    return to;
  }

  private boolean opens(int at) {
    String word = tokens.get(at).plain();
    if (OPENING.contains(word) && !word.equals("for")) {
      depth++;
      return true;
    }
    if (CLOSING.contains(word)) {
      depth = Math.max(0, depth - 1);
      return true;
    }
    return Set.of("then", "else", "elif", "do", "{", "}", "!", "time").contains(word);
  }

  /** {@code for NAME in WORDS; do …; done}; where a word is not known, its body counts once. */
  private int loop(int start, int to, int last) {
    String name = tokens.get(start + 1).plain();
    List<Word> words = new ArrayList<>();
    for (int i = start + 3; i < to; i++) {
      words.addAll(variables.words(tokens.get(i)));
    }
    int end = endOfLoop(to, last);
    loops++;
    for (Word word :
        words.stream().anyMatch(it -> it.unknown().isPresent()) ? words.subList(0, 1) : words) {
      variables.set(name, List.of(word));
      read(to + 1, end);
    }
    loops--;
    return end;
  }

  private int endOfLoop(int from, int last) {
    int nested = 0;
    for (int i = from; i < last; i++) {
      boolean first = i == 0 || tokens.get(i - 1).isEnd() || opensBody(tokens.get(i - 1).plain());
      String word = first ? tokens.get(i).plain() : "";
      if (Set.of("for", "while", "until", "select").contains(word)) {
        nested++;
      } else if (word.equals("done") && nested-- == 0) {
        return i;
      }
    }
    return last;
  }

  private static boolean opensBody(String word) {
    return Set.of("do", "then", "else", "{").contains(word);
  }

  private void command(int from, int to, boolean conditional) {
    List<Word> words = new ArrayList<>();
    List<Redirection> inputs = new ArrayList<>();
    boolean assigning = true;
    for (int i = from; i < to; i++) {
      Token token = tokens.get(i);
      if (token.isRedirection()) {
        i++;
        redirection(token, i < to ? tokens.get(i) : token, inputs);
      } else if (token.isWord() && assigning && assignment(i, conditional)) {
        i = isList(i) ? endOfList(i + 1) : i;
      } else if (token.isWord()) {
        assigning = assigning && isDeclaration(token, words);
        words.addAll(variables.words(token));
      }
    }
    if (!words.isEmpty() && !isOwn(words, conditional)) {
      commands.add(new Command(words, inputs));
    }
  }

  /** Whether a command is one that the shell itself does, or a function of the script. */
  private boolean isOwn(List<Word> words, boolean conditional) {
    String name = words.get(0).text();
    List<Word> rest = words.subList(1, words.size());
    FunctionDefinition function = functions.get(name);
    if (function != null && !active.contains(name) && active.size() < DEEPEST) {
      call(function, rest, conditional);
      return true;
    }
    if (name.equals("set") && !rest.isEmpty() && rest.get(0).text().equals("--")) {
      arguments(rest.subList(1, rest.size()), conditional);
      return true;
    }
    if (name.equals("shift")) {
      String count = rest.isEmpty() ? "1" : rest.get(0).text();
      variables.arguments(
          !conditional && count.matches("[0-9]")
              ? variables.arguments().shifted(Integer.parseInt(count))
              : Arguments.UNKNOWN);
      return true;
    }
    return false;
  }

  private void call(FunctionDefinition function, List<Word> words, boolean conditional) {
    Arguments before = variables.arguments();
    int conditions = depth;
    variables.arguments(Arguments.of(words));
    called.add(function);
    active.add(function.name());
    depth = conditional ? conditions + 1 : conditions;
    read(function.from(), function.to());
    depth = conditions;
    active.remove(function.name());
    variables.arguments(before);
  }

  /** {@code set -- WORD…}. */
  private void arguments(List<Word> words, boolean conditional) {
    List<Word> before = variables.arguments().all().orElse(List.of());
    if (conditional && !words.containsAll(before)) {
      replaced.add(new Replaced("@", before));
    }
    variables.arguments(
        Arguments.of(words.stream().map(it -> it.conditionally(conditional)).toList()));
  }

  private static boolean isDeclaration(Token token, List<Word> before) {
    return DECLARING.contains(token.plain())
        || (!before.isEmpty() && token.plain().startsWith("-"));
  }

  private void redirection(Token operator, Token target, List<Redirection> inputs) {
    String kind = operator.operator();
    if (kind.endsWith("<") && kind.length() > 1 && target.isWord()) {
      String from =
          variables.words(target).stream()
              .map(word -> word.unknown().orElse(word.text()))
              .findFirst()
              .orElse("");
      inputs.add(new Redirection(kind.substring(0, kind.length() - 1), from, operator.line()));
    }
  }

  private boolean assignment(int at, boolean conditional) {
    Token token = tokens.get(at);
    if (token.parts().isEmpty()
        || !(token.parts().get(0) instanceof Literal literal)
        || literal.quoted()) {
      return false;
    }
    Matcher matcher = ASSIGNMENT.matcher(literal.text());
    if (!matcher.matches()) {
      return false;
    }
    List<Word> value = new ArrayList<>();
    if (isList(at)) {
      for (int i = at + 2; i < endOfList(at + 1); i++) {
        if (tokens.get(i).isWord()) {
          value.addAll(variables.words(tokens.get(i)));
        }
      }
    } else {
      List<Part> rest = new ArrayList<>(token.parts());
      rest.set(0, new Literal(matcher.group(3), false));
      value.addAll(variables.words(Token.word(rest, token.line())));
    }
    if (conditional && matcher.group(2).isEmpty() && loops == 0) {
      replace(matcher.group(1));
    }
    assign(matcher, value.stream().map(it -> it.conditionally(conditional)).toList(), isList(at));
    return true;
  }

  /** Keeps what a variable held, as it may have been meant as well. */
  private void replace(String variable) {
    List<Word> before = variables.get(variable);
    if (before.stream().anyMatch(it -> it.text().startsWith("--"))) {
      replaced.add(new Replaced(variable, before));
    }
  }

  private void assign(Matcher matcher, List<Word> value, boolean list) {
    String name = matcher.group(1);
    if (matcher.group(2).isEmpty()) {
      variables.set(name, value);
    } else if (list) {
      variables.append(name, value);
    } else {
      Token old = Token.word(List.of(new Part.Variable(name, true)), 0);
      String before = variables.words(old).get(0).text();
      variables.set(
          name,
          value.stream()
              .map(it -> new Word(before + it.text(), it.line(), it.unknown(), it.conditional()))
              .toList());
    }
  }

  /** Whether a word begins the assignment of a list. */
  private boolean isList(int at) {
    Token token = tokens.get(at);
    return token.plain().matches("[A-Za-z_][A-Za-z0-9_]*\\+?=")
        && at + 1 < tokens.size()
        && tokens.get(at + 1).is("(");
  }

  private int endOfList(int open) {
    int end = open;
    while (end < tokens.size() - 1 && !tokens.get(end).is(")")) {
      end++;
    }
    return end;
  }
}
