package dev.hexe.policy.cli.author;

import static dev.hexe.policy.cli.author.Finding.Severity.ERROR;
import static dev.hexe.policy.cli.author.Finding.Severity.NOTE;
import static dev.hexe.policy.cli.author.Finding.Severity.WARNING;

import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.selection.ProfileOwners;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.profiles.Reviews;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.site.CommandRules.Rule;
import dev.hexe.policy.profiles.site.ConfigFile;
import dev.hexe.policy.profiles.site.ConfigFile.NamedProfile;
import dev.hexe.policy.profiles.site.Configuration;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at {@code config.yaml} of a user and a site. */
final class ConfigLint {
  private final ProfileContext context;
  private final ProfileOwners owners;

  ConfigLint(Invocation invocation) {
    context = invocation.profileContext();
    owners = new ProfileOwners(invocation.caller().uid());
  }

  /** Whether this names a configuration, and no profile. */
  static boolean isMeant(String path) {
    return Path.of(path).endsWith(Configuration.FILE);
  }

  /** Those that there are, first that which counts over the other. */
  List<Path> own() {
    return context.searchPath().stream()
        .map(profiles -> profiles.resolveSibling(Configuration.FILE))
        .filter(file -> !Files.notExists(file))
        .toList();
  }

  /**
   * What there is to say about files, of which the first count over the later ones.
   *
   * @throws ProfileException where one is not there
   */
  List<Finding> of(List<Path> paths) {
    List<Finding> found = new ArrayList<>();
    List<ConfigFile> files = new ArrayList<>();
    for (Path path : paths) {
      try {
        owners.requireTrusted(List.of(path));
        files.add(Configuration.file(path, context));
      } catch (ProfileException e) {
        if (Files.notExists(path)) {
          throw e;
        }
        found.addAll(Lint.mistakes(e).orElseGet(() -> whole(path, e.getMessage(), e.help())));
      } catch (CommandException e) {
        found.addAll(whole(path, e.getMessage(), e.help()));
      }
    }
    files.forEach(file -> found.addAll(of(file)));
    for (int i = 1; i < files.size(); i++) {
      found.addAll(between(files.get(i - 1), files.get(i)));
    }
    return found.stream().sorted().toList();
  }

  private static List<Finding> whole(Path file, @Nullable String what, String help) {
    return List.of(
        new Finding(ERROR, Lint.MISTAKE, file.toString(), 1, 1, String.valueOf(what), help));
  }

  private List<Finding> of(ConfigFile file) {
    List<Finding> found = new ArrayList<>();
    file.named().forEach(it -> found.addAll(unknown(it)));
    file.commands()
        .shadowed()
        .forEach(
            (rule, by) ->
                found.add(
                    Subject.at(
                        rule.place(),
                        WARNING,
                        Entries.NO_EFFECT,
                        quoted(rule)
                            + " has no effect: "
                            + quoted(by)
                            + " comes before it ("
                            + by.place().text()
                            + ")",
                        "put it first, or leave it out")));
    return found;
  }

  private List<Finding> unknown(NamedProfile named) {
    try {
      new Reviews(context).file(named.profile());
      return List.of();
    } catch (ProfileException e) {
      String what = Printable.quote(named.key()) + ": " + e.getMessage();
      return List.of(Subject.at(named.place(), ERROR, Lint.MISTAKE, what, e.help()));
    }
  }

  private static List<Finding> between(ConfigFile own, ConfigFile site) {
    List<Finding> found = new ArrayList<>();
    for (Map.Entry<Rule, Rule> entry : own.commands().shadowed(site.commands()).entrySet()) {
      String what =
          quoted(entry.getValue())
              + " counts over "
              + quoted(entry.getKey())
              + " ("
              + entry.getKey().place().text()
              + ")";
      found.add(Subject.at(entry.getValue().place(), NOTE, "shadows", what, ""));
    }
    return found;
  }

  private static String quoted(Rule rule) {
    return Entries.quoted("commands", rule.program() + ": " + rule.profile());
  }
}
