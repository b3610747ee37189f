package dev.sealway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DidYouMeanTest {

    private static final List<String> KNOWN = List.of("name", "tables", "batch-size", "env", "email");

    @Test
    void findsWordsWithSlips() {
        assertThat(DidYouMean.nearest("nmae", KNOWN)).contains("name");
        assertThat(DidYouMean.nearest("evn", KNOWN)).contains("env");
        assertThat(DidYouMean.nearest("batch_size", KNOWN)).contains("batch-size");
        assertThat(DidYouMean.nearest("BATCHSIZE", KNOWN)).contains("batch-size");
        assertThat(DidYouMean.nearest("table", KNOWN)).contains("tables");
        assertThat(DidYouMean.nearest("mail", KNOWN)).contains("email");
    }

    @Test
    void doesNotGuessWildly() {
        assertThat(DidYouMean.nearest("where", KNOWN)).isEmpty();
        assertThat(DidYouMean.nearest("", KNOWN)).isEmpty();
        assertThat(DidYouMean.nearest("x".repeat(100_000), KNOWN)).isEmpty();
    }

    @Test
    void listsWhatIsKnownWhereNothingIsNear() {
        assertThat(DidYouMean.hint("where", KNOWN)).isEqualTo("known are name, tables, batch-size, env, email");
        assertThat(DidYouMean.hint("tabels", KNOWN)).isEqualTo("did you mean 'tables'?");
    }
}
