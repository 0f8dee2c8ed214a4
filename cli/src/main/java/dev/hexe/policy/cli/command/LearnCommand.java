package dev.hexe.policy.cli.command;

import dev.hexe.policy.api.network.NetworkAccess.Mode;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.learn.LearnJson;
import dev.hexe.policy.cli.learn.LearnReport;
import dev.hexe.policy.cli.learn.LearnTarget;
import dev.hexe.policy.cli.learn.LearnWorld;
import dev.hexe.policy.cli.learn.Learning;
import dev.hexe.policy.cli.learn.Learning.Network;
import dev.hexe.policy.cli.learn.Outcome;
import dev.hexe.policy.cli.learn.ProfileFile;
import dev.hexe.policy.cli.learn.ProfileText;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.profiles.library.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Runs a command and writes a profile of what it needed. */
public final class LearnCommand {
  private static final String OUTPUT = "--output";
  private static final String FROM = "--from";
  private static final String ROUNDS = "--rounds";
  private static final String GENERALIZE = "--generalize";
  private static final String TRACE = "--trace-under";
  private static final String KEEP_NETWORK = "--keep-network";
  private static final String JSON = "--json";
  private static final String BASE = "project";
  private static final int FEW = 5;

  private final Invocation invocation;
  private final Output output;
  private final String home;

  public LearnCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output.forReading(invocation.environment());
    this.home = invocation.profileContext().home().normalize().toString();
  }

  public int run(List<String> arguments) {
    List<String> ours = Arguments.beforeDashes(arguments);
    List<String> command =
        ours.size() + 1 < arguments.size()
            ? arguments.subList(ours.size() + 1, arguments.size())
            : List.of();
    return Arguments.act(spec(), ours, output, parsed -> learn(parsed, command, arguments));
  }

  private int learn(ParseResult parsed, List<String> command, List<String> arguments) {
    if (command.isEmpty()) {
      throw new CommandException(
          "no command given", "put it after `--`, as in `hexe-policy learn -o web -- make test`");
    }
    LearnTarget target = LearnTarget.of(text(parsed, OUTPUT), invocation.profileContext());
    boolean exists = Files.exists(target.path());
    Optional<String> from = Options.text(parsed, FROM).map(this::base);
    if (exists && from.isPresent()) {
      throw new CommandException(
          Printable.quote(target.path().toString()) + " is there, and says what it starts from",
          "leave out `--from`, or write another profile");
    }
    String start = ProfileText.startingFrom(from.orElse(BASE), home).toString();
    Invocation here = invocation.forCommandOf(arguments);
    LearnWorld world = new LearnWorld(here, output, command, Options.has(parsed, JSON));
    world.requireProfile(exists ? target.path().toString() : from.orElse(BASE));
    target.makeDirectory();
    ProfileFile file = ProfileFile.open(target.path(), start);
    return learn(parsed, world, file, target);
  }

  private int learn(ParseResult parsed, LearnWorld world, ProfileFile file, LearnTarget target) {
    Outcome outcome;
    boolean ran = false;
    try (world) {
      outcome = new Learning(world, file, settings(parsed, world, file), world::grantable).learn();
      ran = true;
    } catch (IllegalStateException e) {
      throw new CommandException(
          Printable.quote(file.path().toString()) + ": " + e.getMessage(), "");
    } catch (IOException e) {
      throw new CommandException("what was seen cannot be taken away: " + e.getMessage(), "");
    } finally {
      if (!ran) {
        forgetUnused(file);
      }
    }
    if (Options.has(parsed, JSON)) {
      output.print(LearnJson.of(file.path(), outcome));
    } else {
      output.complain(new LearnReport(output, home).of(target.shown(), outcome));
    }
    return outcome.status();
  }

  /** A file for which nothing ran would stand in the way of another `--from`. */
  private static void forgetUnused(ProfileFile file) {
    if (file.isUntouched()) {
      file.forget();
    }
  }

  private Learning.Settings settings(ParseResult parsed, LearnWorld world, ProfileFile file) {
    Optional<String> rounds = Options.text(parsed, ROUNDS);
    return new Learning.Settings(
        home,
        rounds.map(it -> number(ROUNDS, it, 1, 20)).orElse(1),
        rounds.isEmpty() && !Options.has(parsed, JSON),
        Options.text(parsed, GENERALIZE).map(it -> number(GENERALIZE, it, 0, 9999)).orElse(FEW),
        Options.text(parsed, TRACE),
        Options.has(parsed, KEEP_NETWORK) ? Network.AS_IT_IS : network(world, file));
  }

  /** As the profile has it by hand, else as its base. */
  private Network network(LearnWorld world, ProfileFile file) {
    ProfileText text = ProfileText.of(file.text(), home);
    boolean written = text.network() == ProfileText.Network.WRITTEN;
    String said =
        written
            ? file.path().toString()
            : text.base().map(it -> inDirectoryOf(file, it)).orElse(file.path().toString());
    Mode mode = world.network(said);
    if (mode == Mode.LISTED) {
      return Network.LISTED;
    }
    if (!world.hasGateway(file.path())) {
      world.say(
          "the network stays as it is: no gateway can be had here that says what was asked for");
      return Network.AS_IT_IS;
    }
    return mode == Mode.NONE ? Network.ASKED : written ? Network.AS_IT_IS : Network.NARROWED;
  }

  private static String inDirectoryOf(ProfileFile file, String base) {
    return Library.isPath(base) ? file.path().resolveSibling(base).normalize().toString() : base;
  }

  /** A profile in a file is named by its whole path: what is written lies elsewhere. */
  private String base(String named) {
    String whole =
        Library.isPath(named)
            ? invocation.profileContext().cwd().resolve(named).normalize().toString()
            : named;
    if (!whole.matches("[\\p{L}\\p{N} /_.+@,=~-]+")) {
      throw new CommandException(
          Printable.quote(named) + " has a name that cannot stand in a profile", "rename it");
    }
    return whole;
  }

  private static String text(ParseResult parsed, String option) {
    return Options.text(parsed, option)
        .orElseThrow(
            () ->
                new CommandException(
                    "option `" + option + "` is missing: no profile to write",
                    "as in `hexe-policy learn -o web -- make test`, which writes a profile called `web`"));
  }

  private static int number(String option, String text, int least, int most) {
    if (!text.matches("[0-9]{1,4}")
        || Integer.parseInt(text) < least
        || Integer.parseInt(text) > most) {
      throw new CommandException(
          "option `%s`: %s is not a number from %d to %d"
              .formatted(option, Printable.quote(text), least, most),
          "");
    }
    return Integer.parseInt(text);
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "learn",
            "learn -o PROFILE [OPTION]… -- COMMAND [ARGUMENT]…",
            "Runs a command under a profile and adds to it what the command needed: files, and destinations in place of the whole network. Secrets, protected files and privileges are never added: they become questions, as comments in the profile. Runs of other commands add to the same profile.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy learn -o web -- npm install              once, under `project` at first",
            "  hexe-policy learn -o web --rounds 5 -- make test     until nothing more is needed",
            "  hexe-policy apply web -- make test");
    return spec.addOption(
            Options.named(
                "PROFILE", "the profile to write: a name, or a file in .yaml", "-o", OUTPUT))
        .addOption(Options.value(FROM, "BASE", "the profile to start from; else `project`"))
        .addOption(
            Options.value(
                ROUNDS,
                "N",
                "run the command again with the additions, up to N times in all; without this you are asked on a terminal"))
        .addOption(
            Options.value(
                GENERALIZE,
                "N",
                "grant a directory in place of more than N entries in it; else 5, and 0 for never"))
        .addOption(
            Options.value(
                TRACE, "PROFILE", "run the command the first time under this wider profile"))
        .addOption(Options.flag("leave the network as the base has it", KEEP_NETWORK))
        .addOption(Options.flag("print JSON; the command's output goes to standard error", JSON))
        .addOption(Options.help());
  }
}
