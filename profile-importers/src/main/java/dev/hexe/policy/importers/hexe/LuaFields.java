package dev.hexe.policy.importers.hexe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.hexe.policy.importers.lua.Other;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Tables of Lua as trees: those with numbers for keys are lists. */
final class LuaFields {
  private static final int DEEPEST = 12;
  private static final int MOST = 100_000;
  private int seen;

  private LuaFields() {}

  static Fields of(LuaTable table) {
    JsonElement tree = new LuaFields().tree(table, 0);
    return tree instanceof JsonObject object ? new Fields(object) : Fields.empty();
  }

  private JsonElement tree(LuaValue value, int depth) {
    if (depth > DEEPEST || ++seen > MOST) {
      return JsonNull.INSTANCE;
    }
    if (value.isboolean()) {
      return new JsonPrimitive(value.toboolean());
    }
    if (value instanceof Other other) {
      return new JsonPrimitive(other.tojstring());
    }
    if (value.istable()) {
      LuaTable table = value.checktable();
      return table.rawlen() > 0 ? list(table, depth) : object(table, depth);
    }
    return value.isstring() ? new JsonPrimitive(value.tojstring()) : JsonNull.INSTANCE;
  }

  private JsonArray list(LuaTable table, int depth) {
    JsonArray list = new JsonArray();
    for (int i = 1; i <= table.rawlen() && seen < MOST; i++) {
      list.add(tree(table.rawget(i), depth + 1));
    }
    return list;
  }

  private JsonObject object(LuaTable table, int depth) {
    JsonObject object = new JsonObject();
    LuaValue key = LuaValue.NIL;
    for (Varargs next = table.next(key); !next.arg1().isnil(); next = table.next(key)) {
      key = next.arg1();
      if (key.isstring()) {
        object.add(key.tojstring(), tree(next.arg(2), depth + 1));
      }
    }
    return object;
  }
}
