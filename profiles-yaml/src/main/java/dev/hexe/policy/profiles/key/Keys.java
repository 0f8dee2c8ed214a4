package dev.hexe.policy.profiles.key;

import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.MountEntries.Root;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.SystemCalls;
import dev.hexe.policy.api.profile.Terminal;
import dev.hexe.policy.api.profile.Tmp;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.Values;
import dev.hexe.policy.profiles.reader.WordReader;
import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.value.Hostname;
import dev.hexe.policy.profiles.value.MountEntryForm;
import dev.hexe.policy.profiles.value.MountEntryForms;
import dev.hexe.policy.profiles.value.MountEntryYaml;
import dev.hexe.policy.profiles.value.ProtectedPathEntry;
import dev.hexe.policy.profiles.value.StartFormats;
import dev.hexe.policy.profiles.value.SystemCallFormats;
import dev.hexe.policy.profiles.value.VariableFormats;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of a profile that are not rows of settings. */
public final class Keys {
  public static final Key<String> PROFILE = Key.replacing("profile", Values.line(64), "");
  public static final Key<String> SUMMARY = Key.replacing("summary", Values.line(200), "");
  public static final Key<List<String>> EXTENDS =
      Key.replacing("extends", Values.lines(4096), List.<String>of());

  public static final Key<Identity> IDENTITY =
      Key.replacing("identity", new IdentityReader(), Identity.HOST).writing(IdentityReader::text);

  public static final Key<Unlisted> UNLISTED =
      Key.replacing("files.unlisted", new WordReader<>(Words.UNLISTED), Unlisted.ALLOWED);
  public static final Key<List<PathRule>> READ = paths("files.read", false);
  public static final Key<List<PathRule>> READ_IF_PRESENT = optionalPaths("files.read-if-present");
  public static final Key<List<PathRule>> WRITE = paths("files.write", false);
  public static final Key<List<PathRule>> WRITE_IF_PRESENT =
      optionalPaths("files.write-if-present");
  public static final Key<List<PathRule>> LIST = paths("files.list", false);
  public static final Key<List<PathRule>> LIST_IF_PRESENT = paths("files.list-if-present", true);
  public static final Key<Tmp> TMP = Key.replacing("files.tmp", new TmpReader("/tmp"), Tmp.HOST);

  /** The sandbox's own with {@code devices: minimal}, else the host's. */
  private static final Tmp UNSAID_MEMORY = new Tmp(false, -1);

  public static final Key<Tmp> SHARED_MEMORY =
      Key.replacing("files.shm", new TmpReader("/dev/shm"), UNSAID_MEMORY);
  public static final Key<Tmp> HOME = Key.replacing("files.home", new TmpReader("home"), Tmp.HOST);
  public static final Key<List<PathRule>> CACHES = paths("files.caches", true);
  public static final Key<List<PathRule>> CACHES_IF_PRESENT =
      paths("files.caches-if-present", true);
  public static final Key<List<PathRule>> WHOLE_CACHES = paths("files.own-caches", true);
  public static final Key<Boolean> FRESH_CACHES = flag("files.fresh-caches", "false", "true");
  public static final Key<Boolean> MINIMAL_DEVICES = flag("files.devices", "host", "minimal");

  public static final ProtectedPathsReader PROTECTED_PATHS =
      new ProtectedPathsReader(ShippedProtectedPaths::protect, "the profile protects it");
  public static final ProtectedPathsReader HIDDEN_PATHS =
      new ProtectedPathsReader(ShippedProtectedPaths::hide, "the profile hides it");
  public static final Key<List<ProtectedPathEntry>> PROTECT = kept("protect", PROTECTED_PATHS);
  public static final Key<List<ProtectedPathEntry>> HIDE = kept("hide", HIDDEN_PATHS);

  public static final Key<Boolean> GIT_CONFIG = flag("git.config", "protected", "writable");

  public static final Key<Boolean> CLEAR_ENVIRONMENT = flag("environment.clear", "false", "true");
  public static final Key<List<String>> KEEP_VARIABLES =
      Key.appending("environment.keep", Values.list("a name", VariableFormats::pattern));
  public static final Key<List<String>> UNSET_VARIABLES =
      Key.appending("environment.unset", Values.list("a name", VariableFormats::pattern));
  public static final Key<Map<String, String>> SET_VARIABLES =
      Key.merging(
          "environment.set", Shape.open(Shape.TEXT), VariableFormats::named, VariableFormats::read);
  public static final Key<List<Root>> ROOT =
      Key.replacing("files.root", MountEntryForms.ROOT.single(), List.<Root>of())
          .writing(MountEntryYaml::root);
  public static final Key<List<MountEntry>> BIND =
      fixtures("files.bind", MountEntryForms.bind(true, false));
  public static final Key<List<MountEntry>> BIND_IF_PRESENT =
      fixtures("files.bind-if-present", MountEntryForms.bind(true, true));
  public static final Key<List<MountEntry>> BIND_READ_ONLY =
      fixtures("files.bind-read-only", MountEntryForms.bind(false, false));
  public static final Key<List<MountEntry>> BIND_READ_ONLY_IF_PRESENT =
      fixtures("files.bind-read-only-if-present", MountEntryForms.bind(false, true));
  public static final Key<List<MountEntry>> OVERLAYS =
      fixtures("files.overlays", MountEntryForms.OVERLAY);
  public static final Key<List<MountEntry>> TMPFS = fixtures("files.tmpfs", MountEntryForms.TMPFS);
  public static final Key<List<MountEntry>> DIRECTORIES =
      fixtures("files.directories", MountEntryForms.DIRECTORY);
  public static final Key<List<MountEntry>> SYMLINKS =
      fixtures("files.symlinks", MountEntryForms.SYMLINK);
  public static final Key<List<MountEntry>> CONTENTS =
      fixtures("files.contents", MountEntryForms.CONTENT);
  public static final Key<List<MountEntry>> MESSAGE_QUEUES =
      fixtures("files.message-queues", MountEntryForms.MESSAGE_QUEUES);
  public static final Key<List<PathRule>> READ_ONLY = paths("files.read-only", false);
  public static final Key<List<PathRule>> NO_EXECUTE = paths("files.no-execute", false);

  public static final Key<Boolean> PROCESSES_INVISIBLE =
      flag("processes.others", "visible", "invisible");
  public static final Key<Boolean> PROCESSES_UNREACHABLE =
      flag("processes.reach-others", "allowed", "denied");
  public static final Key<PidChoice> PID =
      Key.replacing("processes.pid", new WordReader<>(PidChoice.WORDS), PidChoice.ANY);

  public static final Key<NetworkChoice> NETWORK =
      Key.combining("network", new NetworkReader(), NetworkChoice.HOST, NetworkChoice::merge)
          .writing(NetworkChoice::text);
  public static final Key<Boolean> PRIVATE_IPC = flag("ipc", "host", "private");
  public static final Key<Terminal> TERMINAL =
      Key.replacing("terminal", new WordReader<>(Words.TERMINALS), Terminal.HOST);
  public static final Key<Optional<String>> HOSTNAME =
      Key.replacing("hostname", Values.parsed(Hostname::parse), Optional.empty());
  public static final Key<Boolean> PRIVATE_CGROUPS = flag("cgroups", "host", "private");
  public static final Key<Boolean> PRIVATE_MOUNTS = flag("mounts", "host", "private");

  public static final Key<Boolean> NO_GAIN = flag("privileges.gain", "allowed", "never");
  public static final Key<CapabilityChoice> CAPABILITIES =
      Key.replacing("privileges.capabilities", CapabilityChoice.READER, CapabilityChoice.KEEP);
  public static final Key<Boolean> NO_USER_NAMESPACES =
      flag("privileges.user-namespaces", "allowed", "none");
  public static final Key<Boolean> NESTING = flag("privileges.nesting", "denied", "allowed");
  public static final Key<List<String>> DENIED_SYSTEM_CALLS =
      Key.appending("privileges.deny-system-calls", Values.systemCalls());

  public static final Key<List<SystemCalls.Wish>> ALLOWED_CALLS =
      Key.appending("syscalls.allow", Values.list("a system call", SystemCallFormats::allowed));
  public static final Key<List<SystemCalls.Wish>> DENIED_CALLS =
      Key.appending("syscalls.deny", Values.list("a system call", SystemCallFormats::denied));
  public static final Key<SystemCalls.Reaction> OTHER_CALLS =
      Key.replacing(
          "syscalls.otherwise",
          Values.parsed(SystemCallFormats::reaction),
          SystemCalls.Reaction.EPERM);
  public static final Key<List<PathRule>> FILTERS =
      Key.appending("syscalls.filters", Values.paths(false)).writing(MountEntryYaml::path);
  public static final Key<List<Integer>> FILTER_DESCRIPTORS =
      Key.appending(
          "syscalls.filter-fds",
          Values.list("the number of a descriptor", StartFormats::descriptor));

  public static final Key<Map<String, Demand>> DEMAND =
      Key.merging("demand", DemandReader.SHAPE, DemandReader::known, DemandReader::read);

  public static final List<Key<List<PathRule>>> PATHS =
      List.of(READ, READ_IF_PRESENT, WRITE, WRITE_IF_PRESENT, LIST, LIST_IF_PRESENT);

  public static final List<Key<List<MountEntry>>> FIXTURES =
      List.of(
          BIND,
          BIND_IF_PRESENT,
          BIND_READ_ONLY,
          BIND_READ_ONLY_IF_PRESENT,
          OVERLAYS,
          TMPFS,
          DIRECTORIES,
          SYMLINKS,
          CONTENTS,
          MESSAGE_QUEUES);

  /** In the order of a profile: those before the settings of the start. */
  public static final List<Key<?>> FIRST =
      List.of(
          PROFILE,
          SUMMARY,
          EXTENDS,
          IDENTITY,
          UNLISTED,
          READ,
          READ_IF_PRESENT,
          WRITE,
          WRITE_IF_PRESENT,
          LIST,
          LIST_IF_PRESENT,
          TMP,
          SHARED_MEMORY,
          HOME,
          CACHES,
          CACHES_IF_PRESENT,
          WHOLE_CACHES,
          FRESH_CACHES,
          MINIMAL_DEVICES,
          PROTECT,
          HIDE,
          GIT_CONFIG,
          CLEAR_ENVIRONMENT,
          KEEP_VARIABLES,
          UNSET_VARIABLES,
          SET_VARIABLES,
          ROOT,
          BIND,
          BIND_IF_PRESENT,
          BIND_READ_ONLY,
          BIND_READ_ONLY_IF_PRESENT,
          OVERLAYS,
          TMPFS,
          DIRECTORIES,
          SYMLINKS,
          CONTENTS,
          MESSAGE_QUEUES,
          READ_ONLY,
          NO_EXECUTE,
          PROCESSES_INVISIBLE,
          PROCESSES_UNREACHABLE,
          PID);

  /** And those between these and the limits. */
  public static final List<Key<?>> MIDDLE =
      List.of(
          NETWORK,
          PRIVATE_IPC,
          TERMINAL,
          HOSTNAME,
          PRIVATE_CGROUPS,
          PRIVATE_MOUNTS,
          NO_GAIN,
          CAPABILITIES,
          NO_USER_NAMESPACES,
          NESTING,
          DENIED_SYSTEM_CALLS,
          ALLOWED_CALLS,
          DENIED_CALLS,
          OTHER_CALLS,
          FILTERS,
          FILTER_DESCRIPTORS);

  private Keys() {}

  private static Key<List<MountEntry>> fixtures(String path, MountEntryForm<MountEntry> form) {
    return Key.appending(path, form.list()).writing(MountEntryYaml::of);
  }

  private static Key<Boolean> flag(String path, String no, String yes) {
    return Key.replacing(path, new WordReader<>(Words.either(no, yes)), false);
  }

  private static Key<List<PathRule>> optionalPaths(String path) {
    return Key.appending(path, Values.optionalPaths()).writing(MountEntryYaml::path);
  }

  private static Key<List<PathRule>> paths(String path, boolean optional) {
    return Key.appending(path, Values.paths(optional)).writing(MountEntryYaml::path);
  }

  private static Key<List<ProtectedPathEntry>> kept(String path, ProtectedPathsReader reader) {
    return Key.emptying(
        path, reader, kept -> Map.entry(kept.path(), kept.shown()), ProtectedPathEntry::and);
  }
}
