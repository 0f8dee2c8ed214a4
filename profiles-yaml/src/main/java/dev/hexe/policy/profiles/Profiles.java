package dev.hexe.policy.profiles;

import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.host.HostPlaces;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.library.BuiltIns;
import dev.hexe.policy.profiles.library.Library;
import dev.hexe.policy.profiles.library.Listing;
import dev.hexe.policy.profiles.library.ProfileSelection;
import dev.hexe.policy.profiles.library.ProfileSelection.Choice;
import dev.hexe.policy.profiles.library.ProfileSource;
import dev.hexe.policy.profiles.library.SearchPath;
import dev.hexe.policy.profiles.override.GitConfiguration;
import dev.hexe.policy.profiles.override.KnownVariables;
import dev.hexe.policy.profiles.override.Overrides;
import dev.hexe.policy.profiles.override.Overriding;
import dev.hexe.policy.profiles.override.Precedence;
import dev.hexe.policy.profiles.override.SystemCallPrecedence;
import dev.hexe.policy.profiles.override.VariablePrecedence;
import dev.hexe.policy.profiles.project.GitDirectories;
import dev.hexe.policy.profiles.project.ProjectPaths;
import dev.hexe.policy.profiles.project.ProjectPolicy;
import dev.hexe.policy.profiles.project.ProjectProtectedPaths;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.setting.SettingsProvenance;
import dev.hexe.policy.profiles.site.Configuration;
import dev.hexe.policy.profiles.site.NamedFloat;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every profile there is: the shipped ones, and those of the user and of the host. */
public final class Profiles {
  private final ProfileContext context;
  private final SearchPath searchPath;
  private final Library library;
  private final Set<Path> examined = new LinkedHashSet<>();
  private final Set<String> gitRemarks = new LinkedHashSet<>();
  private @Nullable Configuration configuration;
  private boolean usedWorkingDirectory;
  private boolean usedCommand;
  private Optional<Path> projectFile = Optional.empty();

  /** The names of the profiles that are shipped, from the most open to the strictest. */
  public static List<String> builtInNames() {
    return BuiltIns.NAMES;
  }

  /** Those that are found in the given surroundings. */
  public Profiles(ProfileContext context) {
    this.context = context;
    this.searchPath = new SearchPath(context.searchPath());
    this.library = new Library(searchPath, context.input());
  }

  /**
   * The profile that is meant: what is said counts over the environment, that over what is
   * configured, and that over the default. What is configured for a command counts over what is
   * configured for all.
   *
   * @param explicit what the command line says, in any order
   * @param command the command's first word; empty where there is none
   * @throws ProfileException where two wishes of one rank differ, or a file has mistakes
   */
  public Choice choose(List<Choice> explicit, Optional<String> command) {
    Optional<Choice> said = ProfileSelection.said(explicit, context.environment());
    if (said.isPresent()) {
      return named(said.get()).map(it -> new Choice(it.source(), it.profile())).orElse(said.get());
    }
    usedCommand |= configuration().namesCommands();
    return configuration().choice(command).orElse(Choice.DEFAULT);
  }

  /**
   * The float that is meant, where one is: {@code @NAME}.
   *
   * @throws ProfileException where there is none of that name
   */
  public Optional<NamedFloat> chosenFloat(List<Choice> explicit) {
    return ProfileSelection.said(explicit, context.environment()).flatMap(this::named);
  }

  private Optional<NamedFloat> named(Choice choice) {
    return choice.profile().startsWith(NamedFloat.SIGN)
        ? Optional.of(configuration().named(choice.profile().substring(NamedFloat.SIGN.length())))
        : Optional.empty();
  }

  /** Whether {@link #choose} would have another result for another command. */
  public boolean usedCommand() {
    return usedCommand;
  }

  /** A profile with what the environment changes about it. See {@link #load(String, Overrides)}. */
  public Profile load(String nameOrPath) {
    return load(nameOrPath, Overrides.NONE);
  }

  /**
   * A profile with what the environment and then {@code overrides} change about it.
   *
   * @param nameOrPath a file where it holds a slash or ends in {@code .yaml} or {@code .yml},
   *     {@code -} for the standard input, else a name
   * @throws ProfileException where there is no such profile, or it or anything that changes it has
   *     mistakes
   */
  public Profile load(String nameOrPath, Overrides overrides) {
    return resolve(nameOrPath, overrides).profile();
  }

  /** The same with the places where each part of it was said. */
  public ResolvedProfile resolve(String nameOrPath, Overrides overrides) {
    return resolve(new Choice("profile", nameOrPath), overrides, false);
  }

  /**
   * The same for a profile that was chosen, where {@code project} narrowed by the policy of the
   * project that the working directory is in.
   */
  public ResolvedProfile resolve(Choice choice, Overrides overrides, boolean project) {
    Optional<ProfileSource> narrower =
        project ? new ProjectPolicy(context, library).source() : Optional.empty();
    projectFile = narrower.flatMap(ProfileSource::file);
    ProfileSource source = chosen(choice);
    ProfileContext here = context.lookingAnew();
    Settings settings = settings(choice.profile(), source, narrower, overrides, here);
    Profile profile = new Assembler(settings, here).profile(name(settings, source));
    Futile.refuse(settings, profile);
    return new ResolvedProfile(
        profile,
        new SettingsProvenance(settings, remarks(settings, source)),
        KnownProfile.of(choice.profile(), source, name(settings, source)));
  }

  private List<String> remarks(Settings settings, ProfileSource source) {
    List<String> remarks = new ArrayList<>(KnownVariables.remarks(context.environment()));
    remarks.addAll(gitRemarks);
    Overriding.remark(context, source.isBuiltIn(BuiltIns.ISOLATED)).ifPresent(remarks::add);
    remarks.addAll(library.remarks());
    remarks.addAll(Redundant.remarks(settings));
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
    Settings settings = settings(nameOrPath, source, Optional.empty(), Overrides.NONE, here);
    return ResolvedYaml.of(settings, new Assembler(settings, here).profile(name(settings, source)));
  }

  /** A name that is configured and means nothing is a mistake where it is configured. */
  private ProfileSource chosen(Choice choice) {
    choice.refuseInputFromElsewhere();
    try {
      return library.wanted(choice.profile(), context.cwd());
    } catch (ProfileException e) {
      if (!choice.isConfigured()) {
        throw e;
      }
      throw new ProfileException(choice.source() + ": " + e.getMessage(), e.help());
    }
  }

  private Settings narrowed(
      ProfileSource source, Optional<ProfileSource> project, ProfileContext here) {
    Settings base = loader(library, here).load(source);
    if (project.isEmpty()) {
      return base;
    }
    Settings changed = loader(library, here).loadProject(project.get(), base);
    ProjectPolicy.requireNarrower(
        project.get(), settled(base, source, here), settled(changed, source, here), changed);
    return changed;
  }

  /** What holds in the end, without options. */
  private Profile settled(Settings settings, ProfileSource source, ProfileContext here) {
    Settings copy = new Settings().over(settings);
    settle(copy, here);
    return new Assembler(copy, here).profile(name(copy, source));
  }

  /** Says whether the project counted that the working directory is in. */
  private boolean settle(Settings settings, ProfileContext here) {
    HostPlaces.list(settings);
    GitConfiguration.settle(settings);
    new GitDirectories(settings, here.project()).add().ifPresent(gitRemarks::add);
    new ProjectProtectedPaths(settings, here).add();
    ProjectPaths project = new ProjectPaths(settings, context.cwd());
    project.settle();
    Precedence.settle(settings, context.home().toString());
    VariablePrecedence.settle(settings);
    SystemCallPrecedence.settle(settings);
    return project.used();
  }

  private Settings settings(
      String nameOrPath,
      ProfileSource source,
      Optional<ProfileSource> narrower,
      Overrides overrides,
      ProfileContext here) {
    Settings settings = narrowed(source, narrower, here);
    Overriding overriding = new Overriding(here, settings, configuration().sets());
    overriding.apply(overrides, source.isBuiltIn(BuiltIns.ISOLATED));
    here.project().require();
    boolean usedProject = settle(settings, here);
    examined.addAll(here.project().examined());
    usedWorkingDirectory |=
        Library.isRelative(nameOrPath)
            || overriding.usedWorkingDirectory()
            || usedProject
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

  /** The project's file that was read; its user has trusted what is in it. */
  public Optional<Path> projectFile() {
    return projectFile;
  }

  /** Whether {@link #load} would have another result in another working directory. */
  public boolean usedWorkingDirectory() {
    return usedWorkingDirectory;
  }

  private Configuration configuration() {
    Configuration known = configuration;
    if (known == null) {
      known = Configuration.read(context, library::consult);
      configuration = known;
    }
    return known;
  }

  private Loader loader(Library among, ProfileContext here) {
    return new Loader(among, here, configuration());
  }

  private Listing userListing(String name, Path file) {
    String origin = Quotes.visible(file.toString());
    if (BuiltIns.has(name)) {
      return new Listing(name, "refused: a built-in profile has this name", origin);
    }
    String others =
        searchPath.candidates(name).stream()
            .filter(other -> !other.equals(file) && !Files.notExists(other))
            .map(other -> ", not " + Quotes.visible(other.toString()))
            .collect(Collectors.joining());
    return listing(Quotes.visible(name), () -> ProfileSource.file(file, origin), origin + others);
  }

  private Listing listing(String name, Supplier<ProfileSource> source, String origin) {
    try {
      Library apart = new Library(searchPath, context.input());
      Settings settings = loader(apart, context.lookingAnew()).load(source.get());
      return new Listing(name, settings.get(Keys.SUMMARY), origin);
    } catch (ProfileException e) {
      return new Listing(name, "cannot be used here", origin);
    }
  }

  private static String name(Settings settings, ProfileSource source) {
    return settings.mentions(Keys.PROFILE) ? settings.get(Keys.PROFILE) : source.name();
  }
}
