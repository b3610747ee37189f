package dev.sealway.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

@ExtendWith(PostgresExtension.class)
class WireTest {

    @Test
    void passesEverythingOn(TestDatabase database) throws Exception {
        try (Wire wire = wire(database);
                Connection connection = through(wire, database)) {
            assertThat(answer(connection)).isEqualTo(42);
            wire.stall(Duration.ofMillis(50));
            assertThat(answer(connection)).isEqualTo(42);
        }
    }

    @Test
    void breaksConnectionsAndTakesNewOnes(TestDatabase database) throws Exception {
        for (Consumer<Wire> fault : List.<Consumer<Wire>>of(Wire::cut, Wire::halfClose)) {
            try (Wire wire = wire(database);
                    Connection connection = through(wire, database)) {
                assertThat(answer(connection)).isEqualTo(42);
                fault.accept(wire);
                assertThatThrownBy(() -> answer(connection)).isInstanceOf(SQLException.class);
                try (Connection another = through(wire, database)) {
                    assertThat(answer(another)).isEqualTo(42);
                }
            }
        }
    }

    @Test
    void leavesAndComesBack(TestDatabase database) throws Exception {
        try (Wire wire = wire(database);
                Connection connection = through(wire, database)) {
            wire.leave();
            assertThatThrownBy(() -> answer(connection)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> through(wire, database))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("refused");
            wire.comeBack();
            try (Connection another = through(wire, database)) {
                assertThat(answer(another)).isEqualTo(42);
            }
        }
    }

    private static Wire wire(TestDatabase database) throws Exception {
        return Wire.to(source(database).getPortNumbers()[0]);
    }

    private static Connection through(Wire wire, TestDatabase database) throws SQLException {
        PGSimpleDataSource source = source(database);
        source.setPortNumbers(new int[] {wire.port()});
        return source.getConnection();
    }

    private static PGSimpleDataSource source(TestDatabase database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(database.jdbcUrl());
        return source;
    }

    private static int answer(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT 42")) {
            row.next();
            return row.getInt(1);
        }
    }
}
