package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.profile.Privileges;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.api.profile.SystemCalls.Wish;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The entry that denies a system call, and the lists without it. */
final class FilteredCalls {
  private static final String SHORT = "privileges.deny-system-calls";
  private static final String DENY = "syscalls.deny";
  private static final String ALLOW = "syscalls.allow";

  private final Privileges privileges;
  private final Statements statements;
  private final String call;

  FilteredCalls(Privileges privileges, Statements statements, String call) {
    this.privileges = privileges;
    this.statements = statements;
    this.call = call;
  }

  /** The line that says so. */
  Optional<Statement> line() {
    return statements
        .of(SHORT, call)
        .or(() -> denying().flatMap(wish -> statements.of(DENY, wish.text())))
        .or(() -> statements.of(isLeftOut() ? ALLOW : DENY));
  }

  /**
   * The narrowest change, of all lists at once; empty where the call has no name, and profiles know
   * names alone.
   */
  Optional<Fix> fix() {
    boolean isName = !call.isEmpty() && Character.isLetter(call.charAt(0));
    List<String> denied = privileges.deniedSystemCalls();
    String ofPrivileges =
        denied.contains(call)
            ? "privileges: {deny-system-calls: {only: [" + without(denied.stream()) + "]}}"
            : "";
    String lists =
        Stream.of(
                isLeftOut() ? "allow: [" + call + "]" : "",
                denying().isPresent() ? "deny: {only: [" + others() + "]}" : "")
            .filter(Predicate.not(String::isEmpty))
            .collect(Collectors.joining(", "));
    String ofSystemCalls = lists.isEmpty() ? "" : "syscalls: {" + lists + "}";
    String yaml = (ofPrivileges + "\n" + ofSystemCalls).strip();
    return isName && !yaml.isEmpty() ? Optional.of(new Fix("", yaml)) : Optional.empty();
  }

  private Optional<Wish> denying() {
    return privileges.systemCalls().deny().stream().filter(this::names).findFirst();
  }

  private boolean isLeftOut() {
    List<Wish> allowed = privileges.systemCalls().allow();
    return !allowed.isEmpty() && allowed.stream().noneMatch(this::names);
  }

  private boolean names(Wish wish) {
    return wish.names().contains(call);
  }

  /** Of a group the rest stays denied. */
  private String others() {
    return privileges.systemCalls().deny().stream()
        .flatMap(
            wish ->
                !names(wish)
                    ? Stream.of(quoted(wish.text()))
                    : wish.group() ? Stream.of(without(wish.names().stream())) : Stream.empty())
        .filter(Predicate.not(String::isEmpty))
        .collect(Collectors.joining(", "));
  }

  private String without(Stream<String> names) {
    return names.filter(name -> !name.equals(call)).collect(Collectors.joining(", "));
  }

  private static String quoted(String text) {
    return text.matches("[a-z0-9_]+") ? text : "\"" + text + "\"";
  }
}
