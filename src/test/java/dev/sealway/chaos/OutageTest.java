package dev.sealway.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.keys.KeyNotFoundException;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Vault that fails in the middle of a backfill: briefly, so that it is waited for, or until the run gives up and another resumes. */
@ExtendWith({PostgresExtension.class, Tally.class})
class OutageTest {

    /** More batches than are read ahead of the writer. */
    private static final int ROWS = 450;

    private static final String KEYS = "secret/data/chaos/keys";

    private final Random random = new Random(Settings.seed());

    @Test
    @Tag("slow")
    @DisplayName("T34 T52 some kinds of outages of Vault")
    void survivesSomeOutages(TestDatabase database) throws Exception {
        survive(database, 1, 4);
    }

    @Test
    @Tag("chaos")
    @DisplayName("T34 T52 dozens of outages of Vault")
    void survivesDozensOfOutages(TestDatabase database) throws Exception {
        survive(database, 4, Outage.values().length);
    }

    private void survive(TestDatabase database, int times, int kinds) throws Exception {
        System.out.printf("outages with seed %d%n", Settings.seed());
        try (Heard heard = new Heard();
                Vaulted vaulted = Vaulted.start();
                Snapshot expanded = Snapshot.expanded(database.jdbcUrl(), ROWS, vaulted.sealing())) {
            for (int i = 0; i < times; i++) {
                List<Outage> outages = new ArrayList<>(List.of(Outage.values()));
                Collections.shuffle(outages, random);
                for (Outage outage : outages.subList(0, kinds)) {
                    if (outage.isLasting() && random.nextBoolean()) {
                        giveUp(expanded, vaulted, outage, heard);
                    } else {
                        waitFor(expanded, vaulted, outage, heard);
                    }
                }
                denyKeys(expanded, vaulted, heard);
            }
        }
    }

    private void waitFor(Snapshot expanded, Vaulted vaulted, Outage outage, Heard heard) throws Exception {
        try (Scene scene = expanded.open();
                Play play = Play.on(scene, heard, Step.BACKFILL, random.nextInt())) {
            CompletableFuture<Void> over = new CompletableFuture<>();
            int millis = 100 + random.nextInt(900);
            Progress striking = afterSomeBatches(() -> {
                begin(vaulted, outage);
                CompletableFuture.runAsync(
                                () -> end(vaulted, outage),
                                CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
                        .thenRun(() -> over.complete(null));
            });
            attempt(() -> vaultedBackfill(scene, striking), heard);
            over.get(1, TimeUnit.MINUTES);
            finish(play, outage);
            Tally.fault("%s for a while".formatted(outage));
        }
    }

    private void giveUp(Snapshot expanded, Vaulted vaulted, Outage outage, Heard heard) throws Exception {
        try (Scene scene = expanded.open();
                Play play = Play.on(scene, heard, Step.BACKFILL, random.nextInt())) {
            Progress striking = afterSomeBatches(() -> begin(vaulted, outage));
            boolean gaveUp = attempt(() -> vaulted.impatient(scene, striking).backfill(Selection.ALL), heard);
            vaulted.end(outage);
            assertThat(gaveUp).as("%s ends the run", outage).isTrue();
            finish(play, outage);
            Tally.fault("%s until the run gave up".formatted(outage));
        }
    }

    /** In the middle of a table, for a while, whoever wants to go on gets no keys. */
    private void denyKeys(Snapshot expanded, Vaulted vaulted, Heard heard) throws Exception {
        try (Scene scene = expanded.open();
                Play play = Play.on(scene, heard, Step.BACKFILL, random.nextInt())) {
            Progress striking = afterSomeBatches(() -> begin(vaulted, Outage.SEALED));
            attempt(() -> vaulted.impatient(scene, striking).backfill(Selection.ALL), heard);
            vaulted.end(Outage.SEALED);
            vaulted.hideKeys();
            assertThatThrownBy(() -> vaultedBackfill(scene, Progress.NONE))
                    .isInstanceOfSatisfying(KeyNotFoundException.class, heard::hear);
            vaulted.bringKeysBack();
            Tally.fault("key bundle deleted for a while");
            assertThat(vaulted.vault().requests("POST", KEYS))
                    .as("keys that were made")
                    .isOne();
            vaulted.begin(Outage.SEALED);
            CompletableFuture.runAsync(
                    () -> end(vaulted, Outage.SEALED), CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS));
            vaultedBackfill(scene, Progress.NONE);
            Tally.fault("key provider away for a while");
            finish(play, "keys were denied");
        }
    }

    private static void vaultedBackfill(Scene scene, Progress progress) {
        scene.sealing().sealway(scene.source(Scene.SEALWAY), progress).backfill(Selection.ALL);
    }

    private static void finish(Play play, Object after) throws Exception {
        play.finish(List.of(Step.BACKFILL, Step.VERIFY));
        play.requireRight(after);
    }

    /** @return whether it was broken off */
    private static boolean attempt(Runnable run, Heard heard) {
        try {
            run.run();
            return false;
        } catch (SealwayException e) {
            heard.hear(e);
            return true;
        }
    }

    private Progress afterSomeBatches(Runnable strike) {
        AtomicInteger left = new AtomicInteger(1 + random.nextInt(3));
        return new Progress() {
            @Override
            public void committed(String work, long walked, long written) {
                if (left.decrementAndGet() == 0) {
                    strike.run();
                }
            }
        };
    }

    private static void begin(Vaulted vaulted, Outage outage) {
        try {
            vaulted.begin(outage);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static void end(Vaulted vaulted, Outage outage) {
        try {
            vaulted.end(outage);
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
