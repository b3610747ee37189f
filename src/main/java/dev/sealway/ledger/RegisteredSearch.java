package dev.sealway.ledger;

import dev.sealway.jdbc.Identifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A column's blind index, frozen when it was registered; only a rotation moves it to another key, and so to another
 * column.
 *
 * @param column {@code <col>_search}
 * @param normalizer with its version, {@code email/1}
 * @param context the first domain of the token
 * @param indexName the second domain of the token: {@code eq} for equality on the whole value
 * @param bits how many bits of the token are kept, 1 to 256
 * @param carryUnique whether the token carries the column's uniqueness
 * @param keyId the key of the token keyset that makes the tokens, whichever key is that keyset's primary
 * @param second the other token while a rotation is under way
 */
public record RegisteredSearch(
        Identifier column,
        String normalizer,
        String context,
        String indexName,
        int bits,
        boolean carryUnique,
        long keyId,
        Optional<SecondToken> second) {

    private static final long NO_KEY = -1;

    /** Before it is registered: which key makes its tokens is settled then. */
    public static RegisteredSearch planned(
            Identifier column, String normalizer, String context, String indexName, int bits, boolean carryUnique) {
        return new RegisteredSearch(
                column, normalizer, context, indexName, bits, carryUnique, NO_KEY, Optional.empty());
    }

    public boolean hasKey() {
        return keyId != NO_KEY;
    }

    public RegisteredSearch withKey(long id) {
        return new RegisteredSearch(column, normalizer, context, indexName, bits, carryUnique, id, second);
    }

    /** The same tokens in another column, without a second one. */
    public RegisteredSearch in(Identifier other, long key) {
        return new RegisteredSearch(other, normalizer, context, indexName, bits, carryUnique, key, Optional.empty());
    }

    /** Every column that holds tokens, under the older key first: that order outlives the switch. */
    public List<Identifier> columns() {
        Stream<Identifier> others = second.stream().map(SecondToken::column);
        boolean otherIsOlder =
                second.filter(s -> s.state() == RotationState.RETIRING).isPresent();
        return (otherIsOlder ? Stream.concat(others, Stream.of(column)) : Stream.concat(Stream.of(column), others))
                .toList();
    }

    /** The column of the tokens under the newest key. */
    public Identifier newest() {
        List<Identifier> all = columns();
        return all.get(all.size() - 1);
    }
}
