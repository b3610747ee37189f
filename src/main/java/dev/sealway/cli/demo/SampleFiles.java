package dev.sealway.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The sample's schema and plan, which travel in the jar: the same files as in the project's {@code db} folder. */
final class SampleFiles {
    private static final String FOLDER = "/META-INF/sealway/sample/";

    private SampleFiles() {}

    static String schema() {
        return read("migration/V1__sample_schema.sql");
    }

    static String plan() {
        return read("sealway.yaml");
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
