package dev.sealway.planfile;

import dev.sealway.plan.ColumnPlan;
import dev.sealway.plan.Disposition;
import dev.sealway.plan.TableName;
import dev.sealway.plan.TablePlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the tables of a plan. */
final class TableReader {

    static final String EXAMPLE = "{ public.users: { columns: { email: {} } } }";

    /** Changes are counted by people. */
    static final int MAX_CHANGE = 999_999;

    private static final List<String> KEYS = List.of(
            "change", "bind", "mode", "cipher", "already-encrypted", "strategy", "where", "columns", "dispositions");

    private TableReader() {}

    static List<TablePlan> readAll(YamlValue value, Defaults defaults, CipherNames ciphers) {
        YamlMap tables = YamlMap.open(value, EXAMPLE);
        if (value.isEmpty() || (value.isMap() && tables.isEmpty())) {
            value.faultOfKey("holds no table; name at least one: " + EXAMPLE);
        }
        return tables.values().stream()
                .flatMap(v -> read(v, defaults, ciphers).stream())
                .toList();
    }

    private static Optional<TablePlan> read(YamlValue value, Defaults defaults, CipherNames ciphers) {
        Optional<TableName> name = TableKey.parse(value);
        YamlMap map = YamlMap.closed(value, KEYS, "{ columns: { email: {} } }");
        refuseWhatComesLater(map);
        int change = change(map).orElse(1);
        Sealing sealing = Sealing.read(map, defaults, ciphers);
        Optional<String> where = map.value("where").flatMap(YamlValue::text);
        List<ColumnPlan> columns = map.required("columns", "name the columns to be encrypted: { email: {} }")
                .map(v -> ColumnReader.readAll(v, change, sealing))
                .orElse(List.of());
        Map<String, Disposition> dispositions =
                map.value("dispositions").map(DispositionReader::readAll).orElse(Map.of());
        return name.map(n -> new TablePlan(
                n,
                value.line(),
                sealing.mode(),
                sealing.binding(),
                sealing.ownCipher(),
                sealing.acceptEncrypted(),
                where,
                columns,
                dispositions));
    }

    /** The change that a table or a column says it belongs to. */
    static OptionalInt change(YamlMap map) {
        return map.value("change").map(v -> v.wholeNumber(1, MAX_CHANGE)).orElse(OptionalInt.empty());
    }

    private static void refuseWhatComesLater(YamlMap map) {
        map.value("strategy")
                .ifPresent(v ->
                        v.faultOfKey("is not available in this version: rows are updated in batches; take it out"));
    }
}
