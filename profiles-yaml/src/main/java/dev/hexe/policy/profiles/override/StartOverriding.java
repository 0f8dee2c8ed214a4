package dev.hexe.policy.profiles.override;

import dev.hexe.policy.api.profile.Terminal;
import dev.hexe.policy.profiles.key.Key;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.key.PathExpander;
import dev.hexe.policy.profiles.key.PidChoice;
import dev.hexe.policy.profiles.key.Said;
import dev.hexe.policy.profiles.key.Settings;
import dev.hexe.policy.profiles.value.StartFormats;
import java.util.Optional;
import java.util.function.Function;

/** Puts what the command line says about the start of the command on top of a profile. */
final class StartOverriding {
  private final Settings settings;
  private final PathExpander expander;

  StartOverriding(Settings settings, PathExpander expander) {
    this.settings = settings;
    this.expander = expander;
  }

  void apply(StartOverrides overrides) {
    put(Keys.ARGV0, "--argv0", StartFormats::argv0, overrides.argv0());
    put(Keys.UMASK, "--umask", StartFormats::umask, overrides.umask());
    put(Keys.NICE, "--nice", StartFormats::nice, overrides.nice());
    put(
        Keys.DIRECTORY,
        "--chdir",
        text -> Optional.of(expander.expand(text, false)),
        overrides.directory());
    overrides
        .descriptors()
        .forEach(
            text ->
                settings.add(
                    Keys.PASSED_DESCRIPTORS,
                    Overriding.said("--pass-fd", StartFormats::descriptor, text)));
    overrides
        .filters()
        .forEach(
            text ->
                settings.add(
                    Keys.FILTER_DESCRIPTORS,
                    Overriding.said("--seccomp", StartFormats::descriptor, text)));
    overrides
        .locks()
        .forEach(
            text ->
                settings.add(
                    Keys.LOCKS,
                    Overriding.said("--lock-file", path -> expander.expand(path, false), text)));
    if (overrides.asPid1()) {
      settings.put(Keys.PID, Said.byOption("--as-pid-1", PidChoice.FIRST, "1"));
    }
    if (overrides.nesting()) {
      settings.put(Keys.NESTING, Said.byOption("--nesting", true, "allowed"));
      settings.put(Keys.NO_USER_NAMESPACES, Said.byOption("--nesting", false, "allowed"));
    }
    if (overrides.dieWithParent()) {
      settings.put(Keys.ENDS_WITH_CALLER, Said.byOption("--die-with-parent", true, "true"));
    }
    if (overrides.freshCaches()) {
      settings.put(Keys.FRESH_CACHES, Said.byOption("--fresh-caches", true, "true"));
    }
    if (overrides.noPty() && settings.get(Keys.TERMINAL) == Terminal.SAFE) {
      settings.put(Keys.TERMINAL, Said.byOption("--no-pty", Terminal.SHARED, "safe-no-pty"));
    }
  }

  private <T> void put(
      Key<T> key, String option, Function<String, T> parser, Optional<String> text) {
    text.ifPresent(value -> settings.put(key, Overriding.said(option, parser, value)));
  }
}
