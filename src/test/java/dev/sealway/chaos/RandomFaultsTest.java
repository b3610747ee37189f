package dev.sealway.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.chaos.Worker.Job;
import dev.sealway.testing.Life;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Whole lives among writers and faults of every kind, at random times. */
@ExtendWith(Tally.class)
class RandomFaultsTest {

    private static final int LONGEST_WAIT_SECONDS = 180;
    private static final int WORKERS = 3;

    @TempDir
    private Path directory;

    private final Random random = new Random(Settings.seed());
    private final List<Fault> deck = new ArrayList<>();
    private Cluster cluster;
    private Wire wire;

    @Test
    @Tag("slow")
    @DisplayName("T03 T04 each kind of fault once")
    void survivesEachKindOfFaultOnce() throws Exception {
        survive(400, Fault.values().length);
    }

    @Test
    @Tag("chaos")
    @DisplayName("T03 T04 hundreds of faults")
    void survivesHundredsOfFaults() throws Exception {
        survive(Settings.rows(1_000), Settings.faults(200));
    }

    private void survive(int rows, int faults) throws Exception {
        System.out.printf("faults and applications with seed %d%n", Settings.seed());
        try (Heard heard = new Heard();
                Cluster started = Cluster.start(directory);
                Wire between = Wire.to(started.port())) {
            cluster = started;
            wire = between;
            int survived = 0;
            for (int life = 0; survived < faults; life++) {
                survived += live(Lives.ALL.get(life % Lives.ALL.size()), rows, faults - survived, heard);
            }
        }
    }

    private int live(List<Step> life, int rows, int most, Heard heard) throws Exception {
        int survived = 0;
        try (Scene scene = Scene.create(cluster.url(), rows);
                Play play = Play.on(scene, heard, life.get(0), random.nextInt())) {
            for (Step step : life) {
                step.prepare(scene);
                play.writers().allow(step.styles());
                for (int i = random.nextInt(4); i >= 0 && survived < most; i--) {
                    Fault fault = next();
                    if (strike(scene, step, fault, heard)) {
                        survived++;
                        Tally.fault(fault.toString());
                    } else {
                        deck.add(fault);
                    }
                }
                play.finish(step, scene.source(Scene.SEALWAY));
            }
            play.requireRight(life);
        }
        return survived;
    }

    /** Each kind once before any comes again. */
    private Fault next() {
        if (deck.isEmpty()) {
            deck.addAll(List.of(Fault.values()));
            Collections.shuffle(deck, random);
        }
        return deck.remove(0);
    }

    /** @return whether it struck while the verb ran */
    private boolean strike(Scene scene, Step step, Fault fault, Heard heard) throws Exception {
        if (fault == Fault.WRONG_KEYS && step == Step.EXPAND) {
            // a database that knows no keys yet takes whichever come first
            return false;
        }
        Job job = Job.of(url(scene), scene.folder(), step).withWorkers(WORKERS);
        try (Child child = Child.spawn(heard, keys(fault))) {
            child.put(job);
            CompletableFuture<String> sign = child.sign();
            Thread.sleep(random.nextInt(500));
            if (fault.isOfKeys()) {
                return sign.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS).equals(Worker.FAILED);
            }
            boolean running = !sign.isDone();
            if (running) {
                inject(fault, scene, job, child, heard);
                sign.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            }
            return running;
        }
    }

    private static Optional<String> keys(Fault fault) {
        return switch (fault) {
            case NO_KEYS -> Optional.empty();
            case WRONG_KEYS -> Optional.of(Life.freshKeys());
            default -> Optional.of(Keys.BUNDLE);
        };
    }

    private String url(Scene scene) {
        PGSimpleDataSource source = scene.source(Scene.SEALWAY);
        source.setPortNumbers(new int[] {wire.port()});
        return source.getURL() + "&user=postgres";
    }

    private void inject(Fault fault, Scene scene, Job job, Child child, Heard heard) throws Exception {
        switch (fault) {
            case KILL -> child.kill();
            case TERMINATE ->
                scene.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '%s' %s"
                        .formatted(Scene.SEALWAY, random.nextBoolean() ? "" : "AND random() < 0.4"));
            case CUT -> wire.cut();
            case HALF_CLOSE -> wire.halfClose();
            case STALL -> wire.stall(Duration.ofMillis(200 + random.nextInt(1_500)));
            case RESTART -> cluster.restart();
            case RIVAL -> rival(job, heard);
            case HOLD -> hold(scene);
            case NO_KEYS, WRONG_KEYS -> throw new AssertionError("keys were given out before");
        }
    }

    private static void rival(Job job, Heard heard) throws Exception {
        try (Child rival = Child.spawn(heard, Optional.of(Keys.BUNDLE))) {
            rival.put(job);
            String sign = rival.sign().get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            assertThat(sign).isIn(Worker.ENDED, Worker.FAILED);
        }
    }

    /** An application reads the table in a transaction that it leaves open for a while. */
    private void hold(Scene scene) throws SQLException, InterruptedException {
        try (Connection connection = scene.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM people");
            Thread.sleep(500 + random.nextInt(2_500));
            connection.commit();
        }
    }
}
