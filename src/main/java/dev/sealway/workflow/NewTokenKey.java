package dev.sealway.workflow;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.error.SealwayException;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.SecondToken;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The key of the token keyset to which tokens are to move. */
final class NewTokenKey {

    private final KeyBundle keys;
    private final OptionalLong asked;
    private final long key;

    /** @throws SealwayException if the bundle does not have the key that is asked for */
    NewTokenKey(KeyBundle keys, OptionalLong asked) {
        this.keys = keys;
        this.asked = asked;
        List<Long> ids = keys.keyset(KeyBundle.TOKEN_KEYSET).keyIds();
        this.key = asked.orElse(ids.get(ids.size() - 1));
        keys.prf(KeyBundle.TOKEN_KEYSET, key);
    }

    /**
     * The key to which a column's tokens have yet to begin to move; empty if it has it, or they are on their way.
     *
     * @throws SealwayException if they are on their way to another one
     */
    OptionalLong of(RegisteredColumn column) {
        Optional<SecondToken> second = column.secondToken();
        if (column.search().isEmpty()
                || (second.isEmpty() && column.search().get().keyId() == key)) {
            return OptionalLong.empty();
        }
        if (second.isEmpty()) {
            return OptionalLong.of(key);
        }
        long target = target(column, second.get());
        if (asked.isPresent() && target != key) {
            throw SealwayException.refused(
                    "the tokens of column %s are moving to key %d already; finish or abandon that before they move to %d"
                            .formatted(column.plaintext(), target, key));
        }
        return OptionalLong.empty();
    }

    private static long target(RegisteredColumn column, SecondToken second) {
        return switch (second.state()) {
            case FILLING -> second.keyId();
            case RETIRING, FINISHED, ABANDONED -> column.search().orElseThrow().keyId();
        };
    }

    SealwayException nothingToDo() {
        return SealwayException.refused(
                "no selected column has search tokens that are not made with key %d of %s already, which is the newest of bundle %s; add a key first: sealway keys add --keyset %s"
                        .formatted(key, KeyBundle.TOKEN_KEYSET, keys.id(), KeyBundle.TOKEN_KEYSET));
    }
}
