package dev.sealway.workflow;

/**
 * What a look at a certificate's document found.
 *
 * @param whole whether it has the hash that it tells
 * @param signed whether a signature of this audit keyset proves that nobody altered it
 * @param inTrail whether the audit trail of the database knows that it was made
 */
public record CertificateCheck(String document, String sha256, boolean whole, boolean signed, boolean inTrail) {

    /** Whether it is what a holder of the keys made. */
    public boolean passed() {
        return whole && signed;
    }
}
