package dev.sealway.index;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.inventory.CarriedUnique;
import dev.sealway.catalog.inventory.UniqueCarry;
import dev.sealway.jdbc.ConcurrentIndex;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFragment;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.plan.DerivedNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which indexes the search tokens of a table need, now and once its plaintext is gone.
 *
 * <p>As long as the plaintext is there, a carried UNIQUE is a partial index ({@code WHERE … IS NOT NULL}): a partial one
 * does not count as a key, so sealing a row does not wait behind the foreign-key checks of its children.
 */
public final class TokenIndexes {

    private final RegisteredTable table;
    private final QualifiedName name;
    private final List<CarriedUnique> carried;

    private TokenIndexes(RegisteredTable table, QualifiedName name, List<CarriedUnique> carried) {
        this.table = table;
        this.name = name;
        this.carried = carried;
    }

    /** Looks up what has to be carried; only columns whose plaintext is there have something to carry. */
    public static TokenIndexes of(Transaction tx, WalkedTable walked) {
        return of(
                tx,
                walked.registered(),
                walked.live(),
                walked.columns().stream().map(WalkedColumn::registered).toList());
    }

    /** @param columns of {@code table}, those whose indexes are wanted */
    static TokenIndexes of(Transaction tx, RegisteredTable table, LiveTable live, List<RegisteredColumn> columns) {
        Map<Identifier, Identifier> search = table.columns().stream()
                .filter(c -> c.phase() != ColumnPhase.REGISTERED)
                .filter(c -> c.search().map(s -> s.carryUnique()).orElse(false))
                .collect(Collectors.toMap(
                        RegisteredColumn::plaintext,
                        c -> c.search().orElseThrow().column()));
        Set<Identifier> plaintext =
                table.columns().stream().map(RegisteredColumn::plaintext).collect(Collectors.toSet());
        List<CarriedUnique> carried = new ArrayList<>();
        columns.stream()
                .filter(c -> c.search().map(s -> s.carryUnique()).orElse(false))
                .flatMap(c -> UniqueCarry.of(tx, live, c.plaintext(), plaintext, search).carried().stream())
                .filter(c -> carried.stream().noneMatch(other -> other.index().equals(c.index())))
                .forEach(carried::add);
        return new TokenIndexes(table.with(columns), live.name(), carried);
    }

    public List<CarriedUnique> carried() {
        return carried;
    }

    /** For look-ups and uniqueness while the plaintext is there. */
    public List<ConcurrentIndex> whilePlaintextIsThere() {
        List<ConcurrentIndex> indexes = new ArrayList<>();
        carried.forEach(c -> indexes.add(partial(c)));
        table.columns().stream()
                .flatMap(c -> c.search().stream())
                .filter(s -> carried.stream().noneMatch(c -> c.columns().get(0).equals(s.column())))
                .forEach(s -> indexes.add(plain(s.column())));
        return indexes;
    }

    /**
     * The full UNIQUE indexes that take over when the plaintext goes and that can be built before. With NULLS NOT
     * DISTINCT that cannot be done: rows that writers make dirty have no token, and the second one would be refused.
     */
    public List<ConcurrentIndex> whenPlaintextGoes() {
        return carried.stream()
                .filter(c -> !c.rules().nullsNotDistinct())
                .map(this::full)
                .toList();
    }

    public ConcurrentIndex full(CarriedUnique unique) {
        return new ConcurrentIndex(name, carriedName(unique), true, definition(unique, unique.predicate()));
    }

    /** The name of the constraint or index that takes the place of {@code unique}. */
    public static Identifier carriedName(CarriedUnique unique) {
        return Identifier.of(DerivedNames.carried(unique.index().name()));
    }

    /** The partial index that {@link #full} makes superfluous. */
    public static Identifier partialName(CarriedUnique unique) {
        return Identifier.of(DerivedNames.carriedForNow(unique.index().name()));
    }

    ConcurrentIndex partial(CarriedUnique unique) {
        List<SqlFragment> conditions = new ArrayList<>();
        tokensOf(unique)
                .forEach(t -> conditions.add(Sql.of("{token} IS NOT NULL").with("token", t)));
        unique.predicate().ifPresent(p -> conditions.add(Sql.of("({p})").with("p", p)));
        return new ConcurrentIndex(
                name, partialName(unique), true, definition(unique, Optional.of(Sql.join(" AND ", conditions))));
    }

    /** The search columns among the columns of a carried UNIQUE. */
    public List<Identifier> tokensOf(CarriedUnique unique) {
        Set<Identifier> tokens = table.columns().stream()
                .flatMap(c -> c.search().stream())
                .map(s -> s.column())
                .collect(Collectors.toSet());
        return unique.columns().stream().filter(tokens::contains).toList();
    }

    private ConcurrentIndex plain(Identifier token) {
        return new ConcurrentIndex(
                name,
                Identifier.of(DerivedNames.tokenIndex(name.name().name(), token.name())),
                false,
                Sql.of("({token})").with("token", token));
    }

    static Sql definition(CarriedUnique unique, Optional<Sql> predicate) {
        Sql include = unique.include().isEmpty()
                ? Sql.of("")
                : Sql.of(" INCLUDE ({columns})").with("columns", Identifier.list(unique.include()));
        return Sql.of("({columns}){include}{nulls}{where}")
                .with("columns", Identifier.list(unique.columns()))
                .with("include", include)
                .with("nulls", Sql.of(unique.rules().nullsNotDistinct() ? " NULLS NOT DISTINCT" : ""))
                .with(
                        "where",
                        predicate.map(p -> Sql.of(" WHERE {p}").with("p", p)).orElse(Sql.of("")));
    }
}
