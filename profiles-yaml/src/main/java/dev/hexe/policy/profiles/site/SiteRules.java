package dev.hexe.policy.profiles.site;

import dev.hexe.policy.api.rule.SiteRule;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.network.NetworkSets;
import dev.hexe.policy.profiles.reader.PathExpander;
import dev.hexe.policy.profiles.reader.Scope;
import dev.hexe.policy.profiles.yaml.Mistakes;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.ProfileFile;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.SourceText;
import dev.hexe.policy.profiles.yaml.Span;
import dev.hexe.policy.profiles.yaml.TreeReader;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads the rules of a site. Where they lie is fixed: nothing that a user sets leads elsewhere. */
public final class SiteRules {
  static final String NAME = "rules.d";

  /** The directory of a host's rules. */
  public static final Path DIRECTORY = Path.of("/etc/hexe-policy", NAME);

  private static final String SUFFIX = ".yaml";

  private final ProfileContext context;
  private final Path directory;
  private final List<Path> consulted = new ArrayList<>();

  /** Reads this host's. */
  public SiteRules(ProfileContext context) {
    this(context, DIRECTORY);
  }

  /** Reads those of another directory. */
  public SiteRules(ProfileContext context, Path directory) {
    this.context = context;
    this.directory = directory;
  }

  /**
   * All rules, by file and place; none where there is no directory.
   *
   * @throws ProfileException where one cannot be read, with all mistakes of its file
   */
  public List<SiteRule> read() {
    consulted.add(directory);
    List<SiteRule> rules = new ArrayList<>();
    for (Path file : files()) {
      consulted.add(file);
      for (SiteRule rule : read(file)) {
        refuseTwins(rule, rules);
        rules.add(rule);
      }
    }
    return rules;
  }

  /** The directory and its files. */
  public List<Path> consulted() {
    return List.copyOf(consulted);
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    if (Files.notExists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return files;
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path file : stream) {
        if (file.toString().endsWith(".yml")) {
          throw new ProfileException(
              Quotes.visible(file.toString()) + ": a file of rules ends in `.yaml`", "rename it");
        }
        if (file.toString().endsWith(SUFFIX)) {
          files.add(file);
        }
      }
    } catch (IOException e) {
      throw new ProfileException(
          Quotes.visible(directory.toString()) + ": the rules of this host cannot be listed", "");
    }
    Collections.sort(files);
    return files;
  }

  private List<SiteRule> read(Path file) {
    SourceText text = ProfileFile.read(file, file.toString());
    Mistakes mistakes = new Mistakes(text);
    Scope scope = new Scope("", new PathExpander(context, ""), NetworkSets.SHIPPED, mistakes, 0);
    List<Yaml> nodes =
        new TreeReader(text, mistakes)
            .read()
            .map(root -> root instanceof Yaml.Sequence list ? list.items() : List.of(root))
            .orElse(List.of());
    if (nodes.isEmpty() && mistakes.isEmpty()) {
      mistakes.add(Span.START, "the file has no rule", "");
    }
    List<SiteRule> rules = new ArrayList<>();
    for (Yaml node : nodes) {
      if (node instanceof Mapping mapping) {
        new SiteRuleReader(scope).read(mapping).ifPresent(rules::add);
      } else {
        mistakes.add(node.span(), "a rule is keys, not " + node.kind(), "");
      }
    }
    mistakes.throwIfAny();
    return rules;
  }

  private static void refuseTwins(SiteRule rule, List<SiteRule> others) {
    others.stream()
        .filter(other -> other.name().equals(rule.name()))
        .findFirst()
        .ifPresent(
            other -> {
              throw new ProfileException(
                  rule.origin().text() + ": a second rule is called " + Quotes.quote(rule.name()),
                  "the first is at " + other.origin().text());
            });
  }
}
