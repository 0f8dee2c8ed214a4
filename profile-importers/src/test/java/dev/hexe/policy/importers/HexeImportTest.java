package dev.hexe.policy.importers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.importers.draft.DraftYaml;
import dev.hexe.policy.importers.report.Outcome;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations of hexe. */
class HexeImportTest {
  private static String file(Imports imports, String name) {
    return DraftYaml.of(imports.imported().file(name));
  }

  @Test
  void eachFloatHasAProfileAndItsCommand() {
    Imports imports =
        Imports.of(
                Kind.INIT_LUA,
                """
                local hx = require("hexe")
                hexe.ses.isolation.set({ profile = "sandbox", memory = "1G", pids = 512, cpu = "50000 100000" })
                hx.mux.keymap.set({ mods = { hx.mod.alt } })
                hx.ses.layout.define({ name = "default", floats = {
                  { key = "g", command = "/usr/bin/lazygit", title = "git", attributes = { per_cwd = true } },
                  { key = "f", enabled = true, title = "full", isolation = { profile = "full", memory = "512M", pids = "50" } },
                  { key = "i", command = "htop", attributes = { isolated = true }, width_percent = 80, pos_x = 0 },
                  { key = "o", enabled = false, command = "other" },
                  { key = "2", command = "htop -d 1", isolation = { profile = "no name" } },
                }})
                """)
            .load();
    assertEquals(
        List.of(
            "config.yaml",
            "floats/lazygit.yaml",
            "floats/full.yaml",
            "floats/htop.yaml",
            "floats/htop-2.yaml"),
        List.copyOf(imports.imported().files().keySet()));
    String config = file(imports, "config.yaml");
    assertTrue(config.contains("default: sandbox"), config);
    assertTrue(config.contains("memory: 1G"), config);
    assertTrue(config.contains("command: /usr/bin/lazygit"), config);
    assertTrue(config.contains("size: \"80,60,0,50\""), config);
    assertTrue(file(imports, "floats/lazygit.yaml").contains("extends: sandbox"));
    assertTrue(file(imports, "floats/htop.yaml").contains("extends: isolated"));
    assertTrue(file(imports, "floats/full.yaml").contains("memory: 512M"));
    imports
        .reports(Outcome.NOT_CARRIED, "mux.keymap.set", "nothing of isolation")
        .reports(Outcome.NOT_CARRIED, "per_cwd", "multiplexer")
        .reports(Outcome.NOT_CARRIED, "float other", "not enabled")
        .reports(Outcome.NOT_CARRIED, "no name", "`isolated` stands for it");
    assertTrue(file(imports, "floats/htop-2.yaml").contains("extends: isolated"));
  }

  @Test
  void underAProfileThatIsNotThereNothingRuns() {
    Imports imports =
        Imports.of(
                Kind.INIT_LUA,
                "hexe.ses.layout.define{floats={{command=\"x\", isolation={profile=\"wishful\"}}}}")
            .reports(Outcome.APPROXIMATED, "wishful", "nothing runs under it");
    assertTrue(file(imports, "floats/x.yaml").contains("extends: wishful"));
    assertThrows(ProfileException.class, imports::load);
  }

  @ParameterizedTest
  @CsvSource({
    "attributes = { isolated = 1 }, isolated",
    "attributes = { isolated = \"yes\" }, isolated",
    "isolation = true, isolated",
    "isolation = \"full\", full",
    "isolation = false, none",
  })
  void whatIsMeantToIsolateDoes(String attribute, String profile) {
    Imports imports =
        Imports.of(
                Kind.INIT_LUA,
                "hexe.ses.layout.define{floats={{command=\"x\", %s}}}".formatted(attribute))
            .load();
    assertTrue(file(imports, "floats/x.yaml").contains("extends: " + profile));
  }

  @Test
  void layoutsAndFloatsMayBeDeclaredByName() {
    Imports imports =
        Imports.of(
                Kind.INIT_LUA,
                """
                local hexe = require("hexe")
                hexe.mux = { confirm = { exit = true } }
                hexe.ses = { isolation = { profile = "full" } }
                local spare = hexe.float("spare", { key = "s" })
                hexe.layout("default", {
                  tabs = { hexe.tab("main", { root = hexe.pane({ cwd = "." }) }) },
                  floats = {
                    hexe.float("agent", { key = "1", command = "bun x agent", attrs = { per_cwd = true } }),
                    hexe.float("box", { key = "0", attrs = { isolated = "yes" },
                      isolation = { profile = "sandbox", memory = "512M", rootfs = "/r" } }),
                    hexe.float("word", { key = "w", isolation = "full" }),
                  },
                })
                for _, key in ipairs(hexe.keys) do error("never") end
                """)
            .load();
    assertEquals(
        List.of("config.yaml", "floats/agent.yaml", "floats/box.yaml", "floats/word.yaml"),
        List.copyOf(imports.imported().files().keySet()));
    assertTrue(file(imports, "config.yaml").contains("default: full"));
    assertTrue(file(imports, "floats/agent.yaml").contains("extends: full"));
    assertTrue(file(imports, "floats/box.yaml").contains("memory: 512M"));
    imports
        .reports(Outcome.NOT_CARRIED, "mux", "nothing of isolation")
        .reports(Outcome.NOT_CARRIED, "float spare", "no layout")
        .reports(Outcome.NOT_CARRIED, "float agent: per_cwd", "multiplexer")
        .reports(Outcome.NOT_CARRIED, "float box: isolation: rootfs", "nothing here")
        .reports(Outcome.APPROXIMATED, "float box: isolated", "neither")
        .reports(Outcome.APPROXIMATED, "float word: isolation = full", "no table");
  }

  @Test
  void whatAFileReturnsIsTaken() {
    Imports imports =
        Imports.of(
                Kind.INIT_LUA,
                """
                return {
                  keybindings = { { key = hx.key.ctrl } },
                  layout = { name = "default", floats = { { key = "1", command = "codex" } } },
                }
                """)
            .reports(Outcome.NOT_CARRIED, "keybindings", "nothing of isolation")
            .load();
    assertTrue(file(imports, "config.yaml").contains("command: codex"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local l = dofile(os.getenv('HOME') .. '/.config/hexe/layout.lua') hexe.ses.layout.define(l.layout)",
        "local ok, l = pcall(dofile, 'layout.lua') for _, k in ipairs(l.keys) do error('x') end",
        "require('layout')",
        "hexe.layout('a', { floats = require('floats') })",
        "hexe.layout('a', { floats = { require('floats').one } })",
        "local socket = require('socket') socket.connect({ floats = {} })",
      })
  void anotherFileIsNotReadAndThatIsReported(String script) {
    Imports.of(Kind.INIT_LUA, script).reports(Outcome.NOT_CARRIED, "", "read");
  }

  @Test
  void isolatedIsFalseWhereNothingIsSaid() {
    Imports imports =
        Imports.of(
                Kind.MUX_JSON,
                """
                {"theme": "dark", "floats": [
                  {"key": "g", "command": "lazygit", "attributes": {"isolated": true}},
                  {"key": "t", "command": "btop"}]}
                """)
            .reports(Outcome.NOT_CARRIED, "theme", "nothing of isolation")
            .load();
    assertTrue(file(imports, "floats/lazygit.yaml").contains("extends: isolated"));
    assertTrue(file(imports, "floats/btop.yaml").contains("extends: none"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while true do end",
        "pcall(function() while true do end end) while true do end",
        "local t = {} while true do t[#t + 1] = ('x'):rep(1000) end",
        "local s = 'x' while true do s = s .. s end",
        "string.rep('x', 1e9)",
        "local function f() return 1 + f() end f()",
        "os.execute('id')",
        "os.getenv('EDITOR'):len()",
        "io.open('/etc/passwd')",
        "loadfile('/etc/passwd')()",
        "load('x = 1')()",
        "setmetatable({}, {})",
        "getmetatable('').__index = nil",
        "string.dump(function() end)()",
        "debug.sethook()",
        "package.loaded.os.exit()",
        "coroutine.wrap(function() end)()",
        "luajava.bindClass('java.lang.Runtime')",
        "hexe.ses.layout.define((",
        "\u001bLua",
      })
  void aScriptHasNothingElseAndComesToAnEnd(String script) {
    assertThrows(ImportException.class, () -> Imports.of(Kind.INIT_LUA, script), script);
  }

  @Test
  void whatATableThatIsReturnedSaysOfIsolationIsRead() {
    Imports imports =
        Imports.of(
                Kind.INIT_LUA,
                """
                return { isolation = { profile = "sandbox" },
                  layouts = { { floats = { { command = "x" } } } } }
                """)
            .reports(Outcome.CARRIED, "profile = sandbox", "default")
            .load();
    assertTrue(file(imports, "config.yaml").contains("default: sandbox"));
    assertTrue(file(imports, "floats/x.yaml").contains("extends: sandbox"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "project", "agent", "default", "isolated"})
  void aProfileThatIsShippedIsTaken(String name) {
    Imports imports =
        Imports.of(
            Kind.INIT_LUA,
            "hexe.ses.isolation.set({profile=\"%s\"}) hexe.ses.layout.define{floats={{key=\"a\", command=\"htop\"}}}"
                .formatted(name));
    String config = file(imports, "config.yaml");
    assertTrue(config.contains("default: " + name), config);
  }
}
