package dev.sealway.ledger;

import java.time.Instant;
import java.util.List;

/**
 * A run that holds tables now, by the database's clock.
 *
 * @param leaseUntil when others may take over unless it goes on renewing
 * @param state what it says it is doing; empty while it just works
 */
public record RunUnderWay(
        long id,
        String verb,
        String plan,
        LeaseHolder holder,
        Instant since,
        Instant leaseUntil,
        List<String> tables,
        RunWish.Wish wish,
        String state) {

    public RunUnderWay {
        tables = List.copyOf(tables);
    }
}
