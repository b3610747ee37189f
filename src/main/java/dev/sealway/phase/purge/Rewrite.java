package dev.sealway.phase.purge;

import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFailure;
import java.time.Duration;
import java.util.Optional;

/** {@code VACUUM FULL} that never stands long in a lock queue, and is taken back when it takes too long. */
final class Rewrite {

    private static final Sql VACUUM = Sql.of("VACUUM (FULL) {table}");
    private static final String CANCELLED = "57014";

    private final Session session;
    private final ShortLock shortLock;
    private final Duration maxLock;

    Rewrite(Session session, ShortLock shortLock, Duration maxLock) {
        this.session = session;
        this.shortLock = shortLock;
        this.maxLock = maxLock;
    }

    static Sql statement(QualifiedName table) {
        return VACUUM.with("table", table);
    }

    /** @return why it did not pass; a role that may not rewrite the table passes, and nothing is rewritten */
    Optional<String> run(QualifiedName table) {
        String doing = "rewriting %s".formatted(table);
        try {
            shortLock.patience().retry(() -> {
                session.executeAlone(statement(table), doing, shortLock.timeout(), maxLock.plus(shortLock.timeout()));
                return true;
            });
            return Optional.empty();
        } catch (SqlFailure e) {
            return Optional.of(reason(e));
        }
    }

    private String reason(SqlFailure failure) {
        if (failure.isLockTimeout()) {
            return "its lock was not granted in %d attempts of %d ms; run it again in a quieter hour"
                    .formatted(
                            shortLock.patience().attempts(), shortLock.timeout().toMillis());
        }
        if (failure.sqlState().equals(CANCELLED)) {
            return "its rewrite took longer than %d s and was taken back; allow more with --max-lock in a quiet hour, or use pg_repack"
                    .formatted(maxLock.toSeconds());
        }
        return String.valueOf(failure.getMessage());
    }
}
