package dev.sealway.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hibernate over sealed columns, in the two deployments of an application that maps them. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class HibernateTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns:
                  email: { search: { normalizer: email, accept-leakage: "few rows" } }
                  balance: {}
            """;

    @Test
    void servesFromExpandToAfterTheDrop(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE people (id bigint PRIMARY KEY, email text, balance numeric(12,2))",
                "INSERT INTO people SELECT g, 'a' || g || '@b.c', g FROM generate_series(1, 10) g");
        Life life = Life.of(database, TABLES).expand();
        Keys.hold(life.sealway());
        try (SessionFactory both = hibernate(database, Person.WithPlaintext.class)) {
            save(both, person(new Person.WithPlaintext(), 11));
            assertThat(emailsOf(both, 1, 11)).containsExactly("a1@b.c", "new11@B.c");
            assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
            save(both, person(new Person.WithPlaintext(), 12));
            assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
            life.sealway().cutOver(Selection.ALL, Duration.ZERO);
            assertThat(emailsOf(both, 2, 12)).containsExactly("a2@b.c", "new12@B.c");
        }
        try (SessionFactory sealed = hibernate(database, Person.WithoutPlaintext.class)) {
            save(sealed, person(new Person.WithoutPlaintext(), 13));
            assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
            life.rehearse().contract();
            save(sealed, person(new Person.WithoutPlaintext(), 14));
            assertThat(found(sealed, "NEW14@b.C")).containsExactly("new14@B.c");
            assertThat(found(sealed, "a3@b.c")).containsExactly("a3@b.c");
            BigDecimal balance = inSession(sealed, s -> s.get(Person.WithoutPlaintext.class, 14L).balance);
            assertThat(balance).isEqualTo(new BigDecimal("14.50"));
        }
    }

    @Test
    void writesNothingWhereNothingChanged(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE people (id bigint PRIMARY KEY, email text, balance numeric(12,2))",
                "INSERT INTO people VALUES (1, 'a@b.c', 1), (2, NULL, NULL)");
        Keys.hold(Life.of(database, TABLES).toContracted().sealway());
        String before = database.value("SELECT string_agg(xmin::text, ',' ORDER BY id) FROM people");
        try (SessionFactory sealed = hibernate(database, Person.WithoutPlaintext.class)) {
            String none = inSession(sealed, s -> s.get(Person.WithoutPlaintext.class, 2L).email);
            assertThat(none).isNull();
            inSession(sealed, s -> s.get(Person.WithoutPlaintext.class, 1L).email);
        }
        assertThat(database.value("SELECT string_agg(xmin::text, ',' ORDER BY id) FROM people"))
                .isEqualTo(before);
    }

    private static Person.Sealed person(Person.Sealed person, long id) {
        person.id = id;
        person.setEmail("new%d@B.c".formatted(id));
        person.balance = BigDecimal.valueOf(id).add(new BigDecimal("0.5"));
        if (person instanceof Person.WithPlaintext both) {
            both.plainBalance = person.balance;
        }
        return person;
    }

    private static void save(SessionFactory factory, Person.Sealed person) {
        inSession(factory, s -> {
            s.persist(person);
            return person;
        });
    }

    private static List<String> emailsOf(SessionFactory factory, long... ids) {
        return inSession(factory, s -> LongStream.of(ids)
                .mapToObj(id ->
                        String.valueOf(s.get(Person.WithPlaintext.class, id).email()))
                .toList());
    }

    private static List<String> found(SessionFactory factory, String email) {
        // example:query
        return inSession(factory, s -> s.createQuery(
                                "from SealedPerson p where p.emailSearch = :token", Person.WithoutPlaintext.class)
                        .setParameter("token", Person.email().searchToken(email))
                        .getResultList())
                .stream()
                .map(p -> String.valueOf(p.email))
                .filter(email::equalsIgnoreCase)
                .toList();
        // end:query
    }

    private static <R> R inSession(SessionFactory factory, Function<Session, R> work) {
        return factory.fromTransaction(work::apply);
    }

    private static SessionFactory hibernate(TestDatabase database, Class<?> entity) {
        return new Configuration()
                .addAnnotatedClass(entity)
                .setProperty("hibernate.connection.url", database.bareJdbcUrl())
                .setProperty("hibernate.connection.username", database.user())
                .setProperty("hibernate.connection.password", database.password())
                .setProperty("hibernate.connection.pool_size", "2")
                .buildSessionFactory();
    }
}
