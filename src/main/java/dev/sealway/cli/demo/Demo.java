package dev.sealway.cli.demo;

import dev.sealway.Sealway;
import dev.sealway.cli.console.Console;
import dev.sealway.cli.console.Figures;
import dev.sealway.config.Keygen;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Sets the stage, fills it with sample data, and plays the whole life of a migration on it. */
public final class Demo {
    private final Console console;
    private final Progress progress;
    private final Clock clock;

    public Demo(Console console, Progress progress, Clock clock) {
        this.console = console;
        this.progress = progress;
        this.clock = clock;
    }

    /** @return whether every proof held */
    public boolean play(DemoSettings settings) {
        Instant began = clock.instant();
        Chapters chapters = new Chapters(console, clock);
        chapters.open("A database");
        try (Stage stage = Stage.set(settings)) {
            console.done("%s answers".formatted(stage.target()));
            Database database = Database.of(stage.target().dataSource());
            fill(database, settings.rows(), chapters);
            Sealway sealway = prepare(stage, chapters);
            boolean proven = new Life(
                            console,
                            progress,
                            chapters,
                            database,
                            sealway,
                            settings.target().isEmpty())
                    .play(settings.rows());
            console.heading((proven ? "Every proof held" : "NOT every proof held; the lines marked as errors say which")
                    + "; %s altogether".formatted(Figures.time(Duration.between(began, clock.instant()))));
            stage.tellWhatStays(console);
            return proven;
        }
    }

    private void fill(Database database, long rows, Chapters chapters) {
        chapters.open("Sample data: a trading platform's customers, in plaintext");
        SampleLoader loader = new SampleLoader(database, progress);
        loader.createTables();
        loader.fill(rows);
        console.done("5 tables are there, with %s and what belongs to them".formatted(Figures.count(rows, "user")));
    }

    private Sealway prepare(Stage stage, Chapters chapters) {
        chapters.open("Keys");
        Keygen.NewBundle keys = Keygen.toFile(stage.keyFile(), "demo", "AES256_GCM");
        console.done("Made key bundle %s with %s in %s (mode 0600)"
                .formatted(keys.id(), Figures.count(keys.keysets().size(), "keyset"), stage.keyFile()));
        console.line("  fingerprint %s".formatted(keys.fingerprint()));
        try {
            Files.writeString(stage.planFile(), SampleFiles.plan(stage.keyFile()));
            return Sealway.plan(stage.planFile())
                    .progress(progress)
                    .on(stage.target().dataSource());
        } catch (IOException e) {
            throw SealwayException.failed(
                    "the demo's folder cannot be written; look at the temporary directory's space");
        }
    }
}
