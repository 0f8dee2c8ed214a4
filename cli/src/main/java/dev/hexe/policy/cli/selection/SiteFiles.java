package dev.hexe.policy.cli.selection;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.rule.SiteRule;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.engine.site.SitePolicy;
import dev.hexe.policy.profiles.KnownProfile;
import dev.hexe.policy.profiles.context.HostTraits;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.site.Configuration;
import dev.hexe.policy.profiles.site.SiteRules;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules of the site with what conditions can ask. Where there are none, nothing else is looked
 * at.
 *
 * @param rules all rules
 * @param consulted the files they stand in
 */
public record SiteFiles(List<SiteRule> rules, List<Path> consulted) {
  private static final Path GROUPS = Path.of("/etc/group");
  private static final int FIELDS = 3;

  public static SiteFiles read(ProfileContext context) {
    SiteRules files = new SiteRules(context);
    List<SiteRule> rules = files.read();
    return new SiteFiles(rules, files.consulted());
  }

  /** What was looked at besides. */
  public List<Path> examined() {
    return rules.isEmpty() ? List.of() : List.of(GROUPS, HostTraits.RELEASE);
  }

  /** For a caller and a profile. */
  public SitePolicy policy(Invocation invocation, KnownProfile profile) {
    if (rules.isEmpty()) {
      return SitePolicy.NONE;
    }
    HostTraits host = HostTraits.here();
    return new SitePolicy(
        rules,
        caller(invocation),
        Map.of(
            "architecture",
            host.architecture(),
            "kernel",
            host.kernel(),
            "memory",
            host.memory(),
            "cpus",
            host.cpus(),
            "distributions",
            host.distributions()),
        profile.name(),
        profile.origin(),
        Quotes.visible(Configuration.ofUser(invocation.profileContext()).toString()),
        invocation.profileContext().cwd().toString(),
        invocation.command());
  }

  private static Map<String, Object> caller(Invocation invocation) {
    Caller caller = invocation.caller();
    List<Long> gids =
        Stream.concat(Stream.of(caller.gid()), caller.groups().stream()).distinct().toList();
    String groups = invocation.reader().read(GROUPS.toString()).orElse("");
    return Map.of(
        "uid",
        caller.uid(),
        "gid",
        caller.gid(),
        "user",
        Optional.ofNullable(invocation.profileContext().user()).orElse(""),
        "gids",
        gids,
        "groups",
        groups.lines().flatMap(line -> name(line, gids).stream()).toList());
  }

  private static Optional<String> name(String line, List<Long> gids) {
    String[] fields = line.split(":", -1);
    boolean theirs =
        fields.length >= FIELDS
            && fields[2].matches("[0-9]{1,10}")
            && gids.contains(Long.parseLong(fields[2]));
    return theirs ? Optional.of(fields[0]) : Optional.empty();
  }
}
