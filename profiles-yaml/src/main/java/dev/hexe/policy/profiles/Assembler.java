package dev.hexe.policy.profiles;

import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.Environment;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntries;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Privileges;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.api.profile.ProtectedPaths;
import dev.hexe.policy.api.profile.Separation;
import dev.hexe.policy.api.profile.Startup;
import dev.hexe.policy.api.profile.SystemCalls;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.key.AddedKeys;
import dev.hexe.policy.profiles.key.CapabilityChoice;
import dev.hexe.policy.profiles.key.DemandReader;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.key.PidChoice;
import dev.hexe.policy.profiles.key.ProtectedPathsReader;
import dev.hexe.policy.profiles.key.ShippedProtectedPaths;
import dev.hexe.policy.profiles.key.ShippedProtectedPaths.Group;
import dev.hexe.policy.profiles.project.OwnCaches;
import dev.hexe.policy.profiles.project.OwnHome;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.setting.LimitSettings;
import dev.hexe.policy.profiles.setting.StartSettings;
import dev.hexe.policy.profiles.value.ProtectedPathEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes the profile that settings describe. */
final class Assembler {
  private final Settings settings;
  private final ProfileContext context;

  Assembler(Settings settings, ProfileContext context) {
    this.settings = settings;
    this.context = context;
  }

  /** The profile, called {@code name}. */
  Profile profile(String name) {
    return new Profile(
            name,
            settings.get(Keys.SUMMARY),
            context.home().toString(),
            settings.get(Keys.IDENTITY),
            files(),
            safeguards(),
            environment(),
            separation(),
            privileges(),
            LimitSettings.of(settings),
            startup(),
            demands())
        .withAdded(AddedKeys.installed().settings(settings));
  }

  private Startup startup() {
    return StartSettings.of(settings)
        .firstProcess(settings.get(Keys.PID) == PidChoice.FIRST)
        .build();
  }

  private FileAccess files() {
    return new FileAccess(
        settings.get(Keys.UNLISTED),
        both(Keys.READ, Keys.READ_IF_PRESENT),
        Stream.concat(both(Keys.WRITE, Keys.WRITE_IF_PRESENT).stream(), OwnMemory.listed(settings))
            .toList(),
        both(Keys.LIST, Keys.LIST_IF_PRESENT),
        settings.get(Keys.TMP),
        settings.get(Keys.MINIMAL_DEVICES),
        fixtures());
  }

  private MountEntries fixtures() {
    return new MountEntries(
        settings.get(Keys.ROOT).stream().findFirst().orElse(null),
        Stream.of(
                Keys.FIXTURES.stream().flatMap(key -> settings.get(key).stream()),
                OwnMemory.fixtures(settings),
                OwnHome.fixtures(settings, context),
                OwnCaches.fixtures(settings, context))
            .flatMap(fixtures -> fixtures)
            .toList(),
        settings.get(Keys.READ_ONLY),
        settings.get(Keys.NO_EXECUTE));
  }

  private ProtectedPaths safeguards() {
    return new ProtectedPaths(
        guards(Keys.PROTECT),
        guards(Keys.HIDE),
        settings.get(Keys.HIDE).stream()
            .filter(ProtectedPathEntry::shown)
            .map(ProtectedPathEntry::path)
            .toList(),
        settings.get(Keys.GIT_CONFIG));
  }

  private List<ProtectedPath> guards(Key<List<ProtectedPathEntry>> key) {
    return settings.get(key).stream()
        .filter(path -> !path.shown())
        .map(ProtectedPathEntry::guard)
        .toList();
  }

  private Environment environment() {
    List<String> unset = settings.get(Keys.UNSET_VARIABLES);
    boolean shipped = unset.contains(ProtectedPathsReader.DEFAULT);
    Optional<Group> secrets =
        shipped ? Optional.of(ShippedProtectedPaths.read().secretVariables()) : Optional.empty();
    return new Environment(
        settings.get(Keys.CLEAR_ENVIRONMENT),
        settings.get(Keys.KEEP_VARIABLES),
        Stream.concat(
                unset.stream().filter(name -> !name.equals(ProtectedPathsReader.DEFAULT)),
                secrets.stream().flatMap(group -> group.items().stream()))
            .toList(),
        secrets.map(Group::exceptions).orElse(List.of()),
        settings.get(Keys.SET_VARIABLES));
  }

  private List<PathRule> both(Key<List<PathRule>> one, Key<List<PathRule>> other) {
    return Stream.of(one, other).flatMap(key -> settings.get(key).stream()).toList();
  }

  private Separation separation() {
    return new Separation(
        settings.get(Keys.PROCESSES_INVISIBLE),
        settings.get(Keys.PROCESSES_UNREACHABLE),
        settings.get(Keys.NETWORK).access(),
        settings.get(Keys.PRIVATE_IPC),
        settings.get(Keys.HOSTNAME).orElse(null),
        settings.get(Keys.PRIVATE_CGROUPS),
        settings.get(Keys.PRIVATE_MOUNTS),
        settings.get(Keys.PID) == PidChoice.KEPT,
        settings.get(Keys.TERMINAL));
  }

  private Privileges privileges() {
    CapabilityChoice capabilities = settings.get(Keys.CAPABILITIES);
    return new Privileges(
        settings.get(Keys.NO_GAIN),
        !capabilities.others(),
        capabilities.given(),
        capabilities.taken(),
        settings.get(Keys.NO_USER_NAMESPACES),
        settings.get(Keys.DENIED_SYSTEM_CALLS),
        settings.get(Keys.NESTING),
        systemCalls());
  }

  private SystemCalls systemCalls() {
    return new SystemCalls(
        settings.get(Keys.ALLOWED_CALLS),
        settings.get(Keys.DENIED_CALLS),
        settings.get(Keys.OTHER_CALLS),
        settings.get(Keys.FILTERS),
        settings.get(Keys.FILTER_DESCRIPTORS));
  }

  private Map<Guarantee, Demand> demands() {
    Map<String, Demand> said = settings.get(Keys.DEMAND);
    Demand others = said.getOrDefault(DemandReader.DEFAULT, Demand.REQUIRED);
    Map<Guarantee, Demand> demands = new TreeMap<>();
    Stream.concat(Guarantee.builtIn().stream(), AddedKeys.installed().guarantees().stream())
        .forEach(it -> demands.put(it, said.getOrDefault(it.id(), others)));
    return demands;
  }
}
