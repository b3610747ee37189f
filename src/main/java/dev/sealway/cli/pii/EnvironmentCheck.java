package dev.sealway.cli.pii;

import dev.sealway.catalog.Catalog;
import dev.sealway.cli.console.Console;
import dev.sealway.config.TransitEnvironment;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.ConnectionTarget;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Tells of everything that a run needs from outside whether it is there; no secret is shown. */
public final class EnvironmentCheck {
    private final Plan plan;
    private final Map<String, String> environment;
    private final Console console;

    public EnvironmentCheck(Plan plan, Map<String, String> environment, Console console) {
        this.plan = plan;
        this.environment = environment;
        this.console = console;
    }

    /**
     * @param source which of the possible places names the database; empty if none does
     * @throws SealwayException if something is missing, with all that is; or if the database or Vault does not answer
     */
    public void run(String source, Supplier<ConnectionTarget> target) {
        console.heading("Environment");
        refuseMissing(source);
        console.done("%s ok: %s".formatted(source, described(target.get())));
        TransitEnvironment.look(plan, environment, console::done);
    }

    private void refuseMissing(String source) {
        List<String> missing = new ArrayList<>();
        if (source.isEmpty()) {
            missing.add("DATABASE_URL (postgres://user:password@host:5432/db or jdbc:postgresql://host:5432/db)");
        }
        missing.addAll(TransitEnvironment.missing(plan, environment));
        if (!missing.isEmpty()) {
            throw SealwayException.wrongUsage("the environment lacks what plan %s needs, nothing was changed; set\n  %s"
                    .formatted(plan.name(), String.join("\n  ", missing)));
        }
    }

    private static String described(ConnectionTarget target) {
        int version = Database.of(target.dataSource())
                .inTransaction(TransactionSettings.reading(), "looking at the server", tx -> Catalog.in(tx)
                        .server()
                        .version());
        return "%s, PostgreSQL %d.%d".formatted(target, version / 10_000, version % 10_000);
    }
}
