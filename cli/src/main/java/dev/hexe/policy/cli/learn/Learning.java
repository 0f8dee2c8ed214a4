package dev.hexe.policy.cli.learn;

import dev.hexe.policy.cli.explain.EffectivePolicy;
import dev.hexe.policy.cli.learn.World.Run;
import dev.hexe.policy.cli.why.FileRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Runs a command under a profile, adds what it needed, and does so again as often as it may. What a
 * run gets was in the profile before that run began: nothing is opened for a command that is still
 * asking.
 */
public final class Learning {
  private static final int MOST_GRANTS = 1000;

  private final World world;
  private final ProfileFile file;
  private final Settings settings;
  private final Function<EffectivePolicy, Grantable> grantables;
  private final List<Grant> granted = new ArrayList<>();
  private final List<Grant> declined = new ArrayList<>();
  private final List<Question> questions = new ArrayList<>();
  private ProfileText text;

  /**
   * The settings of it.
   *
   * @param home the home, for the spelling of paths
   * @param rounds how many times the command may run
   * @param asks whether somebody may be asked for more
   * @param generalize how many entries of a directory stay before the directory takes their place
   * @param traceUnder the profile that the first run is under instead; empty
   * @param network how the network is learned
   */
  public record Settings(
      String home,
      int rounds,
      boolean asks,
      int generalize,
      Optional<String> traceUnder,
      Network network) {}

  /** The way in which the network is learned. */
  public enum Network {
    /** Not at all: it stays as the profile has it. */
    AS_IT_IS,
    /** The base allows all of it: what is asked for is listed, and nothing else. */
    NARROWED,
    /** The base has none: a run asks the gateway, and reaches nothing. */
    ASKED,
    /** The profile lists destinations already. */
    LISTED
  }

  /** A command in a world. */
  public Learning(
      World world,
      ProfileFile file,
      Settings settings,
      Function<EffectivePolicy, Grantable> grantables) {
    this.world = world;
    this.file = file;
    this.settings = settings;
    this.grantables = grantables;
    text = ProfileText.of(file.text(), settings.home());
  }

  /** Runs the command until it needs nothing more, or as often as it may. */
  public Outcome learn() {
    Run run;
    int runs = 0;
    boolean settled;
    do {
      List<String> options = options();
      run = runOnce(runs, options);
      runs++;
      if (!run.ran() || !run.problem().isEmpty()) {
        return outcome(runs, run, false);
      }
      requireUnchanged();
      settled = take(run, options) == 0;
      world.say(progress(runs, run, settled));
    } while (!settled && (runs < settings.rounds() || isWantedAgain()));
    narrow(run);
    boolean traced = runs == 1 && settings.traceUnder().isPresent();
    return outcome(runs, run, settled && !traced);
  }

  private boolean isWantedAgain() {
    return settings.asks() && world.isWantedAgain(granted.size());
  }

  private Run runOnce(int before, List<String> options) {
    return before == 0 && settings.traceUnder().isPresent()
        ? world.trace(settings.traceUnder().get(), options)
        : world.run(file.path(), options);
  }

  /** How a run learns names: where the base has all of the network, it still does. */
  private List<String> options() {
    if (settings.network() == Network.NARROWED) {
      return Destinations.wide();
    }
    boolean none = settings.network() == Network.ASKED && text.learnedDestinations().isEmpty();
    return none ? Destinations.nothing() : List.of();
  }

  private void requireUnchanged() {
    if (!file.isUnchanged()) {
      throw new IllegalStateException(
          "it was changed while the command ran, and is left as it is now");
    }
  }

  /** How many entries were added. */
  private int take(Run run, List<String> options) {
    EffectivePolicy policy = world.policy(file.path(), options);
    Grantable grantable = grantables.apply(policy);
    Lesson lesson = Lessons.of(policy, grantable, run.observed());
    if (settings.network() != Network.AS_IT_IS) {
      lesson =
          withoutNetwork(lesson)
              .and(
                  Destinations.of(
                      run.network(), run.observed(), settings.network() == Network.NARROWED));
    }
    List<Grant> fresh = fresh(lesson.needed());
    // What was only looked for matters where nothing else explains the failure.
    if (fresh.isEmpty() && run.status() != 0) {
      fresh = fresh(lesson.lookedAt());
    }
    List<Question> open = open(lesson, run);
    open.forEach(this::ask);
    int before = granted.size();
    if (!fresh.isEmpty()) {
      add(fresh, generalization(policy, grantable));
    }
    open.forEach(text::ask);
    save();
    return granted.size() - before;
  }

  /** What a command that works did without is no question. */
  private static List<Question> open(Lesson lesson, Run run) {
    return run.status() == 0
        ? lesson.questions()
        : Stream.concat(lesson.questions().stream(), lesson.probes().stream()).toList();
  }

  /** Of destinations the gateway knows more than an address. */
  private static Lesson withoutNetwork(Lesson lesson) {
    return new Lesson(
        lesson.needed(),
        lesson.lookedAt(),
        lesson.questions().stream().filter(it -> !it.yaml().startsWith("network:")).toList(),
        lesson.probes());
  }

  private Generalization generalization(EffectivePolicy policy, Grantable grantable) {
    FileRules rules = new FileRules(policy);
    return new Generalization(
        settings.generalize(),
        it ->
            grantable
                .objection(it.value(), rules.resolved(it.value()), it.place() == Place.WRITE)
                .isEmpty());
  }

  private void ask(Question question) {
    if (!questions.contains(question)) {
      questions.add(question);
    }
  }

  private List<Grant> fresh(List<Grant> wanted) {
    List<Grant> fresh = new ArrayList<>();
    for (Grant grant : Generalization.withoutCovered(wanted)) {
      if (text.isDeclined(grant)) {
        if (declined.stream().noneMatch(grant::isAs)) {
          declined.add(grant);
        }
      } else if (text.learned().stream().noneMatch(grant::isAs) && fresh.size() < MOST_GRANTS) {
        fresh.add(grant);
      }
    }
    return fresh;
  }

  private void add(List<Grant> fresh, Generalization generalization) {
    ProfileText all = with(fresh, generalization);
    Optional<String> objection = objection(all);
    if (objection.isEmpty()) {
      accept(all);
      return;
    }
    for (Grant grant : fresh) {
      ProfileText one = with(List.of(grant), new Generalization(0, it -> false));
      Optional<String> reason = fresh.size() == 1 ? objection : objection(one);
      if (reason.isEmpty()) {
        accept(one);
      } else {
        Question question =
            new Question(grant.place().key() + " " + grant.value(), reason.get(), "", grant.by());
        ask(question);
        text.ask(question);
      }
    }
  }

  private ProfileText with(List<Grant> fresh, Generalization generalization) {
    ProfileText other = text.copy();
    List<Grant> before = other.learned();
    List<Grant> both = new ArrayList<>(before);
    both.addAll(fresh);
    List<Grant> all = generalization.of(both);
    before.stream().filter(it -> all.stream().noneMatch(it::isAs)).forEach(other::remove);
    all.stream().filter(it -> before.stream().noneMatch(it::isAs)).forEach(other::add);
    return other;
  }

  private void accept(ProfileText other) {
    List<Grant> before = text.learned();
    List<Grant> after = other.learned();
    granted.removeIf(it -> after.stream().noneMatch(it::isAs));
    after.stream().filter(it -> before.stream().noneMatch(it::isAs)).forEach(granted::add);
    text = other;
  }

  private Optional<String> objection(ProfileText other) {
    return file.ask(other.toString(), world::objection);
  }

  /**
   * Where nothing was asked for, there is no network; a command that fails may not have got there.
   */
  private void narrow(Run last) {
    boolean asked = settings.network() != Network.NARROWED || !text.learnedDestinations().isEmpty();
    if (!asked && last.status() != 0) {
      world.say(
          "the network stays as it is: the command failed, and may not have come to ask for it");
    } else if (!asked) {
      ProfileText other = text.copy();
      other.closeNetwork();
      if (objection(other).isEmpty()) {
        text = other;
      }
    }
    save();
  }

  private void save() {
    if (!file.text().equals(text.toString())) {
      file.write(text.toString());
    }
  }

  private String progress(int runs, Run run, boolean settled) {
    return "run %d of at most %d: status %d; %d granted, %d to be asked%s"
        .formatted(
            runs,
            Math.max(runs, settings.rounds()),
            run.status(),
            granted.size(),
            questions.size(),
            settled ? ", " + (run.status() == 0 ? Outcome.ENOUGH : Outcome.NO_MORE) : "");
  }

  private Outcome outcome(int runs, Run run, boolean checked) {
    return new Outcome(runs, run.status(), granted, questions, declined, checked, run.problem());
  }
}
