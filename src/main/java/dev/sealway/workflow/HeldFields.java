package dev.sealway.workflow;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.plan.ColumnPlan;
import dev.sealway.plan.Mode;
import dev.sealway.plan.Plan;
import dev.sealway.plan.Selection;
import dev.sealway.plan.TableName;
import dev.sealway.plan.TablePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The columns that an application holds for its life. Each is asked of the ledger once in a term, and all share their keys.
 * Thread-safe.
 */
public final class HeldFields {

    private record Place(TableName table, Identifier column) {}

    private final Means means;
    private final RenewalTerm term;
    private final LongSupplier nanoTime;
    private final KeyRenewal keys;
    private final Map<Place, FieldSource> sources = new ConcurrentHashMap<>();
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    HeldFields(Means means, Duration term, LongSupplier nanoTime) {
        this.means = means;
        this.term = RenewalTerm.of(term);
        this.nanoTime = nanoTime;
        this.keys = new KeyRenewal(means, this.term, nanoTime);
    }

    /** What is known of all columns is read again when it is next asked for. */
    public void expire() {
        sources.values().forEach(FieldSource::expire);
    }

    /**
     * @param name {@code schema.table.column} or {@code table.column}
     * @throws SealwayException if the plan has no such column, or several
     */
    public SealedField field(String name) {
        Place place = places.computeIfAbsent(name, this::place);
        FieldSource source = sources.computeIfAbsent(
                place, p -> new FieldSource(means, new FieldLook(means, p.table(), p.column()), keys, term, nanoTime));
        return new SealedField(source);
    }

    /** Whether the ciphertexts of a field stand, or will stand, where the plaintext is. */
    public boolean isInPlace(SealedField field) {
        return means.plan()
                .table(field.table())
                .filter(t -> t.mode() == Mode.IN_PLACE)
                .isPresent();
    }

    /**
     * As {@link #field}, for whoever means to seal now.
     *
     * @throws SealwayException if the plan has no such column, it is not expanded, or the key bundle is another
     *     database's
     */
    public SealedField expanded(String name) {
        SealedField field = field(name);
        field.requireExpanded();
        return field;
    }

    private Place place(String name) {
        Plan selected = means.plan().select(new Selection(Set.of(), Set.of(name), OptionalInt.empty()));
        List<Place> found = new ArrayList<>();
        for (TablePlan table : selected.tables()) {
            for (ColumnPlan column : table.columns()) {
                found.add(new Place(table.name(), Identifier.of(column.name())));
            }
        }
        if (found.size() != 1) {
            throw SealwayException.wrongUsage("%d columns of plan %s are named %s; name one as schema.table.column"
                    .formatted(found.size(), means.plan().name(), name));
        }
        return found.get(0);
    }
}
