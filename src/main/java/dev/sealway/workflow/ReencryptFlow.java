package dev.sealway.workflow;

import dev.sealway.batch.WalkedTable;
import dev.sealway.crypto.Ciphers;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.KeyLife;
import dev.sealway.ledger.Keyring;
import dev.sealway.ledger.LedgerSchema;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.phase.reencrypt.Reencrypt;
import dev.sealway.phase.reencrypt.ReencryptReport;
import dev.sealway.plan.Selection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Re-encrypts table by table, with the bundle as it is now. */
final class ReencryptFlow {

    private final Means means;
    private final Journal journal;
    private final Resolver resolver;

    ReencryptFlow(Means means) {
        this.means = means;
        this.journal = new Journal(means);
        this.resolver = new Resolver(means);
    }

    ReencryptReport run(Selection selection, ReencryptTerms terms) {
        return journal.run("keys reencrypt", selection, run -> {
            means.bundle().forget();
            means.ciphers().forget();
            journal.requireKeys(selection);
            List<ReencryptReport.Table> done = new ArrayList<>();
            Reencrypt reencrypt = new Reencrypt(means.database(), means.walk(), terms.indexAbove(), terms.proving());
            for (ResolvedTable table : resolver.registered(selection)) {
                List<RegisteredColumn> sealed = sealed(table);
                if (sealed.isEmpty()) {
                    continue;
                }
                requireLatestPrimaries(sealed);
                tellOfVerified(table, sealed);
                WalkedTable walked = resolver.walked(table, sealed);
                ReencryptReport.Table moved = reencrypt.run(walked);
                count(sealed, moved.rewritten());
                done.add(moved);
            }
            return new ReencryptReport(done);
        });
    }

    List<String> preview(Selection selection) {
        boolean installed = means.database()
                .inTransaction(TransactionSettings.reading(), "looking for the ledger", LedgerSchema::isInstalled);
        if (!installed) {
            throw SealwayException.refused("nothing is expanded in this database; run 'sealway expand' first");
        }
        return resolver.registered(selection).stream()
                .filter(t -> !sealed(t).isEmpty())
                .map(t -> "walk about %d rows of %s, and move what is of an older key in %s"
                        .formatted(
                                Math.max(0, t.live().estimatedRows()),
                                t.live().name(),
                                sealed(t).stream()
                                        .map(c -> c.plaintext().name())
                                        .collect(Collectors.joining(", "))))
                .toList();
    }

    private static List<RegisteredColumn> sealed(ResolvedTable table) {
        return table.selected().stream()
                .filter(c -> c.phase() != ColumnPhase.REGISTERED)
                .toList();
    }

    /** An older bundle, from before a promotion, would move rows back to the key that is to go. */
    private void requireLatestPrimaries(List<RegisteredColumn> columns) {
        columns.stream().filter(c -> c.cipher().equals(Ciphers.TINK)).forEach(c -> {
            long primary = new KeyCheck(means).primary(c);
            means.database()
                    .inTransaction(TransactionSettings.reading(), "looking for the last promotion", tx -> KeyLife.in(tx)
                            .latestPrimary(c.keyset()))
                    .filter(latest -> latest.keyId() != primary)
                    .ifPresent(latest -> {
                        throw SealwayException.refused(
                                "key %d is the primary of keyset %s in this key bundle, but key %d was promoted since; use the bundle of that promotion, or promote the other key again"
                                        .formatted(primary, c.keyset(), latest.keyId()));
                    });
        });
    }

    private void tellOfVerified(ResolvedTable table, List<RegisteredColumn> columns) {
        if (columns.stream().anyMatch(c -> c.phase() == ColumnPhase.VERIFIED || c.phase() == ColumnPhase.CUT_OVER)) {
            means.progress()
                    .notice(
                            "%s is verified; contract will prove every re-encrypted row once more, so run 'sealway verify' again first"
                                    .formatted(table.live().name()));
        }
    }

    private void count(List<RegisteredColumn> columns, long rows) {
        Map<RegisteredColumn, Long> primaries = new HashMap<>();
        KeyCheck keys = new KeyCheck(means);
        columns.forEach(c -> primaries.put(c, keys.primary(c)));
        means.database().inTransaction(TransactionSettings.writing(), "counting encryptions", tx -> {
            primaries.forEach((column, key) ->
                    Keyring.in(tx).addEncryptions(column.keyset(), key, rows).ifPresent(means.progress()::notice));
            return null;
        });
    }
}
