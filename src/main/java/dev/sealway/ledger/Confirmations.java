package dev.sealway.ledger;

import dev.sealway.audit.AuditTrail;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.ConfirmationPhrase;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Drops that a person confirmed. One that stopped half way goes on under the phrase it began with, though the columns
 * that are left would make another one. Bound to one transaction; not thread-safe.
 */
public final class Confirmations {

    /**
     * A confirmed drop.
     *
     * @param columns everything that may go, {@code schema.table.column}
     */
    public record Confirmed(ConfirmationPhrase phrase, List<String> columns) {

        public Confirmed {
            columns = List.copyOf(columns);
        }
    }

    private final Transaction tx;

    private Confirmations(Transaction tx) {
        this.tx = tx;
    }

    public static Confirmations in(Transaction tx) {
        return new Confirmations(tx);
    }

    /**
     * Opens a confirmation; opening it again under the same phrase changes nothing.
     *
     * @throws SealwayException refused if one with another phrase is open
     */
    public void open(String plan, ConfirmationPhrase phrase, List<String> columns) {
        int opened = tx.execute(Sql.of("""
                        INSERT INTO sealway.confirmation (plan, phrase, columns) VALUES (?, ?, ?)
                            ON CONFLICT (plan) WHERE closed_at IS NULL DO NOTHING"""), plan, phrase.text(), columns.toArray(String[]::new));
        if (opened == 1) {
            AuditTrail.in(tx)
                    .append("drop.confirmed", Map.of("plan", plan, "phrase", phrase.text(), "columns", columns));
        }
        Optional<ConfirmationPhrase> open = openFor(plan).map(Confirmed::phrase);
        if (opened == 0 && open.isPresent() && !open.get().equals(phrase)) {
            throw SealwayException.refused(
                    "a drop of plan %s was confirmed and has not ended; one drop at a time: finish it with the phrase '%s'"
                            .formatted(plan, open.get()));
        }
    }

    /** The confirmed drop of {@code plan} that has not ended. */
    public Optional<Confirmed> openFor(String plan) {
        return tx.first(
                Sql.of("SELECT phrase, columns FROM sealway.confirmation WHERE plan = ? AND closed_at IS NULL"),
                row -> new Confirmed(
                        new ConfirmationPhrase(row.getString(1)),
                        RowKeys.read(row, 2).orElseThrow()),
                plan);
    }

    /** Ends what is open for {@code plan}: everything is dropped, or a person thought better of it. */
    public void close(String plan) {
        int closed = tx.execute(
                Sql.of("UPDATE sealway.confirmation SET closed_at = now() WHERE plan = ? AND closed_at IS NULL"), plan);
        if (closed > 0) {
            AuditTrail.in(tx).append("drop.closed", Map.of("plan", plan));
        }
    }
}
