package dev.sealway.workflow;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.TypeSupport;
import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.Encoding;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.ledger.NewColumn;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredSearch;
import dev.sealway.plan.CipherSource;
import dev.sealway.plan.ColumnPlan;
import dev.sealway.plan.DerivedNames;
import dev.sealway.plan.Plan;
import dev.sealway.plan.SearchPlan;
import dev.sealway.plan.TablePlan;
import dev.sealway.search.Normalizer;
import dev.sealway.search.TokenLength;
import dev.sealway.search.ValueDistribution;
import java.util.Optional;

/** Fills in what the plan leaves open about a column, before it is frozen. */
final class Registration {

    private final Plan plan;

    Registration(Plan plan) {
        this.plan = plan;
    }

    /**
     * @param known the column as it is registered already: what the plan leaves open stays as it was frozen
     * @param distribution of the column's values, measured where it gets a blind index
     */
    NewColumn of(
            TablePlan table,
            LiveTable live,
            ColumnPlan column,
            Optional<RegisteredColumn> known,
            Optional<ValueDistribution> distribution) {
        LiveColumn plaintext = live.column(column.name()).orElseThrow();
        String context =
                column.context().or(() -> known.map(RegisteredColumn::context)).orElse(column.contextIn(table.name()));
        return new NewColumn(
                plaintext,
                known.map(RegisteredColumn::encrypted).orElseGet(() -> encrypted(table, column)),
                column.search()
                        .map(s -> search(column, s, context, known.flatMap(RegisteredColumn::search), distribution)),
                context,
                encoding(column, plaintext, known),
                plan.cipherOf(table).map(CipherSource::kind).orElse(Ciphers.TINK),
                keyset(table, column, known.map(RegisteredColumn::keyset)),
                column.change());
    }

    private String keyset(TablePlan table, ColumnPlan column, Optional<String> known) {
        return plan.cipherOf(table)
                .map(cipher -> cipher.keyset().or(() -> known).orElseThrow(() -> unnamed(cipher)))
                .or(column::keyset)
                .or(() -> known)
                .orElse(plan.keyset());
    }

    private static SealwayException unnamed(CipherSource cipher) {
        return SealwayException.wrongUsage("cipher %s names no key; say key under ciphers in the plan, or set %s"
                .formatted(cipher.name(), CipherSource.KEY_VARIABLE));
    }

    private static Identifier encrypted(TablePlan table, ColumnPlan column) {
        return Identifier.of(
                switch (table.mode()) {
                    case EXPAND -> DerivedNames.encrypted(column.name());
                    case IN_PLACE -> column.name();
                });
    }

    private static Encoding encoding(ColumnPlan column, LiveColumn plaintext, Optional<RegisteredColumn> known) {
        Encoding usual = known.map(RegisteredColumn::encoding).orElseGet(() -> TypeSupport.encoding(plaintext));
        return column.pad().isPresent()
                ? new Encoding(usual.form(), column.pad().getAsInt())
                : usual;
    }

    private static RegisteredSearch search(
            ColumnPlan column,
            SearchPlan search,
            String context,
            Optional<RegisteredSearch> known,
            Optional<ValueDistribution> distribution) {
        Normalizer normalizer = Normalizer.parse(known.map(RegisteredSearch::normalizer)
                .filter(frozen -> frozen.startsWith(search.normalizer() + "/"))
                .orElse(search.normalizer()));
        RegisteredSearch planned = RegisteredSearch.planned(
                known.map(RegisteredSearch::column).orElse(Identifier.of(DerivedNames.search(column.name()))),
                normalizer.id(),
                search.context().or(() -> known.map(RegisteredSearch::context)).orElse(context),
                normalizer.indexName(),
                known.map(RegisteredSearch::bits).orElseGet(() -> bits(search, distribution)),
                search.carryUnique());
        return known.map(k -> planned.withKey(k.keyId())).orElse(planned);
    }

    /**
     * A long token where it stands for uniqueness or where hardly any value repeats, so that equality tells little;
     * otherwise so few bits that several values share each token.
     */
    static int bits(SearchPlan search, Optional<ValueDistribution> distribution) {
        if (search.bits().isPresent()) {
            return search.bits().getAsInt();
        }
        if (search.carryUnique()
                || distribution.map(d -> 2 * d.distinct() >= d.rows()).orElse(true)) {
            return TokenLength.UNIQUE_BITS;
        }
        return TokenLength.forRows(Math.max(1, distribution.get().rows())).recommended();
    }
}
