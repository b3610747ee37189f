package dev.sealway.backup;

import dev.sealway.crypto.LengthPrefixed;
import dev.sealway.crypto.MultisetHash;
import dev.sealway.crypto.Prf;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sums up the rows of a backup, column by column.
 *
 * <p>Per row {@code PRF(LP("sealway/evidence/v1", backup id, context, key…, 0x00 or 0x01‖value))}, 32 bytes, added modulo
 * 2^256: the numbers of verify, under the backup's id. Not thread-safe.
 */
final class RowEvidence {

    private final Prf prf;
    private final int keys;
    private final List<byte[]> places = new ArrayList<>();
    private final List<MultisetHash> sums = new ArrayList<>();
    private final long[] nulls;
    private long rows;

    RowEvidence(Prf prf, BackupDescription backup) {
        this.prf = prf;
        this.keys = backup.rowKey().size();
        this.nulls = new long[backup.columns().size()];
        for (String context : backup.contexts()) {
            places.add(LengthPrefixed.of("sealway/evidence/v1", backup.id(), context)
                    .toByteArray());
            sums.add(new MultisetHash());
        }
    }

    /** @param fields the row key's texts, then the values; left as they are */
    void add(byte[] @Nullable [] fields) {
        rows++;
        for (int c = 0; c < places.size(); c++) {
            byte[] input = input(places.get(c), fields, keys + c);
            sums.get(c).add(prf.compute(input, 32));
            Arrays.fill(input, (byte) 0);
            nulls[c] += fields[keys + c] == null ? 1 : 0;
        }
    }

    private byte[] input(byte[] place, byte[] @Nullable [] fields, int at) {
        byte @Nullable [] value = fields[at];
        int marked = 1 + (value == null ? 0 : value.length);
        int length = place.length + Integer.BYTES + marked;
        for (int k = 0; k < keys; k++) {
            length += Integer.BYTES + fields[k].length;
        }
        ByteBuffer input = ByteBuffer.allocate(length).put(place);
        for (int k = 0; k < keys; k++) {
            input.putInt(fields[k].length).put(fields[k]);
        }
        input.putInt(marked).put((byte) (value == null ? 0 : 1));
        return value == null ? input.array() : input.put(value).array();
    }

    BackupTotals totals() {
        List<BackupTotals.Column> columns = new ArrayList<>();
        for (int c = 0; c < nulls.length; c++) {
            columns.add(new BackupTotals.Column(nulls[c], sums.get(c).sum()));
        }
        return new BackupTotals(rows, columns);
    }
}
