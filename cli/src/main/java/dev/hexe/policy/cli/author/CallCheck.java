package dev.hexe.policy.cli.author;

import dev.hexe.policy.api.profile.SystemCalls;
import dev.hexe.policy.api.profile.SystemCalls.Wish;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds system calls whose entry changes nothing. */
final class CallCheck {
  private static final String ALLOW = "syscalls.allow";
  private static final String DENY = "syscalls.deny";

  private final Subject subject;
  private final SystemCalls calls;
  private final List<Finding> found = new ArrayList<>();

  private CallCheck(Subject subject) {
    this.subject = subject;
    this.calls = subject.profile().privileges().systemCalls();
  }

  static List<Finding> of(Subject subject) {
    CallCheck check = new CallCheck(subject);
    check.calls.deny().forEach(check::denied);
    check.calls.allow().forEach(check::allowed);
    return check.found;
  }

  private void denied(Wish one) {
    boolean isLeftOut =
        !calls.allow().isEmpty()
            && one.reaction().equals(calls.otherwise())
            && calls.allow().stream().noneMatch(it -> meets(it, one));
    if (isLeftOut) {
      String what = "has no effect: no entry of `syscalls.allow` has it";
      found.addAll(Entries.findings(subject, DENY, one.text(), what, "leave it out"));
    } else {
      covered(DENY, one, calls.deny());
    }
  }

  private void allowed(Wish one) {
    Optional<Wish> denied = first(calls.deny(), other -> covers(other, one));
    if (denied.isPresent()) {
      String by = Entries.quoted(DENY, denied.get().text());
      found.addAll(Entries.overruled(subject, ALLOW, one.text(), "allowed", by));
    } else {
      covered(ALLOW, one, calls.allow());
    }
  }

  private void covered(String key, Wish one, List<Wish> all) {
    first(
            all,
            other ->
                other.reaction().equals(one.reaction())
                    && covers(other, one)
                    && !covers(one, other))
        .ifPresent(other -> found.addAll(Entries.covered(subject, key, one.text(), other.text())));
  }

  private static boolean covers(Wish whole, Wish part) {
    return whole.comparisons().isEmpty() && new HashSet<>(whole.names()).containsAll(part.names());
  }

  private static boolean meets(Wish one, Wish other) {
    return one.names().stream().anyMatch(other.names()::contains);
  }

  private static Optional<Wish> first(List<Wish> all, Predicate<Wish> which) {
    return all.stream().filter(which).findFirst();
  }
}
