package dev.sealway.cli;

import dev.sealway.jdbc.ConnectionTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database, and as whom. */
final class DatabaseOptions {
    private static final List<String> VARIABLES = List.of("SEALWAY_URL", "DATABASE_URL", "PGHOST", "PGDATABASE");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The database: jdbc:postgresql://host:5432/db or postgresql://user@host:5432/db?sslmode=require.")
    private @Nullable String url;

    @Option(names = "--user", paramLabel = "NAME", description = "Counts more than the user in the URL.")
    private @Nullable String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Its first line is the password. Better than a password in a URL, which other users may see.")
    private @Nullable Path passwordFile;

    /** What names the database, in words; empty if nothing does. */
    String source(Surroundings surroundings) {
        return url != null
                ? "--url"
                : VARIABLES.stream()
                        .filter(v ->
                                !surroundings.environment().getOrDefault(v, "").isBlank())
                        .findFirst()
                        .orElse("");
    }

    /** @throws dev.sealway.error.SealwayException if no database is named */
    ConnectionTarget target(Surroundings surroundings) {
        return ConnectionTarget.of(
                new ConnectionTarget.Options(
                        Optional.ofNullable(url), Optional.ofNullable(user), Optional.ofNullable(passwordFile)),
                surroundings.environment());
    }
}
