package dev.sealway.guard;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Literal;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFragment;
import dev.sealway.jdbc.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The trigger that nulls a ciphertext and its token as soon as the plaintext moves on without them.
 *
 * <p>It compares images, not values ({@code record_image_ne}): two values that are equal but not the same bytes (1.0 and
 * 1.00, citext, −0) are a change. It is {@code ENABLE ALWAYS}, so that replication roles cannot pass it by, and its name
 * sorts last among BEFORE triggers, so that it sees what the others made of the row. A row that it made stale is
 * <em>dirty</em>: plaintext present, ciphertext null.
 *
 * <p>It has two variants, told apart column by column ({@link GuardedColumn.Authority}), and mixing them up corrupts
 * data. Before the cut over the plaintext is the authority; afterwards the ciphertext is, and one that changes alone makes
 * the guard null the plaintext.
 *
 * <p>Our own statements say what they are in {@code sealway.mode}: in {@code backfill} a change of the plaintext (by a
 * user's trigger) nulls the ciphertext even though that changed too; {@code rewrap} moves a ciphertext to another key and
 * {@code refill} a value back into an empty plaintext, both of which leave the other copy alone. Where a user's trigger
 * changes the plaintext under {@code rewrap}, the copy that is not the authority is nulled. Any role can set it: an
 * integrity aid, not a security boundary.
 *
 * @param tableId the registry's id, which names the function
 */
public record Guard(long tableId, QualifiedName table) {

    /** The tilde sorts after every letter. */
    public static final Identifier TRIGGER = Identifier.of("~sealway_guard");

    /** How a plaintext is emptied of which the ciphertext is to stay; for messages, to begin a sentence. */
    public static final String EMPTYING =
            "Empty the plaintext of these rows in a transaction that begins with SET LOCAL sealway.mode = 'scrub', without which the ciphertext is emptied too";

    private static final Sql FUNCTION = Sql.of("""
            CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql
            SET search_path = pg_catalog AS {body}""");

    private static final Sql BODY = Sql.of("""

            DECLARE
              m text := coalesce(pg_catalog.current_setting('sealway.mode', true), '');
              p boolean;
              e boolean;
            BEGIN
              IF m = 'scrub' OR {unmoved} THEN RETURN NEW; END IF;
            {blocks}
              RETURN NEW;
            END""");

    /** Most updates move nothing that is watched, and one look over all of it costs a third of a look at each column. */
    private static final Sql SAME = Sql.of("NOT pg_catalog.record_image_ne(ROW({new}), ROW({old}))");

    private static final Sql SAME_OF_CIPHERTEXTS =
            Sql.of("{plaintexts} AND (m IN ('backfill', 'rewrap') OR {ciphertexts})");

    private static final Sql BLOCK = Sql.of("""
              p := pg_catalog.record_image_ne(ROW(NEW.{plain}), ROW(OLD.{plain})){moved};
              e := pg_catalog.record_image_ne(ROW(NEW.{encrypted}), ROW(OLD.{encrypted}));
              IF p AND (m IN ('backfill', 'rewrap') OR NOT e) THEN
                {nulling}
              END IF;""");

    /**
     * The second variant. The row key's change is not among its reasons: nulling the ciphertext of a row without plaintext
     * would lose the value, so {@link RowKeyLock} forbids that change.
     */
    private static final Sql BLOCK_OF_CIPHERTEXT = Sql.of("""
              p := pg_catalog.record_image_ne(ROW(NEW.{plain}), ROW(OLD.{plain}));
              e := pg_catalog.record_image_ne(ROW(NEW.{encrypted}), ROW(OLD.{encrypted}));
              IF p AND (m = 'backfill' OR NOT e) AND NOT (m = 'refill' AND OLD.{plain} IS NOT DISTINCT FROM NULL) THEN
                {nulling}
              ELSIF e AND (p AND m = 'rewrap' OR NOT p AND m NOT IN ('backfill', 'rewrap')) THEN
                NEW.{plain} := NULL;
              END IF;""");

    private static final Sql CREATE_TRIGGER =
            Sql.of("CREATE TRIGGER {trigger} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()");
    private static final Sql ENABLE_ALWAYS = Sql.of("ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}");

    /** Where the function lives. */
    public QualifiedName function() {
        return QualifiedName.of("sealway", "g_" + tableId);
    }

    /**
     * Puts the guard over exactly these columns; the trigger is made if it is not there. Takes SHARE ROW EXCLUSIVE on the
     * table when it makes the trigger.
     *
     * @param rowKey the row key's columns, for ciphertexts that are bound to their row
     */
    public void install(Transaction tx, List<GuardedColumn> columns, List<Identifier> rowKey) {
        tx.executeDefinition(FUNCTION.with("function", function()).with("body", new Literal(body(columns, rowKey))));
        if (!LastTrigger.isThere(tx, table, TRIGGER)) {
            tx.executeDefinition(named(CREATE_TRIGGER).with("function", function()));
        }
        tx.executeDefinition(named(ENABLE_ALWAYS));
    }

    /** Takes the guard away; nothing happens if it is not there. */
    public void remove(Transaction tx) {
        tx.executeDefinition(named(Sql.of("DROP TRIGGER IF EXISTS {trigger} ON {table}")));
        tx.executeDefinition(Sql.of("DROP FUNCTION IF EXISTS {function}()").with("function", function()));
    }

    /**
     * Makes sure that the guard stands over exactly these columns, is always enabled and fires last.
     *
     * @throws SealwayException if it does not
     */
    public void require(Transaction tx, List<GuardedColumn> columns, List<Identifier> rowKey) {
        if (!stands(tx, columns, rowKey)) {
            throw SealwayException.refused(
                    ("the guard of %s is missing, altered, disabled or not the last BEFORE UPDATE trigger, so rows may have"
                                    + " become stale unnoticed; find out who changed it (\\d %s), run 'sealway expand' to put it"
                                    + " back, then 'sealway backfill' and 'sealway verify'")
                            .formatted(table, table));
        }
    }

    /** Whether it stands over exactly these columns, is always enabled and fires last. */
    public boolean stands(Transaction tx, List<GuardedColumn> columns, List<Identifier> rowKey) {
        return LastTrigger.stands(tx, table, TRIGGER, body(columns, rowKey));
    }

    private String body(List<GuardedColumn> columns, List<Identifier> rowKey) {
        List<Sql> blocks = columns.stream().map(c -> block(c, rowKey)).toList();
        return BODY.with("unmoved", unmoved(columns, rowKey))
                .with("blocks", Sql.join("\n", blocks))
                .sql();
    }

    /** True where none of the blocks has anything to do. */
    private static Sql unmoved(List<GuardedColumn> columns, List<Identifier> rowKey) {
        Set<Identifier> plaintexts = new LinkedHashSet<>();
        List<Identifier> ciphertexts = new ArrayList<>();
        for (GuardedColumn column : columns) {
            plaintexts.add(column.plaintext());
            if (column.authority() == GuardedColumn.Authority.CIPHERTEXT) {
                ciphertexts.add(column.encrypted());
            } else if (column.boundToRow()) {
                plaintexts.addAll(rowKey);
            }
        }
        return ciphertexts.isEmpty()
                ? same(plaintexts)
                : SAME_OF_CIPHERTEXTS.with("plaintexts", same(plaintexts)).with("ciphertexts", same(ciphertexts));
    }

    private static Sql same(Collection<Identifier> columns) {
        return SAME.with("new", Sql.each("NEW.{name}", columns)).with("old", Sql.each("OLD.{name}", columns));
    }

    private static Sql block(GuardedColumn column, List<Identifier> rowKey) {
        List<SqlFragment> nulling = new ArrayList<>();
        nulling.add(Sql.of("NEW.{encrypted} := NULL;").with("encrypted", column.encrypted()));
        column.tokens().forEach(t -> nulling.add(Sql.of("NEW.{search} := NULL;").with("search", t)));
        Sql block =
                switch (column.authority()) {
                    case PLAINTEXT -> BLOCK.with("moved", column.boundToRow() ? keyMoved(rowKey) : Sql.of(""));
                    case CIPHERTEXT -> BLOCK_OF_CIPHERTEXT;
                };
        return block.with("plain", column.plaintext())
                .with("encrypted", column.encrypted())
                .with("nulling", Sql.join(" ", nulling));
    }

    private static Sql keyMoved(List<Identifier> rowKey) {
        return Sql.of(" OR pg_catalog.record_image_ne(ROW({new}), ROW({old}))")
                .with("new", Sql.each("NEW.{name}", rowKey))
                .with("old", Sql.each("OLD.{name}", rowKey));
    }

    private Sql named(Sql sql) {
        return sql.with("trigger", TRIGGER).with("table", table);
    }
}
