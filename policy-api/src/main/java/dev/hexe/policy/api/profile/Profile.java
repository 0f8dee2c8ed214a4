package dev.hexe.policy.api.profile;

import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What must hold for a command, whatever the host. Pure data: paths are expanded, units are bytes,
 * and no field names a kernel mechanism.
 *
 * @param name as the user wrote it
 * @param summary one line for listings
 * @param home the home directory of the user it was read for
 * @param identity the ids inside
 * @param files which paths are reachable
 * @param safeguards what is kept from the command within those
 * @param environment what becomes of environment variables
 * @param separation what is not shared with the host
 * @param privileges what is given up
 * @param limits resource limits
 * @param startup how the command is started
 * @param demands how firmly each guarantee is wanted; what is missing is {@link Demand#REQUIRED}
 * @param nextRun what no command gets into its hands, whatever the profile lists
 */
public record Profile(
    String name,
    String summary,
    String home,
    Identity identity,
    FileAccess files,
    Safeguards safeguards,
    Environment environment,
    Separation separation,
    Privileges privileges,
    Limits limits,
    Startup startup,
    Map<Guarantee, Demand> demands,
    NextRun nextRun) {

  /** Copies the demands. */
  public Profile {
    demands = Map.copyOf(demands);
  }

  /** A profile that knows nothing of the host it is for. */
  public Profile(
      String name,
      String summary,
      String home,
      Identity identity,
      FileAccess files,
      Safeguards safeguards,
      Environment environment,
      Separation separation,
      Privileges privileges,
      Limits limits,
      Startup startup,
      Map<Guarantee, Demand> demands) {
    this(
        name,
        summary,
        home,
        identity,
        files,
        safeguards,
        environment,
        separation,
        privileges,
        limits,
        startup,
        demands,
        NextRun.NONE);
  }

  /** A profile without safeguards that starts the command as any program is started. */
  public Profile(
      String name,
      String summary,
      String home,
      Identity identity,
      FileAccess files,
      Separation separation,
      Privileges privileges,
      Limits limits,
      Map<Guarantee, Demand> demands) {
    this(
        name,
        summary,
        home,
        identity,
        files,
        Safeguards.NONE,
        Environment.HOST,
        separation,
        privileges,
        limits,
        Startup.USUAL,
        demands);
  }

  /** Whether this profile asks for {@code guarantee} at all. */
  public boolean asksFor(Guarantee guarantee) {
    return switch (guarantee) {
      case FILES -> files.unlisted() != Unlisted.ALLOWED;
      case READ_ONLY -> !files.read().isEmpty();
      case PROTECTED -> !protectedPaths().isEmpty();
      case HIDDEN -> !hiddenPaths().isEmpty();
      case NEXT_RUN -> !nextRun.isEmpty() && restrictsFiles();
      case LAYOUT -> files.fixtures().layOut();
      case NO_EXECUTE -> !files.fixtures().noExecute().isEmpty();
      case TMP -> files.tmp().isPrivate();
      case DEVICES -> files.minimalDevices();
      case PROCESSES_INVISIBLE -> separation.processesInvisible();
      case PROCESSES_UNREACHABLE -> separation.processesUnreachable();
      case NETWORK -> separation.noNetwork();
      case DESTINATIONS -> separation.network().listed();
      case IPC -> separation.privateIpc();
      case TERMINAL -> separation.safeTerminal();
      case HOSTNAME -> separation.hostname() != null;
      case CGROUPS -> separation.privateCgroups();
      case MOUNTS -> separation.privateMounts();
      case IDENTITY -> identity.kind() != Identity.Kind.HOST;
      case PRIVILEGE_GAIN -> privileges.noGain();
      case CAPABILITIES -> privileges.takesCapabilities();
      case USER_NAMESPACES -> privileges.noUserNamespaces();
      case SYSCALLS ->
          !privileges.deniedSystemCalls().isEmpty() || privileges.systemCalls().isSaid();
      case MEMORY -> limits.limitsMemory();
      case PIDS -> limits.pids().isPresent();
      case CPU -> limits.limitsCpu();
      case CPUS -> !limits.cpus().isEmpty();
      case IO -> limits.limitsIo();
      case TIME -> limits.time().isPresent();
    };
  }

  /**
   * Whether the command is kept from anything that is the caller's. One that may gain privileges
   * and has all files could change everything anyway.
   */
  public boolean restrictsFiles() {
    return privileges.noGain()
        || files.unlisted() != Unlisted.ALLOWED
        || files.fixtures().layOut()
        || !files.fixtures().noExecute().isEmpty()
        || !protectedPaths().isEmpty()
        || !hiddenPaths().isEmpty();
  }

  /** What is protected, but for what {@code files.write} lists itself. */
  public List<Safeguard> protectedPaths() {
    return safeguards.protectedFrom(files);
  }

  /** What is hidden, but for what {@code files.read} or {@code files.write} list themselves. */
  public List<Safeguard> hiddenPaths() {
    return safeguards.hiddenFrom(files);
  }

  /** The guarantees this profile asks for, in their natural order. */
  public Set<Guarantee> guarantees() {
    EnumSet<Guarantee> asked = EnumSet.allOf(Guarantee.class);
    asked.removeIf(guarantee -> !asksFor(guarantee));
    return asked;
  }

  /** How firmly {@code guarantee} is wanted. */
  public Demand demand(Guarantee guarantee) {
    return demands.getOrDefault(guarantee, Demand.REQUIRED);
  }

  /** The same profile with other files. */
  public Profile withFiles(FileAccess other) {
    return new Profile(
        name,
        summary,
        home,
        identity,
        other,
        safeguards,
        environment,
        separation,
        privileges,
        limits,
        startup,
        demands);
  }

  /**
   * The same profile with every demand changed, as {@code --strict} and {@code --best-effort} do.
   */
  public Profile withDemands(UnaryOperator<Demand> change) {
    EnumMap<Guarantee, Demand> changed = new EnumMap<>(Guarantee.class);
    for (Guarantee guarantee : Guarantee.values()) {
      changed.put(guarantee, change.apply(demand(guarantee)));
    }
    return with(changed, nextRun);
  }

  /** The same profile with other limits. */
  public Profile withLimits(Limits other) {
    return new Profile(
        name,
        summary,
        home,
        identity,
        files,
        safeguards,
        environment,
        separation,
        privileges,
        other,
        startup,
        demands,
        nextRun);
  }

  /** The same profile that wants one guarantee otherwise. */
  public Profile withDemand(Guarantee guarantee, Demand demand) {
    EnumMap<Guarantee, Demand> changed = new EnumMap<>(Guarantee.class);
    changed.putAll(demands);
    changed.put(guarantee, demand);
    return with(changed, nextRun);
  }

  /** The same profile on a host where {@code nextRun} decides what comes after. */
  public Profile withNextRun(NextRun nextRun) {
    return with(demands, nextRun);
  }

  private Profile with(Map<Guarantee, Demand> changed, NextRun deciding) {
    return new Profile(
        name,
        summary,
        home,
        identity,
        files,
        safeguards,
        environment,
        separation,
        privileges,
        limits,
        startup,
        changed,
        deciding);
  }
}
