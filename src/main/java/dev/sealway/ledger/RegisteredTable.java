package dev.sealway.ledger;

import dev.sealway.crypto.CiphertextForm;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.plan.Binding;
import dev.sealway.plan.Mode;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of the plan, with its columns in the order of registration.
 *
 * @param id the registry's own id
 * @param plan the plan's name
 * @param name where the table is now: names are resolved again at the start of each run
 * @param oid as of the last run; another one after a restore, which then binds again by name
 */
public record RegisteredTable(
        long id,
        String plan,
        QualifiedName name,
        long oid,
        Mode mode,
        Binding binding,
        List<RegisteredColumn> columns) {

    public RegisteredTable {
        columns = List.copyOf(columns);
    }

    /** The same table with only the columns that {@code kept} holds for. */
    public RegisteredTable only(Predicate<RegisteredColumn> kept) {
        return new RegisteredTable(
                id,
                plan,
                name,
                oid,
                mode,
                binding,
                columns.stream().filter(kept).toList());
    }

    /**
     * What stands before everything that drops, empties or shadows a plaintext column.
     *
     * @throws SealwayException if the table's ciphertexts stand where the plaintext was
     */
    public void refuseInPlace(String verb) {
        if (mode == Mode.IN_PLACE) {
            throw SealwayException.refused(
                    "table %s is encrypted in place: its ciphertexts stand in the plaintext's own columns, so there is nothing beside them that '%s' could work on; after 'sealway verify' it is done"
                            .formatted(name, verb));
        }
    }

    /** The same table with other columns. */
    public RegisteredTable with(List<RegisteredColumn> others) {
        return new RegisteredTable(id, plan, name, oid, mode, binding, others);
    }

    /** The columns that Sealway added or will add; nobody else may have these names. */
    public Set<Identifier> ownedColumns() {
        return columns.stream()
                .flatMap(c -> Stream.concat(
                        Stream.of(c.encrypted()).filter(e -> !e.equals(c.plaintext())),
                        c.search().stream().flatMap(s -> s.columns().stream())))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Those of {@link #ownedColumns} that are {@code text}; the others are {@code bytea}. */
    public Set<Identifier> ownedTexts() {
        return columns.stream()
                .filter(c -> c.form() == CiphertextForm.TRANSIT_TEXT)
                .map(RegisteredColumn::encrypted)
                .filter(ownedColumns()::contains)
                .collect(Collectors.toUnmodifiableSet());
    }
}
