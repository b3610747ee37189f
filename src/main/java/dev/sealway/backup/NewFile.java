package dev.sealway.backup;

import dev.sealway.crypto.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A file in the making, hashed and counted on the way. It gets its name when it is complete and on disk; until then it is
 * called {@code <name>.part}, and closing it removes it. Not thread-safe.
 */
final class NewFile implements AutoCloseable {

    private final PrivateDirectory directory;
    private final Path part;
    private final Path file;
    private final FileChannel channel;
    private final MessageDigest digest = Sha256.begin();
    private long bytes;

    private NewFile(PrivateDirectory directory, String name) throws IOException {
        this.directory = directory;
        this.part = directory.resolve(name + ".part");
        this.file = directory.resolve(name);
        this.channel = directory.create(name + ".part");
    }

    /** @throws FileAlreadyExistsException if a file of that name is there, complete or not */
    static NewFile begin(PrivateDirectory directory, String name) throws IOException {
        if (Files.exists(directory.resolve(name))) {
            throw new FileAlreadyExistsException(name);
        }
        return new NewFile(directory, name);
    }

    /** Closing the stream leaves the file open: the sealing stream closes what it writes to. */
    OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                append(ByteBuffer.wrap(new byte[] {(byte) one}));
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                append(ByteBuffer.wrap(from, offset, length));
            }
        };
    }

    void append(ByteBuffer more) throws IOException {
        digest.update(more.duplicate());
        bytes += more.remaining();
        while (more.hasRemaining()) {
            channel.write(more);
        }
    }

    long bytes() {
        return bytes;
    }

    /** Of all that was written; nothing is written afterwards. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Returns when the file is on disk under its name. */
    Path publish() throws IOException {
        channel.force(true);
        Files.move(part, file);
        directory.sync();
        return file;
    }

    /** Removes what was not published. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(part);
    }
}
