package dev.hexe.policy.cli.command;

import dev.hexe.policy.api.network.Destination;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.learn.BracketedList;
import dev.hexe.policy.cli.learn.Grant;
import dev.hexe.policy.cli.learn.Place;
import dev.hexe.policy.cli.learn.ProfileFile;
import dev.hexe.policy.cli.learn.ProfileText;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.profiles.Profiles;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.network.DestinationFormat;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
      List<String> before = allowed(path);
      if (before.contains(wanted)) {
        return Printable.quote(wanted) + " is in " + shown + " already";
      }
      String text = with(wanted, file.text());
      requireMore(before, wanted, file.ask(text, this::allowedIfSound));
      file.write(text);
    } catch (IllegalStateException | UncheckedIOException e) {
      throw new CommandException(
          "cannot add to " + shown + ": " + e.getMessage(),
          "write `\"%s\"` there yourself, as in `network: {allow: [\"%s\"]}`"
              .formatted(wanted, wanted));
    }
    return Printable.quote(wanted) + " is added to " + shown;
  }

  private String with(String wanted, String text) {
    return BracketedList.add(text, "network", Place.ALLOW.key(), '"' + wanted + '"')
        .orElseGet(
            () -> {
              ProfileText lines = ProfileText.of(text, context.home().toString());
              lines.add(new Grant(Place.ALLOW, wanted, "asked"));
              return lines.toString();
            });
  }

  private List<String> allowed(Path profile) {
    return new Profiles(context)
        .load(profile.toString()).separation().network().allow().stream()
            .map(Destination::text)
            .toList();
  }

  private List<String> allowedIfSound(Path profile) {
    try {
      return allowed(profile);
    } catch (ProfileException e) {
      return List.of();
    }
  }

  /** What is written is read again: it has to say this more, and nothing less. */
  private static void requireMore(List<String> before, String wanted, List<String> after) {
    List<String> expected = new ArrayList<>(before);
    expected.add(wanted);
    if (!Set.copyOf(expected).equals(Set.copyOf(after))) {
      throw new IllegalStateException("its list is written in a way that cannot be added to");
    }
  }
}
