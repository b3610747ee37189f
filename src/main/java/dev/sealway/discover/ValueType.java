package dev.sealway.discover;

import java.util.Set;

/** What the type of a column lets its values be. */
public enum ValueType {
    TEXT,
    WHOLE_NUMBER,
    DECIMAL,
    DATE,
    MOMENT,
    TRUTH,
    CHOICE,
    BYTES,
    UUID,
    NETWORK,
    DEVICE,
    PLACE,
    JSON,
    OTHER;

    private static final Set<String> TEXTS = Set.of(
            "text", "varchar", "bpchar", "citext", "name", "char", "xml", "_text", "_varchar", "_bpchar", "_citext");

    /**
     * @param baseType the type's bare name below domains, as the catalogue has it
     * @param category {@code typtype} of the base type
     */
    public static ValueType of(String baseType, char category) {
        if (category == 'e') {
            return CHOICE;
        }
        if (TEXTS.contains(baseType)) {
            return TEXT;
        }
        return switch (baseType) {
            case "int2", "int4", "int8" -> WHOLE_NUMBER;
            case "numeric", "float4", "float8" -> DECIMAL;
            case "date" -> DATE;
            case "timestamp", "timestamptz" -> MOMENT;
            case "bool" -> TRUTH;
            case "bytea" -> BYTES;
            case "uuid" -> UUID;
            case "inet", "cidr", "_inet" -> NETWORK;
            case "macaddr", "macaddr8" -> DEVICE;
            case "point", "geometry", "geography" -> PLACE;
            case "json", "jsonb" -> JSON;
            default -> OTHER;
        };
    }

    /** Whether its values, as texts, tell something that its type does not. */
    public boolean isWorthReading() {
        return switch (this) {
            case TEXT, WHOLE_NUMBER, DECIMAL, DATE, MOMENT, CHOICE, JSON -> true;
            case TRUTH, BYTES, UUID, NETWORK, DEVICE, PLACE, OTHER -> false;
        };
    }
}
