package dev.hexe.policy.cli;

import dev.hexe.policy.cli.author.DiffCommand;
import dev.hexe.policy.cli.author.FmtCommand;
import dev.hexe.policy.cli.author.InitCommand;
import dev.hexe.policy.cli.author.LintCommand;
import dev.hexe.policy.cli.author.SchemaCommand;
import dev.hexe.policy.cli.command.ApplyCommand;
import dev.hexe.policy.cli.command.CacheCommand;
import dev.hexe.policy.cli.command.CachesCommand;
import dev.hexe.policy.cli.command.ChangesCommand;
import dev.hexe.policy.cli.command.CompileCommand;
import dev.hexe.policy.cli.command.DoctorCommand;
import dev.hexe.policy.cli.command.EnterCommand;
import dev.hexe.policy.cli.command.ExplainCommand;
import dev.hexe.policy.cli.command.FloatCommand;
import dev.hexe.policy.cli.command.ImportCommand;
import dev.hexe.policy.cli.command.LearnCommand;
import dev.hexe.policy.cli.command.LogCommand;
import dev.hexe.policy.cli.command.ProfilesCommand;
import dev.hexe.policy.cli.command.PsCommand;
import dev.hexe.policy.cli.command.RulesCommand;
import dev.hexe.policy.cli.command.RunCommand;
import dev.hexe.policy.cli.command.ShowCommand;
import dev.hexe.policy.cli.command.StopCommand;
import dev.hexe.policy.cli.command.TrustCommand;
import dev.hexe.policy.cli.command.TryCommand;
import dev.hexe.policy.cli.command.VerifyCommand;
import dev.hexe.policy.cli.command.WhyCommand;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.plugin.Plugins;
import dev.hexe.policy.cli.text.ErrorMessage;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import java.util.List;
import java.util.Set;

/** Finds the command and answers for whatever goes wrong in it. */
public final class Program {
  /** What speaks of sandboxes and plans that there are, and must work whatever a plug-in does. */
  private static final Set<String> WITHOUT_PLUGINS =
      Set.of(
          "run", "show", "cache", "caches", "ps", "log", "enter", "stop", "doctor", "help",
          "--help", "-h");

  private final Invocation invocation;
  private final Output output;

  Program(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output;
  }

  /** Runs a command; the result is the exit status. */
  int run(List<String> arguments) {
    try {
      return dispatch(arguments);
    } catch (RuntimeException | Error e) {
      output.complain(ErrorMessage.about(e, invocation.isDebugging()));
      return ExitStatus.NOTHING_RAN;
    }
  }

  // Each command is named here alone, so that the classes of the others are never loaded.
  private int dispatch(List<String> arguments) {
    if (arguments.isEmpty()) {
      output.complain(Overview.text());
      return ExitStatus.NOTHING_RAN;
    }
    List<String> rest = arguments.subList(1, arguments.size());
    if (!WITHOUT_PLUGINS.contains(arguments.get(0))) {
      Plugins.load(invocation.profileContext().home(), invocation.caller().uid());
    }
    return switch (arguments.get(0)) {
      case "apply" -> new ApplyCommand(invocation, output).run(rest);
      case "compile" -> new CompileCommand(invocation, output).run(rest);
      case "run" -> new RunCommand(output).run(rest);
      case "show" -> new ShowCommand(invocation, output).run(rest);
      case "cache" -> new CacheCommand(invocation, output).run(rest);
      case "caches" -> new CachesCommand(invocation, output).run(rest);
      case "explain" -> new ExplainCommand(invocation, output).run(rest);
      case "why" -> new WhyCommand(invocation, output).run(rest);
      case "learn" -> new LearnCommand(invocation, output).run(rest);
      case "try" -> new TryCommand(invocation, output).run(rest);
      case "changes" -> new ChangesCommand(invocation, output).run(rest);
      case "profiles" -> new ProfilesCommand(invocation, output).run(rest);
      case "verify" -> new VerifyCommand(invocation, output).run(rest);
      case "ps" -> new PsCommand(invocation, output).run(rest);
      case "log" -> new LogCommand(invocation, output).run(rest);
      case "enter" -> new EnterCommand(invocation, output).run(rest);
      case "stop" -> new StopCommand(invocation, output).run(rest);
      case "float" -> new FloatCommand(invocation, output).run(rest);
      case "import" -> new ImportCommand(invocation, output).run(rest);
      case "rules" -> new RulesCommand(invocation, output).run(rest);
      case "trust" -> new TrustCommand(invocation, output).run(rest);
      case "init" -> new InitCommand(invocation, output).run(rest);
      case "fmt" -> new FmtCommand(invocation, output).run(rest);
      case "diff" -> new DiffCommand(invocation, output).run(rest);
      case "schema" -> new SchemaCommand(invocation, output).run(rest);
      case "lint" -> new LintCommand(invocation, output).run(rest);
      case "doctor" -> new DoctorCommand(invocation, output).run(rest);
      case "help", "--help", "-h" -> help(rest);
      default -> throw Overview.unknown(arguments.get(0));
    };
  }

  private int help(List<String> rest) {
    if (!rest.isEmpty()) {
      return dispatch(List.of(rest.get(0), "--help"));
    }
    output.print(Overview.text());
    return ExitStatus.DONE;
  }
}
