package dev.sealway.discover.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The numbers are specimens: examples of the issuing offices and of encyclopedias, nobody's own. */
class NationalIdTest {

    @ParameterizedTest
    @CsvSource({
        "US_SSN, 536-22-8145",
        "GB_NINO, AB 12 34 56 C",
        "DE_TAX, 86095742719",
        "DE_TAX, 47 036 892 816",
        "NL_BSN, 111222333",
        "NL_BSN, 123456782",
        "ES_DNI, 12345678Z",
        "ES_DNI, X-1234567-L",
        "IT_FISCAL, RSSMRA85T10A562S",
        "FR_NIR, 2 55 08 14 168 025 38",
        "TR_ID, 10000000146",
        "BR_CPF, 529.982.247-25",
        "BR_CPF, 11144477735",
        "PL_PESEL, 44051401359",
        "SE_PERSONNUMMER, 811228-9874",
        "SE_PERSONNUMMER, 19811228-9874",
        "FI_HETU, 131052-308T",
        "BE_NUMBER, 85.07.30-033.28",
        "CA_SIN, 130 692 544",
        "CH_AHV, 756.9217.0769.85",
        "IN_AADHAAR, 2341 2341 2346",
        "CN_ID, 11010519491231002X",
        "ZA_ID, 8001015009087",
        "NO_FODSELSNUMMER, 15076500565",
    })
    void takesSpecimens(NationalId id, String specimen) {
        assertThat(id.fits(specimen)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "US_SSN, 000-22-8145",
        "US_SSN, 666-22-8145",
        "US_SSN, 900-22-8145",
        "US_SSN, 536-00-8145",
        "US_SSN, 536228145",
        "GB_NINO, GB 12 34 56 C",
        "GB_NINO, AB 12 34 56 E",
        "DE_TAX, 86095742718",
        "NL_BSN, 111222334",
        "ES_DNI, 12345678A",
        "IT_FISCAL, RSSMRA85T10A562T",
        "FR_NIR, 255081416802539",
        "TR_ID, 10000000147",
        "BR_CPF, 11111111111",
        "BR_CPF, 52998224724",
        "PL_PESEL, 44051401358",
        "SE_PERSONNUMMER, 811228-9873",
        "SE_PERSONNUMMER, 819928-9874",
        "FI_HETU, 131052-308U",
        "BE_NUMBER, 85073003329",
        "CA_SIN, 123 456 789",
        "CH_AHV, 756.9217.0769.84",
        "IN_AADHAAR, 2341 2341 2347",
        "CN_ID, 110105194912310021",
        "ZA_ID, 8001015009088",
        "NO_FODSELSNUMMER, 15076500566",
    })
    void refusesSlips(NationalId id, String slip) {
        assertThat(id.fits(slip)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(NationalId.class)
    void refusesWhatIsNoNumber(NationalId id) {
        assertThat(id.fits("-")).isFalse();
        assertThat(id.fits("lorem ipsum")).isFalse();
        assertThat(id.fits("2024-02-30")).isFalse();
        assertThat(id.fits("ı".repeat(11))).isFalse();
        assertThat(id.fits("٣".repeat(11))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(NationalId.class)
    void isRarelyMetByCountersIfItSpeaksForItself(NationalId id) {
        long hits = IntStream.range(0, 10_000)
                .mapToObj(i -> Long.toString(10_000_000_000L + i * 7_919L))
                .filter(id::fits)
                .count();
        if (id.speaksForItself()) {
            assertThat(hits).isLessThan(10_000 / 30);
        }
    }
}
