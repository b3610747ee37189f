package dev.sealway.catalog.inventory;

import dev.sealway.jdbc.Identifier;
import dev.sealway.plan.DerivedNames;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The columns that Sealway adds for plaintext columns. */
final class DerivedColumns {

    private DerivedColumns() {}

    /** Names that would be too long are left out: such columns cannot exist. */
    static List<Identifier> of(Collection<Identifier> plaintext) {
        return plaintext.stream()
                .flatMap(c -> Stream.of(DerivedNames.encrypted(c.name()), DerivedNames.search(c.name())))
                .filter(Identifier::isValid)
                .map(Identifier::of)
                .toList();
    }
}
