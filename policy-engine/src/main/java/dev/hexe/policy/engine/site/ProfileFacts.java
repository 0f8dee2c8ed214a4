package dev.hexe.policy.engine.site;

import dev.hexe.policy.api.network.Destination;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.Limits;
import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.api.profile.Provenance;
import dev.hexe.policy.api.profile.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Facts that conditions can ask of a profile. What is not limited is as large as a number can be.
 */
final class ProfileFacts {
  private static final String READ = "read";
  private static final String WRITE = "write";

  private ProfileFacts() {}

  /** True where what was asked for holds in one working directory alone. */
  static boolean dependOnDirectory(StrictMap asked, Profile profile) {
    return (asked.asked().contains(READ) || asked.asked().contains(WRITE))
        && profile.files().given().anyMatch(PathRule.CWD::equals);
  }

  static StrictMap of(Profile profile, Provenance provenance, SitePolicy site) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("name", site.name());
    facts.put("origin", site.origin());
    facts.put("changed", changed(provenance, site.configuration()));
    facts.put("identity", identity(profile.identity()));
    facts.put("unlisted", word(profile.files().unlisted()));
    List<String> written = profile.files().fixtures().writtenSources().toList();
    String here = site.workingDirectory();
    facts.put(READ, paths(profile.files().read(), readSources(profile, written), here));
    facts.put(WRITE, paths(profile.files().write(), written, here));
    facts.put("protect", guarded(profile.protectedPaths()));
    facts.put("hide", guarded(profile.hiddenPaths()));
    facts.put("network", word(profile.separation().network().mode()));
    facts.put(
        "destinations",
        profile.separation().network().allow().stream().map(Destination::text).toList());
    facts.put("nesting", profile.privileges().nesting());
    facts.put("guarantees", profile.guarantees().stream().map(Guarantee::id).toList());
    facts.put(
        "required",
        profile.guarantees().stream()
            .filter(guarantee -> profile.demand(guarantee).required())
            .map(Guarantee::id)
            .toList());
    limits(facts, profile.limits());
    return new StrictMap("profile", facts);
  }

  private static void limits(Map<String, Object> facts, Limits limits) {
    facts.put("memory", limits.memory().orElse(Long.MAX_VALUE));
    facts.put("pids", limits.pids().orElse(Long.MAX_VALUE));
    facts.put("time", limits.time().orElse(Long.MAX_VALUE));
    Limits.CpuQuota quota = limits.cpu();
    facts.put("cpu", quota == null ? Double.MAX_VALUE : (double) quota.quota() / quota.period());
  }

  /** The keys that options, variables and the user's configuration have said something of. */
  private static List<String> changed(Provenance provenance, String configuration) {
    return provenance.effective().stream()
        .filter(said -> isOfUser(said.origin(), configuration))
        .map(Statement::key)
        .distinct()
        .toList();
  }

  private static boolean isOfUser(Origin origin, String configuration) {
    return origin.layer() >= Origin.VARIABLE_LAYER
        || (origin instanceof Origin.InFile file && file.file().equals(configuration));
  }

  private static String identity(Identity identity) {
    return identity.kind() == Identity.Kind.IDS
        ? identity.uid() + ":" + identity.gid()
        : word(identity.kind());
  }

  /** Paths that are listed, and those that are shown at another path, and where they lead. */
  private static List<String> paths(List<PathRule> rules, List<String> elsewhere, String here) {
    return Stream.concat(rules.stream().map(PathRule::path), elsewhere.stream())
        .map(path -> path.equals(PathRule.CWD) ? here : path)
        .flatMap(RealPaths::of)
        .distinct()
        .toList();
  }

  private static List<String> readSources(Profile profile, List<String> written) {
    return profile
        .files()
        .fixtures()
        .sources()
        .filter(source -> !written.contains(source))
        .toList();
  }

  private static List<String> guarded(List<ProtectedPath> guards) {
    return guards.stream().map(ProtectedPath::path).toList();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
