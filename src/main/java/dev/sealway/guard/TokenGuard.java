package dev.sealway.guard;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Literal;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.List;

/**
 * The trigger that nulls a search token as soon as the value moves on without it, while tokens move to another key.
 *
 * <p>An application that knows only the old key writes ciphertext and old token; what stands in the new token's column is
 * then another value's, and a UNIQUE index over it would refuse that value to others. Nulled, the row is pending again.
 * Who saves a value once more, and so changes its ciphertext alone, leaves the tokens right: where tokens are long enough
 * that only different values have different ones, the old token tells whether the value moved. Tokens that several values
 * share cannot tell; there any change of the ciphertext counts.
 *
 * <p>The old token goes only where a new one gave way to another. Where there was none, or none is left, the value may just
 * have been saved once more; uniqueness rests on the old token until the end, and would be lost with it. So whoever writes
 * the new token alone to a row that had none leaves an old one behind that refuses its former value to others.
 *
 * <p>{@code ENABLE ALWAYS}, and last among BEFORE triggers: after the {@link Guard}, whose nulling it then sees.
 *
 * @param tableId the registry's id, which names the function
 */
public record TokenGuard(long tableId, QualifiedName table) {

    /** Sorts after the guard's. */
    public static final Identifier TRIGGER = Identifier.of("~sealway_tokens");

    private static final Sql FUNCTION = Sql.of("""
            CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql
            SET search_path = pg_catalog AS {body}""");

    private static final Sql BODY = Sql.of("""

            DECLARE
              m text := coalesce(pg_catalog.current_setting('sealway.mode', true), '');
              e boolean;
              o boolean;
              n boolean;
            BEGIN
              IF m = 'scrub' THEN RETURN NEW; END IF;
            {blocks}
              RETURN NEW;
            END""");

    private static final Sql BLOCK = Sql.of("""
              e := pg_catalog.record_image_ne(ROW(NEW.{encrypted}), ROW(OLD.{encrypted}));
              o := pg_catalog.record_image_ne(ROW(NEW.{older}), ROW(OLD.{older}));
              n := pg_catalog.record_image_ne(ROW(NEW.{newer}), ROW(OLD.{newer}));
              IF NEW.{encrypted} IS NULL THEN
                NEW.{newer} := NULL;
              {rule}
              END IF;""");

    private static final Sql EXACT = Sql.of("""
            ELSIF o AND NOT n THEN
                NEW.{newer} := NULL;
              ELSIF e AND n AND NOT o AND OLD.{newer} IS NOT NULL AND NEW.{newer} IS NOT NULL THEN
                NEW.{older} := NULL;""");

    /** Moving a ciphertext to another key of its keyset changes no value. */
    private static final Sql SHARED = Sql.of("""
            ELSIF e AND NOT n AND m <> 'rewrap' THEN
                NEW.{newer} := NULL;""");

    private static final Sql CREATE_TRIGGER =
            Sql.of("CREATE TRIGGER {trigger} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()");
    private static final Sql ENABLE_ALWAYS = Sql.of("ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}");

    private QualifiedName function() {
        return QualifiedName.of("sealway", "t_" + tableId);
    }

    /** Puts the trigger over exactly these columns; over none, it goes. */
    public void install(Transaction tx, List<RotatedToken> columns) {
        if (columns.isEmpty()) {
            remove(tx);
            return;
        }
        tx.executeDefinition(FUNCTION.with("function", function()).with("body", new Literal(body(columns))));
        if (!LastTrigger.isThere(tx, table, TRIGGER)) {
            tx.executeDefinition(named(CREATE_TRIGGER).with("function", function()));
        }
        tx.executeDefinition(named(ENABLE_ALWAYS));
    }

    /** Takes it away; nothing happens if it is not there. */
    public void remove(Transaction tx) {
        tx.executeDefinition(named(Sql.of("DROP TRIGGER IF EXISTS {trigger} ON {table}")));
        tx.executeDefinition(Sql.of("DROP FUNCTION IF EXISTS {function}()").with("function", function()));
    }

    /**
     * Makes sure that it stands over exactly these columns, is always enabled and fires last; over none, it need not.
     *
     * @throws SealwayException if it does not
     */
    public void require(Transaction tx, List<RotatedToken> columns) {
        if (!columns.isEmpty() && !LastTrigger.stands(tx, table, TRIGGER, body(columns))) {
            throw SealwayException.refused(
                    ("the trigger %s of %s is missing, altered, disabled or not the last BEFORE UPDATE trigger, so new search"
                                    + " tokens may have become stale unnoticed; find out who changed it (\\d %s), then run"
                                    + " 'sealway keys tokens abandon' and 'sealway keys tokens start'")
                            .formatted(TRIGGER, table, table));
        }
    }

    private static String body(List<RotatedToken> columns) {
        return BODY.with(
                        "blocks",
                        Sql.join("\n", columns.stream().map(TokenGuard::block).toList()))
                .sql();
    }

    private static Sql block(RotatedToken column) {
        Sql rule = filled(column.exact() ? EXACT : SHARED, column);
        return filled(BLOCK, column).with("rule", rule);
    }

    private static Sql filled(Sql sql, RotatedToken column) {
        return sql.with("encrypted", column.encrypted())
                .with("older", column.older())
                .with("newer", column.newer());
    }

    private Sql named(Sql sql) {
        return sql.with("trigger", TRIGGER).with("table", table);
    }
}
