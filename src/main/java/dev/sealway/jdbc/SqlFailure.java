package dev.sealway.jdbc;

import dev.sealway.error.SealwayException;
import dev.sealway.patience.MayPass;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * An error of the database, rebuilt from its SQLSTATE and the names of the objects it is about.
 *
 * <p>The driver's own message and cause are dropped, always: they quote values of rows, even with
 * {@code logServerErrorDetail=false} (an invalid input syntax, a user's RAISE).
 */
public final class SqlFailure extends SealwayException implements MayPass {

    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private final String constraint;
    private final boolean commitUnknown;

    private SqlFailure(String sqlState, String constraint, boolean commitUnknown, String message) {
        super(Outcome.FAILED, message);
        this.sqlState = sqlState;
        this.constraint = constraint;
        this.commitUnknown = commitUnknown;
    }

    /** @param doing what was being done, as {@code writing a batch of public.users} */
    public static SqlFailure of(String doing, SQLException thrown) {
        SQLException told = thrown;
        if (thrown instanceof BatchUpdateException && thrown.getNextException() != null) {
            told = thrown.getNextException();
        }
        String state = Objects.requireNonNullElse(told.getSQLState(), "unknown");
        ServerErrorMessage server = told instanceof PSQLException e ? e.getServerErrorMessage() : null;
        String where = server == null || isRaised(server) ? "" : place(server);
        String constraint =
                server == null || isRaised(server) ? "" : Objects.requireNonNullElse(server.getConstraint(), "");
        return new SqlFailure(
                state, constraint, false, "%s failed: %s (SQLSTATE %s)%s".formatted(doing, words(state), state, where));
    }

    /** The same where the answer to a commit was lost. */
    SqlFailure whileCommitting(String doing) {
        return new SqlFailure(
                sqlState,
                constraint,
                true,
                "%s failed: the connection was lost while it was committed (SQLSTATE %s), so that it may or may not be done; run it again, which looks first"
                        .formatted(doing, sqlState));
    }

    /** What a user's function raises may carry values where names belong. */
    private static boolean isRaised(ServerErrorMessage server) {
        String file = server.getFile();
        return file == null || file.startsWith("pl");
    }

    private static String place(ServerErrorMessage server) {
        String place = Stream.of(
                        part("table", qualified(server.getSchema(), server.getTable())),
                        part("column", server.getColumn()),
                        part("constraint", server.getConstraint()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return place.isEmpty() ? "" : "; " + place;
    }

    private static @Nullable String qualified(@Nullable String schema, @Nullable String table) {
        return schema == null || table == null ? table : schema + "." + table;
    }

    private static Optional<String> part(String label, @Nullable String name) {
        return name == null || name.isEmpty() ? Optional.empty() : Optional.of(label + " " + name);
    }

    /** The conditions that users meet, in words; appendix A of PostgreSQL's manual has them all. */
    private static String words(String state) {
        return switch (state) {
            case "08000", "08001", "08003", "08004", "08006" -> "the connection to the database was lost or refused";
            case "22001" -> "a value is too long for its column";
            case "22007", "22008" -> "a date or time does not have the form of its type";
            case "22P02", "22P03" -> "a value does not have the form of its type";
            case "22021" -> "bytes are not valid in the server's encoding";
            case "23502" -> "a NOT NULL column got a null";
            case "23503" -> "a foreign key would be violated";
            case "23505" -> "a unique constraint would be violated";
            case "23514" -> "a check constraint would be violated";
            case "23P01" -> "an exclusion constraint would be violated";
            case "25006" -> "the database or transaction is read-only";
            case "28000", "28P01" -> "the database refused the user or the password";
            case "3D000" -> "the database does not exist";
            case "40001" -> "a serialization conflict with another transaction";
            case "40P01" -> "a deadlock with another transaction";
            case "42501" -> "the role lacks a privilege";
            case "42601" -> "a syntax error";
            case "42703" -> "a column does not exist";
            case "42P01" -> "a table does not exist";
            case "42P07", "42701", "42710" -> "an object of that name exists already";
            case "2BP01" -> "other objects depend on it";
            case "53100" -> "the server's disk is full";
            case "53300" -> "the server has no connection left";
            case "55006" -> "the object is in use";
            case "55P03" -> "a lock was not granted within lock_timeout";
            case "57014" -> "the statement was cancelled or ran into statement_timeout";
            case "25P03", "25P04", "57P05" -> "the server ended a session that took too long for its limits";
            case "57P01", "57P02", "57P03" -> "the server ended the session, or is shutting down or starting";
            case "P0001" -> "a trigger or function of the database raised an error";
            default -> "the database reported an error";
        };
    }

    public String sqlState() {
        return sqlState;
    }

    /** The constraint that was violated, empty if the error is about none. */
    public String constraint() {
        return constraint;
    }

    public boolean isLockTimeout() {
        return sqlState.equals("55P03");
    }

    /** Whether an object could not be dropped because others depend on it. */
    public boolean isDependedOn() {
        return sqlState.equals("2BP01");
    }

    public boolean isUniqueViolation() {
        return sqlState.equals("23505");
    }

    /** Whether a value was refused: by its column's type, or by a constraint. */
    public boolean isOfValue() {
        return sqlState.startsWith("22") || sqlState.startsWith("23");
    }

    /** Whether the statement ran into its time limit, or somebody cancelled it. */
    public boolean isTimeout() {
        return sqlState.equals("57014");
    }

    /** Whether another session stood in the way. */
    public boolean isConflict() {
        return isLockTimeout() || sqlState.equals("40001") || sqlState.equals("40P01");
    }

    /** Whether the connection is gone or could not be made: cut, ended by an operator, or the server stops or starts. */
    public boolean isConnectionLost() {
        return switch (sqlState) {
            case "08000", "08001", "08003", "08006", "08007" -> true;
            case "57P01", "57P02", "57P03", "57P05", "53300", "25P03", "25P04" -> true;
            default -> false;
        };
    }

    /** Whether the connection was lost in the middle of a commit, so that nobody knows whether it took place. */
    public boolean isCommitUnknown() {
        return commitUnknown;
    }

    /**
     * Whether the same transaction may pass when it is tried again: it met a lock, a deadlock or a conflict, or lost its
     * connection before it began to commit.
     */
    @Override
    public boolean isTransient() {
        return !commitUnknown && (isConflict() || isConnectionLost());
    }
}
