package dev.sealway.doctor;

import dev.sealway.doctor.Finding.Group;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Settings that write values into the server's log: applications send plaintext as parameters until the drop, and so does a
 * rollback. Sealway itself sends none on the way forward.
 */
public final class LoggingCheck {

    private static final String PARAMETERS = "ALTER SYSTEM SET log_parameter_max_length = 0; SELECT pg_reload_conf()";

    private static final Sql OVERRIDES = Sql.of("""
            SELECT coalesce(r.rolname::pg_catalog.text, 'every role'), coalesce(d.datname::pg_catalog.text, 'every database'), c.setting
              FROM pg_catalog.pg_db_role_setting s
              LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole
              LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
             CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) c (setting)
             WHERE (d.datname IS NULL OR d.datname = pg_catalog.current_database())
               AND (c.setting ~ '^log_statement=(all|mod)$' OR c.setting ~ '^log_min_duration_(statement|sample)=[0-9]'
                    OR c.setting ~ '^auto_explain[.]log_min_duration=[0-9]')
             ORDER BY 1, 2, 3""");

    private LoggingCheck() {}

    public static List<Finding> of(Transaction tx) {
        ServerSettings settings = ServerSettings.of(tx);
        List<Finding> findings = new ArrayList<>(of(settings));
        tx.list(
                        OVERRIDES,
                        row -> Finding.warning(
                                Group.LOGGING,
                                "%s has %s in %s".formatted(row.getString(1), row.getString(3), row.getString(2)),
                                "its statements are logged, with their parameters unless log_parameter_max_length is 0",
                                "ALTER ROLE … RESET the setting"))
                .forEach(findings::add);
        if (findings.isEmpty()) {
            findings.add(Finding.ok(Group.LOGGING, "no setting writes parameters or values into the log"));
        }
        return findings;
    }

    static List<Finding> of(ServerSettings settings) {
        List<Finding> findings = new ArrayList<>();
        boolean parameters = settings.number("log_parameter_max_length", -1) != 0;
        statements(settings, parameters, findings);
        durations(settings, parameters, findings);
        explained(settings, findings);
        errors(settings, findings);
        if (settings.isOn("pg_stat_statements.track_utility")) {
            findings.add(Finding.notice(
                    Group.LOGGING,
                    "pg_stat_statements.track_utility = on",
                    "utility statements are kept as they were typed, passwords of ALTER ROLE among them",
                    "ALTER SYSTEM SET pg_stat_statements.track_utility = off; SELECT pg_reload_conf()"));
        }
        return findings;
    }

    private static void statements(ServerSettings settings, boolean parameters, List<Finding> findings) {
        String logged = settings.text("log_statement");
        if (Set.of("all", "mod").contains(logged)) {
            findings.add(
                    parameters
                            ? Finding.refusal(
                                    Group.LOGGING,
                                    "log_statement = %s".formatted(logged),
                                    "every value that an application writes goes into the server's log, with its parameters",
                                    "ALTER SYSTEM SET log_statement = 'ddl'; SELECT pg_reload_conf()")
                            : Finding.warning(
                                    Group.LOGGING,
                                    "log_statement = %s, without parameters".formatted(logged),
                                    "values that stand in the text of a statement go into the server's log",
                                    "ALTER SYSTEM SET log_statement = 'ddl'; SELECT pg_reload_conf()"));
        }
        for (String name : List.of("debug_print_parse", "debug_print_rewritten", "debug_print_plan")) {
            if (settings.isOn(name)) {
                findings.add(Finding.refusal(
                        Group.LOGGING,
                        "%s = on".formatted(name),
                        "trees of statements are logged with their constants",
                        "ALTER SYSTEM SET %s = off; SELECT pg_reload_conf()".formatted(name)));
            }
        }
    }

    private static void durations(ServerSettings settings, boolean parameters, List<Finding> findings) {
        if (!parameters) {
            return;
        }
        double duration = settings.number("log_min_duration_statement", -1);
        if (duration == 0) {
            findings.add(Finding.refusal(
                    Group.LOGGING,
                    "log_min_duration_statement = 0",
                    "every statement is logged, with its parameters",
                    PARAMETERS));
        } else if (duration > 0) {
            findings.add(Finding.warning(
                    Group.LOGGING,
                    "log_min_duration_statement = %.0f ms".formatted(duration),
                    "slow statements are logged with their parameters",
                    PARAMETERS));
        }
        if (settings.number("log_min_duration_sample", -1) >= 0
                || settings.number("log_transaction_sample_rate", 0) > 0) {
            findings.add(Finding.warning(
                    Group.LOGGING,
                    "log_min_duration_sample or log_transaction_sample_rate is on",
                    "a sample of statements is logged with their parameters",
                    PARAMETERS));
        }
    }

    private static void explained(ServerSettings settings, List<Finding> findings) {
        if (settings.number("auto_explain.log_min_duration", -1) < 0) {
            return;
        }
        boolean verbose = settings.isOn("auto_explain.log_verbose");
        findings.add(new Finding(
                Group.LOGGING,
                verbose ? Finding.Severity.REFUSAL : Finding.Severity.WARNING,
                "auto_explain.log_min_duration = %s ms%s"
                        .formatted(settings.text("auto_explain.log_min_duration"), verbose ? ", with log_verbose" : ""),
                "plans are logged with bound values as constants",
                "ALTER SYSTEM SET auto_explain.log_min_duration = -1; SELECT pg_reload_conf()"));
    }

    private static void errors(ServerSettings settings, List<Finding> findings) {
        if (settings.number("log_parameter_max_length_on_error", 0) != 0) {
            findings.add(Finding.warning(
                    Group.LOGGING,
                    "log_parameter_max_length_on_error = %s"
                            .formatted(settings.text("log_parameter_max_length_on_error")),
                    "statements that fail are logged with their parameters",
                    "ALTER SYSTEM SET log_parameter_max_length_on_error = 0; SELECT pg_reload_conf()"));
        }
        if (!settings.text("log_error_verbosity").equals("terse")) {
            findings.add(Finding.notice(
                    Group.LOGGING,
                    "log_error_verbosity = %s".formatted(settings.text("log_error_verbosity")),
                    "an application's violation of a constraint is logged as 'Failing row contains (…)', with the row",
                    "ALTER SYSTEM SET log_error_verbosity = 'terse'; SELECT pg_reload_conf()"));
        }
    }
}
