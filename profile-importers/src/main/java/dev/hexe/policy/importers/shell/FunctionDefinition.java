package dev.hexe.policy.importers.shell;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A function of a script, {@code NAME() { …; }} or {@code function NAME { …; }}.
 *
 * @param name by which it is called
 * @param from its first token
 * @param to behind its last one, where its bracket closes
 */
record FunctionDefinition(String name, int from, int to) {
  private static final Pattern NAME = Pattern.compile("[^\\s=]+");

  /** The one that begins at a token. */
  static Optional<FunctionDefinition> at(List<Token> tokens, int position) {
    boolean named = word(tokens, position).equals("function");
    int name = named ? position + 1 : position;
    int next = name + 1;
    boolean brackets = is(tokens, next, "(") && is(tokens, next + 1, ")");
    next += brackets ? 2 : 0;
    while (is(tokens, next, "\n")) {
      next++;
    }
    boolean defined = (named || brackets) && word(tokens, next).equals("{");
    return defined && NAME.matcher(word(tokens, name)).matches()
        ? Optional.of(new FunctionDefinition(word(tokens, name), next + 1, end(tokens, next + 1)))
        : Optional.empty();
  }

  private static String word(List<Token> tokens, int at) {
    return at < tokens.size() ? tokens.get(at).plain() : "";
  }

  private static boolean is(List<Token> tokens, int at, String operator) {
    return at < tokens.size() && tokens.get(at).is(operator);
  }

  private static int end(List<Token> tokens, int from) {
    int depth = 1;
    for (int i = from; i < tokens.size(); i++) {
      String word = word(tokens, i);
      depth += word.equals("{") ? 1 : word.equals("}") ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return tokens.size();
  }
}
