package dev.sealway.doctor;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings of the server as they hold for a session of this role, in their own units. Immutable. */
public record ServerSettings(Map<String, String> values) {

    private static final Sql ALL = Sql.of("SELECT name, setting FROM pg_catalog.pg_settings WHERE setting IS NOT NULL");

    public ServerSettings {
        values = Map.copyOf(values);
    }

    public static ServerSettings of(Transaction tx) {
        Map<String, String> values = new LinkedHashMap<>();
        tx.list(ALL, row -> values.put(row.getString(1), row.getString(2)));
        return new ServerSettings(values);
    }

    /** Empty if this server does not have the setting, or the role may not see it. */
    String text(String name) {
        return values.getOrDefault(name, "");
    }

    boolean isOn(String name) {
        return text(name).equals("on");
    }

    double number(String name, double unlessThere) {
        return text(name).isEmpty() ? unlessThere : Double.parseDouble(text(name));
    }
}
