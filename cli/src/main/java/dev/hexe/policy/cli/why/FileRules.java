package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.decision.PathGrant.Access;
import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.host.ResolvedPath;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Fixture;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Safeguard;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.spi.CannotCompileException;
import dev.hexe.policy.engine.FollowedLink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides over a path as the sandbox does: first what is hidden or protected in it, then what is
 * read-only or free of programs, then the nearest path that is listed, and last what holds for all
 * that is not listed.
 */
public final class FileRules {
  private static final String OWN = "the sandbox has a %s of its own, and the host's is not there";

  private final EffectivePolicy policy;
  private final Statements statements;
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
    for (String there = path; !there.equals("/"); there = Paths.parent(there)) {
      Optional<ResolvedPath> walked = walk(there);
      if (walked.filter(it -> it.kind() != Kind.ABSENT).isPresent()) {
        String real = walked.get().path();
        return real.equals("/") ? path : real + path.substring(there.length());
      }
    }
    return path;
  }

  private Optional<ResolvedPath> walk(String path) {
    try {
      return Optional.of(ResolvedPath.of(path, policy.view()));
    } catch (CannotCompileException e) {
      return Optional.empty();
    }
  }

  /** What is said of a path that is absolute and without {@code .} and {@code ..}. */
  public Answer answer(String path, Operation operation) {
    String place = resolved(path);
    Answer answer = answerAt(place, operation);
    boolean byList =
        answer
            .guarantee()
            .filter(it -> it != Guarantee.HIDDEN && it != Guarantee.PROTECTED)
            .isPresent();
    // A path that is listed is found by that name as well, and not only where it leads.
    return byList && answer.fix().isPresent() && !path.equals(place)
        ? answer.fixedBy(fix(operation, path))
        : answer;
  }

  private Answer answerAt(String place, Operation operation) {
    return Stream.<Optional<Answer>>of(
            closed(place, operation),
            hidden(place, operation),
            fixed(place, operation),
            unchangeable(place, operation),
            withoutPrograms(place, operation),
            readOnly(place, operation))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> byNearest(place, operation));
  }

  private Optional<Answer> closed(String place, Operation operation) {
    return among(policy.profile().nextRun().hiddenPaths(), Guarantee.NEXT_RUN, List.of(), place)
        .map(it -> refused(operation, place, Guarantee.NEXT_RUN, Optional.empty(), it, null));
  }

  private Optional<Answer> fixed(String place, Operation operation) {
    if (operation != Operation.WRITE) {
      return Optional.empty();
    }
    return among(policy.profile().nextRun().protectedPaths(), Guarantee.NEXT_RUN, List.of(), place)
        .map(it -> refused(operation, place, Guarantee.NEXT_RUN, Optional.empty(), it, null));
  }

  private Optional<Answer> hidden(String place, Operation operation) {
    List<String> shown =
        Stream.of(
                policy.profile().safeguards().show().stream(),
                policy.profile().files().read().stream().map(PathRule::path),
                policy.profile().files().write().stream().map(PathRule::path))
            .flatMap(paths -> paths)
            .map(policy::absolute)
            .toList();
    return among(policy.profile().hiddenPaths(), Guarantee.HIDDEN, shown, place)
        .map(it -> safeguarded(operation, place, Guarantee.HIDDEN, "hide", it));
  }

  private Optional<Answer> unchangeable(String place, Operation operation) {
    if (operation != Operation.WRITE) {
      return Optional.empty();
    }
    List<String> writable =
        policy.profile().files().write().stream()
            .map(PathRule::path)
            .map(policy::absolute)
            .toList();
    return among(policy.profile().protectedPaths(), Guarantee.PROTECTED, writable, place)
        .map(it -> safeguarded(operation, place, Guarantee.PROTECTED, "protect", it));
  }

  private record Covering(Safeguard safeguard, String tree) {}

  /** The innermost one that holds the path, unless a part between them is listed by itself. */
  private Optional<Covering> among(
      List<Safeguard> safeguards, Guarantee guarantee, List<String> parts, String place) {
    if (!policy.holds(guarantee)) {
      return Optional.empty();
    }
    return safeguards.stream()
        .flatMap(
            it ->
                it.places(Path.of(policy.cwd())).stream()
                    .flatMap(tree -> Stream.of(tree, resolved(tree)).distinct())
                    .map(tree -> new Covering(it, tree)))
        .filter(it -> Paths.isIn(place, it.tree()))
        .filter(
            it ->
                parts.stream()
                    .noneMatch(
                        part ->
                            !part.equals(it.tree())
                                && Paths.isIn(part, it.tree())
                                && Paths.isIn(place, part)))
        .max(Comparator.comparingInt(it -> it.tree().length()));
  }

  private Answer safeguarded(
      Operation operation, String place, Guarantee guarantee, String key, Covering covering) {
    Safeguard safeguard = covering.safeguard();
    // One of a project's is lifted as a whole.
    boolean whole = safeguard.inWorkingDirectory() || safeguard.aboveWorkingDirectory();
    return refused(
        operation,
        place,
        guarantee,
        statements.of(key, safeguard),
        covering,
        fix(operation, whole ? covering.tree() : place));
  }

  private Answer refused(
      Operation operation,
      String place,
      Guarantee guarantee,
      Optional<Statement> statement,
      Covering covering,
      @Nullable Fix fix) {
    String tree = Paths.shown(covering.tree(), policy.profile().home());
    String because = covering.safeguard().because();
    return new Answer(
        operation,
        false,
        Optional.of(guarantee),
        policy.mechanism(guarantee),
        statement,
        because.isEmpty() ? tree : tree + ": " + because,
        Optional.ofNullable(fix),
        host(place, operation),
        isThere(place));
  }

  private Optional<Answer> withoutPrograms(String place, Operation operation) {
    if (operation != Operation.EXECUTE || !policy.holds(Guarantee.NO_EXECUTE)) {
      return Optional.empty();
    }
    return policy.profile().files().fixtures().noExecute().stream()
        .map(PathRule::path)
        .filter(tree -> Paths.isIn(place, policy.absolute(tree)))
        .findFirst()
        .map(
            tree ->
                forbidden(
                    operation,
                    place,
                    Guarantee.NO_EXECUTE,
                    statements.of("files.no-execute", tree),
                    "nothing at or below it can be executed",
                    null));
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
            .filter(tree -> Paths.isIn(place, tree))
            .max(Comparator.comparingInt(String::length))
            .flatMap(tree -> statements.of("files.read-only", tree));
    return Optional.of(
        forbidden(
            operation,
            place,
            Guarantee.LAYOUT,
            statement,
            "it is made read-only with everything below",
            fix(operation, place)));
  }

  private Answer byNearest(String place, Operation operation) {
    Optional<Listed> nearest = nearest(place, operation);
    Optional<Own> made = made(place, nearest);
    if (made.isPresent()) {
      return ofOwn(made.get(), place, operation);
    }
    Optional<Fixture> fixture = fixture(place, nearest);
    if (fixture.isPresent()) {
      return ofFixture(fixture.get(), place, operation);
    }
    return nearest
        .map(it -> byListing(it, place, operation))
        .orElseGet(() -> unlisted(place, operation));
  }

  /** Of those above a path the nearest one; under Landlock alone rights add up. */
  private Optional<Listed> nearest(String place, Operation operation) {
    Comparator<Listed> order =
        Comparator.comparingInt((Listed it) -> it.place().length())
            .thenComparing(it -> it.grant().access());
    boolean addsUp =
        policy.decisions().uses(Guarantee.FILES, "landlock")
            && policy.strength(Guarantee.FILES) != Strength.FULL;
    Stream<Listed> above =
        listed.stream()
            .filter(it -> Paths.isIn(place, it.place()))
            .filter(it -> it.grant().access() != Access.LIST);
    List<Listed> all = above.sorted(order.reversed()).toList();
    return addsUp
        ? all.stream()
            .filter(it -> admits(it.grant().access(), operation))
            .findFirst()
            .or(() -> all.stream().findFirst())
        : all.stream().findFirst();
  }

  private Optional<Own> made(String place, Optional<Listed> nearest) {
    return own.stream()
        .filter(it -> Paths.isIn(place, it.place()))
        .filter(
            it ->
                nearest
                    .filter(near -> !near.grant().made())
                    .filter(near -> near.place().length() > it.place().length())
                    .isEmpty())
        .findFirst();
  }

  private Answer ofOwn(Own it, String place, Operation operation) {
    boolean there = policy.view().look(place).kind() != Kind.ABSENT && !place.equals(it.place());
    Optional<Statement> statement = statements.of(it.key());
    if (!there && it.guarantee() == Guarantee.TMP) {
      return allowed(
          operation, place, statement, "the sandbox has a " + it.thing() + " of its own");
    }
    boolean common =
        policy.grants().stream()
            .anyMatch(
                grant ->
                    grant.made()
                        && !grant.path().equals(it.place())
                        && Paths.isIn(place, grant.path())
                        && grant.path().startsWith(it.place() + "/")
                        && admits(grant.access(), operation));
    if (!there || common || it.guarantee() == Guarantee.PROCESSES_INVISIBLE) {
      return allowed(
          operation, place, statement, "the sandbox has a " + it.thing() + " of its own");
    }
    return forbidden(
        operation,
        place,
        it.guarantee(),
        statement,
        OWN.formatted(it.thing()),
        fix(operation, place));
  }

  private Optional<Fixture> fixture(String place, Optional<Listed> nearest) {
    if (policy.strength(Guarantee.LAYOUT) != Strength.FULL) {
      return Optional.empty();
    }
    return policy.profile().files().fixtures().all().stream()
        .filter(it -> Paths.isIn(place, policy.absolute(it.path())))
        .filter(
            it ->
                nearest
                    .filter(near -> near.place().length() > policy.absolute(it.path()).length())
                    .isEmpty())
        .max(Comparator.comparingInt(it -> it.path().length()));
  }

  private Answer ofFixture(Fixture fixture, String place, Operation operation) {
    Optional<Statement> statement = statements.layout(fixture.path());
    String at = Paths.shown(policy.absolute(fixture.path()), policy.profile().home());
    boolean readOnly = fixture instanceof Fixture.Bind bind && !bind.writable();
    return readOnly && operation == Operation.WRITE
        ? forbidden(
            operation, place, Guarantee.LAYOUT, statement, at + " is put there to be read", null)
        : allowed(operation, place, statement, at + " is what the profile puts there");
  }

  private Answer byListing(Listed nearest, String place, Operation operation) {
    Access access = nearest.grant().access();
    Optional<Statement> statement = statements.listing(nearest.grant().path());
    String how =
        Paths.shown(nearest.place(), policy.profile().home()) + " is listed to be " + verb(access);
    String reason = statement.isPresent() ? how : system(nearest).orElse(how);
    if (admits(access, operation)) {
      return allowed(operation, place, statement, reason);
    }
    Guarantee guarantee =
        operation == Operation.WRITE && policy.holds(Guarantee.READ_ONLY)
            ? Guarantee.READ_ONLY
            : Guarantee.FILES;
    return forbidden(operation, place, guarantee, statement, reason, fix(operation, place));
  }

  private Optional<String> system(Listed nearest) {
    return policy.system().links().stream()
        .filter(link -> Paths.isIn(nearest.place(), link.target()))
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
      return allowed(operation, place, statement, "no list covers it, so it is as on the host");
    }
    String absent =
        policy.strength(Guarantee.FILES) == Strength.FULL && unlisted == Unlisted.ABSENT
            ? "no list covers it, so it does not exist inside"
            : "no list covers it, so it cannot be opened";
    return forbidden(operation, place, Guarantee.FILES, statement, absent, fix(operation, place));
  }

  /** What is not there yet is made in the directory that is. */
  private Fix fix(Operation operation, String place) {
    String there = place;
    while (operation == Operation.WRITE
        && !there.equals("/")
        && policy.view().look(there).kind() == Kind.ABSENT) {
      there = Paths.parent(there);
    }
    String home = policy.profile().home();
    if (operation == Operation.WRITE) {
      return Fix.listing("--write", "write", there, home);
    }
    boolean absent = policy.view().look(there).kind() == Kind.ABSENT;
    return Fix.listing("--read", absent ? "read-if-present" : "read", there, home);
  }

  private Answer allowed(
      Operation operation, String place, Optional<Statement> statement, String reason) {
    return new Answer(
        operation,
        true,
        Optional.empty(),
        Optional.empty(),
        statement,
        reason,
        Optional.empty(),
        host(place, operation),
        isThere(place));
  }

  private Answer forbidden(
      Operation operation,
      String place,
      Guarantee guarantee,
      Optional<Statement> statement,
      String reason,
      @Nullable Fix fix) {
    return new Answer(
        operation,
        false,
        Optional.of(guarantee),
        policy.mechanism(guarantee),
        statement,
        reason,
        Optional.ofNullable(fix),
        host(place, operation),
        isThere(place));
  }

  private boolean isThere(String place) {
    return policy.view().look(place).kind() != Kind.ABSENT;
  }

  private boolean host(String place, Operation operation) {
    boolean absent = !isThere(place);
    return switch (operation) {
      case READ -> policy.view().mayRead(place);
      case WRITE -> policy.view().mayWrite(absent ? Paths.parent(place) : place);
      case EXECUTE -> Files.isExecutable(Path.of(place));
    };
  }
}
