package dev.sealway.cli.demo;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An application of before the migration: it knows only the plaintext columns, and goes on writing them in a thread of its
 * own. It remembers what it wrote, independently of the database.
 */
final class OldApplication implements AutoCloseable {
    private static final Sql CHANGE_USER =
            Sql.of("UPDATE public.users SET phone = ?, last_name = ?, updated_at = pg_catalog.now() WHERE id = ?");
    private static final Sql CHANGE_ACCOUNT = Sql.of("""
            UPDATE public.trading_accounts SET balance = ?::numeric, advisor_notes = ?
             WHERE user_id = ? AND account_no = 1""");
    private static final Sql ADD_USER = Sql.of("""
            INSERT INTO public.users (email, phone, first_name, last_name) VALUES (?, ?, 'New', ?)
            RETURNING id""");
    private static final Sql REMOVE_USER = Sql.of("DELETE FROM public.users WHERE id = ?");
    private static final Sql UNSET_PHONE = Sql.of("UPDATE public.users SET phone = NULL WHERE id = ?");
    private static final long PAUSE_MILLIS = 3;

    private final Database database;
    private final long users;
    private final Lottery lottery = Lottery.of("old application", 0);
    private final AtomicLong writes = new AtomicLong();
    private final Map<Cell, @Nullable String> written = new LinkedHashMap<>();
    private final Deque<Long> added = new ArrayDeque<>();
    private final Map<String, Long> counts = new HashMap<>();
    private final Thread thread = new Thread(this::work, "old application");
    private volatile boolean leaving;
    private volatile @Nullable SealwayException failure;

    /** @param users how many there are; it writes only to them and to those that it adds */
    OldApplication(Database database, long users) {
        this.database = database;
        this.users = users;
    }

    /**
     * One value of the database.
     *
     * @param key the text of each row key column
     */
    record Cell(String table, String column, List<String> key) {}

    void begin() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns when it has written so often altogether, or has failed. */
    void awaitWrites(long count) throws InterruptedException {
        while (writes.get() < count && thread.isAlive()) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Stops writing. */
    @Override
    public void close() throws InterruptedException {
        leaving = true;
        thread.join();
        SealwayException failed = failure;
        if (failed != null) {
            throw SealwayException.failed("the old application failed: %s".formatted(failed.getMessage()));
        }
    }

    long writes() {
        return writes.get();
    }

    /** {@code 310 updates, 92 inserts, 40 deletes}; once it has stopped. */
    String summary() {
        return "%d updates, %d inserts, %d deletes"
                .formatted(
                        counts.getOrDefault("update", 0L),
                        counts.getOrDefault("insert", 0L),
                        counts.getOrDefault("delete", 0L));
    }

    /** What must be in the database now; once it has stopped. */
    Map<Cell, @Nullable String> written() {
        return written;
    }

    private void work() {
        try (Session session = database.open()) {
            while (!leaving) {
                session.inTransaction(TransactionSettings.writing(), "writing as the old application", this::write);
                writes.incrementAndGet();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (SealwayException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean write(Transaction tx) {
        switch (lottery.below(10)) {
            case 0, 1, 2, 3 -> changeUser(tx, lottery.between(1, users + 1));
            case 4, 5 -> changeAccount(tx, lottery.between(1, users / 2 + 1) * 2);
            case 6 -> unsetPhone(tx, lottery.between(1, users + 1));
            case 7, 8 -> addUser(tx);
            default -> removeUser(tx);
        }
        return true;
    }

    private void changeUser(Transaction tx, long id) {
        String phone = phone();
        String name = "Changed-%d 🖋".formatted(writes.get());
        tx.execute(CHANGE_USER, phone, name, id);
        remember("users", "phone", phone, id);
        remember("users", "last_name", name, id);
        count("update");
    }

    private void changeAccount(Transaction tx, long user) {
        String balance = "%d.%s".formatted(lottery.below(1_000_000), lottery.digits(8));
        String notes = "changed while rows are encrypted, %d".formatted(writes.get());
        tx.execute(CHANGE_ACCOUNT, balance, notes, user);
        remember("trading_accounts", "balance", balance, user, 1);
        remember("trading_accounts", "advisor_notes", notes, user, 1);
        count("update");
    }

    private void unsetPhone(Transaction tx, long id) {
        tx.execute(UNSET_PHONE, id);
        remember("users", "phone", null, id);
        count("update");
    }

    private void addUser(Transaction tx) {
        String email = "added.%d@old.example".formatted(writes.get());
        String phone = phone();
        long id = tx.number(ADD_USER, email, phone, "Added");
        added.add(id);
        remember("users", "email", email, id);
        remember("users", "phone", phone, id);
        remember("users", "last_name", "Added", id);
        count("insert");
    }

    private void removeUser(Transaction tx) {
        Long id = added.poll();
        if (id != null) {
            tx.execute(REMOVE_USER, id);
            written.keySet().removeIf(cell -> cell.key().equals(List.of(String.valueOf(id))));
            count("delete");
        }
    }

    private String phone() {
        return String.format(Locale.ROOT, "+1555%010d", writes.get());
    }

    private void remember(String table, String column, @Nullable String value, long... key) {
        written.put(
                new Cell(
                        table,
                        column,
                        Arrays.stream(key).mapToObj(String::valueOf).toList()),
                value);
    }

    private void count(String kind) {
        counts.merge(kind, 1L, Long::sum);
    }
}
