package dev.sealway.catalog.inventory;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How one thing that goes away with a plaintext column was defined, so that it can be made again.
 *
 * @param kind as in {@link Dependent}; for the column itself: type, collation, not null, default, comment, storage,
 *     compression, statistics target, grant; for what belongs to an object: object owner, object grant, object comment,
 *     object state, sequence state; {@link #TABLE}
 * @param name the object, or the column
 * @param definition SQL that is ready to run; for type and collation the bare name; for the table its name
 */
public record SavedDefinition(String kind, String name, String definition) {

    /** Tells what the table was called when everything else was saved: their texts name it. */
    public static final String TABLE = "table";

    /** Those of {@code columns} and of what is generated from them, and whatever else was saved with them. */
    public static List<SavedDefinition> of(Collection<String> columns, List<SavedDefinition> saved) {
        Set<String> names = new HashSet<>(columns);
        saved.stream().filter(SavedDefinition::isGenerated).forEach(d -> names.add(d.name));
        return saved.stream()
                .filter(d -> !d.isOfColumn() || names.contains(d.name))
                .toList();
    }

    /** Whether it adds a column that is computed from others. */
    public boolean isGenerated() {
        return kind.equals("generated column");
    }

    /** Whether it tells of the column itself, and {@link #name} is the column's. */
    public boolean isOfColumn() {
        return switch (kind) {
            case "type",
                    "collation",
                    "not null",
                    "default",
                    "comment",
                    "storage",
                    "compression",
                    "statistics target",
                    "grant" -> true;
            default -> false;
        };
    }
}
