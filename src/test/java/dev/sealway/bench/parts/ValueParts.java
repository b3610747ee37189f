package dev.sealway.bench.parts;

import dev.sealway.batch.TokenMaker;
import dev.sealway.crypto.AssociatedData;
import dev.sealway.crypto.Encoding;
import dev.sealway.crypto.FieldCipher;
import dev.sealway.crypto.Plaintext;
import dev.sealway.proof.EvidenceHash;
import dev.sealway.search.SearchToken;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is done with one value; each is measured per value. Not thread-safe. */
@State(Scope.Thread)
public class ValueParts {

    private static final Encoding PADDED = Encoding.parse("pgtext/1;pad=32");
    private static final byte[] VALUE = SampleUsers.utf8("0123456789".repeat(3));

    private final FieldCipher cipher;
    private final AssociatedData ofColumn;
    private final TokenMaker tokens;
    private final EvidenceHash evidence;
    private final Plaintext value = Plaintext.owning(VALUE.clone());
    private final byte[] ciphertext;
    private final Plaintext email = Plaintext.owning(SampleUsers.values(4_711)[0]);
    private final List<String> key = SampleUsers.key(4_711);
    private final String context = SampleUsers.context("email");

    public ValueParts() {
        SampleUsers users = new SampleUsers();
        cipher = users.cipher();
        ofColumn = users.associatedData("email");
        tokens = users.tokens();
        evidence = users.evidence("email");
        ciphertext = cipher.seal(value, ofColumn);
    }

    /** 30 bytes by AES256-GCM, with the associated data of a column. */
    @Benchmark
    public Object seal() {
        return cipher.seal(value, ofColumn);
    }

    /** What {@link #seal} made. */
    @Benchmark
    public Object open() {
        return cipher.open(ciphertext, ofColumn);
    }

    /** Of an e-mail address of 25 bytes: normalised, then HMAC-SHA256, whole. */
    @Benchmark
    public Object token() {
        return SearchToken.of(tokens.prf(), tokens.index(), email);
    }

    /** What 30 bytes add to the evidence of a column. */
    @Benchmark
    public Object evidence() {
        return evidence.entry(key, value.revealBytes());
    }

    /** 30 bytes up to 32, with the copy of them that padding uses up. */
    @Benchmark
    public Object pad() {
        return PADDED.pad(Plaintext.owning(VALUE.clone()));
    }

    /** What binds a value to its column and its row: five parts, each with its length. */
    @Benchmark
    public Object associatedDataOfRow() {
        return AssociatedData.ofRow(context, PADDED, key);
    }
}
