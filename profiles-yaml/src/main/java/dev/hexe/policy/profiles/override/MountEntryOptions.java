package dev.hexe.policy.profiles.override;

import static dev.hexe.policy.profiles.value.MountEntryForms.bind;

import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Tmp;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.PathExpander;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.setting.SettingOption;
import dev.hexe.policy.profiles.value.LimitFormats;
import dev.hexe.policy.profiles.value.MountEntryForm;
import dev.hexe.policy.profiles.value.MountEntryForms;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.util.ArrayList;
import java.util.List;

/** The options that lay out files, under their names on the command line. */
public final class MountEntryOptions {
  private static final String ROOT = "--root";

  /** All of them, in the order of the help. */
  public static final List<SettingOption> ALL = options();

  private MountEntryOptions() {}

  private static List<SettingOption> options() {
    List<SettingOption> options = new ArrayList<>();
    lists(options);
    binds(options);
    made(options);
    processes(options);
    size(options, "--tmp", "the size of the private /tmp", Keys.TMP);
    size(options, "--shm", "the size of the private /dev/shm", Keys.SHARED_MEMORY);
    path(
        options,
        "--read-only",
        "make this path read-only, whatever is there",
        Keys.READ_ONLY,
        false);
    path(
        options,
        "--no-execute",
        "let nothing at or below this path be executed",
        Keys.NO_EXECUTE,
        false);
    return List.copyOf(options);
  }

  private static void lists(List<SettingOption> options) {
    path(
        options,
        "--read-if-present",
        "let the command read this path, if it exists",
        Keys.READ_IF_PRESENT,
        true);
    path(
        options,
        "--write-if-present",
        "let the command write this path, if it exists",
        Keys.WRITE_IF_PRESENT,
        true);
    path(options, "--list", "let the command list this directory", Keys.LIST, false);
  }

  private static void binds(List<SettingOption> options) {
    String form = "SRC:DST";
    put(
        options,
        "--bind",
        form,
        "show the host's SRC at DST, to be written",
        Keys.BIND,
        bind(true, false));
    put(
        options,
        "--bind-if-present",
        form,
        "as `--bind`, if SRC exists",
        Keys.BIND_IF_PRESENT,
        bind(true, true));
    put(
        options,
        "--ro-bind",
        form,
        "show the host's SRC at DST, to be read",
        Keys.BIND_READ_ONLY,
        bind(false, false));
    put(
        options,
        "--ro-bind-if-present",
        form,
        "as `--ro-bind`, if SRC exists",
        Keys.BIND_READ_ONLY_IF_PRESENT,
        bind(false, true));
    put(
        options,
        "--overlay",
        "DIR[:DIR]…:DST[:upper=DIR,work=DIR]",
        "show directories as one at DST; without `upper`, changes are gone at the end",
        Keys.OVERLAYS,
        MountEntryForms.OVERLAY);
    options.add(
        SettingOption.repeated(
            ROOT, "DIR[:access=write]", "make this directory the root", MountEntryOptions::root));
  }

  private static void made(List<SettingOption> options) {
    put(
        options,
        "--tmpfs",
        "DST[:size=SIZE,mode=MODE]",
        "put an empty directory in memory at DST",
        Keys.TMPFS,
        MountEntryForms.TMPFS);
    put(
        options,
        "--dir",
        "DST[:mode=MODE]",
        "make a directory at DST",
        Keys.DIRECTORIES,
        MountEntryForms.DIRECTORY);
    put(
        options,
        "--symlink",
        "TEXT:DST",
        "make a symlink at DST that leads to TEXT",
        Keys.SYMLINKS,
        MountEntryForms.SYMLINK);
    put(
        options,
        "--file",
        "FD:DST[:mode=MODE]",
        "make a file at DST with the content of this descriptor",
        Keys.CONTENTS,
        MountEntryForms.COPY);
    put(
        options,
        "--mqueue",
        "DST",
        "mount the POSIX message queues at DST",
        Keys.MESSAGE_QUEUES,
        MountEntryForms.MESSAGE_QUEUES);
  }

  private static void put(
      List<SettingOption> options,
      String name,
      String label,
      String description,
      Key<List<MountEntry>> key,
      MountEntryForm<MountEntry> form) {
    SettingOption.Reader reader =
        (word, paths, origin, into) ->
            into.add(key, new Said<>(form.parse(word, paths), word, origin));
    options.add(SettingOption.repeated(name, label, description, reader));
  }

  private static void processes(List<SettingOption> options) {
    options.add(
        SettingOption.repeated(
            "--rlimit",
            "NAME=LIMIT",
            "limit a resource of each process, as in nofile=1024",
            ProcessOptions::limit));
    options.add(
        SettingOption.repeated(
            "--cap-drop",
            "NAME",
            "take this capability away, or ALL",
            ProcessOptions::dropCapability));
    options.add(
        SettingOption.repeated(
            "--cap-add",
            "NAME",
            "give the command this capability",
            ProcessOptions::addCapability));
  }

  private static void size(
      List<SettingOption> options, String name, String description, Key<Tmp> key) {
    SettingOption.Reader reader =
        (word, paths, origin, into) ->
            into.put(
                key,
                new Said<>(Tmp.ofSize(LimitFormats.room(word)), "{private: " + word + "}", origin));
    options.add(SettingOption.repeated(name, "SIZE", description, reader));
  }

  private static void path(
      List<SettingOption> options,
      String name,
      String description,
      Key<List<PathRule>> key,
      boolean optional) {
    SettingOption.Reader reader =
        (word, paths, origin, into) ->
            into.add(key, new Said<>(paths.expand(word, optional), word, origin));
    options.add(SettingOption.repeated(name, "PATH", description, reader));
  }

  private static void root(String word, PathExpander paths, Origin origin, Settings into) {
    if (into.all(Keys.ROOT).stream().anyMatch(said -> said.origin().equals(origin))) {
      throw new ProfileException("there is one root", "");
    }
    into.put(Keys.ROOT, new Said<>(List.of(MountEntryForms.ROOT.parse(word, paths)), word, origin));
  }
}
