package dev.hexe.policy.importers.lua;

import dev.hexe.policy.importers.ImportException;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.MathLib;
import org.luaj.vm2.lib.OneArgFunction;
import org.luaj.vm2.lib.StringLib;
import org.luaj.vm2.lib.TableLib;
import org.luaj.vm2.lib.VarArgFunction;

/**
 * Runs a configuration with the base, table, string and math libraries, without anything in them
 * that loads code, reads files, prints, or changes how values behave. What counts no steps, such as
 * matching patterns, is bounded in time: the thread that does it is left behind.
 */
public final class LuaSandbox {
  private static final long MILLISECONDS = 10_000;
  private static final int LONGEST_TEXT = 1 << 20;
  private static final List<String> TAKEN =
      List.of(
          "load",
          "loadfile",
          "loadstring",
          "collectgarbage",
          "getmetatable",
          "setmetatable",
          "rawset",
          "rawget",
          "rawequal",
          "rawlen",
          "debug",
          "package",
          "coroutine");

  private final String program;
  private final Set<String> known;
  private final Recorder recorder;
  private final String home;

  /**
   * For one program's configurations.
   *
   * @param program the name of the program's module, and of its table
   * @param known the functions of it that are heard; one that is given a table returns it
   * @param home the user's home, the only variable that a script is told
   */
  public LuaSandbox(String program, Set<String> known, Recorder recorder, String home) {
    this.program = program;
    this.known = known;
    this.recorder = recorder;
    this.home = home;
  }

  /**
   * Runs a script to its end.
   *
   * @param aliases other names of the program's table
   * @throws ImportException where it fails, or takes more than it may
   */
  public void run(String name, String text, List<String> aliases) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                runHere(name, text, aliases);
              } catch (LuaError | StackOverflowError | OutOfMemoryError | BoundReached e) {
                failure.set(e);
              } catch (RuntimeException e) {
                failure.set(e);
              }
            },
            "lua");
    thread.setDaemon(true);
    thread.start();
    await(thread, name);
    Throwable problem = failure.get();
    if (problem != null) {
      throw failed(name, problem);
    }
  }

  private static void await(Thread thread, String name) {
    try {
      thread.join(MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      throw new ImportException(name + ": it does not come to an end", "");
    }
  }

  private static ImportException failed(String name, Throwable problem) {
    String message = String.valueOf(problem.getMessage());
    if (problem instanceof OutOfMemoryError || problem instanceof StackOverflowError) {
      message = "it takes more memory than a configuration does";
    }
    return new ImportException(
        name + ": " + message.lines().findFirst().orElse("it fails"),
        "a configuration has the base, table, string and math libraries, and `require(\"hexe\")`; no `io` or others");
  }

  private void runHere(String name, String text, List<String> aliases) {
    Bounds bounds = new Bounds();
    Globals globals = globals();
    Other table = new Other("", known, recorder, bounds);
    globals.set(program, table);
    aliases.forEach(alias -> globals.set(alias, table));
    globals.set("require", file("require", table, bounds));
    globals.set("dofile", file("dofile", table, bounds));
    globals.set("os", operatingSystem(bounds));
    LuaValue chunk = globals.load(new StringReader(text), "@" + name);
    globals.load(bounds);
    LuaValue returned = chunk.call();
    if (returned.istable() && !(returned instanceof Other)) {
      recorder.given("return", returned.checktable(), 0);
    }
  }

  private static Globals globals() {
    Globals globals = new Globals();
    globals.load(new BaseLib());
    // The libraries enter themselves here; what loads others is never there, and this goes as well.
    LuaTable loaded = new LuaTable();
    globals.set("package", LuaValue.tableOf(new LuaValue[] {LuaValue.valueOf("loaded"), loaded}));
    globals.load(new TableLib());
    globals.load(new StringLib());
    globals.load(new MathLib());
    LuaC.install(globals);
    globals.undumper = null;
    globals.finder = file -> null;
    TAKEN.forEach(taken -> globals.set(taken, LuaValue.NIL));
    globals.set("print", nothing());
    LuaTable string = globals.get("string").checktable();
    string.set("dump", LuaValue.NIL);
    string.set("rep", repeat());
    LuaString.s_metatable = LuaValue.tableOf(new LuaValue[] {LuaValue.INDEX, string});
    return globals;
  }

  private static LuaValue nothing() {
    return new VarArgFunction() {
      @Override
      public Varargs invoke(Varargs arguments) {
        return NONE;
      }
    };
  }

  /** Repeats what stays short. */
  private static LuaValue repeat() {
    return new VarArgFunction() {
      @Override
      public Varargs invoke(Varargs arguments) {
        String text = arguments.checkjstring(1);
        long times = Math.max(0, arguments.checklong(2));
        if (times > 0 && text.length() > LONGEST_TEXT / times) {
          throw new BoundReached("a text has more than " + LONGEST_TEXT + " characters");
        }
        return LuaValue.valueOf(text.repeat((int) (text.isEmpty() ? 0 : times)));
      }
    };
  }

  /** The program's own table; of other files something empty, as none is read. */
  private LuaValue file(String function, LuaValue table, Bounds bounds) {
    return new OneArgFunction() {
      @Override
      public LuaValue call(LuaValue file) {
        if (function.equals("require") && file.tojstring().equals(program)) {
          return table;
        }
        String what = function + "(\"" + file.tojstring() + "\")";
        recorder.unread(what, bounds.line());
        return new Other(what, known, recorder, bounds);
      }
    };
  }

  /** No more than a question for a variable, which has no answer but for the home. */
  private LuaValue operatingSystem(Bounds bounds) {
    LuaTable table = new LuaTable();
    table.set(
        "getenv",
        new OneArgFunction() {
          @Override
          public LuaValue call(LuaValue variable) {
            if (variable.tojstring().equals("HOME")) {
              return LuaValue.valueOf(home);
            }
            recorder.ignored("os.getenv(\"" + variable.tojstring() + "\")", bounds.line());
            return NIL;
          }
        });
    return table;
  }
}
