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
 * called {@code <name>.part}. Closing it removes it, under either name, unless it is to be kept. Not thread-safe.
 */
final class NewFile implements AutoCloseable {

    private final PrivateDirectory directory;
    private final Path file;
    private final FileChannel channel;
    private final MessageDigest digest = Sha256.begin();
    private long bytes;
    private Path present;
    private boolean kept;

    private NewFile(PrivateDirectory directory, String name) throws IOException {
        this.directory = directory;
        this.file = directory.resolve(name);
        this.present = directory.resolve(name + ".part");
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
        present = Files.move(present, file);
        directory.sync();
        return file;
    }

    /** To be said when all that belongs together is published. */
    void keep() {
        kept = true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!kept) {
            Files.deleteIfExists(present);
        }
    }
}
