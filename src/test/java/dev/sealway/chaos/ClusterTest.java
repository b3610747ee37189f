package dev.sealway.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTest {

    @Test
    @Tag("slow")
    void comesBackWithWhatWasCommittedAgainAndAgain(@TempDir Path directory) throws Exception {
        try (Cluster cluster = Cluster.start(directory)) {
            execute(cluster, "CREATE TABLE kept (restart int)");
            for (int restart = 1; restart <= 3; restart++) {
                execute(cluster, "INSERT INTO kept VALUES (%d)".formatted(restart));
                cluster.restart();
                assertThat(count(cluster)).isEqualTo(restart);
            }
        }
    }

    private static void execute(Cluster cluster, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(cluster.url());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(Cluster cluster) throws SQLException {
        try (Connection connection = DriverManager.getConnection(cluster.url());
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM kept")) {
            row.next();
            return row.getInt(1);
        }
    }
}
