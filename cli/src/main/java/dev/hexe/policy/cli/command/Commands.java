package dev.hexe.policy.cli.command;

import dev.hexe.policy.cli.author.DiffCommand;
import dev.hexe.policy.cli.author.FmtCommand;
import dev.hexe.policy.cli.author.InitCommand;
import dev.hexe.policy.cli.author.LintCommand;
import dev.hexe.policy.cli.author.SchemaCommand;
import dev.hexe.policy.cli.option.Options;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** All commands with all their options, for manual pages, completions and suggestions. */
public final class Commands {
  private static final String PROGRAM = "hexe-policy";

  private Commands() {}

  /** The program with a subcommand for each command. */
  public static CommandSpec all() {
    CommandSpec all = CommandSpec.create().name(PROGRAM);
    byName().forEach((name, spec) -> all.addSubcommand(name, new CommandLine(spec.name(name))));
    all.addSubcommand("help", new CommandLine(help()));
    return all.addOption(Options.help())
        .addOption(Options.flag("show the version", "-V", "--version"));
  }

  /** The commands in the order in which a newcomer needs them. */
  private static Map<String, CommandSpec> byName() {
    Map<String, CommandSpec> commands = new LinkedHashMap<>();
    commands.put("apply", ApplyCommand.spec());
    commands.put("explain", ExplainCommand.spec());
    commands.put("why", WhyCommand.spec());
    commands.put("learn", LearnCommand.spec());
    commands.put("try", TryCommand.spec());
    commands.put("changes", ChangesCommand.spec());
    commands.put("verify", VerifyCommand.spec());
    commands.put("profiles", ProfilesCommand.spec());
    commands.put("fmt", FmtCommand.spec());
    commands.put("init", InitCommand.spec());
    commands.put("diff", DiffCommand.spec());
    commands.put("schema", SchemaCommand.spec());
    commands.put("lint", LintCommand.spec());
    commands.put("float", FloatCommand.spec());
    commands.put("import", ImportCommand.spec());
    commands.put("rules", RulesCommand.spec());
    commands.put("trust", TrustCommand.spec());
    commands.put("doctor", DoctorCommand.spec());
    commands.put("compile", CompileCommand.spec());
    commands.put("run", RunCommand.spec());
    commands.put("show", ShowCommand.spec());
    commands.put("cache", CacheCommand.spec());
    commands.put("caches", CachesCommand.spec());
    commands.put("ps", PsCommand.spec());
    commands.put("log", LogCommand.spec());
    commands.put("enter", EnterCommand.spec());
    commands.put("stop", StopCommand.spec());
    return commands;
  }

  /** It has no page of its own: it shows others'. */
  private static CommandSpec help() {
    CommandSpec spec = CommandSpec.create().name("help");
    spec.usageMessage().hidden(true);
    return spec;
  }
}
