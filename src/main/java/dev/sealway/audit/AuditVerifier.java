package dev.sealway.audit;

import dev.sealway.audit.AuditBreak.Kind;
import dev.sealway.crypto.Mac;
import dev.sealway.jdbc.Transaction;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads an audit trail from its beginning, in constant memory, and finds the first entry that is not what was written.
 *
 * <p>Guarantees, with the key: no entry that was signed was altered, removed from the middle or put in another's place.
 * Does not guarantee that entries were not cut off the end, unless an anchor is given that knows them; nor anything of
 * entries that are not signed, beyond what their hashes say, which anybody can compute. Used once; not thread-safe.
 */
public final class AuditVerifier {

    private final Optional<Mac> mac;
    private final List<AuditHead> anchors;
    private final Map<Long, String> anchored = new HashMap<>();

    private AuditHead last = AuditHead.GENESIS;
    private long entries;
    private long unsigned;
    private long uncovered;
    private @Nullable AuditBreak first;

    /**
     * @param mac checks signatures; without it they are not checked
     * @param anchors heads that were kept elsewhere
     */
    public AuditVerifier(Optional<Mac> mac, List<AuditHead> anchors) {
        this.mac = mac;
        this.anchors = List.copyOf(anchors);
    }

    public AuditVerdict verify(Transaction tx) {
        anchors.forEach(this::anchor);
        AuditTrail trail = AuditTrail.in(tx);
        if (trail.exists()) {
            trail.each(this::take);
        }
        anchors.stream()
                .mapToLong(AuditHead::seq)
                .filter(seq -> seq > last.seq())
                .min()
                .ifPresent(seq -> broken(last.seq() + 1, Kind.CUT_OFF));
        return new AuditVerdict(
                entries, last, unsigned, uncovered, mac.isPresent(), anchors.size(), Optional.ofNullable(first));
    }

    /** Two anchors that know different entries of one number cannot both be right. */
    private void anchor(AuditHead head) {
        String known = anchored.putIfAbsent(head.seq(), head.hash());
        if (known != null && !known.equals(head.hash())) {
            broken(head.seq(), Kind.OTHER_THAN_ANCHORED);
        }
    }

    private void take(AuditEntry entry) {
        entries++;
        check(entry);
        if (entry.mac().isEmpty()) {
            unsigned++;
            uncovered++;
        } else {
            uncovered = 0;
        }
        last = entry.head();
    }

    private void check(AuditEntry entry) {
        byte[] hash = entry.computedHash();
        if (entry.seq() != last.seq() + 1) {
            broken(last.seq() + 1, Kind.MISSING);
        } else if (!HexFormat.of().formatHex(hash).equals(entry.hash())) {
            broken(entry.seq(), Kind.ALTERED);
        } else if (!entry.previous().equals(last.hash())) {
            broken(entry.seq(), Kind.UNCHAINED);
        } else if (!signatureHolds(entry, hash)) {
            broken(entry.seq(), Kind.FORGED);
        } else if (!anchored.getOrDefault(entry.seq(), entry.hash()).equals(entry.hash())) {
            broken(entry.seq(), Kind.OTHER_THAN_ANCHORED);
        }
    }

    private boolean signatureHolds(AuditEntry entry, byte[] hash) {
        return mac.isEmpty()
                || entry.mac().isEmpty()
                || mac.get().accepts(HexFormat.of().parseHex(entry.mac().get()), hash);
    }

    private void broken(long seq, Kind kind) {
        first = first == null || (kind != Kind.CUT_OFF && seq < first.seq()) ? new AuditBreak(seq, kind) : first;
    }
}
