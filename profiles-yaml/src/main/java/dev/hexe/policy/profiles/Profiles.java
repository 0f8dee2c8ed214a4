package dev.hexe.policy.profiles;

import dev.hexe.policy.api.profile.Profile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Every profile there is: the shipped ones, and those of the user and of the host. */
public final class Profiles {
  private final ProfileContext context;
  private final SearchPath searchPath;
  private final Library library;
  private final Set<Path> examined = new LinkedHashSet<>();
  private boolean usedWorkingDirectory;

  /** The names of the profiles that are shipped, from the most open to the strictest. */
  public static List<String> builtInNames() {
    return BuiltIns.NAMES;
  }

  /** Those that are found in the given surroundings. */
  public Profiles(ProfileContext context) {
    this.context = context;
    this.searchPath = new SearchPath(context.searchPath());
    this.library = new Library(searchPath);
  }

  /** A profile with what the environment changes about it. See {@link #load(String, Overrides)}. */
  public Profile load(String nameOrPath) {
    return load(nameOrPath, Overrides.NONE);
  }

  /**
   * A profile with what the environment and then {@code overrides} change about it.
   *
   * @param nameOrPath a file where it holds a slash or ends in {@code .yaml} or {@code .yml}, else
   *     a name
   * @throws ProfileException where there is no such profile, or it or anything that changes it has
   *     mistakes
   */
  public Profile load(String nameOrPath, Overrides overrides) {
    return resolve(nameOrPath, overrides).profile();
  }

  /** The same with the places where each part of it was said. */
  public ResolvedProfile resolve(String nameOrPath, Overrides overrides) {
    ProfileSource source = library.wanted(nameOrPath, context.cwd());
    ProfileContext here = context.lookingAnew();
    Settings settings = settings(nameOrPath, source, overrides, here);
    Profile profile = new Assembler(settings, here).profile(name(settings, source));
    Futile.refuse(settings, profile);
    return new ResolvedProfile(
        profile, new SettingsProvenance(settings, remarks(settings, source)));
  }

  private List<String> remarks(Settings settings, ProfileSource source) {
    List<String> remarks = new ArrayList<>(KnownVariables.remarks(context.environment()));
    Overriding.remark(context, source.isBuiltIn(BuiltIns.ISOLATED)).ifPresent(remarks::add);
    remarks.addAll(Futile.remarks(settings));
    return remarks;
  }

  /**
   * A profile with all that it extends and that counts over it, as the text of one that extends
   * nothing and means the same.
   *
   * @throws ProfileException as {@link #load(String)} does
   */
  public String resolvedSource(String nameOrPath) {
    ProfileSource source = library.wanted(nameOrPath, context.cwd());
    ProfileContext here = context.lookingAnew();
    Settings settings = settings(nameOrPath, source, Overrides.NONE, here);
    return ResolvedYaml.of(settings, new Assembler(settings, here).profile(name(settings, source)));
  }

  private Settings settings(
      String nameOrPath, ProfileSource source, Overrides overrides, ProfileContext here) {
    Settings settings = new Loader(library, here).load(source);
    Overriding overriding = new Overriding(here, settings);
    overriding.apply(overrides, source.isBuiltIn(BuiltIns.ISOLATED));
    here.project().require();
    examined.addAll(here.project().examined());
    HostPlaces.list(settings);
    GitConfiguration.settle(settings);
    new ProjectSafeguards(settings, here).add();
    ProjectPaths project = new ProjectPaths(settings, context.cwd());
    project.settle();
    Precedence.settle(settings, context.home().toString());
    usedWorkingDirectory |=
        Library.isRelative(nameOrPath)
            || overriding.usedWorkingDirectory()
            || project.used()
            || here.project().isUsed();
    return settings;
  }

  /**
   * All profiles that have a name, the shipped ones first.
   *
   * @throws ProfileException where a directory of profiles cannot be listed
   */
  public List<Listing> list() {
    List<Listing> listings = new ArrayList<>();
    for (String name : BuiltIns.NAMES) {
      listings.add(listing(name, () -> ProfileSource.builtIn(name), "built-in"));
    }
    searchPath.profiles().forEach((name, file) -> listings.add(userListing(name, file)));
    return List.copyOf(listings);
  }

  /**
   * The text of a profile as it was written.
   *
   * @throws ProfileException where there is no such profile, or it cannot be read
   */
  public String source(String nameOrPath) {
    return library.wanted(nameOrPath, context.cwd()).text().text();
  }

  /**
   * The files that {@link #load} and {@link #source} have read, and those they looked for in vain.
   * Where one of them changes, appears or vanishes, the result may be another one.
   */
  public List<Path> consulted() {
    return library.consulted();
  }

  /** What was looked at to find the project. Where one of these changes, it may be another one. */
  public List<Path> examined() {
    return List.copyOf(examined);
  }

  /** Whether {@link #load} would have another result in another working directory. */
  public boolean usedWorkingDirectory() {
    return usedWorkingDirectory;
  }

  private Listing userListing(String name, Path file) {
    String origin = Quotes.visible(file.toString());
    if (BuiltIns.has(name)) {
      return new Listing(name, "refused: a built-in profile has this name", origin);
    }
    return listing(Quotes.visible(name), () -> ProfileSource.file(file, origin), origin);
  }

  private Listing listing(String name, Supplier<ProfileSource> source, String origin) {
    try {
      Library apart = new Library(searchPath);
      Settings settings = new Loader(apart, context).load(source.get());
      return new Listing(name, settings.get(Keys.SUMMARY), origin);
    } catch (ProfileException e) {
      return new Listing(name, "cannot be used here", origin);
    }
  }

  private static String name(Settings settings, ProfileSource source) {
    return settings.mentions(Keys.PROFILE) ? settings.get(Keys.PROFILE) : source.name();
  }
}
