package dev.hexe.policy.verification.checks;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.verification.act.Act;
import dev.hexe.policy.verification.act.Answer;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.act.Expectation;
import dev.hexe.policy.verification.environment.HiddenPaths;
import dev.hexe.policy.verification.environment.ListedPaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tries that what works outside and is not forbidden works inside: names are looked up,
 * certificates and the time zone are read, libraries and packages are found. Each is tried outside
 * first; what fails there promises nothing.
 */
public final class SystemChecks {
  /** A name that is kept for examples, and resolves wherever names do. */
  private static final String NAME = "example.com";

  /** That something was found, whatever it is. */
  public static final Expectation FOUND =
      Expectation.value("an address", answer -> !answer.startsWith("status "));

  private static final Set<String> NETWORK = Set.of("network", "destinations");

  /** Where names come from; a gateway lays out its own. */
  private static final Set<String> NAMES = Set.of("/etc/resolv.conf", "/etc/nsswitch.conf");

  private static final List<String> FILES =
      List.of(
          "/etc/resolv.conf",
          "/etc/nsswitch.conf",
          "/etc/localtime",
          "/etc/machine-id",
          "/etc/alternatives");

  /** Of these the first one that is there. */
  private static final List<String> CERTIFICATES =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/ca-bundle.pem",
          "/etc/ssl/cert.pem");

  private final Profile profile;
  private final ListedPaths listed;
  private final HiddenPaths hidden;
  private final boolean ownNames;

  public SystemChecks(Profile profile, Decisions decisions, Path workingDirectory) {
    this.profile = profile;
    ownNames = decisions.has(Guarantee.DESTINATIONS, Effect.OWN_NAMES);
    this.listed = new ListedPaths(profile.files(), workingDirectory);
    this.hidden = new HiddenPaths(profile, workingDirectory);
  }

  /**
   * An act, and what of its answer has to be as outside.
   *
   * @param act what is tried
   * @param whole whether all of the answer, or only that it succeeds
   */
  public record Comparison(Act act, boolean whole) {
    /** A trial for an answer that was had outside. */
    public Check against(Answer outside) {
      Expectation expectation =
          new Expectation("as outside", Expectation.Kind.ASKS, answer -> fits(outside, answer));
      return works(outside)
          ? Check.of(Guarantee.FILES, act, expectation)
          : Check.impossible(
              Guarantee.FILES, act.text(), expectation, "it does not work outside either");
    }

    private boolean fits(Answer outside, Answer inside) {
      return works(inside) && (!whole || inside.detail().equals(outside.detail()));
    }

    private static boolean works(Answer answer) {
      return answer.kind() == Answer.Kind.OK && !answer.detail().startsWith("status ");
    }
  }

  /** What can be compared; nothing where the profile brings a system of its own, or hides none. */
  public List<Comparison> checks() {
    List<Comparison> checks = new ArrayList<>();
    if (profile.files().unlisted() == Unlisted.ALLOWED
        || profile.files().fixtures().root() != null) {
      return checks;
    }
    Stream.concat(FILES.stream(), Stream.of("/etc/ssl/certs"))
        .filter(this::isPromised)
        .forEach(path -> checks.add(new Comparison(Act.of("content", path), true)));
    CERTIFICATES.stream()
        .filter(path -> isPromised(path) && Files.exists(Path.of(path)))
        .findFirst()
        .ifPresent(path -> checks.add(new Comparison(Act.of("content", path), true)));
    program("getent", "hosts localhost", false, "/etc/hosts").ifPresent(checks::add);
    if (profile.guarantees().stream().map(Guarantee::id).noneMatch(NETWORK::contains)) {
      program("getent", "ahosts " + NAME, false, "/etc/hosts").ifPresent(checks::add);
    }
    program("ldconfig", "-p", true, "/etc/ld.so.cache").ifPresent(checks::add);
    program("dpkg-query", "-W", true, "/var/lib/dpkg/status").ifPresent(checks::add);
    program("ssh", "-G localhost", false, "/etc/passwd", "/etc/ssh").ifPresent(checks::add);
    return checks;
  }

  /** The sandbox's own name, where there is a hosts file for it and somebody to ask. */
  public Optional<Act> ownName() {
    String name = profile.separation().hostname();
    boolean hosts = isPromised("/etc/hosts") && Files.isRegularFile(Path.of("/etc/hosts"));
    return name != null && hosts
        ? program("getent", "hosts " + name, false, "/etc/hosts").map(Comparison::act)
        : Optional.empty();
  }

  /** A program, and the files without which it cannot answer: it reads them by itself. */
  private Optional<Comparison> program(
      String name, String arguments, boolean whole, String... files) {
    if (!Stream.of(files).allMatch(this::isPromised)) {
      return Optional.empty();
    }
    return Stream.of("/usr/bin/", "/bin/", "/sbin/", "/usr/sbin/")
        .map(directory -> directory + name)
        .filter(path -> Files.isExecutable(Path.of(path)) && isPromised(path))
        .filter(path -> !profile.files().fixtures().forbidsExecution(path))
        .findFirst()
        .map(path -> path + " " + arguments)
        .map(line -> new Comparison(new Act("output", List.of(line), line), whole));
  }

  /** Whether it is listed, not hidden, and not covered by something of the profile's own. */
  private boolean isPromised(String path) {
    return listed.opens(Path.of(path))
        && !(ownNames && NAMES.contains(path))
        && !hidden.haveOrAreLedTo(Path.of(path))
        && profile.files().fixtures().all().stream()
            .map(MountEntry::path)
            .noneMatch(covered -> path.equals(covered) || path.startsWith(covered + "/"));
  }
}
