package dev.sealway.cli;

import dev.sealway.Sealway;
import dev.sealway.audit.AuditAnchor;
import dev.sealway.audit.AuditHead;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The head of the audit trail as a command left it: put into the anchor, if there is one, before it is told. */
final class KeptHead implements Supplier<Optional<AuditHead>> {
    private final Sealway sealway;
    private final Optional<AuditAnchor> anchor;
    private @Nullable AuditHead kept;

    KeptHead(Sealway sealway, Optional<Path> anchor) {
        this.sealway = sealway;
        this.anchor = anchor.map(AuditAnchor::new);
    }

    /** @throws dev.sealway.error.SealwayException if the anchor cannot be written; the work of the command is done */
    @Override
    public synchronized Optional<AuditHead> get() {
        Optional<AuditHead> head = sealway.audit().written();
        head.filter(h -> !h.equals(kept)).ifPresent(h -> {
            kept = h;
            anchor.ifPresent(a -> a.append(h));
        });
        return head;
    }
}
