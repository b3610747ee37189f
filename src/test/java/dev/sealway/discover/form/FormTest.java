package dev.sealway.discover.form;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FormTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EMAIL | ada@example.org",
                "EMAIL | İbrahim.o'neil+tag@mail.example.co.uk",
                "PHONE | +49 30 1234567",
                "PHONE | (555) 123-4567",
                "PHONE | 555-123-4567 x12",
                "PHONE | 0171/1234567",
                "PHONE | 01 23 45 67 89",
                "DIALLABLE | 5551234567",
                "E164 | +49 (30) 1234567",
                "IBAN | DE89 3704 0044 0532 0130 00",
                "IBAN | gb29NWBK60161331926819",
                "BIC | DEUTDEFF500",
                "CARD | 4111 1111 1111 1111",
                "CARD | 378282246310005",
                "CARD | 5555555555554444",
                "CARD | 6011111111111117",
                "CARD | 2223003122003222",
                "IP | 203.0.113.77",
                "IP | 2001:db8::7",
                "IP | 192.168.10.0/24",
                "MAC | 00:1b:44:11:3a:b7",
                "MAC | 001b.4411.3ab7",
                "COORDINATES | 52.52000, 13.40500",
                "COORDINATES | POINT(13.40500 52.52000)",
                "COORDINATE | -122.4194",
                "KEY | ghp_16C7e42F292c6912E7710c838347Ae178B4a",
                "KEY | AKIAIOSFODNN7EXAMPLE",
                "KEY | eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
                "KEY | -----BEGIN RSA PRIVATE KEY-----",
                "PASSWORD_HASH | $2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
                "PASSWORD_HASH | pbkdf2_sha256$260000$abc$def=",
                "PASSWORD_HASH | $argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA",
                "RANDOM | wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY3",
                "NAME | Jean-Luc O’Connor",
                "POSTCODE | SW1A 1AA",
                "DATE | 1984-02-29",
                "DATE | 29.02.1984",
                "GENDER | WEIBLICH",
                "SEX | female",
            })
    void takes(Form form, String value) {
        assertThat(form.fits(value)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EMAIL | ada@localhost",
                "EMAIL | @ada",
                "EMAIL | write to ada@example.org",
                "PHONE | 2024-01-31",
                "PHONE | 978-3-16-148410-0",
                "PHONE | 536-22-8145",
                "PHONE | 1234567",
                "DIALLABLE | 2024-01-31",
                "DIALLABLE | 1234567.89",
                "DIALLABLE | 10.0.17.133",
                "IBAN | DE88 3704 0044 0532 0130 00",
                "IBAN | XX89370400440532013000",
                "BIC | PRODUCTS",
                "CARD | 4111 1111 1111 1112",
                "CARD | 1111111111111117",
                "CARD | 411-111-111-111-111-1",
                "IP | 2.14.0.3",
                "IP | 12:30:45",
                "IP | 256.1.1.1",
                "MAC | 00:1b:44:11:3a",
                "COORDINATES | 12.50, 13.99",
                "COORDINATE | 181.5",
                "KEY | d41d8cd98f00b204e9800998ecf8427e",
                "PASSWORD_HASH | d41d8cd98f00b204e9800998ecf8427e",
                "PASSWORD_HASH | $12.50",
                "RANDOM | d41d8cd98f00b204e9800998ecf8427e",
                "RANDOM | 550e8400-e29b-41d4-a716-446655440000",
                "RANDOM | a-very-long-slug-of-a-page-about-cats-2024",
                "NAME | SKU-1234",
                "DATE | 12345678",
                "GENDER | large",
            })
    void refuses(Form form, String value) {
        assertThat(form.fits(value)).isFalse();
    }

    /** A pattern that runs away on rubbish would hang a run on a stranger's table. */
    @ParameterizedTest
    @EnumSource(Form.class)
    void copesWithRubbish(Form form) {
        for (var rubbish : new String[] {
            "a".repeat(512),
            "1".repeat(512),
            "1-".repeat(256),
            "a@".repeat(256),
            ".:".repeat(256),
            "{\"".repeat(256),
            "\uD800",
            "ABCD ".repeat(100),
            "+49 ".repeat(128),
            "(((((((((((((((((((((((((((((",
            "$2a$".repeat(100)
        }) {
            form.fits(rubbish);
        }
        assertThat(form.fits("x".repeat(512))).isIn(true, false);
    }
}
