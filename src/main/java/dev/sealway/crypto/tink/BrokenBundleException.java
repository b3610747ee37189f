package dev.sealway.crypto.tink;

import dev.sealway.error.SealwayException;
import java.util.List;

/** A key bundle that cannot be used, with all its faults; none of them quotes the bundle. */
public final class BrokenBundleException extends SealwayException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    BrokenBundleException(String place, List<String> faults) {
        super(
                Outcome.FAILED,
                "the key bundle in %s cannot be used; restore the bundle that 'sealway keygen' made:\n  %s"
                        .formatted(place, String.join("\n  ", faults)));
        this.faults = List.copyOf(faults);
    }

    /** Each fault as one sentence, in the order of the bundle. */
    public List<String> faults() {
        return faults;
    }
}
