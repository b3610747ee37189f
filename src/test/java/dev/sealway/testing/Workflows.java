package dev.sealway.testing;

import dev.sealway.batch.WalkListener;
import dev.sealway.config.Wiring;
import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.tink.WrappedStreams;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.patience.Patience;
import dev.sealway.progress.Progress;
import dev.sealway.workflow.Means;
import dev.sealway.workflow.Workflow;
import java.time.Duration;

/** Wires a life with ciphers of the test's own. */
public final class Workflows {

    private static final Patience SOME = new Patience(10, Duration.ofMillis(20), Duration.ofMillis(200), () -> 0);

    private Workflows() {}

    public static Workflow of(Life life, Ciphers ciphers, Progress progress, WalkListener listener) {
        return new Workflow(new Means(
                life.plan(),
                Database.of(life.database().dataSource()),
                () -> Walks.keys(life),
                ciphers,
                new WrappedStreams(new RemoteKey()),
                Wiring.settings(progress, 20).withListener(listener).withLeastAtOnce(1),
                new ShortLock(SOME, Duration.ofMillis(500))));
    }
}
