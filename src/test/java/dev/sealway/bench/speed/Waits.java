package dev.sealway.bench.speed;

import dev.sealway.Sealway;
import dev.sealway.phase.contract.ContractReport;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import java.util.concurrent.TimeUnit;

/**
 * How long an application waits at most while each phase runs, whether for a lock, a processor or the disk.
 *
 * @param expand ms that one of its requests took at most, as the other phases
 * @param locked ms for which contract says that it kept everybody out
 */
record Waits(int rows, double expand, double backfill, double verify, double views, double contract, double locked) {

    /** A phase that ran, by {@link System#nanoTime}. */
    private record Ran(long from, long to) {

        static Ran of(Runnable phase) {
            long from = System.nanoTime();
            phase.run();
            return new Ran(from, System.nanoTime());
        }
    }

    /** Takes a table of so many rows through its whole life. */
    static Waits measure(Users users, int rows) throws Exception {
        users.create(rows);
        Sealway sealway = new Ours().sealway(users, b -> b);
        try (Load load = Load.on(users, rows)) {
            TimeUnit.SECONDS.sleep(1);
            Ran expand = Ran.of(() -> sealway.expand(Selection.ALL));
            Ran backfill = Ran.of(() -> sealway.backfill(Selection.ALL));
            Ran verify = Ran.of(() -> sealway.verify(Selection.ALL));
            Ran views = Ran.of(() -> sealway.views(Selection.ALL));
            String phrase = sealway.status(Selection.ALL).phrase().orElseThrow();
            ContractReport[] report = new ContractReport[1];
            Ran contract = Ran.of(() -> report[0] = sealway.contract(Selection.ALL, Life.terms(phrase)));
            load.end();
            return new Waits(
                    rows,
                    longest(load, expand),
                    longest(load, backfill),
                    longest(load, verify),
                    longest(load, views),
                    longest(load, contract),
                    report[0].tables().get(0).lockedMillis());
        }
    }

    private static double longest(Load load, Ran phase) throws Exception {
        return load.between(phase.from, phase.to).most();
    }
}
