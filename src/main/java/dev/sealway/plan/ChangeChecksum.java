package dev.sealway.plan;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.zip.CRC32;

/**
 * The checksum of what one change of a plan says, so that a growing plan never invalidates an applied migration.
 *
 * <p>It is the CRC-32 of a canonical text in UTF-8: for each table with columns of the change, sorted by name, its name
 * and then its columns, sorted by name. Every word is written as {@code length:word}, the length in UTF-16 units, so that
 * no two plans share a text. A setting is written only where it differs from its default, so that a setting that a later
 * version brings leaves old checksums alone. Values that a plan may say or leave to a default (context, keyset) count as
 * what they come to.
 *
 * <p>Counted is what shapes the outcome: names, mode, the kind of cipher, binding, {@code where}, padding, the keyset or
 * Transit's mount and key as written, contexts, and the blind index with its normaliser as written (what a bare name
 * means may change with the version; the ledger freezes it). Not counted is what only says how, whether or when:
 * comments, order and layout; other changes; the batch size; where the key bundle lives, how Vault is reached, and by
 * which name a cipher is chosen; and the reviewer's consents: dispositions, {@code accept-leakage}, {@code
 * already-encrypted}, {@code encoding … (unverified)}.
 * A consent opens a gate when something new turns up, long after the migration was applied, and nothing that was done
 * before would come out otherwise.
 */
public final class ChangeChecksum {

    private static final String VERSION = "sealway/change/v1";

    private final StringBuilder text = new StringBuilder();

    private ChangeChecksum() {}

    /**
     * @param change the change of the plan, from 1
     * @throws dev.sealway.error.SealwayException if the plan has no such change
     */
    public static int of(Plan plan, int change) {
        Plan chosen = plan.select(Selection.ofChange(change));
        ChangeChecksum checksum = new ChangeChecksum();
        checksum.word(VERSION);
        chosen.tables().stream()
                .sorted(Comparator.comparing(TablePlan::name))
                .forEach(table -> checksum.table(plan, table));
        CRC32 crc = new CRC32();
        crc.update(checksum.text.toString().getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    private void table(Plan plan, TablePlan table) {
        said("table", table.name().schema());
        word(table.name().table());
        if (table.mode() != Mode.EXPAND) {
            said("mode", table.mode().word());
        }
        plan.cipherOf(table).ifPresent(this::cipher);
        switch (table.binding()) {
            case NONE -> said("bind", "none");
            case ROW -> said("bind", "row");
            case COLUMN -> {}
        }
        table.where().ifPresent(where -> said("where", where));
        table.columns().stream()
                .sorted(Comparator.comparing(ColumnPlan::name))
                .forEach(column -> column(plan, table, column));
    }

    private void cipher(CipherSource cipher) {
        said("cipher", cipher.kind());
        if (!cipher.mount().equals(CipherSource.DEFAULT_MOUNT)) {
            said("mount", cipher.mount());
        }
        cipher.key().ifPresent(key -> said("key", key));
    }

    private void column(Plan plan, TablePlan table, ColumnPlan column) {
        String context = column.contextIn(table.name());
        said("column", column.name());
        said("context", context);
        if (table.cipher().isEmpty()) {
            said("keyset", column.keyset().orElse(plan.keyset()));
        }
        column.pad().ifPresent(pad -> said("pad", Integer.toString(pad)));
        column.search().ifPresent(search -> search(search, context));
    }

    private void search(SearchPlan search, String columnContext) {
        said("search", search.normalizer());
        said("context", search.context().orElse(columnContext));
        if (search.carryUnique()) {
            said("unique", "carry");
        }
        search.bits().ifPresent(bits -> said("bits", Integer.toString(bits)));
    }

    private void said(String key, String value) {
        word(key);
        word(value);
    }

    private void word(String word) {
        text.append(word.length()).append(':').append(word);
    }
}
