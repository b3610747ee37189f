package dev.sealway.workflow;

import dev.sealway.batch.FailedRow;
import dev.sealway.batch.WalkedTable;
import dev.sealway.error.SealwayException;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RotationState;
import dev.sealway.phase.tokens.SecondColumn;
import dev.sealway.phase.tokens.TokenDrop;
import dev.sealway.phase.tokens.TokenFilling;
import dev.sealway.phase.tokens.TokenSwitch;
import dev.sealway.phase.views.CreateViews;
import dev.sealway.plan.ConfirmationPhrase;
import dev.sealway.plan.Mode;
import dev.sealway.plan.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import java.util.stream.Collectors;

/**
 * Moves the search tokens of columns to another key: start, switch, finish; or start, abandon. Each can be run again
 * after it failed or was killed, and continues. Thread-safe.
 */
public final class TokensFlow {

    private final Means means;
    private final Journal journal;
    private final Resolver resolver;

    TokensFlow(Means means) {
        this.means = means;
        this.journal = new Journal(means);
        this.resolver = new Resolver(means);
    }

    /** Where the tokens of the selected columns stand. */
    public TokensReport status(Selection selection) {
        return new TokensStatus(means).of(selection, List.of());
    }

    /**
     * Gives every selected column that has a blind index a second token column, and fills it; where one is there, catches
     * up with it.
     *
     * @param keyId the key of {@code token/default} that is to make the new tokens; by default the one added last
     */
    public TokensReport start(Selection selection, OptionalLong keyId) {
        return journal.run("keys tokens start", selection, run -> {
            journal.requireKeys();
            NewTokenKey key = new NewTokenKey(means.keys().get(), keyId);
            resolver.registered(selection).forEach(t -> begin(t, key, run));
            if (open(selection).isEmpty()) {
                throw key.nothingToDo();
            }
            List<FailedRow> failures = new ArrayList<>();
            resolver.registered(selection).forEach(t -> failures.addAll(fill(t)));
            return report(selection, failures);
        });
    }

    /** The uniqueness of its tokens is a constraint by then, beside that of the plaintext. */
    private static void requireNotCutOver(ResolvedTable table, RegisteredColumn column) {
        if (column.phase() == ColumnPhase.CUT_OVER) {
            throw SealwayException.refused(
                    "column %s.%s is cut over; its search tokens move to another key before a cut over or after the drop, so run 'sealway contract' first"
                            .formatted(table.live().name(), column.plaintext()));
        }
    }

    private void begin(ResolvedTable table, NewTokenKey key, long run) {
        SecondColumn second =
                new SecondColumn(means.database(), means.shortLock(), means.progress(), CreateViews::make);
        for (RegisteredColumn column : table.selected()) {
            OptionalLong wanted = key.of(column);
            if (wanted.isPresent()) {
                requireBackfilled(table, column);
                requireNotCutOver(table, column);
                second.add(table.registered(), table.live(), column, wanted.getAsLong(), run);
            }
        }
    }

    private static void requireBackfilled(ResolvedTable table, RegisteredColumn column) {
        if (table.registered().mode() == Mode.IN_PLACE) {
            throw SealwayException.refused(
                    "table %s is encrypted in place; the tokens of such a table cannot move to another key"
                            .formatted(table.live().name()));
        }
        if (!column.phase().isAtLeast(ColumnPhase.BACKFILLED)) {
            throw SealwayException.refused(
                    "column %s.%s is %s: its tokens are still being made; run 'sealway backfill' first"
                            .formatted(
                                    table.live().name(),
                                    column.plaintext(),
                                    column.phase().word()));
        }
    }

    /** The columns that one change brought in are walked together, selected or not. */
    private List<FailedRow> fill(ResolvedTable table) {
        Map<Integer, List<RegisteredColumn>> changes = table.registered().columns().stream()
                .filter(c -> c.secondToken().isPresent())
                .collect(Collectors.groupingBy(RegisteredColumn::change, TreeMap::new, Collectors.toList()));
        TokenFilling filling = new TokenFilling(means.database(), means.shortLock(), means.walk());
        List<FailedRow> failures = new ArrayList<>();
        changes.forEach((change, columns) -> failures.addAll(filling.run(resolver.walked(table, columns), change)));
        return failures;
    }

    /** Makes the new tokens the registered ones; refused while rows lack them. */
    public TokensReport switchOver(Selection selection) {
        TokenSwitch tokenSwitch = new TokenSwitch(means.database(), means.shortLock(), means.walk());
        return ending("keys tokens switch", selection, RotationState.FILLING, tokenSwitch::run);
    }

    /**
     * Drops the old tokens.
     *
     * @param confirmation the phrase that {@link #status} gives, for exactly the selected columns
     */
    public TokensReport finish(Selection selection, String confirmation) {
        TokenDrop drop = drop();
        requireConfirmed(selection, confirmation);
        return ending("keys tokens finish", selection, RotationState.RETIRING, (table, run) -> drop.finish(table));
    }

    /** Drops the new tokens, as long as nothing was switched. */
    public TokensReport abandon(Selection selection) {
        TokenDrop drop = drop();
        return ending("keys tokens abandon", selection, RotationState.FILLING, (table, run) -> drop.abandon(table));
    }

    private TokenDrop drop() {
        return new TokenDrop(means.database(), means.shortLock(), means.walk(), CreateViews::make);
    }

    private void requireConfirmed(Selection selection, String confirmation) {
        List<String> columns = resolver.registered(selection).stream()
                .flatMap(t -> t.selected().stream().flatMap(c -> TokensStatus.retiring(t, c).stream()))
                .toList();
        TokensStatus.phrase(columns).filter(p -> !p.isSaidBy(confirmation)).ifPresent(p -> refuse(columns, p));
    }

    private static void refuse(List<String> columns, ConfirmationPhrase phrase) {
        throw SealwayException.refused(
                "dropping the old search tokens (%s) for ever is not confirmed; to do it, confirm with exactly: %s"
                        .formatted(String.join(", ", columns), phrase));
    }

    /** Works on the selected columns in {@code state}, one after the other: each sees what became of those before it. */
    private TokensReport ending(
            String verb, Selection selection, RotationState state, ObjLongConsumer<WalkedTable> work) {
        return journal.run(verb, selection, run -> {
            List<Long> ids = open(selection).stream()
                    .filter(c -> c.secondToken().orElseThrow().state() == state)
                    .map(RegisteredColumn::id)
                    .toList();
            if (ids.isEmpty()) {
                throw SealwayException.refused(
                        "none of the selected columns has search tokens that are %s; run 'sealway keys tokens status'"
                                .formatted(state.word()));
            }
            journal.requireKeys();
            ids.forEach(id -> work.accept(walked(selection, id), run));
            return report(selection, List.of());
        });
    }

    private List<RegisteredColumn> open(Selection selection) {
        return resolver.registered(selection).stream()
                .flatMap(t -> t.selected().stream())
                .filter(c -> c.secondToken().isPresent())
                .toList();
    }

    private WalkedTable walked(Selection selection, long id) {
        ResolvedTable table = resolver.registered(selection).stream()
                .filter(t -> t.selected().stream().anyMatch(c -> c.id() == id))
                .findFirst()
                .orElseThrow();
        return resolver.walked(
                table, table.selected().stream().filter(c -> c.id() == id).toList());
    }

    private TokensReport report(Selection selection, List<FailedRow> failures) {
        return new TokensStatus(means)
                .of(selection, failures.stream().map(FailedRow::words).toList());
    }
}
