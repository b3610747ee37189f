package dev.sealway.liquibase;

import dev.sealway.error.SealwayException;
import liquibase.Scope;
import liquibase.database.Database;
import liquibase.database.OfflineConnection;
import liquibase.exception.DatabaseException;
import liquibase.executor.Executor;
import liquibase.executor.ExecutorService;
import liquibase.executor.LoggingExecutor;

/**
 * The commands of Liquibase that only write SQL ({@code update-sql}, {@code rollback-sql}, everything offline): they call
 * changes as any other does, and a phase must do nothing then.
 */
final class SqlOutput {

    private SqlOutput() {}

    static boolean isAllThatIsWanted(Database database) {
        return database.getConnection() instanceof OfflineConnection || executor(database) instanceof LoggingExecutor;
    }

    /** Says in the script what it lacks. */
    static void leaveOut(Database database, String name) {
        try {
            executor(database).comment("""
                    %s is NOT in this script: it encrypts outside of the database. Do not record it by the INSERT or DELETE \
                    below; run 'liquibase update' or 'liquibase rollback' on the database instead""".formatted(name));
        } catch (DatabaseException e) {
            throw SealwayException.failed("the script cannot be written; see to the file it goes to, and run it again");
        }
    }

    private static Executor executor(Database database) {
        return Scope.getCurrentScope().getSingleton(ExecutorService.class).getExecutor("jdbc", database);
    }
}
