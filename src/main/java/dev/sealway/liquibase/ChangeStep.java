package dev.sealway.liquibase;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.migration.Course;
import dev.sealway.migration.MigrationRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import liquibase.Scope;
import liquibase.database.Database;
import liquibase.database.jvm.JdbcConnection;
import liquibase.ui.UIService;

/** One change on the database that Liquibase is connected to. */
final class ChangeStep {

    private ChangeStep() {}

    /** @throws SealwayException if a transaction is open, or Sealway cannot connect to the same database itself */
    static MigrationRun open(Course course, Database database, Map<String, String> environment) {
        Connection connection = connection(database);
        refuseTransaction(connection);
        return reading(course, connection, environment);
    }

    /** As {@link #open}, for what changes nothing. */
    static MigrationRun reading(Course course, Database database, Map<String, String> environment) {
        return reading(course, connection(database), environment);
    }

    private static MigrationRun reading(Course course, Connection connection, Map<String, String> environment) {
        DataSource own = new OwnConnections(connection, environment).checked();
        UIService people = Scope.getCurrentScope().getUI();
        return MigrationRun.of(
                course,
                new MigrationRun.Surroundings(LiquibaseTool.WORDS, environment, people::sendMessage, System::nanoTime),
                own);
    }

    private static void refuseTransaction(Connection connection) {
        try {
            if (!connection.getAutoCommit()) {
                throw CurrentChange.now().inTransaction();
            }
        } catch (SQLException e) {
            throw SqlFailure.of("looking at Liquibase's connection", e);
        }
    }

    private static Connection connection(Database database) {
        if (database.getConnection() instanceof JdbcConnection jdbc) {
            return jdbc.getUnderlyingConnection();
        }
        throw SealwayException.wrongUsage("Liquibase is not connected by JDBC; give it a jdbc:postgresql URL");
    }
}
