package dev.sealway.testing;

import dev.sealway.Sealway;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.plan.Plan;
import dev.sealway.plan.Selection;
import dev.sealway.planfile.PlanReader;
import dev.sealway.progress.Progress;
import dev.sealway.workflow.KeyName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A plan whose key bundle lies in a file, where rotation changes it. */
public final class FiledKeys {

    private final TestDatabase database;
    private final Path file;
    private final String tables;
    private final List<String> told = new ArrayList<>();
    private Consumer<String> hook = step -> {};

    private FiledKeys(TestDatabase database, Path file, String tables) {
        this.database = database;
        this.file = file;
        this.tables = tables;
    }

    /** @param tables the plan from the key {@code tables} on, as YAML */
    public static FiledKeys in(Path directory, TestDatabase database, String tables) throws IOException {
        FiledKeys made = new FiledKeys(database, directory.resolve("keys.json"), tables);
        made.put(Life.freshKeys());
        return made;
    }

    /** Puts another bundle there, whoever may have put one there before. */
    public void put(String bundle) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, bundle);
    }

    public Path file() {
        return file;
    }

    public String bundle() throws IOException {
        return Files.readString(file);
    }

    public KeysetInfo data() throws IOException {
        return RotatedKeys.info(bundle());
    }

    public KeyName primary() throws IOException {
        return new KeyName("data/default", data().primaryKeyId());
    }

    public KeyName newest() throws IOException {
        return new KeyName("data/default", RotatedKeys.newest(bundle()));
    }

    /** Hears of every step while it happens: the place to interfere. */
    public FiledKeys whenTold(Consumer<String> listener) {
        hook = listener;
        return this;
    }

    public List<String> told() {
        return told;
    }

    public Plan plan() {
        return PlanReader.read("""
                                sealway: 1
                                name: test
                                keys: { provider: file, ref: "%s" }
                                %s""".formatted(file, tables), "test.yaml");
    }

    public Sealway sealway() {
        return Sealway.plan(plan())
                .progress(new Progress() {
                    @Override
                    public void done(String step) {
                        told.add(step);
                        hook.accept(step);
                    }

                    @Override
                    public void notice(String text) {
                        told.add(text);
                    }
                })
                .batchSize(100)
                .on(database.dataSource());
    }

    /** The same plan for a process that was given a bundle, and keeps it. */
    public Sealway holding(String bundle) {
        return Sealway.plan(Life.plan(tables))
                .environment(Map.of("SEALWAY_KEYS", bundle))
                .on(database.dataSource());
    }

    public FiledKeys toBackfilled() {
        sealway().expand(Selection.ALL);
        sealway().backfill(Selection.ALL);
        return this;
    }

    public FiledKeys toContracted() {
        toBackfilled();
        sealway().verify(Selection.ALL);
        sealway()
                .contract(
                        Selection.ALL,
                        Life.terms(sealway().status(Selection.ALL).phrase().orElseThrow()));
        return this;
    }
}
