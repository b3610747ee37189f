package dev.sealway.chaos;

import dev.sealway.testing.vault.FakeVault;
import dev.sealway.testing.vault.Meddling;
import java.io.IOException;
import java.time.Duration;

/** What a Vault does to who depends on it. */
enum Outage {
    SEALED("Vault sealed", true) {
        @Override
        void begin(FakeVault vault, Wire wire) {
            vault.seal();
        }

        @Override
        void end(FakeVault vault, Wire wire) {
            vault.unseal();
        }
    },
    THROTTLED("Vault throttles", true) {
        @Override
        void begin(FakeVault vault, Wire wire) {
            vault.limitTo(0);
        }

        @Override
        void end(FakeVault vault, Wire wire) {
            vault.limitTo(Integer.MAX_VALUE);
        }
    },
    AWAY("Vault refuses connections", true) {
        @Override
        void begin(FakeVault vault, Wire wire) throws IOException {
            wire.leave();
        }

        @Override
        void end(FakeVault vault, Wire wire) throws IOException, InterruptedException {
            wire.comeBack();
        }
    },
    CUT("connections to Vault cut", false) {
        @Override
        void begin(FakeVault vault, Wire wire) {
            wire.cut();
        }
    },
    STALLED("Vault stalled", false) {
        @Override
        void begin(FakeVault vault, Wire wire) {
            wire.stall(Duration.ofMillis(800));
        }
    },
    SLOW("Vault slow", false) {
        @Override
        void begin(FakeVault vault, Wire wire) {
            vault.latency(Duration.ofMillis(200));
        }

        @Override
        void end(FakeVault vault, Wire wire) {
            vault.latency(Duration.ZERO);
        }
    },
    LYING("Vault answers wrongly", false) {
        @Override
        void begin(FakeVault vault, Wire wire) {
            vault.next(
                    "encrypt/people",
                    Meddling.shuffled(),
                    Meddling.shortened(),
                    Meddling.truncated(),
                    Meddling.reset(),
                    Meddling.refused(1),
                    Meddling.status(500, "{\"errors\":[\"%s\"]}".formatted(Person.CANARY)),
                    Meddling.status(200, "{}"));
        }
    };

    private final String words;
    private final boolean lasting;

    Outage(String words, boolean lasting) {
        this.words = words;
        this.lasting = lasting;
    }

    abstract void begin(FakeVault vault, Wire wire) throws IOException;

    void end(FakeVault vault, Wire wire) throws IOException, InterruptedException {}

    /** Whether nothing is sealed from its beginning to its end. */
    boolean isLasting() {
        return lasting;
    }

    @Override
    public String toString() {
        return words;
    }
}
