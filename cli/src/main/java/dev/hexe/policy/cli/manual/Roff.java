package dev.hexe.policy.cli.manual;

import java.util.List;

/** A manual page under construction, in the man(7) macros; see groff_man(7). */
final class Roff {
  private final StringBuilder text = new StringBuilder();

  Roff(String title, int section, String version) {
    macro("TH", title, Integer.toString(section), "", "hexe-policy " + version, "");
  }

  Roff section(String heading) {
    macro("SH", heading);
    return this;
  }

  Roff paragraph(String words) {
    text.append(".PP\n");
    return words(words);
  }

  Roff words(String words) {
    for (String line : words.split("\n", -1)) {
      text.append(escaped(line)).append('\n');
    }
    return this;
  }

  /** A tagged paragraph: what is explained is set in bold, hanging into the margin. */
  Roff item(String tag, String explanation) {
    text.append(".TP\n\\fB").append(escaped(tag)).append("\\fR\n");
    return words(explanation);
  }

  /** Lines as they are, as in an example. */
  Roff verbatim(List<String> lines) {
    text.append(".PP\n.nf\n");
    lines.forEach(line -> text.append(escaped(line)).append('\n'));
    text.append(".fi\n");
    return this;
  }

  private void macro(String name, String... arguments) {
    text.append('.').append(name);
    for (String argument : arguments) {
      text.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
    }
    text.append('\n');
  }

  /** A backslash, a hyphen and a dot at the start of a line mean something to roff. */
  private static String escaped(String line) {
    String plain = line.replace("\\", "\\e").replace("-", "\\-").replace("…", "...");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
