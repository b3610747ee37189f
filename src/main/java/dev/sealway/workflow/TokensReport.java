package dev.sealway.workflow;

import dev.sealway.plan.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Where the search tokens of columns stand.
 *
 * @param failures rows whose token could not be made, in words
 * @param phrase what confirms dropping the old tokens of all these columns; empty where none was switched
 */
public record TokensReport(String plan, List<Column> columns, List<String> failures, Optional<String> phrase) {

    public TokensReport {
        columns = List.copyOf(columns);
        failures = List.copyOf(failures);
    }

    public boolean passed() {
        return failures.isEmpty();
    }

    /**
     * A column with a blind index.
     *
     * @param tokens the registered tokens' column
     * @param key the id of the key that makes them
     * @param state {@code settled}, or how far a rotation has come: {@code filling} before the switch, {@code retiring}
     *     after it
     * @param otherTokens the new tokens' column before the switch, the old tokens' after it
     * @param missing rows without a token under the newest key, counted now up to 10000
     * @param next what comes next, in words
     */
    public record Column(
            TableName table,
            String name,
            String tokens,
            long key,
            String state,
            Optional<String> otherTokens,
            Optional<Long> otherKey,
            long missing,
            String next) {}
}
