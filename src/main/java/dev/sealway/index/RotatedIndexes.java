package dev.sealway.index;

import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.inventory.CarriedUnique;
import dev.sealway.catalog.inventory.UniqueCarry;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.ConcurrentIndex;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.SecondToken;
import dev.sealway.plan.DerivedNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The indexes over a column's new search tokens that do what those over its old tokens do: the same columns, INCLUDE,
 * predicate and treatment of NULLs. They are built under numbered names, and take the old names once the old ones are gone.
 */
public final class RotatedIndexes {

    /**
     * A UNIQUE index over new tokens beside the one over old tokens.
     *
     * @param older the name of the index, or constraint, over old tokens
     * @param newer what can be built now; with NULLS NOT DISTINCT that leaves out rows without a new token, of which there
     *     may be many as long as applications do not know it
     * @param whole what takes its place behind the lock, where it had to leave out rows
     * @param unique over new tokens
     * @param constraint whether the older one is a constraint
     */
    public record Pair(
            Identifier older,
            ConcurrentIndex newer,
            Optional<ConcurrentIndex> whole,
            CarriedUnique unique,
            boolean constraint) {}

    private final List<Pair> pairs;
    private final Optional<ConcurrentIndex> plain;
    private final Identifier plainOlder;

    private RotatedIndexes(List<Pair> pairs, Optional<ConcurrentIndex> plain, Identifier plainOlder) {
        this.pairs = List.copyOf(pairs);
        this.plain = plain;
        this.plainOlder = plainOlder;
    }

    /**
     * @param table as registered now, with the rotation under way
     * @param column of it, the one whose tokens move
     * @throws SealwayException if an index over the old tokens cannot be had over the new ones, or is shared with another
     *     column whose tokens are moving too
     */
    public static RotatedIndexes of(Transaction tx, RegisteredTable table, LiveTable live, RegisteredColumn column) {
        Rotation rotation = new Rotation(table, live, column);
        List<Pair> pairs = column.phase() == ColumnPhase.CONTRACTED ? rotation.full(tx) : rotation.partial(tx);
        rotation.requireAlone(pairs);
        Optional<ConcurrentIndex> plain =
                pairs.stream().anyMatch(p -> p.unique().columns().get(0).equals(rotation.newest))
                        ? Optional.empty()
                        : Optional.of(rotation.plain());
        return new RotatedIndexes(pairs, plain, rotation.plainName(rotation.older));
    }

    public List<Pair> pairs() {
        return pairs;
    }

    /** Everything that has to stand before the switch. */
    public List<ConcurrentIndex> all() {
        List<ConcurrentIndex> all =
                new ArrayList<>(pairs.stream().map(Pair::newer).toList());
        plain.ifPresent(all::add);
        return all;
    }

    /** The names of the indexes and constraints that go with the old tokens' column. */
    public Set<String> olderNames() {
        Set<String> names = pairs.stream().map(p -> p.older().name()).collect(Collectors.toSet());
        names.add(plainOlder.name());
        return names;
    }

    /** The names of those that go with the new tokens' column. */
    public Set<String> newerNames() {
        return all().stream().map(i -> i.name().name()).collect(Collectors.toSet());
    }

    private static final class Rotation {

        private final RegisteredTable table;
        private final LiveTable live;
        private final RegisteredColumn column;
        private final SecondToken second;
        private final Identifier older;
        private final Identifier newest;

        Rotation(RegisteredTable table, LiveTable live, RegisteredColumn column) {
            this.table = table;
            this.live = live;
            this.column = column;
            this.second = column.secondToken().orElseThrow();
            this.older = column.search().orElseThrow().columns().get(0);
            this.newest = column.search().orElseThrow().newest();
        }

        /** While the plaintext is there it says what is unique, and the indexes over tokens are partial. */
        List<Pair> partial(Transaction tx) {
            RegisteredColumn moved =
                    column.withSearch(column.search().orElseThrow().in(newest, second.keyId()));
            List<RegisteredColumn> columns = table.columns().stream()
                    .map(c -> c.id() == column.id() ? moved : c)
                    .filter(c -> c.phase().hasPlaintext() && c.phase() != ColumnPhase.REGISTERED)
                    .toList();
            TokenIndexes indexes = TokenIndexes.of(tx, table.with(columns), live, columns);
            return indexes.carried().stream()
                    .filter(u -> u.columns().contains(newest))
                    .map(u -> new Pair(
                            TokenIndexes.partialName(u),
                            named(indexes.partial(u), TokenIndexes.partialName(u)),
                            Optional.empty(),
                            u,
                            false))
                    .toList();
        }

        /** Afterwards the old tokens' own indexes do. */
        List<Pair> full(Transaction tx) {
            UniqueCarry carry = UniqueCarry.of(tx, live, older, Set.of(older), Map.of(older, newest));
            if (!carry.refused().isEmpty()) {
                throw SealwayException.refused(
                        "tokens of %s.%s cannot move to another key, because there is no doing the same over new tokens: %s; drop it first"
                                .formatted(live.name(), column.plaintext(), carry.refused()));
            }
            return carry.carried().stream().map(this::full).toList();
        }

        private Pair full(CarriedUnique unique) {
            ConcurrentIndex whole = named(
                    new ConcurrentIndex(
                            live.name(), unique.index(), true, TokenIndexes.definition(unique, unique.predicate())),
                    unique.index());
            boolean constraint = unique.constraint() && live.kind() != 'p';
            if (!unique.rules().nullsNotDistinct()) {
                return new Pair(unique.index(), whole, Optional.empty(), unique, constraint);
            }
            Sql filled = Sql.of("{token} IS NOT NULL").with("token", newest);
            Sql predicate = unique.predicate()
                    .map(p ->
                            Sql.of("{filled} AND ({p})").with("filled", filled).with("p", p))
                    .orElse(filled);
            ConcurrentIndex forNow = new ConcurrentIndex(
                    live.name(), whole.name(), true, TokenIndexes.definition(unique, Optional.of(predicate)));
            return new Pair(unique.index(), forNow, Optional.of(whole), unique, constraint);
        }

        private ConcurrentIndex named(ConcurrentIndex index, Identifier older) {
            Identifier name = Identifier.of(DerivedNames.numbered(older.name(), second.generation()));
            return new ConcurrentIndex(index.table(), name, index.unique(), index.definition());
        }

        ConcurrentIndex plain() {
            return new ConcurrentIndex(
                    live.name(), plainName(newest), false, Sql.of("({token})").with("token", newest));
        }

        Identifier plainName(Identifier token) {
            return Identifier.of(DerivedNames.tokenIndex(live.name().name().name(), token.name()));
        }

        /** One of two tokens in one index would be missing while the other is there. */
        void requireAlone(List<Pair> pairs) {
            Set<Identifier> moving = table.columns().stream()
                    .filter(c -> c.id() != column.id() && c.secondToken().isPresent())
                    .flatMap(c -> c.search().orElseThrow().columns().stream())
                    .collect(Collectors.toSet());
            pairs.stream()
                    .filter(p -> p.unique().columns().stream().anyMatch(moving::contains))
                    .findFirst()
                    .ifPresent(p -> {
                        throw SealwayException.refused(
                                "%s on %s is over tokens of two columns, and those of the other one are moving to another key; let one finish before the other starts (--column)"
                                        .formatted(p.older(), live.name()));
                    });
        }
    }
}
