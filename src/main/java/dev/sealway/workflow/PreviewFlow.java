package dev.sealway.workflow;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.LedgerSchema;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.phase.rollback.Rollback;
import dev.sealway.phase.views.CreateViews;
import dev.sealway.plan.ConfirmationPhrase;
import dev.sealway.plan.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Tells what a verb would do. Writes nothing. */
final class PreviewFlow {

    private final Means means;
    private final Resolver resolver;

    PreviewFlow(Means means) {
        this.means = means;
        this.resolver = new Resolver(means);
    }

    List<String> run(String verb, Selection selection) {
        if (verb.equals("expand")) {
            return expand(selection);
        }
        boolean installed = means.database()
                .inTransaction(TransactionSettings.reading(), "looking for the ledger", LedgerSchema::isInstalled);
        if (!installed) {
            throw SealwayException.refused("nothing is expanded in this database; run 'sealway expand' first");
        }
        List<ResolvedTable> tables = resolver.resolve(selection);
        return switch (verb) {
            case "backfill" ->
                each(
                        tables,
                        t -> Stream.of("walk about %d rows of %s, sealing %s"
                                .formatted(
                                        Math.max(0, t.live().estimatedRows()),
                                        t.live().name(),
                                        names(t.withPlaintext()))));
            case "verify" ->
                each(
                        tables,
                        t -> Stream.of("decrypt and compare every row of %s: %s"
                                .formatted(t.live().name(), names(t.withPlaintext()))));
            case "views" ->
                each(
                        tables,
                        t -> Stream.of(new CreateViews(means.database(), means.shortLock(), means.progress())
                                .statement(t.registered(), t.live(), true)
                                .sql()));
            case "contract" -> contract(tables);
            case "rollback" ->
                each(tables, t -> new Rollback(means.database(), means.shortLock(), means.progress())
                        .statements(t.live(), t.selected()).stream().map(Sql::sql));
            default -> throw SealwayException.wrongUsage("%s has no preview".formatted(verb));
        };
    }

    private List<String> expand(Selection selection) {
        List<String> lines = new ArrayList<>();
        for (Proposal proposal : new CheckFlow(means).proposals(selection)) {
            proposal.columns().forEach(c -> {
                lines.add("add column %s.%s bytea, with its shape check"
                        .formatted(proposal.live().name(), c.encrypted()));
                c.search()
                        .ifPresent(s -> lines.add("add column %s.%s bytea, %d-bit tokens under %s"
                                .formatted(proposal.live().name(), s.column(), s.bits(), s.normalizer())));
            });
            lines.add("put the guard over %s".formatted(proposal.live().name()));
        }
        return lines;
    }

    private List<String> contract(List<ResolvedTable> tables) {
        List<String> lines = new ArrayList<>(each(tables, t -> t.withPlaintext().stream()
                .map(c -> "drop column %s.%s (%s)".formatted(t.live().name(), c.plaintext(), ready(c)))));
        List<String> columns = ContractFlow.columns(tables);
        if (!columns.isEmpty()) {
            lines.add("to confirm: %s"
                    .formatted(ConfirmationPhrase.of(means.plan().name(), columns)));
        }
        return lines;
    }

    private static String ready(RegisteredColumn column) {
        return column.phase() == ColumnPhase.VERIFIED
                ? "verified"
                : "not verified: " + column.phase().word();
    }

    private static String names(List<RegisteredColumn> columns) {
        return String.join(", ", columns.stream().map(c -> c.plaintext().name()).toList());
    }

    private static List<String> each(List<ResolvedTable> tables, Function<ResolvedTable, Stream<String>> lines) {
        return tables.stream().flatMap(lines).toList();
    }
}
