package dev.hexe.policy.cli.learn;

import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import dev.hexe.policy.cli.why.FileRules;
import dev.hexe.policy.cli.why.Fix;
import dev.hexe.policy.cli.why.Observed;
import dev.hexe.policy.cli.why.Refusal;
import dev.hexe.policy.cli.why.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a lesson of what was refused under a policy, or used under a wider one. */
public final class Lessons {
  /** Paths alone are granted; whatever else a profile holds back is for a person. */
  private static final Set<Guarantee> OF_LISTS =
      Set.of(Guarantee.FILES, Guarantee.READ_ONLY, Guarantee.LAYOUT);

  /** Of services that answer what names and users there are. */
  private static final List<String> NAME_SERVICES =
      List.of(
          "/run/systemd/resolve/io.systemd.Resolve",
          "/run/systemd/userdb",
          "/run/nscd/socket",
          "/run/nss_db/socket");

  private static final List<String> PROBED = List.of("/proc", "/sys");

  private final EffectivePolicy policy;
  private final FileRules rules;
  private final ListedAlone listedAlone;
  private final Grantable grantable;
  private final List<Grant> needed = new ArrayList<>();
  private final List<Grant> lookedAt = new ArrayList<>();
  private final List<Question> questions = new ArrayList<>();
  private final List<Question> probes = new ArrayList<>();

  private Lessons(EffectivePolicy policy, Grantable grantable, List<Observed> observed) {
    this.policy = policy;
    this.grantable = grantable;
    rules = new FileRules(policy);
    listedAlone = new ListedAlone(observed, this::isDirectory);
  }

  /** What of these calls takes more than the policy grants. */
  public static Lesson of(EffectivePolicy policy, Grantable grantable, List<Observed> observed) {
    Lessons lessons = new Lessons(policy, grantable, observed);
    new Refusals(policy).each(observed).forEach(lessons::take);
    return new Lesson(lessons.needed, lessons.lookedAt, lessons.questions, lessons.probes)
        .and(NOTHING);
  }

  static final Lesson NOTHING = new Lesson(List.of(), List.of(), List.of(), List.of());

  private void take(Refusal refusal) {
    Observed it = refusal.observed();
    if (it.path().isEmpty()) {
      ask(refusal, refusal.answer().reason());
    } else if (it.isOfSocket()) {
      takeSocket(refusal);
    } else if (!OF_LISTS.contains(refusal.answer().guarantee().orElse(Guarantee.FILES))) {
      ask(refusal, refusal.answer().reason());
    } else if (it.error().equals("EXDEV")) {
      ask(refusal, "programs copy instead: what is listed apart lies on mounts of their own", "");
    } else if (refusal.answer().fix().isEmpty()) {
      ask(refusal, "no list of a profile allows it: " + refusal.answer().reason());
    } else {
      takePath(refusal);
    }
  }

  private void takeSocket(Refusal refusal) {
    String path = refusal.observed().path();
    if (NAME_SERVICES.stream().anyMatch(it -> PathRule.isIn(rules.resolved(path), it))) {
      needed.add(new Grant(Place.READ, path, by(refusal)));
    } else {
      ask(refusal, "whoever listens there does what he is told");
    }
  }

  private void takePath(Refusal refusal) {
    Observed it = refusal.observed();
    switch (it.want()) {
      case "look" ->
          grant(refusal, isDirectory(it.path()) ? Place.LIST : Place.READ, it.path(), lookedAt);
      case "read", "execute" -> takeReading(refusal);
      case "create", "remove" -> grant(refusal, Place.WRITE, directoryOf(it.path()), needed);
      case "rename" -> {
        grant(refusal, Place.WRITE, directoryOf(it.path()), needed);
        if (!it.second().isEmpty()) {
          grant(refusal, Place.WRITE, directoryOf(it.second()), needed);
        }
      }
      default -> grant(refusal, Place.WRITE, existing(it.path()), needed);
    }
  }

  private void takeReading(Refusal refusal) {
    Observed it = refusal.observed();
    if (!listedAlone.has(it)) {
      grant(refusal, Place.READ, it.path(), needed);
    } else if (!rules.isListed(it.path())) {
      grant(refusal, Place.LIST, it.path(), needed);
    }
  }

  /** A directory entry is its directory's. */
  private String directoryOf(String path) {
    return existing(Generalization.parent(path));
  }

  /** What is not there is made in the nearest directory that is. */
  private String existing(String path) {
    String there = path;
    while (!there.equals("/") && isAbsent(there)) {
      there = Generalization.parent(there);
    }
    return there;
  }

  private boolean isDirectory(String path) {
    return policy.view().look(rules.resolved(path)).kind() == Kind.DIRECTORY;
  }

  private boolean isAbsent(String path) {
    return policy.view().look(rules.resolved(path)).kind() == Kind.ABSENT;
  }

  private void grant(Refusal refusal, Place place, String path, List<Grant> list) {
    Optional<String> objection =
        grantable.objection(path, rules.resolved(path), place == Place.WRITE);
    if (objection.isPresent() && path.equals(refusal.observed().path())) {
      ask(refusal, objection.get());
    } else if (objection.isPresent()) {
      ask(refusal, path + " would have to be written for that, and " + objection.get(), "");
    } else {
      list.add(new Grant(place, path, by(refusal)));
    }
  }

  private void ask(Refusal refusal, String because) {
    boolean written = Spelling.isPlain(refusal.observed().path());
    ask(refusal, because, written ? refusal.answer().fix().map(Lessons::lines).orElse("") : "");
  }

  private static String lines(Fix fix) {
    return fix.yaml().replace("\n", "; ");
  }

  private void ask(Refusal refusal, String because, String yaml) {
    Observed it = refusal.observed();
    String verb = it.path().isEmpty() ? "" : it.want() + " ";
    (isProbe(it) ? probes : questions)
        .add(new Question(verb + refusal.subject(), because, yaml, by(refusal)));
  }

  /** Runtimes read limits and versions there, and go on without. */
  private static boolean isProbe(Observed it) {
    boolean reads = it.want().equals("read") || it.want().equals("look");
    return reads && PROBED.stream().anyMatch(tree -> PathRule.isIn(it.path(), tree));
  }

  private static String by(Refusal refusal) {
    return Spelling.program(refusal.observed().command());
  }
}
