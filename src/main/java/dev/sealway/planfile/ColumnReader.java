package dev.sealway.planfile;

import dev.sealway.plan.ColumnPlan;
import dev.sealway.plan.SearchPlan;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the columns of one table. */
final class ColumnReader {

    private static final List<String> KEYS = List.of("change", "search", "pad", "keyset", "context", "encoding");
    private static final String UNVERIFIED = "pgtext/1 (unverified)";

    private ColumnReader() {}

    static List<ColumnPlan> readAll(YamlValue value, int tableChange, Sealing sealing) {
        YamlMap columns = YamlMap.open(value, "{ email: {}, phone: {} }");
        if (value.isEmpty() || (value.isMap() && columns.isEmpty())) {
            value.faultOfKey("holds no column; name at least one: { email: {} }");
        }
        return columns.values().stream()
                .flatMap(v -> read(v, tableChange, sealing).stream())
                .toList();
    }

    private static Optional<ColumnPlan> read(YamlValue value, int tableChange, Sealing sealing) {
        boolean named = TableKey.isValid(value, "the column", value.name());
        YamlMap map = YamlMap.closed(value, KEYS, "{} or { pad: 32 }");
        sealing.checkColumn(map);
        int change = TableReader.change(map).orElse(tableChange);
        Optional<SearchPlan> search = map.value("search").map(SearchReader::read);
        OptionalInt pad = map.value("pad").map(ColumnReader::pad).orElse(OptionalInt.empty());
        Optional<String> keyset = map.value("keyset").flatMap(YamlValue::text);
        Optional<String> context = map.value("context").flatMap(YamlValue::text);
        boolean unverified =
                map.value("encoding").map(ColumnReader::isUnverified).orElse(false);
        return named
                ? Optional.of(
                        new ColumnPlan(value.name(), change, value.line(), search, pad, keyset, context, unverified))
                : Optional.empty();
    }

    private static OptionalInt pad(YamlValue value) {
        OptionalInt pad = value.wholeNumber(0, ColumnPlan.MAX_PAD);
        if (pad.isPresent() && pad.getAsInt() == 1) {
            value.fault("1 hides no length; write the multiple of bytes to pad to, such as 32, or 0 for none");
        }
        return pad;
    }

    private static boolean isUnverified(YamlValue value) {
        Optional<String> encoding = value.text();
        if (encoding.isPresent() && !encoding.get().equals(UNVERIFIED)) {
            value.fault(
                    "the type decides the encoding; the only thing to say is '%s', for a type outside the tested list"
                            .formatted(UNVERIFIED));
        }
        return encoding.isPresent();
    }
}
