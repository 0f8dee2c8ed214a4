package dev.hexe.policy.profiles.value;

import dev.hexe.policy.api.profile.MountEntries.Root;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.MountEntry.Bind;
import dev.hexe.policy.api.profile.MountEntry.Changes;
import dev.hexe.policy.api.profile.MountEntry.Copy;
import dev.hexe.policy.api.profile.MountEntry.Directory;
import dev.hexe.policy.api.profile.MountEntry.MessageQueues;
import dev.hexe.policy.api.profile.MountEntry.Overlay;
import dev.hexe.policy.api.profile.MountEntry.Symlink;
import dev.hexe.policy.api.profile.MountEntry.Text;
import dev.hexe.policy.api.profile.MountEntry.Tmpfs;
import dev.hexe.policy.profiles.yaml.Nearest;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.util.List;
import java.util.Optional;

/** The forms of all kinds of fixtures. */
public final class MountEntryForms {
  private static final long USUAL_SIZE = 128L << 20;
  private static final int DIRECTORY_MODE = 0755;
  private static final int FILE_MODE = 0644;
  private static final List<String> FOR_EVERYBODY = List.of("/tmp", "/var/tmp", "/dev/shm");

  /** Everybody may make files, and remove their own. */
  public static final int STICKY_MODE = 01777;

  public static final MountEntryForm<Root> ROOT =
      new MountEntryForm<>(
          "a root",
          List.of("from"),
          "",
          List.of("access"),
          "./tree:access=write",
          parts -> Optional.of(new Root(parts.path("from"), writable(parts, false))));

  public static final MountEntryForm<MountEntry> TMPFS =
      form(
          "a tmpfs",
          List.of("at"),
          List.of("size", "mode"),
          "/scratch:size=64M,mode=1777",
          parts ->
              new Tmpfs(
                  parts.path("at"),
                  parts.read("size", LimitFormats::room, USUAL_SIZE),
                  parts.mode(
                      FOR_EVERYBODY.contains(parts.path("at")) ? STICKY_MODE : DIRECTORY_MODE)));

  public static final MountEntryForm<MountEntry> DIRECTORY =
      form(
          "a directory",
          List.of("at"),
          List.of("mode"),
          "/srv/data:mode=0700",
          parts -> new Directory(parts.path("at"), parts.mode(DIRECTORY_MODE)));

  public static final MountEntryForm<MountEntry> SYMLINK =
      form(
          "a symlink",
          List.of("to", "at"),
          List.of(),
          "python3:/opt/bin/python",
          parts -> new Symlink(parts.read("to", MountEntryForms::target, ""), parts.path("at")));

  public static final MountEntryForm<MountEntry> MESSAGE_QUEUES =
      form(
          "a place for message queues",
          List.of("at"),
          List.of(),
          "/dev/mqueue",
          parts -> new MessageQueues(parts.path("at")));

  /** A file of text can only be written with keys: a word would have to do without a colon. */
  public static final MountEntryForm<MountEntry> CONTENT =
      new MountEntryForm<>(
          "a file",
          List.of("at"),
          "",
          List.of("text", "descriptor", "mode"),
          "{at: /etc/motd, text: hello}",
          MountEntryForms::content);

  public static final MountEntryForm<MountEntry> COPY =
      form(
          "a file from a descriptor",
          List.of("descriptor", "at"),
          List.of("mode"),
          "9:/run/secret:mode=0400",
          MountEntryForms::copy);

  public static final MountEntryForm<MountEntry> OVERLAY =
      new MountEntryForm<>(
          "an overlay",
          List.of("lower", "at"),
          "lower",
          List.of("access", "size", "upper", "work"),
          "./base:/data:upper=./changes,work=./work",
          MountEntryForms::overlay);

  private MountEntryForms() {}

  /** The form of a bind; the four kinds differ in what is not written. */
  public static MountEntryForm<MountEntry> bind(boolean writable, boolean optional) {
    return form(
        "a bind",
        List.of("from", "to"),
        List.of(),
        "./data:/data",
        parts ->
            new Bind(
                optional ? parts.pathIfPresent("from") : parts.path("from"),
                parts.path("to"),
                writable,
                optional));
  }

  private static MountEntryForm<MountEntry> form(
      String what,
      List<String> first,
      List<String> others,
      String example,
      java.util.function.Function<MountEntryParts, MountEntry> make) {
    return new MountEntryForm<>(
        what, first, "", others, example, parts -> Optional.of(make.apply(parts)));
  }

  private static boolean writable(MountEntryParts parts, boolean otherwise) {
    return parts.read("access", MountEntryForms::isWrite, otherwise);
  }

  private static boolean isWrite(String word) {
    if (!word.equals("read") && !word.equals("write")) {
      throw new ProfileException(
          Quotes.quote(word) + " is not a value of `access`",
          Nearest.help(word, List.of("read", "write")));
    }
    return word.equals("write");
  }

  private static String target(String text) {
    if (text.isEmpty() || text.indexOf('\0') >= 0) {
      throw new ProfileException("a symlink leads nowhere", "");
    }
    return text;
  }

  private static Optional<MountEntry> content(MountEntryParts parts) {
    if (parts.has("text") == parts.has("descriptor")) {
      parts.complain(
          "a file has either `text` or `descriptor`", "write `{at: /etc/motd, text: …}`");
      return Optional.empty();
    }
    return Optional.of(
        parts.has("text")
            ? new Text(parts.path("at"), parts.text("text"), parts.mode(FILE_MODE))
            : copy(parts));
  }

  private static MountEntry copy(MountEntryParts parts) {
    return new Copy(
        parts.read("descriptor", MountEntryForms::descriptor, 0),
        parts.path("at"),
        parts.mode(FILE_MODE));
  }

  private static int descriptor(String text) {
    if (!text.matches("0|[1-9][0-9]{0,5}")) {
      throw new ProfileException(
          Quotes.quote(text) + " is not a descriptor", "write its number, as in `9`");
    }
    return Integer.parseInt(text);
  }

  private static Optional<MountEntry> overlay(MountEntryParts parts) {
    return changes(parts)
        .map(changes -> new Overlay(parts.path("at"), parts.paths("lower"), changes));
  }

  private static Optional<Changes> changes(MountEntryParts parts) {
    boolean kept = parts.has("upper") || parts.has("work");
    if (kept && !(parts.has("upper") && parts.has("work"))) {
      parts.complain(
          "an overlay that keeps changes has both `upper` and `work`",
          "`work` is an empty directory beside `upper`, for the kernel");
      return Optional.empty();
    }
    boolean writable = writable(parts, true);
    if (parts.has("size") && (kept || !writable)) {
      parts.complain("`size` is for changes in memory", "leave it out");
    } else if (kept && !writable) {
      parts.complain("an overlay to read keeps no changes", "leave `upper` out");
    } else if (!writable && parts.count("lower") < 2) {
      parts.complain(
          "an overlay to read is of two directories or more", "say `bind-read-only` of one");
    } else if (kept) {
      return Optional.of(new Changes.Kept(parts.path("upper"), parts.path("work")));
    }
    return Optional.of(
        writable
            ? new Changes.Discarded(parts.read("size", LimitFormats::room, USUAL_SIZE))
            : new Changes.Refused());
  }
}
