package dev.sealway.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The sample's schema and plan, which travel in the jar: the same files as in the project's {@code db} folder. */
final class SampleFiles {
    private static final String SAMPLE_KEYS = "target/sample.keys.json";
    private static final String FOLDER = "/META-INF/sealway/sample/";

    private SampleFiles() {}

    static String schema() {
        return read("migration/V1__sample_schema.sql");
    }

    /** @param keys the key file that the plan names */
    static String plan(Path keys) {
        return read("sealway.yaml").replace(SAMPLE_KEYS, keys.toString());
    }

    private static String read(String name) {
        try (InputStream in = SampleFiles.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks %s%s".formatted(FOLDER, name));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of the jar cannot be read", e);
        }
    }
}
