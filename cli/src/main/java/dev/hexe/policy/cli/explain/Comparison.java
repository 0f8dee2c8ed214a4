package dev.hexe.policy.cli.explain;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.cli.explain.Difference.Section;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.exposure.Exposure;
import dev.hexe.policy.exposure.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The differences of two profiles on a host.
 *
 * @param left the first
 * @param right the second
 * @param differences in the order of their sections; empty where the profiles are equal
 */
public record Comparison(
    ComparedProfile left, ComparedProfile right, List<Difference> differences) {
  /** Compares what becomes of two profiles. */
  public static Comparison of(ComparedProfile left, ComparedProfile right) {
    Collector all = new Collector(left, right);
    all.addAll(Section.SETTINGS, ProfileValue.names(), ProfileValue::of);
    all.addAll(Section.SETTINGS, Stated.keys(), Stated::of);
    all.addAll(Section.PATHS, ListedPath.of(left, right), ListedPath::access);
    for (Guarantee guarantee : guarantees(left, right)) {
      all.add(Section.GUARANTEES, guarantee.id(), side -> guarantee(side, guarantee));
    }
    all.addAll(Section.LIMITS, ProfileValue.limits(), ProfileValue::of);
    kinds(left, right)
        .forEach(kind -> all.add(Section.EXPOSURES, kind, side -> exposure(side, kind)));
    return new Comparison(left, right, all.differences);
  }

  /** Whether there is no difference. */
  public boolean isEqual() {
    return differences.isEmpty();
  }

  private static Set<Guarantee> guarantees(ComparedProfile left, ComparedProfile right) {
    Set<Guarantee> guarantees = new TreeSet<>(Guarantee.builtIn());
    Stream.of(left, right)
        .flatMap(side -> side.explanation().decisions().all().stream())
        .forEach(decision -> guarantees.add(decision.guarantee()));
    return guarantees;
  }

  private static String guarantee(ComparedProfile side, Guarantee guarantee) {
    return side.explanation().decisions().of(guarantee).map(Comparison::told).orElse("");
  }

  private static String told(Decision decision) {
    List<String> words = new ArrayList<>();
    words.add(Words.of(decision.strength()) + ", " + Words.of(decision.demand()));
    words.add(decision.chosen().map(Mechanism::id).orElse("no mechanism"));
    decision.reinforcements().forEach(extra -> words.add("+ " + extra.id()));
    return String.join("\n", words);
  }

  private static Stream<String> kinds(ComparedProfile left, ComparedProfile right) {
    Stream<String> found =
        Stream.of(left, right)
            .flatMap(side -> side.explanation().exposures().all().stream())
            .map(exposure -> exposure.kind().id());
    return Stream.concat(Stream.of(Kind.values()).map(Kind::id), found).distinct();
  }

  private static String exposure(ComparedProfile side, String kind) {
    return side.explanation().exposures().all().stream()
        .filter(exposure -> exposure.kind().id().equals(kind))
        .map(Comparison::told)
        .collect(Collectors.joining());
  }

  private static String told(Exposure exposure) {
    String weight = ExposureReport.points(exposure.weight());
    String evidence = ExposureReport.evidence(exposure);
    return evidence.isEmpty() ? weight : weight + ": " + evidence;
  }

  private static final class Collector {
    private final List<Difference> differences = new ArrayList<>();
    private final ComparedProfile left;
    private final ComparedProfile right;

    Collector(ComparedProfile left, ComparedProfile right) {
      this.left = left;
      this.right = right;
    }

    void add(Section section, String name, Function<ComparedProfile, String> value) {
      String one = value.apply(left);
      String other = value.apply(right);
      if (!one.equals(other)) {
        differences.add(new Difference(section, name, one, other));
      }
    }

    void addAll(
        Section section,
        List<String> names,
        java.util.function.BiFunction<ComparedProfile, String, String> value) {
      names.forEach(name -> add(section, name, side -> value.apply(side, name)));
    }
  }
}
