package dev.hexe.policy.importers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.importers.draft.DraftYaml;
import dev.hexe.policy.importers.report.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                  { key = "2", command = "htop -d 1", isolation = { profile = "wishful" } },
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
        .reports(Outcome.NOT_CARRIED, "wishful", "no such profile");
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
        "os.getenv('HOME'):len()",
        "io.open('/etc/passwd')",
        "require('socket')",
        "dofile('/etc/passwd')",
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
}
