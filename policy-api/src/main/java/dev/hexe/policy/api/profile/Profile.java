package dev.hexe.policy.api.profile;

import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The guarantees and settings that must hold for a command, whatever the host. Pure data: paths are
 * expanded, units are bytes, and no field names a kernel mechanism.
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
 * @param added what it says of keys that plug-ins have added
 */
public record Profile(
    String name,
    String summary,
    String home,
    Identity identity,
    FileAccess files,
    ProtectedPaths safeguards,
    Environment environment,
    Separation separation,
    Privileges privileges,
    Limits limits,
    Startup startup,
    Map<Guarantee, Demand> demands,
    NextRun nextRun,
    AddedSettings added) {

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
      ProtectedPaths safeguards,
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
        NextRun.NONE,
        AddedSettings.NONE);
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
        ProtectedPaths.NONE,
        Environment.HOST,
        separation,
        privileges,
        limits,
        Startup.USUAL,
        demands);
  }

  /** Whether this profile asks for {@code guarantee} at all. */
  public boolean asksFor(Guarantee guarantee) {
    return guarantee.isAskedBy(this);
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
  public List<ProtectedPath> protectedPaths() {
    return safeguards.protectedFrom(files);
  }

  /** What is hidden, but for what {@code files.read} or {@code files.write} list themselves. */
  public List<ProtectedPath> hiddenPaths() {
    return safeguards.hiddenFrom(files);
  }

  /** The guarantees this profile asks for, in their natural order. */
  public Set<Guarantee> guarantees() {
    Set<Guarantee> asked = new TreeSet<>(added.guarantees());
    Guarantee.builtIn().stream().filter(this::asksFor).forEach(asked::add);
    return asked;
  }

  /** How firmly {@code guarantee} is wanted. */
  public Demand demand(Guarantee guarantee) {
    return demands.getOrDefault(guarantee, Demand.REQUIRED);
  }

  /** The same profile with other files. */
  public Profile withFiles(FileAccess other) {
    return with(other, separation, limits);
  }

  /**
   * The same profile with every demand changed, as {@code --strict} and {@code --best-effort} do.
   */
  public Profile withDemands(UnaryOperator<Demand> change) {
    Map<Guarantee, Demand> changed = new TreeMap<>();
    Stream.concat(Guarantee.builtIn().stream(), added.guarantees().stream())
        .forEach(guarantee -> changed.put(guarantee, change.apply(demand(guarantee))));
    return with(changed, nextRun, added);
  }

  /** The same profile with other limits. */
  public Profile withLimits(Limits other) {
    return with(files, separation, other);
  }

  /** The same profile where nobody is asked about destinations. */
  public Profile withoutQuestions() {
    return with(files, separation.withoutQuestions(), limits);
  }

  /** The same profile that wants one guarantee otherwise. */
  public Profile withDemand(Guarantee guarantee, Demand demand) {
    Map<Guarantee, Demand> changed = new TreeMap<>(demands);
    changed.put(guarantee, demand);
    return with(changed, nextRun, added);
  }

  /** The same profile on a host where {@code nextRun} decides what comes after. */
  public Profile withNextRun(NextRun nextRun) {
    return with(demands, nextRun, added);
  }

  /** The same profile that also says this of keys that plug-ins have added. */
  public Profile withAdded(AddedSettings settings) {
    return with(demands, nextRun, settings);
  }

  private Profile with(FileAccess reached, Separation separated, Limits limited) {
    return new Profile(
        name,
        summary,
        home,
        identity,
        reached,
        safeguards,
        environment,
        separated,
        privileges,
        limited,
        startup,
        demands,
        nextRun,
        added);
  }

  private Profile with(Map<Guarantee, Demand> changed, NextRun deciding, AddedSettings settings) {
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
        deciding,
        settings);
  }
}
