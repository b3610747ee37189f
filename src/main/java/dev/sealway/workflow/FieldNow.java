package dev.sealway.workflow;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.jdbc.TypeName;
import java.util.Optional;

/**
 * A column as the ledger and the keys had it at one moment.
 *
 * @param sealed with its keys; empty while it is not expanded
 * @param type of the plaintext column, also after its drop; empty where nobody knows it any more
 * @param keys the generation of the keys
 * @param wishes how often it had been asked to look again
 * @param read when, by {@link System#nanoTime}
 */
record FieldNow(
        Optional<WalkedColumn> sealed, Optional<TypeName> type, FieldRules rules, long keys, long wishes, long read) {

    /** As it is before anybody looked. */
    static FieldNow nothing(long keys, long wishes, long read) {
        return new FieldNow(Optional.empty(), Optional.empty(), FieldRules.NONE, keys, wishes, read);
    }

    FieldNow with(Optional<WalkedColumn> column, Optional<TypeName> columnType, FieldRules columnRules) {
        return new FieldNow(column, columnType, columnRules, keys, wishes, read);
    }
}
