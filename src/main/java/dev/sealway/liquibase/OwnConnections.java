package dev.sealway.liquibase;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.ConnectionTarget;
import dev.sealway.jdbc.SameDatabase;
import dev.sealway.jdbc.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import liquibase.Scope;

/**
 * Sealway's connections beside Liquibase's single one.
 *
 * <p>They come from the data source that a program put into Liquibase's scope as {@value #SCOPE_KEY}; else from {@code
 * SEALWAY_URL} and its kin, as on the command line; else from the URL and the user of Liquibase's connection. A password does
 * not come with a connection: it is {@code SEALWAY_PASSWORD}, or what Liquibase itself was configured with, or stands in the
 * URL, or {@code PGPASSWORD}, or in the driver's password file.
 */
final class OwnConnections {

    static final String SCOPE_KEY = "sealway.dataSource";

    private static final String URL = "SEALWAY_URL";
    private static final String USER = "SEALWAY_USER";
    private static final String PASSWORD = "SEALWAY_PASSWORD";

    private final Connection liquibases;
    private final Map<String, String> environment;

    OwnConnections(Connection liquibases, Map<String, String> environment) {
        this.liquibases = liquibases;
        this.environment = environment;
    }

    /** @throws SealwayException if there is no connection, or it leads to another database */
    DataSource checked() {
        Optional<DataSource> given = Optional.ofNullable(Scope.getCurrentScope().get(SCOPE_KEY, DataSource.class));
        DataSource own = given.orElseGet(() -> target().dataSource());
        try {
            SameDatabase.require(liquibases, own);
        } catch (SqlFailure e) {
            throw given.isPresent() || !isAboutConnecting(e)
                    ? e
                    : SealwayException.failed(
                            "%s; Sealway needs connections beside Liquibase's, which keeps its password to itself: set SEALWAY_PASSWORD, or SEALWAY_URL, SEALWAY_USER and SEALWAY_PASSWORD, in the environment"
                                    .formatted(e.getMessage()));
        }
        return own;
    }

    /** A server that is not there, or does not know who this is. */
    private static boolean isAboutConnecting(SqlFailure failure) {
        return failure.sqlState().startsWith("08") || failure.sqlState().startsWith("28");
    }

    private ConnectionTarget target() {
        if (environment.containsKey(URL)) {
            return ConnectionTarget.of(
                    new ConnectionTarget.Options(Optional.empty(), Optional.empty(), Optional.empty()), environment);
        }
        try {
            Optional<String> user = environment.containsKey(USER)
                    ? Optional.empty()
                    : Optional.ofNullable(liquibases.getMetaData().getUserName());
            return ConnectionTarget.of(
                    new ConnectionTarget.Options(
                            Optional.of(liquibases.getMetaData().getURL()), user, Optional.empty()),
                    withPassword());
        } catch (SQLException e) {
            throw SqlFailure.of("looking at Liquibase's connection", e);
        }
    }

    private Map<String, String> withPassword() {
        Map<String, String> variables = new HashMap<>(environment);
        LiquibasePassword.find().ifPresent(password -> variables.putIfAbsent(PASSWORD, password));
        return variables;
    }
}
