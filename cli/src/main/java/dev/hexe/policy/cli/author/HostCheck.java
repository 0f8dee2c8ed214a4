package dev.hexe.policy.cli.author;

import static dev.hexe.policy.cli.author.Finding.Severity.NOTE;
import static dev.hexe.policy.cli.author.Finding.Severity.WARNING;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what a profile denies, in the middle of what it allows, and this host cannot enforce. */
final class HostCheck {
  private static final String CHECK = "not-enforced";
  private static final Map<Guarantee, List<String>> KEYS =
      Map.ofEntries(
          Map.entry(Guarantee.FILES, List.of("files.unlisted")),
          Map.entry(Guarantee.READ_ONLY, List.of("files.read-only", "files.read")),
          Map.entry(Guarantee.PROTECTED, List.of("protect")),
          Map.entry(Guarantee.HIDDEN, List.of("hide")),
          Map.entry(Guarantee.NO_EXECUTE, List.of("files.no-execute")),
          Map.entry(Guarantee.TMP, List.of("files.tmp")),
          Map.entry(Guarantee.DEVICES, List.of("files.devices")),
          Map.entry(Guarantee.PROCESSES_INVISIBLE, List.of("processes.others")),
          Map.entry(Guarantee.PROCESSES_UNREACHABLE, List.of("processes.reach-others")),
          Map.entry(Guarantee.NETWORK, List.of("network")),
          Map.entry(Guarantee.DESTINATIONS, List.of("network")),
          Map.entry(Guarantee.PRIVILEGE_GAIN, List.of("privileges.gain")),
          Map.entry(Guarantee.CAPABILITIES, List.of("privileges.capabilities")),
          Map.entry(Guarantee.USER_NAMESPACES, List.of("privileges.user-namespaces")),
          Map.entry(
              Guarantee.SYSCALLS,
              List.of("syscalls.deny", "syscalls.allow", "privileges.deny-system-calls")),
          Map.entry(Guarantee.IO, List.of("limits.io", "limits.io-weight")));

  private HostCheck() {}

  static List<Finding> of(Subject subject) {
    List<Finding> found = new ArrayList<>();
    for (Decision decision : subject.decisions().all()) {
      if (decision.strength() != Strength.FULL) {
        found.add(finding(decision, subject));
      }
    }
    return found;
  }

  private static Finding finding(Decision decision, Subject subject) {
    Optional<Statement> said = said(decision.guarantee(), subject);
    Finding.Severity severity =
        decision.refuses() || (said.isPresent() && !decision.satisfied()) ? WARNING : NOTE;
    String what = what(decision, said);
    return said.map(it -> Subject.at(it.origin(), severity, CHECK, what, fix(decision)))
        .orElseGet(() -> subject.atTop(severity, CHECK, what, fix(decision)));
  }

  /** What the author says of it: the last one, which is the narrowest of a list that was sorted. */
  private static Optional<Statement> said(Guarantee guarantee, Subject subject) {
    List<String> keys =
        KEYS.getOrDefault(guarantee, List.of(guarantee.id(), "limits." + guarantee.id()));
    return keys.stream()
        .flatMap(key -> subject.review().own(key).stream())
        .filter(subject::isOwn)
        .findFirst();
  }

  private static String what(Decision decision, Optional<Statement> said) {
    String subject =
        said.map(YamlText::statement)
            .orElse(Printable.quote(decision.guarantee().id()) + " of what it extends");
    String outcome =
        decision
            .chosen()
            .map(Mechanism::caveat)
            .filter(caveat -> !caveat.isEmpty())
            .map(caveat -> "is enforced in part here: " + caveat)
            .orElse("is not enforced here" + reason(decision));
    return subject + " " + outcome + (decision.refuses() ? "; so nothing would run" : "");
  }

  private static String reason(Decision decision) {
    return lack(decision).map(lack -> ": " + lack.reason()).orElse("");
  }

  private static String fix(Decision decision) {
    return lack(decision)
        .map(MissingFeature::fix)
        .filter(fix -> !fix.isEmpty())
        .orElse("`hexe-policy doctor` says what this host lacks");
  }

  private static Optional<MissingFeature> lack(Decision decision) {
    return decision.rejections().stream().map(it -> it.lack()).findFirst();
  }
}
