package dev.sealway.backup;

import dev.sealway.crypto.Sha256;
import dev.sealway.error.SealwayException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A file that is read, hashed and counted. A disk that fails is told apart from a file that is wrong: what the disk throws
 * never gets to whoever decrypts. Not thread-safe.
 */
final class HashedInput extends InputStream {

    private final Path file;
    private final InputStream in;
    private final MessageDigest digest = Sha256.begin();
    private long bytes;

    private HashedInput(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /** @throws SealwayException if there is no such file, or it may not be read */
    static HashedInput open(Path file) {
        try {
            return new HashedInput(file, Files.newInputStream(file));
        } catch (NoSuchFileException e) {
            throw SealwayException.wrongUsage("there is no file %s; name a backup".formatted(file));
        } catch (IOException e) {
            throw unreadable(file);
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        try {
            int read = in.read(into, offset, length);
            if (read > 0) {
                digest.update(into, offset, read);
                bytes += read;
            }
            return read;
        } catch (IOException e) {
            throw unreadable(file);
        }
    }

    private static SealwayException unreadable(Path file) {
        return SealwayException.failed(
                "file %s could not be read; check the path, its permissions and the disk".formatted(file));
    }

    long bytes() {
        return bytes;
    }

    /** Of all that was read; nothing is read afterwards. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw unreadable(file);
        }
    }
}
