package dev.hexe.policy.api.testing;

import dev.hexe.policy.api.network.Destination;
import dev.hexe.policy.api.network.NetworkAccess;
import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.Environment;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.IoLimit;
import dev.hexe.policy.api.profile.Limits;
import dev.hexe.policy.api.profile.MountEntries;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.NextRun;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Privileges;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.api.profile.ProtectedPaths;
import dev.hexe.policy.api.profile.Separation;
import dev.hexe.policy.api.profile.Startup;
import dev.hexe.policy.api.profile.Terminal;
import dev.hexe.policy.api.profile.Tmp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds profiles, from one that asks for nothing. */
public final class ProfileBuilder {
  private final List<PathRule> read = new ArrayList<>();
  private final List<PathRule> write = new ArrayList<>();
  private final List<PathRule> list = new ArrayList<>();
  private final Map<Guarantee, Demand> demands = new TreeMap<>();
  private Unlisted unlisted = Unlisted.ALLOWED;
  private Identity identity = Identity.HOST;
  private Tmp tmp = Tmp.HOST;
  private Limits limits = Limits.NONE;
  private @Nullable String hostname;
  private boolean minimalDevices;
  private boolean invisible;
  private boolean unreachable;
  private NetworkAccess network = NetworkAccess.HOST;
  private boolean privateIpc;
  private boolean privateCgroups;
  private boolean privateMounts;
  private boolean inPlace;
  private boolean noGain;
  private boolean noCapabilities;
  private boolean noUserNamespaces;
  private boolean nesting;
  private Terminal terminal = Terminal.HOST;
  private Startup startup = Startup.USUAL;
  private List<String> deniedSystemCalls = List.of();
  private final List<ProtectedPath> protect = new ArrayList<>();
  private final List<ProtectedPath> hide = new ArrayList<>();
  private final List<String> show = new ArrayList<>();
  private Environment environment = Environment.HOST;
  private final List<MountEntry> fixtures = new ArrayList<>();
  private final List<PathRule> readOnly = new ArrayList<>();
  private final List<PathRule> noExecute = new ArrayList<>();
  private MountEntries.@Nullable Root root;
  private NextRun nextRun = NextRun.NONE;
  private String home = "/home/me";

  private ProfileBuilder() {}

  /** Nothing is asked for. */
  public static ProfileBuilder profile() {
    return new ProfileBuilder();
  }

  /** Every guarantee there is, with the files of a merged-usr system. */
  public static ProfileBuilder everything(Unlisted unlisted) {
    return profile()
        .unlisted(unlisted)
        .read("/bin", "/usr")
        .write("/home/me")
        .protect("/home/me/.bashrc")
        .hide("/home/me/.aws")
        .nextRun(List.of("/home/me/.config/hexe-policy"), List.of("/run/user/1000/hexe-policy"))
        .fixture(new MountEntry.Tmpfs("/home", 1L << 20, 0755))
        .noExecute("/home")
        .tmp(128L << 20)
        .minimalDevices()
        .identity(Identity.SELF)
        .invisible()
        .unreachable()
        .noNetwork()
        .privateIpc()
        .hostname("hexe")
        .privateCgroups()
        .privateMounts()
        .noGain()
        .noCapabilities()
        .noUserNamespaces()
        .safeTerminal()
        .denySystemCalls("keyctl")
        .limits(
            new Limits(
                OptionalLong.of(1L << 30),
                OptionalLong.of(1L << 29),
                OptionalLong.of(64),
                new Limits.CpuQuota(50_000, 100_000),
                OptionalLong.of(50),
                "0",
                OptionalLong.of(50),
                List.of(
                    new IoLimit(
                        "8:0",
                        OptionalLong.of(1 << 20),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.of(100))),
                OptionalLong.of(60_000),
                Limits.USUAL_GRACE));
  }

  public ProfileBuilder unlisted(Unlisted value) {
    unlisted = value;
    return this;
  }

  public ProfileBuilder read(String... paths) {
    Stream.of(paths).map(PathRule::of).forEach(read::add);
    return this;
  }

  public ProfileBuilder readIfPresent(String... paths) {
    Stream.of(paths).map(PathRule::ifPresent).forEach(read::add);
    return this;
  }

  public ProfileBuilder fixture(MountEntry fixture) {
    fixtures.add(fixture);
    return this;
  }

  public ProfileBuilder root(String source, boolean writable) {
    root = new MountEntries.Root(source, writable);
    return this;
  }

  public ProfileBuilder readOnly(String... paths) {
    Stream.of(paths).map(PathRule::of).forEach(readOnly::add);
    return this;
  }

  public ProfileBuilder noExecute(String... paths) {
    Stream.of(paths).map(PathRule::of).forEach(noExecute::add);
    return this;
  }

  public ProfileBuilder write(String... paths) {
    Stream.of(paths).map(PathRule::of).forEach(write::add);
    return this;
  }

  public ProfileBuilder writeIfPresent(String... paths) {
    Stream.of(paths).map(PathRule::ifPresent).forEach(write::add);
    return this;
  }

  public ProfileBuilder list(String... paths) {
    Stream.of(paths).map(PathRule::of).forEach(list::add);
    return this;
  }

  /** A private /tmp of this many bytes. */
  public ProfileBuilder tmp(long size) {
    tmp = Tmp.ofSize(size);
    return this;
  }

  public ProfileBuilder minimalDevices() {
    minimalDevices = true;
    return this;
  }

  public ProfileBuilder protect(String... paths) {
    Stream.of(paths).map(path -> new ProtectedPath(path, "a test says so")).forEach(protect::add);
    return this;
  }

  public ProfileBuilder hide(String... paths) {
    Stream.of(paths).map(path -> new ProtectedPath(path, "a test says so")).forEach(hide::add);
    return this;
  }

  /** Hidden ones in whose place a command has its own. */
  public ProfileBuilder hideForOwn(String... paths) {
    Stream.of(paths)
        .map(path -> new ProtectedPath(path, "a test says so", true, true))
        .forEach(hide::add);
    return this;
  }

  public ProfileBuilder home(String path) {
    home = path;
    return this;
  }

  /** Paths below hidden ones. */
  public ProfileBuilder show(String... paths) {
    Stream.of(paths).forEach(show::add);
    return this;
  }

  public ProfileBuilder environment(Environment value) {
    environment = value;
    return this;
  }

  public ProfileBuilder identity(Identity value) {
    identity = value;
    return this;
  }

  public ProfileBuilder invisible() {
    invisible = true;
    return this;
  }

  public ProfileBuilder unreachable() {
    unreachable = true;
    return this;
  }

  public ProfileBuilder noNetwork() {
    network = NetworkAccess.NONE;
    return this;
  }

  /** Only these can be reached. */
  public ProfileBuilder allow(Destination... destinations) {
    return network(
        new NetworkAccess(
            NetworkAccess.Mode.LISTED,
            List.of(destinations),
            List.of(),
            List.of(),
            NetworkAccess.Logging.DECISIONS,
            false,
            false));
  }

  public ProfileBuilder network(NetworkAccess value) {
    network = value;
    return this;
  }

  public ProfileBuilder privateIpc() {
    privateIpc = true;
    return this;
  }

  public ProfileBuilder hostname(String name) {
    hostname = name;
    return this;
  }

  public ProfileBuilder privateCgroups() {
    privateCgroups = true;
    return this;
  }

  public ProfileBuilder privateMounts() {
    privateMounts = true;
    return this;
  }

  public ProfileBuilder inPlace() {
    inPlace = true;
    return this;
  }

  public ProfileBuilder noGain() {
    noGain = true;
    return this;
  }

  public ProfileBuilder noCapabilities() {
    noCapabilities = true;
    return this;
  }

  public ProfileBuilder nesting() {
    nesting = true;
    return this;
  }

  /** No user namespace inside. */
  public ProfileBuilder noUserNamespaces() {
    noUserNamespaces = true;
    return this;
  }

  public ProfileBuilder safeTerminal() {
    terminal = Terminal.SAFE;
    return this;
  }

  public ProfileBuilder terminal(Terminal value) {
    terminal = value;
    return this;
  }

  public ProfileBuilder startup(Startup value) {
    startup = value;
    return this;
  }

  /** What decides the next run: what cannot be changed, and what cannot be opened either. */
  public ProfileBuilder nextRun(List<String> fixed, List<String> closed) {
    nextRun = new NextRun(fixed, closed);
    return this;
  }

  public ProfileBuilder denySystemCalls(String... names) {
    deniedSystemCalls = List.of(names);
    return this;
  }

  public ProfileBuilder limits(Limits value) {
    limits = value;
    return this;
  }

  public ProfileBuilder demand(Guarantee guarantee, Demand demand) {
    demands.put(guarantee, demand);
    return this;
  }

  public Profile build() {
    return new Profile(
            "test",
            "a test's",
            home,
            identity,
            new FileAccess(
                unlisted,
                read,
                write,
                list,
                tmp,
                minimalDevices,
                new MountEntries(root, fixtures, readOnly, noExecute)),
            new ProtectedPaths(protect, hide, show),
            environment,
            new Separation(
                invisible,
                unreachable,
                network,
                privateIpc,
                hostname,
                privateCgroups,
                privateMounts,
                inPlace,
                terminal),
            new Privileges(noGain, noCapabilities, noUserNamespaces, deniedSystemCalls, nesting),
            limits,
            startup,
            demands)
        .withNextRun(nextRun);
  }
}
