package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.decision.PathGrant.Access;
import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import dev.hexe.policy.engine.system.FollowedLink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides over a path as the sandbox does: first what is hidden or protected in it, then what is
 * read-only or free of programs, then the nearest path that is listed, and last what holds for all
 * that is not listed.
 */
public final class FileRules {
  private static final String OWN = "the sandbox has a %s of its own, and the host's is not there";

  /** What a {@code /dev} of the sandbox's own has. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "/dev/(null|zero|full|random|urandom|tty|ptmx|fd|stdin|stdout|stderr|(pts|shm)(/.*)?)");

  /** Two paths that need no escapes. */
  private static final Predicate<String> BOUND =
      Pattern.compile("[A-Za-z0-9_./@+=-]+:[A-Za-z0-9_./@+=-]+").asMatchPredicate();

  private final EffectivePolicy policy;
  private final Statements statements;
  private final Answers answers;
  private final ProtectedPathRules safeguards;
  private final MissingCaches missingCaches;
  private final List<Listed> listed = new ArrayList<>();
  private final List<Own> own = new ArrayList<>();

  /** A path that is reached: where it lies without symlinks, and as it was listed. */
  private record Listed(String place, PathGrant grant) {}

  /** A place that is not the host's inside. */
  private record Own(String place, String thing, Guarantee guarantee, String key) {}

  /** The rules of a policy. */
  public FileRules(EffectivePolicy policy) {
    this.policy = policy;
    this.statements = new Statements(policy.provenance());
    this.answers = new Answers(policy);
    this.missingCaches = new MissingCaches(policy, statements, answers);
    this.safeguards = new ProtectedPathRules(policy, statements, answers);
    policy.grants().forEach(this::add);
    own(Guarantee.TMP, "/tmp", "/tmp", "files.tmp");
    own(Guarantee.TMP, "/var/tmp", "/var/tmp", "files.tmp");
    own(Guarantee.DEVICES, "/dev", "/dev", "files.devices");
    own(Guarantee.PROCESSES_INVISIBLE, "/proc", "/proc", "processes.others");
  }

  private void add(PathGrant grant) {
    String path = policy.absolute(grant.path());
    boolean root = grant.made() && path.equals("/") && grant.access() != Access.LIST;
    if (path.startsWith("/") && !root) {
      listed.add(new Listed(grant.made() ? path : resolved(path), grant));
    }
  }

  private void own(Guarantee guarantee, String place, String thing, String key) {
    if (policy.strength(guarantee) == Strength.FULL) {
      own.add(new Own(place, thing, guarantee, key));
    }
  }

  /** Where a path leads on the host, with what is missing of it behind that. */
  public String resolved(String path) {
    return answers.resolved(path);
  }

  /** Whether a list says that a directory can be listed; under Landlock alone with all below it. */
  public boolean isListed(String path) {
    String place = resolved(path);
    boolean below = addsUp();
    return listed.stream()
        .filter(it -> it.grant().access() == Access.LIST)
        .anyMatch(it -> below ? PathRule.isIn(place, it.place()) : place.equals(it.place()));
  }

  private boolean addsUp() {
    return policy.decisions().has(Guarantee.FILES, Effect.RIGHTS_OF_TREES)
        && policy.strength(Guarantee.FILES) != Strength.FULL;
  }

  /** What is said of a path that is absolute and without {@code .} and {@code ..}. */
  public Answer answer(String path, Operation operation) {
    String place = resolved(path);
    Answer answer = answerAt(place, operation);
    boolean byList =
        answer
            .guarantee()
            .filter(it -> !it.equals(Guarantee.HIDDEN) && !it.equals(Guarantee.PROTECTED))
            .isPresent();
    // A path that is listed is found by that name as well, and not only where it leads.
    return byList && answer.fix().isPresent() && !path.equals(place)
        ? answer.fixedBy(answers.fix(operation, path))
        : answer;
  }

  /** The same for a directory that a command would make. */
  public Answer answerForNewDirectory(String path) {
    Answer answer = answer(path, Operation.WRITE);
    String place = resolved(path);
    return answer.fix().equals(Optional.of(answers.fix(Operation.WRITE, place)))
        ? answer.fixedBy(answers.forNewDirectory(place))
        : answer;
  }

  private Answer answerAt(String place, Operation operation) {
    Optional<Answer> singled = singledOut(place, operation);
    if (operation == Operation.WRITE && safeguards.isMissing(place)) {
      Answer around = byNearest(place, operation);
      return around.allowed() ? singled.orElse(around) : around;
    }
    return singled.orElseGet(() -> byNearest(place, operation));
  }

  private Optional<Answer> singledOut(String place, Operation operation) {
    return Stream.<Optional<Answer>>of(
            safeguards.closed(place, operation),
            safeguards.hidden(place, operation),
            safeguards.fixed(place, operation),
            safeguards.unchangeable(place, operation),
            withoutPrograms(place, operation),
            readOnly(place, operation))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Answer> withoutPrograms(String place, Operation operation) {
    if (operation != Operation.EXECUTE || !policy.holds(Guarantee.NO_EXECUTE)) {
      return Optional.empty();
    }
    return policy.profile().files().fixtures().noExecute().stream()
        .map(PathRule::path)
        .filter(tree -> PathRule.isIn(place, policy.absolute(tree)))
        .findFirst()
        .map(
            tree ->
                answers.forbidden(
                    operation,
                    place,
                    Guarantee.NO_EXECUTE,
                    statements.of("files.no-execute", tree),
                    "nothing at or below it can be executed",
                    new Fix("", "files: {no-execute: {only: " + others(tree) + "}}")));
  }

  /** The list without one of its paths. */
  private String others(String tree) {
    return policy.profile().files().fixtures().noExecute().stream()
        .map(PathRule::path)
        .filter(path -> !path.equals(tree))
        .map(path -> Paths.forYaml(policy.absolute(path), policy.profile().home()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private Optional<Answer> readOnly(String place, Operation operation) {
    if (operation != Operation.WRITE
        || !policy.holds(Guarantee.LAYOUT)
        || !policy.profile().files().forbidsWriting(place)) {
      return Optional.empty();
    }
    Optional<Statement> statement =
        policy.profile().files().fixtures().readOnly().stream()
            .map(PathRule::path)
            .filter(tree -> PathRule.isIn(place, tree))
            .max(Comparator.comparingInt(String::length))
            .flatMap(tree -> statements.of("files.read-only", tree));
    return Optional.of(
        answers.forbidden(
            operation,
            place,
            Guarantee.LAYOUT,
            statement,
            "it is made read-only with everything below",
            answers.fix(operation, place)));
  }

  private Answer byNearest(String place, Operation operation) {
    Optional<Listed> nearest = nearest(place, operation);
    Optional<MountEntry> fixture = fixture(place, nearest);
    Optional<Own> made = made(place, nearest).filter(it -> !isBelow(it, fixture));
    if (made.isPresent()) {
      return ofOwn(made.get(), place, operation);
    }
    if (fixture.isPresent()) {
      boolean inTreeOfHost = isInTreeOfHost(policy.absolute(fixture.get().path()));
      return missingCaches
          .answer(fixture.get(), inTreeOfHost, place, operation)
          .orElseGet(() -> ofFixture(fixture.get(), place, operation));
    }
    return nearest
        .map(it -> byListing(it, place, operation))
        .orElseGet(() -> unlisted(place, operation));
  }

  /** Tells that a listed tree of the host's is nearer above it than one of the sandbox's own. */
  private boolean isInTreeOfHost(String path) {
    int made =
        longest(policy.profile().files().fixtures().all().stream().map(MountEntry::path), path);
    int host = longest(listed.stream().filter(it -> !it.grant().made()).map(Listed::place), path);
    return host > made;
  }

  private int longest(Stream<String> trees, String path) {
    return trees
        .map(policy::absolute)
        .filter(tree -> PathRule.isBelow(path, tree))
        .mapToInt(String::length)
        .max()
        .orElse(0);
  }

  /** Of those above a path the nearest one; under Landlock alone rights add up. */
  private Optional<Listed> nearest(String place, Operation operation) {
    Comparator<Listed> order =
        Comparator.comparingInt((Listed it) -> it.place().length())
            .thenComparing(it -> it.grant().access());
    Stream<Listed> above =
        listed.stream()
            .filter(it -> PathRule.isIn(place, it.place()))
            .filter(it -> it.grant().access() != Access.LIST);
    List<Listed> all = above.sorted(order.reversed()).toList();
    return addsUp()
        ? all.stream()
            .filter(it -> admits(it.grant().access(), operation))
            .findFirst()
            .or(() -> all.stream().findFirst())
        : all.stream().findFirst();
  }

  private Optional<Own> made(String place, Optional<Listed> nearest) {
    return own.stream()
        .filter(it -> PathRule.isIn(place, it.place()))
        .filter(
            it ->
                nearest
                    .filter(near -> !near.grant().made())
                    .filter(near -> near.place().length() > it.place().length())
                    .isEmpty())
        .findFirst();
  }

  private boolean isBelow(Own own, Optional<MountEntry> fixture) {
    return fixture
        .map(it -> policy.absolute(it.path()))
        .filter(path -> !path.equals(own.place()) && PathRule.isIn(path, own.place()))
        .isPresent();
  }

  private Answer ofOwn(Own it, String place, Operation operation) {
    boolean there = policy.view().look(place).kind() != Kind.ABSENT && !place.equals(it.place());
    Optional<Statement> statement = statements.of(it.key());
    if (!there && it.guarantee().equals(Guarantee.TMP)) {
      return answers.allowed(
          operation, place, statement, "the sandbox has a " + it.thing() + " of its own");
    }
    boolean common =
        policy.grants().stream()
            .anyMatch(
                grant ->
                    grant.made()
                        && !grant.path().equals(it.place())
                        && PathRule.isIn(place, grant.path())
                        && grant.path().startsWith(it.place() + "/")
                        && admits(grant.access(), operation));
    boolean node = it.guarantee().equals(Guarantee.DEVICES) && HARMLESS.matcher(place).matches();
    if (!there || common || node || it.guarantee().equals(Guarantee.PROCESSES_INVISIBLE)) {
      return answers.allowed(
          operation, place, statement, "the sandbox has a " + it.thing() + " of its own");
    }
    return answers.forbidden(
        operation,
        place,
        it.guarantee(),
        statement,
        OWN.formatted(it.thing()),
        answers.fix(operation, place));
  }

  private Optional<MountEntry> fixture(String place, Optional<Listed> nearest) {
    if (policy.strength(Guarantee.LAYOUT) != Strength.FULL) {
      return Optional.empty();
    }
    return policy.profile().files().fixtures().all().stream()
        .filter(it -> PathRule.isIn(place, policy.absolute(it.path())))
        .filter(
            it ->
                nearest
                    .filter(near -> near.place().length() > policy.absolute(it.path()).length())
                    .isEmpty())
        .max(Comparator.comparingInt(it -> it.path().length()));
  }

  private Answer ofFixture(MountEntry fixture, String place, Operation operation) {
    String path = policy.absolute(fixture.path());
    String at = PathRule.withTilde(path, policy.profile().home());
    if (fixture instanceof MountEntry.Tmpfs && coversHosts(path, place)) {
      boolean home = path.equals(policy.profile().home());
      return answers.forbidden(
          operation,
          place,
          Guarantee.LAYOUT,
          home ? statements.of("files.home") : statements.layout(fixture.path()),
          at + " is an empty directory of the sandbox's own, and this is not listed",
          answers.fix(operation, place));
    }
    Optional<Statement> statement = statements.layout(fixture.path());
    return fixture instanceof MountEntry.Bind bind
            && !bind.writable()
            && operation == Operation.WRITE
        ? answers.forbidden(
            operation,
            place,
            Guarantee.LAYOUT,
            statement,
            at + " is put there to be read",
            writable(bind))
        : answers.allowed(operation, place, statement, at + " is what the profile puts there");
  }

  /** The same tree at the same place, in the list of those that can be written. */
  private @Nullable Fix writable(MountEntry.Bind bind) {
    List<String> others =
        policy.profile().files().fixtures().all().stream()
            .filter(
                it ->
                    it instanceof MountEntry.Bind other && !other.writable() && !other.equals(bind))
            .map(it -> bound((MountEntry.Bind) it))
            .toList();
    boolean plain = Stream.concat(others.stream(), Stream.of(bound(bind))).allMatch(BOUND);
    return plain
        ? new Fix(
            "",
            "files: {bind: [\"%s\"], bind-read-only: {only: [%s]}}"
                .formatted(
                    bound(bind),
                    others.stream().map(it -> '"' + it + '"').collect(Collectors.joining(", "))))
        : null;
  }

  private static String bound(MountEntry.Bind bind) {
    return bind.source() + ":" + bind.path();
  }

  /** Whether the host has there what the path leads through, or to. */
  private boolean coversHosts(String tree, String place) {
    if (place.equals(tree)) {
      return false;
    }
    int end = place.indexOf('/', tree.length() + 1);
    return answers.isThere(end < 0 ? place : place.substring(0, end));
  }

  private Answer byListing(Listed nearest, String place, Operation operation) {
    Access access = nearest.grant().access();
    Optional<Statement> statement = statements.listing(nearest.grant().path());
    String how =
        PathRule.withTilde(nearest.place(), policy.profile().home())
            + " is listed to be "
            + verb(access);
    String reason = statement.isPresent() ? how : system(nearest).orElse(how);
    if (admits(access, operation)) {
      return answers.allowed(operation, place, statement, reason);
    }
    Guarantee guarantee =
        operation == Operation.WRITE && policy.holds(Guarantee.READ_ONLY)
            ? Guarantee.READ_ONLY
            : Guarantee.FILES;
    return answers.forbidden(
        operation, place, guarantee, statement, reason, answers.fix(operation, place));
  }

  private Optional<String> system(Listed nearest) {
    return policy.system().links().stream()
        .filter(link -> PathRule.isIn(nearest.place(), link.target()))
        .findFirst()
        .map(FileRules::followed);
  }

  private static String followed(FollowedLink link) {
    return link.path() + " leads there, which can be read because " + link.reason();
  }

  private static String verb(Access access) {
    return access == Access.WRITE || access == Access.WRITE_DATA || access == Access.USE
        ? "written"
        : "read";
  }

  private static boolean admits(Access access, Operation operation) {
    return switch (operation) {
      case READ -> access.compareTo(Access.READ_DATA) >= 0;
      case WRITE -> access.compareTo(Access.USE) >= 0;
      case EXECUTE -> access == Access.READ || access == Access.WRITE;
    };
  }

  private Answer unlisted(String place, Operation operation) {
    Unlisted unlisted = policy.profile().files().unlisted();
    Optional<Statement> statement = statements.of("files.unlisted");
    if (unlisted == Unlisted.ALLOWED || !policy.holds(Guarantee.FILES)) {
      return answers.allowed(
          operation, place, statement, "no list covers it, so it is as on the host");
    }
    String absent =
        policy.strength(Guarantee.FILES) == Strength.FULL && unlisted == Unlisted.ABSENT
            ? "no list covers it, so it does not exist inside"
            : "no list covers it, so it cannot be opened";
    return answers.forbidden(
        operation, place, Guarantee.FILES, statement, absent, answers.fix(operation, place));
  }
}
