package dev.sealway.cli.pii;

import dev.sealway.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The statements of {@code db/pii/checks.sql}. */
final class SqlChecks {
    private SqlChecks() {}

    /** The number that each statement yields. */
    static List<Long> counts(TestDatabase database) throws SQLException, IOException {
        List<Long> counts = new ArrayList<>();
        for (String statement : Files.readString(Path.of("db/pii/checks.sql")).split(";")) {
            if (statement.contains("SELECT")) {
                counts.add(Long.parseLong(Objects.requireNonNull(database.value(statement))));
            }
        }
        return counts;
    }
}
