package dev.sealway.workflow;

import dev.sealway.backup.BackupColumn;
import dev.sealway.crypto.Ciphers;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.LedgerSchema;
import dev.sealway.ledger.NewColumn;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.phase.rollback.Rollback;
import dev.sealway.phase.views.CreateViews;
import dev.sealway.plan.ConfirmationPhrase;
import dev.sealway.plan.Mode;
import dev.sealway.plan.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells what a verb would do. Writes nothing. */
final class PreviewFlow {

    /** How a preview tells what would stop the verb. */
    static final String REFUSED = "it would be refused: %s";

    private final Means means;
    private final Resolver resolver;
    private final Duration soak;

    /** @param soak for how long nobody may have written plaintext alone when a column is cut over */
    PreviewFlow(Means means, Duration soak) {
        this.means = means;
        this.soak = soak;
        this.resolver = new Resolver(means);
    }

    List<String> run(Verb verb, Selection selection) {
        return switch (verb) {
            case BACKUP -> backup(selection);
            case EXPAND -> expand(selection);
            case BACKFILL, VERIFY, EVIDENCE, VIEWS, CUT_OVER, CONTRACT, PURGE, ROLLBACK, REHEARSE ->
                afterExpand(verb, selection);
        };
    }

    private List<String> afterExpand(Verb verb, Selection selection) {
        boolean installed = means.database()
                .inTransaction(TransactionSettings.reading(), "looking for the ledger", LedgerSchema::isInstalled);
        if (!installed) {
            throw SealwayException.refused("nothing is expanded in this database; run 'sealway expand' first");
        }
        if (verb == Verb.PURGE) {
            return new PurgeFlow(means).preview(selection);
        }
        List<ResolvedTable> tables = resolver.resolve(selection);
        return switch (verb) {
            case BACKUP, EXPAND, PURGE -> throw new IllegalStateException("%s is told elsewhere".formatted(verb));
            case BACKFILL -> each(tables, t -> Stream.of(walk(t, "sealing")));
            case VERIFY ->
                each(
                        tables,
                        t -> Stream.of("%s every row of %s: %s"
                                .formatted(
                                        InPlace.isInPlace(t) ? "decrypt" : "decrypt and compare",
                                        t.live().name(),
                                        names(t.withPlaintext()))));
            case EVIDENCE ->
                each(
                        tables,
                        t -> Stream.of("decrypt every row of %s, and compare sums with the evidence: %s"
                                .formatted(t.live().name(), names(t.selected()))));
            case VIEWS -> each(new InPlace(means).expanded(tables, "sealway views"), t -> Stream.of(view(t)));
            case CUT_OVER -> new CutOverFlow(means).preview(tables, soak);
            case REHEARSE ->
                each(
                        new InPlace(means).expanded(tables, "sealway rollback --rehearse"),
                        t -> Stream.of("bring back and compare, on a copy of some rows of %s that is rolled back: %s"
                                .formatted(t.live().name(), names(t.withPlaintext()))));
            case CONTRACT -> contract(new InPlace(means).expanded(tables, "sealway contract"));
            case ROLLBACK ->
                each(
                        tables,
                        t -> InPlace.isInPlace(t)
                                ? Stream.of(walk(t, "decrypting"))
                                : Stream.concat(
                                        RollbackFlow.refills(t),
                                        new Rollback(means.database(), means.shortLock(), means.progress())
                                                .statements(t.live(), t.selected()).stream()
                                                        .map(Sql::sql)));
        };
    }

    private List<String> backup(Selection selection) {
        return new BackupFlow(means)
                .tables(selection).stream()
                        .map(t -> "export about %d rows of %s into an encrypted file: %s"
                                .formatted(
                                        Math.max(0, t.live().estimatedRows()),
                                        t.live().name(),
                                        t.columns().stream()
                                                .map(BackupColumn::name)
                                                .collect(Collectors.joining(", "))))
                        .toList();
    }

    private static String walk(ResolvedTable table, String doing) {
        return "walk about %d rows of %s, %s %s%s"
                .formatted(
                        Math.max(0, table.live().estimatedRows()),
                        table.live().name(),
                        doing,
                        InPlace.isInPlace(table) ? "in place " : "",
                        names(table.withPlaintext()));
    }

    private String view(ResolvedTable table) {
        return new CreateViews(means.database(), means.shortLock(), means.progress())
                .statement(table.registered(), table.live(), true)
                .sql();
    }

    private List<String> expand(Selection selection) {
        List<String> lines = new ArrayList<>();
        for (Proposal proposal : new CheckFlow(means).proposals(selection)) {
            if (proposal.plan().mode() == Mode.IN_PLACE) {
                proposal.columns()
                        .forEach(c -> lines.add("register column %s.%s; nothing is added to the table"
                                .formatted(proposal.live().name(), c.plaintext().name())));
                continue;
            }
            proposal.columns().forEach(c -> {
                lines.add("add column %s.%s %s, with its shape check"
                        .formatted(proposal.live().name(), c.encrypted(), type(c)));
                c.search()
                        .ifPresent(s -> lines.add("add column %s.%s bytea, %d-bit tokens under %s"
                                .formatted(proposal.live().name(), s.column(), s.bits(), s.normalizer())));
            });
            lines.add("put the guard over %s".formatted(proposal.live().name()));
        }
        return lines;
    }

    private static String type(NewColumn column) {
        return column.cipher().equals(Ciphers.VAULT_TRANSIT) ? "text" : "bytea";
    }

    private List<String> contract(List<ResolvedTable> tables) {
        List<String> lines = new ArrayList<>(each(tables, t -> t.withPlaintext().stream()
                .map(c -> "drop column %s.%s (%s)".formatted(t.live().name(), c.plaintext(), ready(c)))));
        List<String> columns = ContractFlow.columns(tables);
        if (!columns.isEmpty()) {
            ConfirmationPhrase phrase = ConfirmationPhrase.of(means.plan().name(), columns);
            new WayBackGate(means).missing(tables, phrase).forEach(m -> lines.add(REFUSED.formatted(m)));
            lines.add("to confirm: %s".formatted(phrase));
        }
        return lines;
    }

    private static String ready(RegisteredColumn column) {
        return switch (column.phase()) {
            case VERIFIED, CUT_OVER -> column.phase().word();
            default -> "not verified: " + column.phase().word();
        };
    }

    private static String names(List<RegisteredColumn> columns) {
        return String.join(", ", columns.stream().map(c -> c.plaintext().name()).toList());
    }

    private static List<String> each(List<ResolvedTable> tables, Function<ResolvedTable, Stream<String>> lines) {
        return tables.stream().flatMap(lines).toList();
    }
}
