package dev.sealway.doctor;

import dev.sealway.catalog.LiveTable;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.DerivedNames;
import dev.sealway.plan.Mode;
import dev.sealway.plan.TablePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The statements that give three roles what they need and no more: {@code sealway_ddl} changes definitions, drops and purges;
 * {@code sealway_worker} writes ciphertexts and can write no plaintext; {@code sealway_audit} reads and appends to the audit
 * trail. To be run after expand, since they name its columns.
 */
public final class Grants {

    /**
     * A table of the plan.
     *
     * @param owner the role that owns it
     */
    public record Subject(TablePlan plan, LiveTable live, Identifier owner) {

        static final Sql OWNER = Sql.of(
                "SELECT pg_catalog.pg_get_userbyid(relowner) FROM pg_catalog.pg_class WHERE oid = CAST(? AS pg_catalog.oid)");

        public static Subject of(Transaction tx, TablePlan plan, LiveTable live) {
            return new Subject(
                    plan,
                    live,
                    Identifier.of(
                            tx.first(OWNER, row -> row.getString(1), live.oid()).orElseThrow()));
        }
    }

    private static final List<String> LEDGER = List.of(
            "GRANT USAGE ON SCHEMA sealway TO sealway_worker, sealway_audit",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA sealway TO sealway_worker",
            "REVOKE UPDATE, DELETE ON sealway.audit FROM sealway_worker",
            "GRANT SELECT, INSERT ON sealway.audit TO sealway_audit");

    private static final Sql OWNERSHIP = Sql.of("GRANT {owner} TO sealway_ddl");
    private static final Sql CREATION = Sql.of("GRANT CREATE ON DATABASE {database} TO sealway_ddl");
    private static final Sql SCHEMA = Sql.of("GRANT USAGE ON SCHEMA {schema} TO sealway_worker");
    private static final Sql READ = Sql.of("GRANT SELECT ({columns}) ON {table} TO sealway_worker");
    private static final Sql WRITE = Sql.of("GRANT UPDATE ({columns}) ON {table} TO sealway_worker");

    private Grants() {}

    /** Statements without a semicolon, to be run in this order by a superuser or the owner of everything named. */
    public static List<String> script(String database, List<Subject> subjects) {
        List<String> statements = new ArrayList<>(List.of(
                "CREATE ROLE sealway_ddl NOLOGIN",
                "CREATE ROLE sealway_worker NOLOGIN",
                "CREATE ROLE sealway_audit NOLOGIN",
                "GRANT pg_read_all_stats TO sealway_ddl, sealway_worker",
                CREATION.with("database", Identifier.of(database)).sql()));
        subjects.stream()
                .map(s -> OWNERSHIP.with("owner", s.owner()).sql())
                .distinct()
                .forEach(statements::add);
        subjects.stream()
                .map(s -> SCHEMA.with("schema", s.live().name().schema()).sql())
                .distinct()
                .forEach(statements::add);
        subjects.forEach(s -> statements.addAll(ofWorker(s)));
        statements.addAll(LEDGER);
        return statements;
    }

    private static List<String> ofWorker(Subject subject) {
        List<String> written = subject.plan().columns().stream()
                .flatMap(c -> subject.plan().mode() == Mode.IN_PLACE
                        ? Stream.of(c.name())
                        : Stream.concat(
                                Stream.of(DerivedNames.encrypted(c.name())),
                                c.search().stream().map(s -> DerivedNames.search(c.name()))))
                .toList();
        List<String> read = Stream.of(
                        subject.live().rowKey().stream()
                                .flatMap(k -> k.columns().stream())
                                .map(c -> c.name().name()),
                        subject.plan().columns().stream().map(c -> c.name()),
                        written.stream(),
                        Stream.of("xmin"))
                .flatMap(names -> names)
                .distinct()
                .toList();
        return List.of(on(READ, subject, read), on(WRITE, subject, written));
    }

    private static String on(Sql grant, Subject subject, List<String> columns) {
        return grant.with(
                        "columns",
                        Sql.each("{name}", columns.stream().map(Identifier::of).toList()))
                .with("table", subject.live().name())
                .sql();
    }
}
