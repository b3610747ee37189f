package dev.sealway.chaos;

import dev.sealway.error.SealwayException;
import dev.sealway.workflow.SealedField;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One application: writes rows of its own, remembers what it wrote, goes with the columns that are there, and finds out
 * after a lost connection whether its last write was committed. Not thread-safe.
 */
final class Writer implements AutoCloseable {

    private static final String COLUMN_GONE = "42703";
    private static final List<String> COLUMNS = List.of("email", "name");

    private final Scene scene;
    private final int number;
    private final int count;
    private final Random random;
    private final List<Long> ids;
    private final Set<String> there = new HashSet<>();
    private final Map<String, SealedField> fields = new HashMap<>();
    private Set<Style> last = Set.of();
    private long next;
    private long version;
    private @Nullable Line line;

    Writer(Scene scene, int number, int count, Random random) {
        this.scene = scene;
        this.number = number;
        this.count = count;
        this.random = random;
        this.ids = new ArrayList<>(scene.people().keySet().stream()
                .filter(id -> id % count == number)
                .sorted()
                .toList());
        this.next = 1_000_000L * count + number;
    }

    /** Writes one row in one of the styles, however long the server is away. A new release of it looks what columns there are. */
    void writeOne(Set<Style> allowed) throws SQLException, InterruptedException {
        if (!allowed.equals(last)) {
            there.clear();
            last = allowed;
        }
        Change change = change();
        while (true) {
            try {
                write(change, style(allowed));
                take(change);
                return;
            } catch (SQLException e) {
                if (COLUMN_GONE.equals(e.getSQLState())) {
                    there.clear();
                } else if (Line.isLost(e)) {
                    if (resolve(change)) {
                        return;
                    }
                } else {
                    throw e;
                }
            } catch (SealwayException e) {
                // the ledger cannot be read while the server is away, nor just before or after the columns come
                there.clear();
                Thread.sleep(5);
            }
        }
    }

    /** What is about to be done to a row; without a person it is deleted. */
    private record Change(
            long id,
            boolean inserts,
            Set<String> columns,
            @Nullable Person to) {}

    private Change change() {
        version++;
        long stamp = version * count + number;
        if (random.nextInt(8) == 0 || ids.isEmpty()) {
            next += count;
            return new Change(next, true, Set.copyOf(COLUMNS), new Person(email(stamp), name(stamp), stamp));
        }
        long id = ids.get(random.nextInt(ids.size()));
        if (random.nextInt(10) == 0) {
            return new Change(id, false, Set.of(), null);
        }
        Person now = scene.people().get(id);
        Set<String> columns =
                List.of(Set.of("email"), Set.of("name"), Set.copyOf(COLUMNS)).get(random.nextInt(3));
        return new Change(
                id,
                false,
                columns,
                new Person(
                        columns.contains("email") ? email(stamp) : now.email(),
                        columns.contains("name") ? name(stamp) : now.name(),
                        stamp));
    }

    private Optional<String> email(long stamp) {
        return random.nextInt(6) == 0
                ? Optional.empty()
                : Optional.of("%s-w%d@Example.org".formatted(Person.CANARY, stamp));
    }

    private static String name(long stamp) {
        return "%s w%d".formatted(Person.CANARY, stamp);
    }

    private Style style(Set<Style> allowed) throws SQLException {
        if (there.isEmpty()) {
            look();
        }
        boolean plaintext = there.contains("email");
        boolean sealed = scene.sealing().applicationsSeal() && there.contains("email_encrypted");
        List<Style> possible = List.of(Style.values()).stream()
                .filter(s -> (plaintext || !s.writesPlaintext()) && (sealed || !s.writesCiphertext()))
                .toList();
        List<Style> both = possible.stream().filter(allowed::contains).toList();
        List<Style> from = both.isEmpty() ? possible : both;
        return from.get(random.nextInt(from.size()));
    }

    private void look() throws SQLException {
        Line open = line();
        there.addAll(open.columns());
        fields.clear();
        if (scene.sealing().applicationsSeal() && there.contains("email_encrypted")) {
            COLUMNS.forEach(c -> fields.put(c, scene.field(c)));
        }
    }

    private void write(Change change, Style style) throws SQLException {
        if (change.to() == null) {
            line().execute("DELETE FROM people WHERE id = ?", change.id());
            return;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (String column : change.columns()) {
            put(values, column, change.to().value(column), style);
        }
        values.put("v", change.to().version());
        String names = String.join(", ", values.keySet());
        String marks = String.join(", ", values.values().stream().map(v -> "?").toList());
        List<Object> binds = new ArrayList<>(values.values());
        binds.add(change.id());
        line().execute(
                        change.inserts()
                                ? "INSERT INTO people (%s, id) VALUES (%s, ?)".formatted(names, marks)
                                : "UPDATE people SET (%s) = ROW (%s) WHERE id = ?".formatted(names, marks),
                        binds.toArray());
        if (random.nextInt(6) == 0) {
            line().execute("INSERT INTO visit (person) VALUES (?)", change.id());
        }
    }

    private void put(Map<String, Object> values, String column, Optional<String> value, Style style) {
        if (style.writesPlaintext()) {
            values.put(column, value.<Object>map(v -> v).orElse(Line.NO_TEXT));
        }
        if (style.writesCiphertext()) {
            SealedField field = fields.get(column);
            values.put(column + "_encrypted", value.<Object>map(field::seal).orElse(Line.NO_BYTES));
            if (column.equals("email")) {
                values.put("email_search", value.<Object>map(field::searchToken).orElse(Line.NO_BYTES));
            }
        }
    }

    private void take(Change change) {
        if (change.to() == null) {
            scene.people().remove(change.id());
            ids.remove(change.id());
            return;
        }
        scene.people().put(change.id(), change.to());
        if (change.inserts()) {
            ids.add(change.id());
        }
    }

    /** @return whether the write whose answer was lost was committed */
    private boolean resolve(Change change) throws SQLException, InterruptedException {
        Line broken = line;
        line = null;
        there.clear();
        Line fresh = Line.awaited(scene, number);
        line = fresh;
        if (broken != null) {
            fresh.end(broken);
        }
        Optional<Long> found = fresh.version(change.id());
        boolean committed = change.to() == null
                ? found.isEmpty()
                : found.equals(Optional.of(change.to().version()));
        if (committed) {
            take(change);
        }
        return committed;
    }

    private Line line() throws SQLException {
        Line open = line;
        if (open == null) {
            open = Line.open(scene, number);
            line = open;
        }
        return open;
    }

    @Override
    public void close() throws SQLException {
        if (line != null) {
            line.close();
        }
    }
}
