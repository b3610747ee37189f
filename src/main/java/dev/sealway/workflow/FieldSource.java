package dev.sealway.workflow;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.catalog.Catalog;
import dev.sealway.catalog.LiveColumn;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.jdbc.TypeName;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.DefinitionStore;
import dev.sealway.ledger.LedgerSchema;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Registry;
import dev.sealway.plan.Selection;
import dev.sealway.plan.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says of one column, read again after a time by whoever comes first; the others go on with what was read
 * before. Thread-safe.
 */
final class FieldSource {

    /** How many terms what was read serves on while the ledger cannot be read. */
    private static final int TERMS_OF_GRACE = 10;

    private final Means means;
    private final TableName table;
    private final Identifier column;
    private final KeyRenewal keys;
    private final Duration term;
    private final LongSupplier nanoTime;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable FieldNow last;
    private final AtomicLong wishes = new AtomicLong();
    private boolean compared;

    FieldSource(
            Means means, TableName table, Identifier column, KeyRenewal keys, Duration term, LongSupplier nanoTime) {
        this.means = means;
        this.table = table;
        this.column = column;
        this.keys = keys;
        this.term = term;
        this.nanoTime = nanoTime;
    }

    TableName table() {
        return table;
    }

    Identifier column() {
        return column;
    }

    /** Whoever asks from now on gets what was read later than this. */
    void expire() {
        wishes.incrementAndGet();
    }

    FieldNow now() {
        keys.whenDue();
        FieldNow known = last;
        if (known == null) {
            return first();
        }
        if (isFresh(known) || !mayRead(known)) {
            return known;
        }
        try {
            FieldNow behindLock = Objects.requireNonNull(last);
            return isFresh(behindLock) ? behindLock : readAgain(behindLock);
        } finally {
            reading.unlock();
        }
    }

    /** Who was told that what is known is wrong waits for better; everybody else lets one go ahead. */
    private boolean mayRead(FieldNow known) {
        if (!isExpired(known)) {
            return reading.tryLock();
        }
        reading.lock();
        return true;
    }

    /** Whether there are other keys than those of {@code known}, which lacked one. */
    boolean hasOtherKeys(FieldNow known) {
        return keys.forUnknownKey(known.keys());
    }

    private boolean isFresh(FieldNow known) {
        return !isExpired(known) && known.keys() == keys.generation() && age(known) < term.toNanos();
    }

    private boolean isExpired(FieldNow known) {
        return known.wishes() != wishes.get();
    }

    private long age(FieldNow known) {
        return nanoTime.getAsLong() - known.read();
    }

    private FieldNow first() {
        reading.lock();
        try {
            FieldNow known = last;
            return known == null ? read() : known;
        } finally {
            reading.unlock();
        }
    }

    private FieldNow readAgain(FieldNow known) {
        try {
            return read();
        } catch (SealwayException e) {
            if (isExpired(known) || age(known) > TERMS_OF_GRACE * term.toNanos()) {
                throw e;
            }
            means.progress()
                    .notice("what is known of column %s.%s was not renewed: %s"
                            .formatted(table, column.name(), e.getMessage()));
            return known;
        }
    }

    private FieldNow read() {
        FieldNow read;
        try {
            read = look();
        } catch (SealwayException e) {
            // tokens may have moved to a key that only a newer bundle has
            if (!keys.forUnknownKey(keys.generation())) {
                throw e;
            }
            read = look();
        }
        compareKeys(read);
        last = read;
        return read;
    }

    /** What an application seals is held against the same canaries as what a run seals. */
    private void compareKeys(FieldNow read) {
        if (!compared && read.sealed().isPresent()) {
            new Journal(means).compareKeys(new Selection(Set.of(table.toString()), Set.of(), OptionalInt.empty()));
            compared = true;
        }
    }

    private FieldNow look() {
        FieldNow nothing =
                new FieldNow(Optional.empty(), Optional.empty(), keys.generation(), wishes.get(), nanoTime.getAsLong());
        return means.database()
                .inTransaction(TransactionSettings.reading(), "looking up a column", tx -> look(tx, nothing));
    }

    private FieldNow look(Transaction tx, FieldNow nothing) {
        Optional<RegisteredTable> registered =
                LedgerSchema.isInstalled(tx) ? Registry.in(tx).table(table) : Optional.empty();
        Optional<RegisteredColumn> sealed = registered.stream()
                .flatMap(t -> t.columns().stream())
                .filter(c -> c.plaintext().equals(column) && c.phase() != ColumnPhase.REGISTERED)
                .findFirst();
        Optional<TypeName> type = Catalog.in(tx)
                .table(table)
                .flatMap(t -> t.column(column.name()))
                .map(LiveColumn::type)
                .or(() -> registered.flatMap(t -> sealed.flatMap(c -> savedType(tx, t, c))));
        return nothing.with(sealed.map(c -> walked(registered.orElseThrow(), c)), type);
    }

    private WalkedColumn walked(RegisteredTable registered, RegisteredColumn sealed) {
        return new WalkedColumn(
                sealed,
                means.ciphers().of(sealed.cipher(), sealed.keyset()),
                Resolver.tokens(means.keys(), sealed),
                registered.binding());
    }

    private static Optional<TypeName> savedType(Transaction tx, RegisteredTable table, RegisteredColumn column) {
        DefinitionStore saved = DefinitionStore.in(tx);
        return saved.dropsOf(table, List.of(column)).stream()
                .flatMap(run -> saved.of(table, run).stream())
                .filter(d -> d.kind().equals("type")
                        && d.name().equals(column.plaintext().name()))
                .findFirst()
                .map(d -> new TypeName(d.definition()));
    }
}
