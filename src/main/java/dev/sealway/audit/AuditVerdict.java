package dev.sealway.audit;

import java.util.Optional;

/**
 * What a look at a whole audit trail found.
 *
 * @param entries all of them
 * @param head the newest; sequence 0 where there is none
 * @param unsigned entries without a signature
 * @param uncovered entries after the last signed one: nothing vouches for them but an anchor
 * @param signaturesChecked whether there was a key to check signatures with
 * @param anchors heads that were kept elsewhere, and compared
 * @param firstBreak the first that is wrong; empty if nothing is
 */
public record AuditVerdict(
        long entries,
        AuditHead head,
        long unsigned,
        long uncovered,
        boolean signaturesChecked,
        int anchors,
        Optional<AuditBreak> firstBreak) {

    public boolean isWhole() {
        return firstBreak.isEmpty();
    }

    /** Whether every entry is signed, too, and the signatures were checked. */
    public boolean isWholeAndSigned() {
        return isWhole() && unsigned == 0 && signaturesChecked;
    }
}
