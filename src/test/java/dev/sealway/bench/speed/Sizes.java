package dev.sealway.bench.speed;

import dev.sealway.progress.Progress;
import java.sql.SQLException;

/** What a backfill and a verify cost as tables grow. */
final class Sizes {

    /**
     * A backfill and a verify.
     *
     * @param walk rows per second, as {@code backfill} and {@code verify}
     * @param heap MB that stayed in use after a collection, at most
     * @param wal bytes per row of the backfill
     * @param growth of the table with its indexes, bytes per row
     */
    record Size(int rows, double walk, double backfill, double verify, double heap, double wal, double growth) {}

    private final Users users;

    Sizes(Users users) {
        this.users = users;
    }

    /** @param again whether the heap, for which the program stops, is looked at in a run of its own */
    Size size(int rows, boolean again) throws Exception {
        users.create(rows);
        long before = bytes();
        Heap heap = new Heap();
        long[] wal = new long[2];
        Ours.Times times =
                new Ours().run(users, again ? Progress.NONE : heap, () -> wal[0] = lsn(), () -> wal[1] = lsn());
        long grown = bytes() - before;
        if (again) {
            users.create(rows);
            new Ours().run(users, heap, () -> {}, () -> {});
        }
        return new Size(
                rows,
                rows / times.walk(),
                rows / times.backfill(),
                rows / times.verify(),
                heap.megabytes(),
                (double) (wal[1] - wal[0]) / rows,
                (double) grown / rows);
    }

    private long bytes() throws SQLException {
        return users.number("SELECT pg_total_relation_size('users')");
    }

    private long lsn() {
        try {
            return users.number("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
