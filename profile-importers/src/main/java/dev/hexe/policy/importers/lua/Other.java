package dev.hexe.policy.importers.lua;

import java.util.Set;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A part of the configured program, or of a file that is not read: whatever is looked up in it is
 * one as well, and all of them can be called. What is called or assigned is recorded.
 */
public final class Other extends LuaTable {
  private final String path;
  private final Set<String> known;
  private final Recorder recorder;
  private final Bounds bounds;

  Other(String path, Set<String> known, Recorder recorder, Bounds bounds) {
    this.path = path;
    this.known = known;
    this.recorder = recorder;
    this.bounds = bounds;
  }

  @Override
  public LuaValue get(LuaValue key) {
    LuaValue own = super.get(key);
    if (!own.isnil() || key.type() != TSTRING) {
      return own;
    }
    Other part =
        new Other(
            path.isEmpty() ? key.tojstring() : path + "." + key.tojstring(),
            known,
            recorder,
            bounds);
    super.rawset(key, part);
    return part;
  }

  @Override
  public LuaValue get(String key) {
    return get(LuaValue.valueOf(key));
  }

  @Override
  public void set(LuaValue key, LuaValue value) {
    String name = path.isEmpty() ? key.tojstring() : path + "." + key.tojstring();
    if (value.istable() && !(value instanceof Other)) {
      recorder.given(name, value.checktable(), bounds.line());
    } else {
      recorder.ignored(name + " = …", bounds.line());
    }
    super.set(key, value);
  }

  @Override
  public void set(String key, LuaValue value) {
    set(LuaValue.valueOf(key), value);
  }

  @Override
  public LuaValue call() {
    return invoke(NONE).arg1();
  }

  @Override
  public LuaValue call(LuaValue argument) {
    return invoke(argument).arg1();
  }

  @Override
  public LuaValue call(LuaValue first, LuaValue second) {
    return invoke(varargsOf(first, second)).arg1();
  }

  @Override
  public LuaValue call(LuaValue first, LuaValue second, LuaValue third) {
    return invoke(varargsOf(first, second, third)).arg1();
  }

  @Override
  public Varargs invoke(Varargs arguments) {
    LuaValue last = arguments.narg() == 0 ? NIL : arguments.arg(arguments.narg());
    if (last instanceof Other && known.contains(path)) {
      recorder.unread(path + "(" + last + ")", bounds.line());
    } else if (known.contains(path) && last.istable()) {
      LuaValue first = arguments.arg1();
      recorder.called(
          path, last.checktable(), first.isstring() ? first.tojstring() : "", bounds.line());
      return last;
    } else {
      recorder.ignored(path, bounds.line());
    }
    return new Other(path + "()", known, recorder, bounds);
  }

  /** As a script names it. */
  @Override
  public String tojstring() {
    return path;
  }

  @Override
  public String toString() {
    return path;
  }
}
