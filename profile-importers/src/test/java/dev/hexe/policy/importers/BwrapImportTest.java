package dev.hexe.policy.importers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.importers.report.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Command lines of bubblewrap. */
class BwrapImportTest {
  private static Imports script(String text) {
    return Imports.of(Kind.BWRAP, text);
  }

  @Test
  void eachOptionHasItsKey() {
    script(
            """
            #!/bin/sh
            exec bwrap \\
              --ro-bind /usr /usr --ro-bind-try /opt /opt \\
              --bind ~/data /data --bind-try "$HOME/.cache/x" "$HOME/.cache/x" \\
              --dev /dev --proc /proc --size 65536 --tmpfs /scratch --perms 0700 --dir /own \\
              --symlink usr/bin /bin --file 9 /etc/passwd \\
              --unshare-all --share-net --hostname box --new-session --die-with-parent \\
              --uid 1000 --gid 100 --cap-add NET_ADMIN --setenv A b --unsetenv C \\
              --disable-userns --chdir / --seccomp 10 \\
              -- make "all of it"
            """)
        .says(
            "unlisted: absent",
            "read: [/usr]",
            "read-if-present: [/opt]",
            "bind: [{from: \"~/data\", to: /data}]",
            "write-if-present: [\"~/.cache/x\"]",
            "devices: minimal",
            "{at: /scratch, size: 65536}",
            "{at: /own, size: 1G, mode: 0700}",
            "symlinks: [{to: usr/bin, at: /bin}]",
            "contents: [{at: /etc/passwd, descriptor: 9}]",
            "network: host",
            "ipc: private",
            "cgroups: private",
            "hostname: box",
            "uid: 1000",
            "gid: 100",
            "capabilities: [net_admin]",
            "set: {A: b}",
            "unset: [C]",
            "user-namespaces: none",
            "cwd: /",
            "filter-fds: [10]")
        .losesNothing()
        .load();
  }

  @Test
  void theLastMountAtAPathCounts() {
    script("bwrap --bind /usr /usr --tmpfs /a/b --ro-bind /usr /usr --tmpfs /a true")
        .says("read: [/usr]", "tmpfs: [{at: /a, size: 1G}]")
        .saysNot("write:")
        .saysNot("/a/b")
        .reports(Outcome.CARRIED, "--bind /usr /usr", "covers it later")
        .load();
  }

  @Test
  void theHostsRootIsAllowedAndReadOnly() {
    script("bwrap --ro-bind / / --dev /dev --bind . /work --unshare-net true")
        .says(
            "unlisted: allowed", "read-only: [/]", "{from: \"${CWD}\", to: /work}", "network: none")
        .load();
  }

  @Test
  void listsVariablesLoopsAndConditionsAreFollowed() {
    script(
            """
            ARGS=(--ro-bind /usr /usr) # a comment with 'a quote
            for d in /bin /lib; do [ -e "$d" ] && ARGS+=(--ro-bind "$d" "$d"); done
            CONF="${XDG_CONFIG_HOME:-$HOME/.config}/app"
            if [ -n "$X" ]; then ARGS+=(--tmpfs /x); fi
            MORE="--unshare-net --hostname there"
            /usr/bin/bwrap "${ARGS[@]}" --bind-try "$CONF" "$CONF" $MORE --dir "/run/user/$(id -u)" sh
            """)
        .says(
            "read: [/usr]",
            "read-if-present: [/bin, /lib]",
            "write-if-present: [\"${XDG_CONFIG_HOME}/app\"]",
            "network: none",
            "hostname: there",
            "at: \"${XDG_RUNTIME_DIR}\"")
        .reports(Outcome.APPROXIMATED, "--tmpfs /x", "under a condition")
        .load();
  }

  @Test
  void whatIsBoundUnderAConditionNeedNotExist() {
    script(
            """
            args=(--ro-bind /usr /usr --tmpfs "$HOME")
            for path in /nothing/here ~/.tool; do
              [ -e "$path" ] && args+=(--ro-bind "$path" "$path")
            done
            if [ -d ~/.cache/tool ]; then args+=(--bind ~/.cache/tool ~/.cache/tool); fi
            [ -e /dev/nothing ] && args+=(--dev-bind /dev/nothing /dev/nothing)
            exec bwrap "${args[@]}" sh
            """)
        .says(
            "read: [/usr]",
            "read-if-present: [/nothing/here, \"~/.tool\"]",
            "bind-if-present: [{from: \"~/.cache/tool\", to: \"~/.cache/tool\"}]",
            "write-if-present: [/dev/nothing]")
        .reports(
            Outcome.APPROXIMATED, "--ro-bind /nothing/here /nothing/here", "where the path exists")
        .losesNothing()
        .load();
  }

  @Test
  void whatIsOnlyKnownLaterIsReported() {
    Imports imports =
        script(
            "bwrap --ro-bind / / --bind \"$1\" \"$1\" --frobnicate --bind-fd 3 /x --level-prefix \"$@\"");
    imports.reports(Outcome.NOT_CARRIED, "--bind ${1} ${1}", "only known when the script runs");
    imports.reports(Outcome.NOT_CARRIED, "--frobnicate", "no such option");
    imports.reports(Outcome.NOT_CARRIED, "--bind-fd 3 /x", "give the path");
    imports.load();
  }

  @Test
  void pathsThatAreLookedUpAndTheCallersOwnVariablesAreKnown() {
    Imports.of(
            Kind.BWRAP,
            """
            exec bwrap --ro-bind / / --clearenv --uid `id -u` --gid $(id -g) \\
              --setenv LANG $LANG --setenv EDITOR "${EDITOR:-vi}" --setenv TERM "$OTHER" \\
              --ro-bind "$(realpath /etc/hosts)" /hosts --bind "$(realpath .)" "$(readlink -f .)" \\
              --setenv LIBRARIES "/opt/lib:$LIBRARIES" \\
              --bind "$(mktemp -d)" /tmp/work --bind $(realpath "$1") /tmp/one sh
            """)
        .says("identity: self", "from: /etc/hosts, to: /hosts", "${CWD}", "at: /tmp/work", "LANG")
        .saysNot("/tmp/one")
        .reports(Outcome.CARRIED, "--gid", "identity")
        .reports(Outcome.CARRIED, "--setenv LANG", "environment.keep")
        .reports(Outcome.APPROXIMATED, "--setenv EDITOR vi", "condition")
        .reports(Outcome.APPROXIMATED, "mktemp", "files.tmpfs")
        .reports(Outcome.NOT_CARRIED, "--setenv TERM", "only known")
        .reports(Outcome.NOT_CARRIED, "--setenv LIBRARIES", "only known")
        .reports(Outcome.NOT_CARRIED, "/tmp/one", "only known")
        .load();
  }

  @Test
  void whatAnotherBranchPutsIntoAVariableIsReported() {
    Imports.of(
            Kind.BWRAP,
            """
            NET=(--unshare-net)
            if [ "$1" = --net ]; then NET=(); fi
            for each in /a /b; do one="--ro-bind-try $each $each"; ARGS+=($one); done
            bwrap --ro-bind / / "${NET[@]}" "${ARGS[@]}" sh
            """)
        .reports(Outcome.NOT_CARRIED, "NET=--unshare-net", "the last counts")
        .says("/a", "/b")
        .load();
  }

  @Test
  void functionsAreGoneThroughWhereTheyAreCalled() {
    script(
            """
            bind_ro() { [ -e "$1" ] && ARGS+=(--ro-bind "$1" "${2:-$1}"); }
            function isolate {
              local what=$1; shift
              ARGS+=("$what" "$@")
            }
            run()
            {
              exec bwrap "${ARGS[@]}" -- "$@"
            }
            never() { ARGS+=(--share-net); }
            ARGS=()
            bind_ro /usr
            bind_ro /opt /data
            isolate --hostname there --unshare-net
            run "$@"
            """)
        .says(
            "read-if-present: [/usr]",
            "{from: /opt, to: /data}",
            "hostname: there",
            "network: none")
        .reports(Outcome.APPROXIMATED, "--ro-bind /opt /data", "under a condition")
        .losesNothing()
        .load();
  }

  @Test
  void aFunctionThatNobodyCallsIsOneForWhoeverReadsTheFile() {
    script("sandboxed() {\n  bwrap --ro-bind / / --unshare-net \"$@\"\n}\n")
        .says("network: none", "read-only: [/]")
        .load();
  }

  @Test
  void functionsThatCallEachOtherEnd() {
    script("a() { b; }\nb() { a; bwrap --ro-bind / / sh; }\na\n").says("read-only: [/]").load();
    String twice = "f0() { x; }\n";
    for (int i = 1; i < 20; i++) {
      twice += "f" + i + "() { f" + (i - 1) + "; f" + (i - 1) + "; }\n";
    }
    String all = twice + "f19\nbwrap --ro-bind / / sh\n";
    assertThrows(ImportException.class, () -> script(all));
  }

  @Test
  void theScriptsOwnArgumentsAreKnownWhereItSetsThem() {
    script(
            """
            set -- --ro-bind / / "$@"
            if [ -n "$X" ]; then set -- "$@" --tmpfs /x; fi
            for d in a b; do set -- "$@" --bind-try "/$d" "/$d"; done
            bwrap "$@" --unshare-net sh
            """)
        .says("read-only: [/]", "network: none", "/a", "/b")
        .reports(Outcome.NOT_CARRIED, "${@}", "only known when the script runs")
        .reports(Outcome.APPROXIMATED, "--tmpfs /x", "under a condition")
        .load();
  }

  @Test
  void whatTakesARestrictionBackUnderAConditionDoesNotCount() {
    script(
            """
            ARGS=(--ro-bind / / --unshare-net)
            if [ "$NET" = 1 ]; then ARGS+=(--share-net); fi
            bwrap "${ARGS[@]}" sh
            """)
        .says("network: none")
        .reports(Outcome.NOT_CARRIED, "--share-net", "takes a restriction back")
        .load();
    script("bwrap --ro-bind / / --unshare-net --share-net sh")
        .says("network: host")
        .reports(Outcome.REPLACED, "--unshare-net", "said again")
        .load();
    script("if true; then bwrap --ro-bind / / --unshare-all --share-net sh; fi")
        .says("network: host")
        .losesNothing()
        .load();
  }

  @Test
  void aPatternIsNoPath() {
    script(
            "for d in /lib*; do A+=(--ro-bind $d $d); done; bwrap --ro-bind /usr /usr \"${A[@]}\" sh")
        .says("read: [/usr]")
        .reports(Outcome.NOT_CARRIED, "/lib*", "a pattern")
        .load();
  }

  @Test
  void variablesAreClearedInOrder() {
    script("bwrap --ro-bind / / --setenv A 1 --clearenv --setenv B 2 --setenv HOME \"$HOME\" true")
        .says("clear: true", "set: {B: 2}", "keep: [HOME]")
        .saysNot("A:")
        .load();
  }

  @Test
  void argumentsInAFileAndOnTheCommandLineAreRead() {
    Imports.of(Kind.BWRAP, "--ro-bind\0/\0/\0--unshare-net\0").says("network: none").load();
    Source words =
        new Source(
            "command line",
            Optional.empty(),
            "",
            List.of("bwrap", "--ro-bind", "/", "/", "sh", "-c", "a b"));
    Imported imported = Imports.importers().read(words, Optional.empty());
    assertEquals(List.of("sh", "-c", "a b"), imported.command());
  }

  @Test
  void nothingOfAScriptIsRunAndNoneIsTooMuch() {
    ImportException none =
        assertThrows(ImportException.class, () -> script("command -v bwrap || exit 1"));
    assertTrue(String.valueOf(none.getMessage()).contains("no call of `bwrap`"));
    String doubling = "A=x\n" + "A=\"$A$A\"\n".repeat(40) + "bwrap --ro-bind / / $A\n";
    script(doubling).reports(Outcome.NOT_CARRIED, "x", "only known when the script runs");
    String lists = "A=(--ro-bind / /)\n" + "A+=(\"${A[@]}\")\n".repeat(40) + "bwrap \"${A[@]}\"\n";
    assertThrows(ImportException.class, () -> script(lists));
    String loops = "for a in 1 2 3 4 5 6 7 8 9; do\n".repeat(12) + "x\n" + "done\n".repeat(12);
    assertThrows(ImportException.class, () -> script(loops + "bwrap --ro-bind / / sh\n"));
  }
}
