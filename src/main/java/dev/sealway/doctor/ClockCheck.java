package dev.sealway.doctor;

import dev.sealway.doctor.Finding.Group;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** This host's clock against the database's, by which all that is written down is dated. */
public final class ClockCheck {

    private static final Duration TOLERATED = Duration.ofSeconds(5);

    private ClockCheck() {}

    public static List<Finding> of(Transaction tx, Clock clock) {
        Instant database = tx.first(
                        Sql.of("SELECT pg_catalog.clock_timestamp()"),
                        row -> row.getObject(1, OffsetDateTime.class).toInstant())
                .orElseThrow();
        Duration apart = Duration.between(database, clock.instant()).abs();
        return List.of(
                apart.compareTo(TOLERATED) > 0
                        ? Finding.warning(
                                Group.CLOCK,
                                "this host and the database are %d s apart".formatted(apart.toSeconds()),
                                "logs of both do not fit together, and signed requests to key stores may be refused",
                                "synchronise both by NTP")
                        : Finding.ok(Group.CLOCK, "this host and the database agree about the time"));
    }
}
