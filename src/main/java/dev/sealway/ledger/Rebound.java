package dev.sealway.ledger;

import java.util.List;

/**
 * A registered table under the names that hold now.
 *
 * @param notices what was found changed, one sentence each, empty if nothing was
 */
public record Rebound(RegisteredTable table, List<String> notices) {

    public Rebound {
        notices = List.copyOf(notices);
    }
}
