package dev.sealway.workflow;

import dev.sealway.batch.DirtyRows;
import dev.sealway.batch.TableTask;
import dev.sealway.batch.WalkedTable;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredSearch;
import dev.sealway.ledger.RotationState;
import dev.sealway.ledger.SecondToken;
import dev.sealway.plan.ConfirmationPhrase;
import dev.sealway.plan.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells where the search tokens of the selected columns stand. Needs keys only where a rotation is under way. */
final class TokensStatus {

    private static final long COUNTED = 10_000;

    private final Means means;
    private final Resolver resolver;

    TokensStatus(Means means) {
        this.means = means;
        this.resolver = new Resolver(means);
    }

    TokensReport of(Selection selection, List<String> failures) {
        List<TokensReport.Column> columns = new ArrayList<>();
        List<String> retiring = new ArrayList<>();
        for (ResolvedTable table : resolver.registered(selection)) {
            for (RegisteredColumn column : table.selected()) {
                column.search().ifPresent(search -> columns.add(column(table, column, search)));
                retiring(table, column).ifPresent(retiring::add);
            }
        }
        return new TokensReport(
                means.plan().name(), columns, failures, phrase(retiring).map(ConfirmationPhrase::text));
    }

    /** The column that finishing would drop, as {@code schema.table.column}. */
    static Optional<String> retiring(ResolvedTable table, RegisteredColumn column) {
        return column.secondToken()
                .filter(s -> s.state() == RotationState.RETIRING)
                .map(s -> "%s.%s".formatted(table.plan().name(), s.column()));
    }

    static Optional<ConfirmationPhrase> phrase(List<String> retiring) {
        return retiring.isEmpty() ? Optional.empty() : Optional.of(ConfirmationPhrase.ofTokenColumns(retiring));
    }

    private TokensReport.Column column(ResolvedTable table, RegisteredColumn column, RegisteredSearch search) {
        long missing = search.second().isPresent() ? missing(table, column) : 0;
        return new TokensReport.Column(
                table.plan().name(),
                column.plaintext().name(),
                search.column().name(),
                search.keyId(),
                search.second().map(s -> s.state().word()).orElse("settled"),
                search.second().map(s -> s.column().name()),
                search.second().map(SecondToken::keyId),
                missing,
                search.second().map(s -> next(s, missing)).orElse("nothing"));
    }

    private static String next(SecondToken second, long missing) {
        if (missing > 0) {
            return "sealway keys tokens start";
        }
        return second.state() == RotationState.FILLING
                ? "once applications write and look up both tokens: sealway keys tokens switch"
                : "once no application knows only the old token: sealway keys tokens finish";
    }

    private long missing(ResolvedTable table, RegisteredColumn column) {
        WalkedTable walked = resolver.walked(table, List.of(column)).everywhere();
        return means.database()
                .inTransaction(
                        TransactionSettings.reading().with("enable_seqscan", "off"),
                        "counting rows of %s without the new token".formatted(walked.name()),
                        tx -> DirtyRows.countWalked(tx, TableTask.retokening(walked), COUNTED));
    }
}
