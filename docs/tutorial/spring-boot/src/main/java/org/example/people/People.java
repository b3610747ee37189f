package org.example.people;

import dev.sealway.Sealway;
import dev.sealway.application.Migration;
import dev.sealway.application.SealedColumn;
import dev.sealway.application.ValueType;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.stereotype.Repository;

/** The table, in whatever phase it is: the same statements from before expand to after the drop. */
@Repository
class People {

    record Person(long id, String email, BigDecimal balance) {}

    private final DataSource database;
    private final SealedColumn<String> email;
    private final SealedColumn<BigDecimal> balance;

    People(DataSource database, Sealway sealway, Migration afterStartUp) {
        this.database = database;
        this.email = sealway.column("people.email", ValueType.TEXT);
        this.balance = sealway.column("people.balance", ValueType.NUMERIC);
    }

    // example:write
    void save(Person person) throws SQLException {
        email.retrying(() -> {
            var e = email.write(person.email());
            var b = balance.write(person.balance());
            var sql = "INSERT INTO people (%s, %s, id) VALUES (%s, %s, ?) ON CONFLICT (id) DO UPDATE SET %s, %s"
                    .formatted(e.columns(), b.columns(), e.marks(), b.marks(), e.assignments(), b.assignments());
            try (Connection connection = database.getConnection();
                    var statement = connection.prepareStatement(sql)) {
                int at = b.bind(statement, e.bind(statement, 1));
                statement.setLong(at, person.id());
                b.bind(statement, e.bind(statement, at + 1));
                return statement.executeUpdate();
            }
        });
    }
    // end:write

    // example:read
    Optional<Person> person(long id) throws SQLException {
        return email.retrying(() -> {
            var e = email.read();
            var b = balance.read();
            var sql = "SELECT %s, %s FROM people WHERE id = ?".formatted(e.columns(), b.columns());
            try (Connection connection = database.getConnection();
                    var statement = connection.prepareStatement(sql)) {
                statement.setLong(1, id);
                try (var row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Person(id, e.value(row, 1), b.value(row, 1 + e.width())))
                            : Optional.empty();
                }
            }
        });
    }
    // end:read

    // example:find
    List<Long> withEmail(String wanted) throws SQLException {
        return email.retrying(() -> {
            var e = email.read();
            var look = email.lookUp(wanted);
            var sql = "SELECT id, %s FROM people WHERE %s".formatted(e.columns(), look.condition());
            try (Connection connection = database.getConnection();
                    var statement = connection.prepareStatement(sql)) {
                look.bind(statement, 1);
                List<Long> found = new ArrayList<>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        if (wanted.equals(e.value(rows, 2))) {
                            found.add(rows.getLong(1));
                        }
                    }
                }
                return found;
            }
        });
    }
    // end:find
}
