package dev.hexe.policy.cli.manual;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** One manual page for the program and one for each command, by the name of their file. */
final class ManualPages {
  private static final int USER_COMMANDS = 1;

  private static final List<String> EXIT_STATUS =
      List.of(
          "0 to 124, and above 127", "the command's own; 128+n when signal n ended it",
          "125", "nothing ran: refused, a mistake in the profile, or a failure while it was set up",
          "126", "the command cannot be executed",
          "127", "the command is not found");

  private static final List<String> FILES =
      List.of(
          "~/.config/hexe-policy/profiles/NAME.yaml", "profiles of a user",
          "/etc/hexe-policy/profiles/NAME.yaml", "profiles of the site",
          "~/.config/hexe-policy/config.yaml, /etc/hexe-policy/config.yaml",
              "the default profile, profiles by command, limits, floats",
          "/etc/hexe-policy/rules.d/*.yaml", "rules of the site, which hold for everybody",
          "~/.config/hexe-policy/plugins/*.jar, /etc/hexe-policy/plugins/*.jar", "plug-ins",
          ".hexe-policy.yaml", "a project's policy, used once hexe-policy trust has shown it",
          "$XDG_RUNTIME_DIR/hexe-policy", "compiled plans, kept until the next boot");

  private static final List<String> ENVIRONMENT =
      List.of(
          "HEXE_VOIDBOX_PROFILE", "the profile where no argument names one",
          "HEXE_POD_ISOLATE", "1 chooses the profile isolated where nothing else is named",
          "HEXE_POD_ISOLATE_USERNS", "1 gives isolated a user namespace and mounts of its own",
          "HEXE_CGROUP_MEM_MAX, HEXE_CGROUP_PIDS_MAX, HEXE_CGROUP_CPU_MAX",
              "limits, where no option gives them",
          "HEXE_JAVA_HOME",
              "the Java that compiles profiles; else of JAVA_HOME, /usr/lib*/jvm or PATH",
          "HEXE_DEBUG", "1 shows what Java says where compiling fails",
          "HEXE_HINTS",
              "0 leaves out the line that points to why where a command failed on a terminal",
          "XDG_CONFIG_HOME", "where hexe-policy/ of a user is; else ~/.config",
          "NO_COLOR", "no colours, also on a terminal");

  private final CommandSpec program;
  private final String version;

  ManualPages(CommandSpec program, String version) {
    this.program = program;
    this.version = version;
  }

  Map<String, String> all() {
    Map<String, String> pages = new TreeMap<>();
    pages.put(program.name() + ".1", overview());
    program
        .subcommands()
        .forEach(
            (name, line) -> {
              if (!line.getCommandSpec().usageMessage().hidden()) {
                pages.put(program.name() + "-" + name + ".1", page(name, line.getCommandSpec()));
              }
            });
    return pages;
  }

  private String overview() {
    Roff page = new Roff("HEXE-POLICY", USER_COMMANDS, version);
    page.section("NAME")
        .words(program.name() + " - run a command under an isolation profile")
        .section("SYNOPSIS")
        .words("hexe-policy apply [PROFILE] [OPTION]… -- COMMAND [ARGUMENT]…")
        .section("DESCRIPTION")
        .words(
            "A profile says what must hold for a command: only these paths, no network, so much memory."
                + " hexe-policy tries what this host can enforce, picks the strongest mechanism for each"
                + " guarantee, and runs the command under it, or says which guarantee cannot be kept and why.")
        .section("COMMANDS");
    program
        .subcommands()
        .forEach(
            (name, line) -> {
              if (!line.getCommandSpec().usageMessage().hidden()) {
                page.item("hexe-policy-" + name + "(1)", summary(line.getCommandSpec()));
              }
            });
    return end(page, program).toString();
  }

  private String page(String name, CommandSpec spec) {
    Roff page =
        new Roff("HEXE-POLICY-" + name.toUpperCase(java.util.Locale.ROOT), USER_COMMANDS, version);
    page.section("NAME")
        .words(program.name() + "-" + name + " - " + lowerFirst(firstSentence(summary(spec))))
        .section("SYNOPSIS")
        .words(String.join("\n", spec.usageMessage().customSynopsis()))
        .section("DESCRIPTION")
        .words(summary(spec));
    if (!spec.options().isEmpty()) {
      page.section("OPTIONS");
      spec.options().stream()
          .filter(option -> !option.hidden())
          .forEach(option -> page.item(synopsis(option), format(option.description())));
    }
    List<String> examples = footer(spec);
    if (!examples.isEmpty()) {
      page.section("EXAMPLES").verbatim(examples);
    }
    return end(page, spec).toString();
  }

  private static Roff end(Roff page, CommandSpec spec) {
    items(page.section("EXIT STATUS"), EXIT_STATUS);
    items(page.section("ENVIRONMENT"), ENVIRONMENT);
    items(page.section("FILES"), FILES);
    page.section("SEE ALSO");
    return page.words(
        spec.name().equals("hexe-policy")
            ? "bwrap(1), landlock(7), namespaces(7), cgroups(7), seccomp(2)"
            : "hexe-policy(1)");
  }

  private static void items(Roff page, List<String> pairs) {
    for (int i = 0; i < pairs.size(); i += 2) {
      page.item(pairs.get(i), pairs.get(i + 1));
    }
  }

  private static String synopsis(OptionSpec option) {
    return Arrays.stream(option.names())
        .map(name -> option.arity().max() == 0 ? name : name + "=" + option.paramLabel())
        .collect(Collectors.joining(", "));
  }

  private static String summary(CommandSpec spec) {
    return format(spec.usageMessage().description());
  }

  private static List<String> footer(CommandSpec spec) {
    return Arrays.stream(spec.usageMessage().footer())
        .map(line -> format(new String[] {line}))
        .filter(line -> !line.equals("examples:"))
        .toList();
  }

  /** The texts are format strings, in which a per cent sign stands twice. */
  private static String format(String[] lines) {
    return Arrays.stream(lines)
        .filter(line -> !line.isEmpty())
        .map(line -> line.replace("%%", "%").replace("%n", ""))
        .collect(Collectors.joining("\n"));
  }

  private static String firstSentence(String text) {
    String sentence = text.lines().findFirst().orElse("").split("[.:,;]", 2)[0];
    return sentence.strip();
  }

  private static String lowerFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
