package dev.sealway.phase.tokens;

import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.inventory.Dependent;
import dev.sealway.catalog.inventory.DropEffect;
import dev.sealway.catalog.inventory.Inventory;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Transaction;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What others hung on a token column: {@code DROP COLUMN … RESTRICT} drops indexes and constraints without a word. */
final class Bystanders {

    private Bystanders() {}

    /** @param ours the names of the indexes and constraints that may go with the column */
    static void refuse(Transaction tx, WalkedTable table, Identifier column, Set<String> ours) {
        List<Dependent> theirs = Inventory.of(tx, table.live(), List.of(column), List.of()).stream()
                .filter(d -> d.needsDisposition() && d.effect() != DropEffect.UNNOTICED)
                .filter(d -> !isOurs(d, ours))
                .toList();
        if (!theirs.isEmpty()) {
            throw SealwayException.refused(
                    "these hang on the token column %s.%s and are not Sealway's: %s. Drop them, or make them over the other token column first; nothing was changed"
                            .formatted(
                                    table.name(),
                                    column,
                                    theirs.stream().map(Dependent::key).collect(Collectors.joining(", "))));
        }
    }

    private static boolean isOurs(Dependent dependent, Set<String> ours) {
        return (dependent.kind().equals("index") || dependent.kind().equals("constraint"))
                && ours.contains(dependent.name());
    }
}
