package dev.sealway.catalog.inventory;

import dev.sealway.catalog.CatalogPath;
import dev.sealway.catalog.LiveTable;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What becomes of the uniqueness of a plaintext column.
 *
 * @param carried what can move to search tokens
 * @param refused what cannot, by the key of its disposition, with the reason
 */
public record UniqueCarry(List<CarriedUnique> carried, Map<String, String> refused) {

    public UniqueCarry {
        carried = List.copyOf(carried);
        refused = Map.copyOf(refused);
    }

    /**
     * Looks at every UNIQUE constraint and index that has {@code column} in its key or its predicate.
     *
     * @param plaintext all columns of the table that are to be encrypted, {@code column} among them
     * @param search their search columns, for those that have one
     */
    public static UniqueCarry of(
            Transaction tx,
            LiveTable table,
            Identifier column,
            Set<Identifier> plaintext,
            Map<Identifier, Identifier> search) {
        List<CarriedUnique> carried = new ArrayList<>();
        Map<String, String> refused = new HashMap<>();
        for (UniqueIndex index : CatalogPath.only(tx, () -> UniqueIndex.over(tx, table, column))) {
            List<String> faults = index.faults(plaintext, search);
            if (faults.isEmpty()) {
                carried.add(index.carried(plaintext, search));
            } else {
                refused.put(index.dependent().key(), String.join(", ", faults));
            }
        }
        return new UniqueCarry(carried, refused);
    }

    /** For {@link Inventory#undispositioned}. */
    public Set<Dependent> dependents() {
        return carried.stream().map(CarriedUnique::replaced).collect(Collectors.toUnmodifiableSet());
    }
}
