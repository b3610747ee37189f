package dev.sealway.bench.parts;

import dev.sealway.batch.TokenMaker;
import dev.sealway.crypto.AssociatedData;
import dev.sealway.crypto.FieldCipher;
import dev.sealway.crypto.Plaintext;
import dev.sealway.proof.EvidenceHash;
import dev.sealway.search.SearchToken;
import java.security.MessageDigest;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What verify does with one row beside reading it; measured per row of four columns and a token. Not thread-safe. */
@State(Scope.Thread)
public class ProofParts {

    private final FieldCipher cipher;
    private final TokenMaker tokens;
    private final List<AssociatedData> associatedData;
    private final List<EvidenceHash> evidence;
    private final List<String> key = SampleUsers.key(4_711);
    private final byte[][] plaintexts = SampleUsers.values(4_711);
    private final byte[][] ciphertexts = new byte[plaintexts.length][];
    private final byte[] token;

    public ProofParts() {
        SampleUsers users = new SampleUsers();
        cipher = users.cipher();
        tokens = users.tokens();
        associatedData = SampleUsers.COLUMNS.stream().map(users::associatedData).toList();
        evidence = SampleUsers.COLUMNS.stream().map(users::evidence).toList();
        for (int c = 0; c < plaintexts.length; c++) {
            ciphertexts[c] = cipher.seal(Plaintext.owning(plaintexts[c]), associatedData.get(c));
        }
        token = token(Plaintext.owning(plaintexts[0]));
    }

    private byte[] token(Plaintext value) {
        return SearchToken.of(tokens.prf(), tokens.index(), value).bytes();
    }

    /** Opens and compares four values, makes a token again and compares it, and makes four entries of evidence. */
    @Benchmark
    public void verifyRow(Blackhole evidences) {
        for (int c = 0; c < plaintexts.length; c++) {
            evidences.consume(evidence.get(c).entry(key, plaintexts[c]));
            try (Plaintext opened = SampleUsers.ENCODING.unpad(cipher.open(ciphertexts[c], associatedData.get(c)))) {
                require(MessageDigest.isEqual(opened.revealBytes(), plaintexts[c]));
                require(c != 0 || MessageDigest.isEqual(token(opened), token));
            }
        }
    }

    private static void require(boolean equal) {
        if (!equal) {
            throw new AssertionError("the row is not as it was made");
        }
    }
}
