package dev.sealway.jpa;

import dev.sealway.application.SealedColumn;
import dev.sealway.application.ValueType;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A person in two deployments: one that writes both copies of a value, and one that has forgotten the plaintext. */
final class Person {

    private Person() {}

    // example:converter
    @Converter
    static class EmailConverter extends SealedConverter<String> {
        EmailConverter() {
            super(() -> email());
        }
    }

    static SealedColumn<String> email() {
        return Keys.sealway().column("people.email", ValueType.TEXT);
    }
    // end:converter

    @Converter
    static class BalanceConverter extends SealedConverter<BigDecimal> {
        BalanceConverter() {
            super(() -> Keys.sealway().column("people.balance", ValueType.NUMERIC));
        }
    }

    /** What both deployments map. */
    @MappedSuperclass
    abstract static class Sealed {
        @Id
        long id;

        // example:mapping
        @Column(name = "email_encrypted")
        @Convert(converter = EmailConverter.class)
        @Nullable String email;

        @Column(name = "email_search")
        byte @Nullable [] emailSearch;

        void setEmail(@Nullable String value) {
            email = value;
            emailSearch = email().searchToken(value);
        }
        // end:mapping

        @Column(name = "balance_encrypted")
        @Convert(converter = BalanceConverter.class)
        @Nullable BigDecimal balance;
    }

    /** From the cut over on. */
    @Entity(name = "SealedPerson")
    @Table(name = "people")
    static class WithoutPlaintext extends Sealed {}

    /** From expand to the cut over. */
    @Entity(name = "Person")
    @Table(name = "people")
    static class WithPlaintext extends Sealed {
        // example:dual
        @Column(name = "email")
        @Nullable String plainEmail;

        @Override
        void setEmail(@Nullable String value) {
            super.setEmail(value);
            plainEmail = value;
        }

        @Nullable String email() {
            return email != null ? email : plainEmail;
        }
        // end:dual

        @Column(name = "balance")
        @Nullable BigDecimal plainBalance;
    }
}
