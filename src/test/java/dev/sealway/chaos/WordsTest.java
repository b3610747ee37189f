package dev.sealway.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.chaos.Worker.Job;
import dev.sealway.error.SealwayException;
import dev.sealway.error.SealwayException.Outcome;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.workflow.RunTarget;
import dev.sealway.workflow.RunsFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A running backfill that another process pauses, resumes, cancels and tunes, at times and in an order that nobody chose. */
@ExtendWith({PostgresExtension.class, Tally.class})
class WordsTest {

    private static final int ROWS = 400;
    private static final int REST_MILLIS = 50;
    private static final int LONGEST_WAIT_MINUTES = 3;

    private enum Word {
        PAUSE("paused"),
        RESUME("resumed"),
        TUNE("tuned"),
        CANCEL("cancelled"),
        /** Also while it is paused. */
        KILL("SIGKILL of a run that was spoken to");

        private final String words;

        Word(String words) {
            this.words = words;
        }

        boolean endsTheRun() {
            return this == CANCEL || this == KILL;
        }
    }

    private final Random random = new Random(Settings.seed());

    @Test
    @Tag("slow")
    @DisplayName("T04 a backfill that is spoken to ends or goes on, and no row suffers")
    void survivesSomeWords(TestDatabase database) throws Exception {
        speak(database, 3);
    }

    @Test
    @Tag("chaos")
    @DisplayName("T04 backfills that are spoken to all the time")
    void survivesManyWords(TestDatabase database) throws Exception {
        speak(database, 25);
    }

    private void speak(TestDatabase database, int rounds) throws Exception {
        try (Heard heard = new Heard();
                Snapshot expanded = Snapshot.expanded(database.jdbcUrl(), ROWS, Sealing.HERE)) {
            for (int round = 0; round < rounds; round++) {
                round(expanded, heard);
            }
        }
    }

    private void round(Snapshot expanded, Heard heard) throws Exception {
        try (Scene scene = expanded.open();
                Play play = Play.on(scene, heard, Step.BACKFILL, random.nextInt());
                Child child = Child.spawn(heard)) {
            child.put(Job.of(scene.address(), scene.folder(), Step.BACKFILL).resting(REST_MILLIS));
            scene.awaitRun();
            CompletableFuture<String> sign = child.sign();
            List<Word> said = speakTo(scene, child, sign);
            if (said.stream().noneMatch(Word::endsTheRun)) {
                letGo(scene, child);
                assertThat(sign.get(LONGEST_WAIT_MINUTES, TimeUnit.MINUTES))
                        .as("a run that heard %s", said)
                        .isEqualTo(Worker.ENDED);
            } else {
                sign.get(LONGEST_WAIT_MINUTES, TimeUnit.MINUTES);
            }
            play.finish(List.of(Step.BACKFILL, Step.VERIFY));
            play.requireRight(said);
            said.forEach(word -> Tally.fault("run %s".formatted(word.words)));
        }
    }

    /** As fast as it began: in small batches it is slower than the applications. */
    private void letGo(Scene scene, Child child) throws Exception {
        say(Word.RESUME, scene, child);
        try {
            scene.sealway()
                    .runs()
                    .tune(
                            RunTarget.THE_ONLY_ONE,
                            OptionalInt.of(4 * Settings.BATCH),
                            OptionalInt.of(0),
                            OptionalInt.of(0));
        } catch (SealwayException e) {
            assertThat(e.outcome()).as(e.getMessage()).isEqualTo(Outcome.REFUSED);
        }
    }

    /** @return what the run has heard */
    private List<Word> speakTo(Scene scene, Child child, CompletableFuture<String> sign) throws Exception {
        List<Word> said = new ArrayList<>();
        for (int i = 2 + random.nextInt(6); i > 0 && !sign.isDone(); i--) {
            Thread.sleep(random.nextInt(300));
            Word word = i > 1 ? Word.values()[random.nextInt(3)] : Word.values()[random.nextInt(5)];
            if (say(word, scene, child)) {
                said.add(word);
            }
        }
        return said;
    }

    /** @return whether there was a run to hear it */
    private boolean say(Word word, Scene scene, Child child) throws Exception {
        RunsFlow runs = scene.sealway().runs();
        try {
            switch (word) {
                case PAUSE -> runs.pause(RunTarget.THE_ONLY_ONE);
                case RESUME -> runs.resume(RunTarget.THE_ONLY_ONE);
                case TUNE ->
                    runs.tune(
                            RunTarget.THE_ONLY_ONE,
                            perhaps(60),
                            OptionalInt.of(200 + random.nextInt(2_000)),
                            perhaps(2));
                case CANCEL -> runs.cancel(RunTarget.THE_ONLY_ONE);
                case KILL -> child.kill();
            }
            return true;
        } catch (SealwayException e) {
            assertThat(e.outcome()).as(e.getMessage()).isEqualTo(Outcome.REFUSED);
            return false;
        }
    }

    private OptionalInt perhaps(int most) {
        return random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(most));
    }
}
