package dev.hexe.policy.backend.seccomp;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.RestrictionActions;
import dev.hexe.policy.api.profile.SystemCalls;
import dev.hexe.policy.api.profile.SystemCalls.Reaction;
import dev.hexe.policy.api.profile.SystemCalls.Wish;
import dev.hexe.policy.backend.seccomp.SystemCallRule.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The filters for what a profile says of system calls itself: one for each reaction. The kernel
 * asks all filters and takes the strictest answer, so that is what holds where wishes meet.
 */
final class CallLists {
  /** What the launcher and its first process do when filters are in force; see {@code init}. */
  private static final List<String> OF_THE_LAUNCHER =
      List.of(
          "execve",
          "execveat",
          "exit",
          "exit_group",
          "rt_sigreturn",
          "restart_syscall",
          "prctl",
          "clone",
          "rt_sigprocmask",
          "rt_sigaction",
          "close_range",
          "close",
          "rt_sigtimedwait",
          "wait4",
          "read",
          "write",
          "kill",
          "getpid",
          "getpgid",
          "getpgrp",
          "setpgid",
          "ioctl",
          "sendto",
          "recvfrom",
          "recvmsg",
          "sendmsg",
          "setsid",
          "dup2",
          "dup3",
          "fcntl",
          "tgkill",
          "gettid",
          "seccomp");

  private final SystemCalls calls;
  private final FilterCompiler compiler = new FilterCompiler();

  CallLists(SystemCalls calls) {
    this.calls = calls;
  }

  /** The actions that install them, that of what is allowed last. */
  List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    byReaction()
        .forEach(
            (reaction, wishes) ->
                actions.add(
                    filter(Answer.ALLOW, rules(wishes, answer(reaction)), verb(reaction), wishes)));
    if (!calls.allow().isEmpty()) {
      List<SystemCallRule> rules =
          Stream.concat(
                  rules(calls.allow(), Answer.ALLOW).stream(),
                  OF_THE_LAUNCHER.stream()
                      .filter(compiler::knows)
                      .map(call -> SystemCallRule.always(call, Answer.ALLOW)))
              .distinct()
              .toList();
      actions.add(
          filter(
              answer(calls.otherwise()),
              withoutNeedless(rules),
              verb(calls.otherwise()) + " all but",
              calls.allow()));
    }
    return actions;
  }

  private Map<Reaction, List<Wish>> byReaction() {
    return calls.deny().stream()
        .collect(Collectors.groupingBy(Wish::reaction, LinkedHashMap::new, Collectors.toList()));
  }

  private Action filter(
      Answer otherwise, List<SystemCallRule> rules, String what, List<Wish> wishes) {
    return RestrictionActions.seccompFilter(
        compiler.compile(otherwise, rules),
        0,
        what + ": " + wishes.stream().map(Wish::text).collect(Collectors.joining(", ")));
  }

  private List<SystemCallRule> rules(List<Wish> wishes, Answer answer) {
    boolean denies = !answer.equals(Answer.ALLOW);
    return withoutNeedless(
        wishes.stream().flatMap(wish -> rules(wish, answer, denies)).distinct().toList());
  }

  private Stream<SystemCallRule> rules(Wish wish, Answer answer, boolean denies) {
    List<Condition> conditions =
        wish.comparisons().stream().map(each -> Condition.of(each, denies)).toList();
    return wish.names().stream()
        .filter(name -> !wish.group() || compiler.knows(name))
        .map(name -> new SystemCallRule(name, answer, conditions));
  }

  /** Comparisons say nothing where the same is said of all arguments. */
  private static List<SystemCallRule> withoutNeedless(List<SystemCallRule> rules) {
    List<String> always =
        rules.stream()
            .filter(rule -> rule.conditions().isEmpty())
            .map(SystemCallRule::call)
            .toList();
    return rules.stream()
        .filter(rule -> rule.conditions().isEmpty() || !always.contains(rule.call()))
        .toList();
  }

  private static Answer answer(Reaction reaction) {
    return switch (reaction.kind()) {
      case ERRNO -> Answer.errno(reaction.errno());
      case KILL -> Answer.KILL;
      case LOG -> Answer.LOG;
    };
  }

  private static String verb(Reaction reaction) {
    return switch (reaction.kind()) {
      case ERRNO -> "answer system calls with errno " + reaction.errno();
      case KILL -> "kill at system calls";
      case LOG -> "log system calls";
    };
  }
}
