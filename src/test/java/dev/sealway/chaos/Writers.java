package dev.sealway.chaos;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Applications of every style that write to a scene all the time. Each owns the rows of its own remainder, so that what a
 * row must say is known exactly.
 */
final class Writers implements AutoCloseable {

    private static final int COUNT = 2;

    private final Scene scene;
    private final ReadWriteLock gate = new ReentrantReadWriteLock(true);
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final AtomicLong writes = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile Set<Style> allowed = EnumSet.of(Style.OLD);
    private volatile boolean stop;

    private Writers(Scene scene) {
        this.scene = scene;
    }

    static Writers start(Scene scene, Set<Style> styles, long seed) {
        Writers writers = new Writers(scene);
        writers.allowed = Set.copyOf(styles);
        for (int t = 0; t < COUNT; t++) {
            Writer writer = new Writer(scene, t, COUNT, new Random(seed * COUNT + t));
            Thread thread = new Thread(() -> writers.write(writer), "writer-" + t);
            writers.threads.add(thread);
            thread.start();
        }
        return writers;
    }

    private void write(Writer writer) {
        try (writer) {
            while (!stop) {
                gate.readLock().lock();
                try {
                    writer.writeOne(allowed);
                } finally {
                    gate.readLock().unlock();
                }
                writes.incrementAndGet();
                Thread.sleep(1);
            }
        } catch (SQLException e) {
            errors.add("SQLSTATE %s".formatted(e.getSQLState()));
        } catch (RuntimeException e) {
            errors.add(String.valueOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when no write of another style is under way any more. */
    void allow(Set<Style> styles) {
        if (allowed.equals(styles)) {
            return;
        }
        gate.writeLock().lock();
        allowed = Set.copyOf(styles);
        gate.writeLock().unlock();
    }

    /** Waits until so many writes more were made. */
    void await(int more) throws InterruptedException {
        long until = writes.get() + more;
        while (writes.get() < until && threads.stream().allMatch(Thread::isAlive)) {
            Thread.sleep(2);
        }
    }

    long writes() {
        return writes.get();
    }

    /**
     * Ends all writing.
     *
     * @throws AssertionError if an application met what no migration may do to it
     */
    @Override
    public void close() throws InterruptedException {
        stop = true;
        for (Thread thread : threads) {
            thread.join();
        }
        if (!errors.isEmpty()) {
            throw new AssertionError("applications met %s in %s".formatted(errors, scene));
        }
    }
}
