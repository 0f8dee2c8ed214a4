package dev.hexe.policy.cli.command;

import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.learn.Grant;
import dev.hexe.policy.cli.learn.Place;
import dev.hexe.policy.cli.learn.ProfileFile;
import dev.hexe.policy.cli.learn.ProfileText;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.profiles.ProfileContext;
import dev.hexe.policy.profiles.Profiles;
import dev.hexe.policy.profiles.value.DestinationFormat;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Adds a destination to a profile, which has to be one afterwards as well. */
final class ProfileAddition {
  private final ProfileContext context;

  ProfileAddition(Invocation invocation) {
    context = invocation.profileContext();
  }

  /** Says what was done. */
  String add(String destination, String named) {
    Path path = context.cwd().resolve(named).normalize();
    String shown = Printable.quote(path.toString());
    if (destination.isEmpty() || named.isEmpty() || !Files.isRegularFile(path)) {
      throw new CommandException(
          "`--add` takes a destination, and `--to` the file of a profile that is there",
          "as in `--add=example.org:443 --to=web.yaml`");
    }
    String wanted = DestinationFormat.denied(destination).text();
    try {
      ProfileFile file = ProfileFile.open(path, "");
      ProfileText text = ProfileText.of(file.text(), context.home().toString());
      text.add(new Grant(Place.ALLOW, wanted, "asked"));
      file.ask(text.toString(), other -> new Profiles(context).load(other.toString()));
      file.write(text.toString());
    } catch (IllegalStateException | UncheckedIOException e) {
      throw new CommandException(
          "cannot add to " + shown + ": " + e.getMessage(),
          "add `- \"" + wanted + "\"` to `network.allow` there");
    }
    return Printable.quote(wanted) + " is added to " + shown;
  }
}
