package dev.sealway.ledger;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import java.time.Duration;
import java.util.List;

/**
 * Schema {@code sealway}: made and brought up to date by numbered scripts, one row of {@code sealway.version} each.
 *
 * <p>Installing is one transaction under an advisory lock, so any number of processes may do it at once. Nothing is
 * granted to anybody: guards work for an application without rights here, and who may look is the owner's decision.
 */
public final class LedgerSchema {

    /** "sealway1" in ASCII. */
    private static final long LOCK = 0x7365616C77617931L;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DOING = "installing schema sealway";

    private LedgerSchema() {}

    /**
     * Does nothing where the schema is up to date, also with a role that may not write.
     *
     * @throws SealwayException refused if the schema was made by a newer Sealway, if one of that name belongs to
     *     something else, or if the role may not create what is missing
     */
    public static void install(Database database) {
        install(database, LedgerScript.all());
    }

    static void install(Database database, List<LedgerScript> scripts) {
        int wanted = scripts.get(scripts.size() - 1).number();
        int found = database.inTransaction(
                TransactionSettings.reading(), "reading the version of schema sealway", LedgerSchema::version);
        refuseNewer(found, wanted);
        if (found == wanted) {
            return;
        }
        TransactionSettings settings =
                TransactionSettings.writing().with("search_path", "pg_catalog").lockTimeout(PATIENCE);
        database.inTransaction(settings, DOING, tx -> {
            tx.execute(Sql.of("SELECT pg_catalog.pg_advisory_xact_lock(?)"), LOCK);
            upgrade(tx, scripts, wanted);
            return found;
        });
    }

    /** Whether this database has the ledger, of whatever version. */
    public static boolean isInstalled(Transaction tx) {
        return version(tx) > 0;
    }

    private static void upgrade(Transaction tx, List<LedgerScript> scripts, int wanted) {
        int found = version(tx);
        refuseNewer(found, wanted);
        if (found == 0) {
            createSchema(tx);
        } else {
            refuseWithoutSchemaPrivilege(tx);
        }
        for (LedgerScript script : scripts) {
            if (script.number() > found) {
                tx.executeDefinition(Sql.of(script.text()));
                tx.execute(
                        Sql.of("INSERT INTO sealway.version (number, script) VALUES (?, ?)"),
                        script.number(),
                        script.name());
            }
        }
    }

    /** The newest script that ran here, 0 if none did. */
    private static int version(Transaction tx) {
        if (!tx.isTrue(Sql.of("SELECT pg_catalog.to_regclass('sealway.version') IS NOT NULL"))) {
            return 0;
        }
        return Math.toIntExact(tx.number(Sql.of("SELECT max(number) FROM sealway.version")));
    }

    private static void refuseNewer(int found, int wanted) {
        if (found > wanted) {
            throw SealwayException.refused(
                    "schema sealway has version %d, but this Sealway knows it up to version %d; an older Sealway must not work on a newer ledger: use the release that upgraded it, or a later one"
                            .formatted(found, wanted));
        }
    }

    private static void createSchema(Transaction tx) {
        if (tx.isTrue(Sql.of("SELECT pg_catalog.to_regnamespace('sealway') IS NOT NULL"))) {
            refuseForeignSchema(tx);
            refuseWithoutSchemaPrivilege(tx);
        } else {
            refuseWithoutDatabasePrivilege(tx);
            tx.executeDefinition(Sql.of("CREATE SCHEMA sealway"));
        }
        tx.executeDefinition(Sql.of("""
                COMMENT ON SCHEMA sealway IS 'Sealway''s ledger: what has been encrypted so far. Dropping it loses the way back.';
                CREATE TABLE sealway.version (
                  number        int PRIMARY KEY,
                  script        text NOT NULL,
                  installed_at  timestamptz NOT NULL DEFAULT pg_catalog.now(),
                  installed_by  text NOT NULL DEFAULT session_user);
                COMMENT ON TABLE sealway.version IS 'The scripts of Sealway that made this schema what it is.'"""));
    }

    private static void refuseForeignSchema(Transaction tx) {
        boolean used = tx.isTrue(Sql.of("""
                SELECT EXISTS (SELECT FROM pg_catalog.pg_class
                                WHERE relnamespace = pg_catalog.to_regnamespace('sealway'))"""));
        if (used) {
            throw SealwayException.refused(
                    "schema sealway exists and is not Sealway's: it has tables but no table version; Sealway keeps its ledger in a schema of its own: rename the other one");
        }
    }

    private static void refuseWithoutSchemaPrivilege(Transaction tx) {
        refuseUnless(
                tx,
                "pg_catalog.has_schema_privilege('sealway', 'CREATE') AND pg_catalog.has_schema_privilege('sealway', 'USAGE')",
                "role %1$s may not create tables in schema sealway, which has to be brought up to date; run this once as the schema's owner, or let the owner run: GRANT CREATE, USAGE ON SCHEMA sealway TO %1$s");
    }

    private static void refuseWithoutDatabasePrivilege(Transaction tx) {
        refuseUnless(
                tx,
                "pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')",
                "role %1$s may not create schema sealway in database %2$s, where the ledger lives; let an owner run: GRANT CREATE ON DATABASE %2$s TO %1$s, or: CREATE SCHEMA sealway AUTHORIZATION %1$s");
    }

    private static void refuseUnless(Transaction tx, String privilege, String message) {
        if (!tx.isTrue(Sql.of("SELECT {privilege}").with("privilege", Sql.of(privilege)))) {
            String text =
                    tx.first(Sql.of("""
                                    SELECT pg_catalog.format(?, pg_catalog.quote_ident(current_user),
                                                             pg_catalog.quote_ident(pg_catalog.current_database()))"""), row -> row.getString(1), message).orElseThrow();
            throw SealwayException.refused(text);
        }
    }
}
