package dev.sealway.doctor;

import dev.sealway.catalog.Catalog;
import dev.sealway.catalog.ServerFacts;
import dev.sealway.doctor.Finding.Group;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.ArrayList;
import java.util.List;

/** The server itself: whether a run can work on it, and what would make it wait or lose something. */
public final class ServerCheck {

    private static final int CONNECTIONS = 5;

    private static final Sql PREPARED = Sql.of(
            "SELECT pg_catalog.count(*) FROM pg_catalog.pg_prepared_xacts WHERE database = pg_catalog.current_database()");
    private static final Sql OLD = Sql.of("""
            SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_activity
             WHERE datname = pg_catalog.current_database() AND pid <> pg_catalog.pg_backend_pid()
               AND xact_start < pg_catalog.now() - interval '10 minutes'""");
    private static final Sql FREE = Sql.of("""
            SELECT pg_catalog.current_setting('max_connections')::int
                   - pg_catalog.current_setting('superuser_reserved_connections')::int - pg_catalog.count(*)
              FROM pg_catalog.pg_stat_activity WHERE backend_type = 'client backend'""");

    private ServerCheck() {}

    public static List<Finding> of(Transaction tx) {
        List<Finding> findings = new ArrayList<>();
        ServerFacts facts = Catalog.in(tx).server();
        kind(facts, findings);
        settings(ServerSettings.of(tx), findings);
        traffic(tx, findings);
        return findings;
    }

    private static void kind(ServerFacts facts, List<Finding> findings) {
        findings.add(
                facts.major() >= 14 && facts.major() <= 18
                        ? Finding.ok(Group.SERVER, "PostgreSQL %d".formatted(facts.major()))
                        : Finding.warning(
                                Group.SERVER,
                                "PostgreSQL %d".formatted(facts.major()),
                                "Sealway is tried on 14 to 18",
                                "use one of these"));
        if (!facts.encoding().equals("UTF8")) {
            findings.add(Finding.refusal(
                    Group.SERVER,
                    "server_encoding = %s".formatted(facts.encoding()),
                    "values are sealed as UTF-8 and would not come back as they were",
                    "move the database to one with ENCODING 'UTF8'"));
        }
        if (facts.inRecovery()) {
            findings.add(Finding.refusal(
                    Group.SERVER, "this is a standby", "nothing can be written here", "connect to the primary"));
        }
    }

    private static void settings(ServerSettings settings, List<Finding> findings) {
        off(settings, "autovacuum", "dead rows of the backfill stay, and the table grows without need", findings);
        off(settings, "fsync", "a crash of the machine may destroy the database, ciphertexts and all", findings);
        off(settings, "full_page_writes", "a crash of the machine may leave torn pages", findings);
        if (settings.text("synchronous_commit").equals("off")) {
            findings.add(Finding.notice(
                    Group.SERVER,
                    "synchronous_commit = off",
                    "a crash may take back the last batches together with their checkpoints; a run goes on from there",
                    "ALTER SYSTEM SET synchronous_commit = on; SELECT pg_reload_conf()"));
        }
    }

    private static void off(ServerSettings settings, String name, String why, List<Finding> findings) {
        if (!settings.text(name).isEmpty() && !settings.isOn(name)) {
            findings.add(Finding.warning(
                    Group.SERVER,
                    "%s = off".formatted(name),
                    why,
                    "ALTER SYSTEM SET %s = on; SELECT pg_reload_conf()".formatted(name)));
        }
    }

    private static void traffic(Transaction tx, List<Finding> findings) {
        long prepared = tx.number(PREPARED);
        if (prepared > 0) {
            findings.add(Finding.warning(
                    Group.SERVER,
                    "%d prepared transactions".formatted(prepared),
                    "they hold locks and dead rows until somebody ends them",
                    "SELECT gid, prepared FROM pg_prepared_xacts; then COMMIT PREPARED or ROLLBACK PREPARED"));
        }
        long old = tx.number(OLD);
        if (old > 0) {
            findings.add(Finding.warning(
                    Group.SERVER,
                    "%d transactions are open for more than ten minutes".formatted(old),
                    "CREATE INDEX CONCURRENTLY waits for them, and vacuum removes nothing that they may see",
                    "SELECT pid, usename, xact_start FROM pg_stat_activity WHERE xact_start IS NOT NULL ORDER BY 3"));
        }
        long free = tx.number(FREE);
        if (free < CONNECTIONS) {
            findings.add(Finding.warning(
                    Group.SERVER,
                    "%d connections are free".formatted(free),
                    "a run with two workers uses up to %d".formatted(CONNECTIONS),
                    "raise max_connections, or make pools smaller"));
        }
    }
}
