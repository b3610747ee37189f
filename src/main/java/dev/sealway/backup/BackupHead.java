package dev.sealway.backup;

import dev.sealway.crypto.LengthPrefixed;
import dev.sealway.json.Json;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a backup says in clear: enough to find its keys, and the first thing that its stream is bound to.
 *
 * <p>The file begins with the ASCII text {@code sealway/backup/v1} and a line feed, then the length of the head as four
 * bytes, big-endian, and the head as JSON. The rest is the sealed stream.
 *
 * @param contexts of the columns, in their order
 * @param keeper who has the stream's key, see {@link dev.sealway.crypto.StreamKey}
 * @param wrapped the stream's own keyset, encrypted; empty if it is the key bundle's
 * @param keyId the key that sealed the stream
 * @param evidenceKeyId the key that made the evidence; empty where there was no key bundle
 */
record BackupHead(
        String id,
        String database,
        List<String> contexts,
        String keeper,
        Optional<byte[]> wrapped,
        long keyId,
        OptionalLong evidenceKeyId) {

    private static final String FORMAT = "sealway/backup/v1";
    private static final byte[] MAGIC = (FORMAT + "\n").getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST = 1 << 20;

    /** Names the stream towards whoever keeps its key. */
    static String stream(String id) {
        return "backup %s".formatted(id);
    }

    String stream() {
        return stream(id);
    }

    /** {@code LP("sealway/backup/v1", database, LP(contexts), id, LP(key ids))}. */
    byte[] associatedData() {
        LengthPrefixed names = LengthPrefixed.of();
        contexts.forEach(names::and);
        LengthPrefixed keys = LengthPrefixed.of(Long.toString(keyId));
        evidenceKeyId.ifPresent(k -> keys.and(Long.toString(k)));
        return LengthPrefixed.of(FORMAT, database)
                .and(names.toByteArray())
                .and(id)
                .and(keys.toByteArray())
                .toByteArray();
    }

    byte[] bytes() {
        byte[] json = Json.compact(members()).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(MAGIC.length + Integer.BYTES + json.length)
                .put(MAGIC)
                .putInt(json.length)
                .put(json)
                .array();
    }

    private Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("id", id);
        members.put("database", database);
        members.put("contexts", contexts);
        members.put("keeper", keeper);
        wrapped.ifPresent(w -> members.put("wrapped", Base64.getEncoder().encodeToString(w)));
        members.put("key_id", keyId);
        evidenceKeyId.ifPresent(k -> members.put("evidence_key_id", k));
        return members;
    }

    /** @throws IOException if the stream does not begin with a head */
    static BackupHead read(InputStream file) throws IOException {
        DataInputStream in = new DataInputStream(file);
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
            throw new IOException("no backup");
        }
        int length = in.readInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException("no head");
        }
        try {
            return of(Members.parse(new String(in.readNBytes(length), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw new IOException("no head", e);
        }
    }

    private static BackupHead of(Members members) {
        return new BackupHead(
                members.text("id"),
                members.text("database"),
                members.texts("contexts"),
                members.text("keeper"),
                members.optionalText("wrapped").map(Base64.getDecoder()::decode),
                members.number("key_id"),
                members.optionalNumber("evidence_key_id"));
    }
}
