package dev.sealway.keys;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeyEdit;
import dev.sealway.error.SealwayException;
import java.util.List;
import java.util.function.Supplier;

/** A key bundle that a program opened itself: it can be looked at, and nobody here knows where it lives. */
public record GivenBundle(Supplier<KeyBundle> keys) implements BundlePlace {

    @Override
    public String name() {
        return "the program that opened it";
    }

    @Override
    public boolean isWritable() {
        return false;
    }

    @Override
    public HeldBundle fetch() {
        return new Held(keys.get());
    }

    @Override
    public void forget() {
        // whoever gave it keeps it
    }

    @Override
    public long changes() {
        return 0;
    }

    /** It is the one that was given. */
    @Override
    public boolean adopt(long changes, KeyBundle fetched) {
        return false;
    }

    private record Held(KeyBundle bundle) implements HeldBundle {

        @Override
        public EditedBundle edit(List<KeyEdit> edits) {
            throw SealwayException.refused(
                    "this key bundle was opened by the program that uses Sealway, so it cannot be changed from here; let the plan say where it lives");
        }

        @Override
        public void close() {
            // it has no material of its own
        }
    }
}
