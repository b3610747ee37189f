package dev.sealway.keys.file;

import dev.sealway.crypto.Sha256;
import dev.sealway.error.SealwayException;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.keys.KeyNotFoundException;
import dev.sealway.keys.KeyProvider;
import dev.sealway.keys.KeyRef;
import dev.sealway.keys.KeyUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

/**
 * Keeps key bundles in files that only their owner can read.
 *
 * <p>Guarantees where the file system knows owners (POSIX): a file that others than its owner may read or write is
 * refused, and a new one is private from its first byte. Elsewhere the directory must protect it. Stateless, thread-safe.
 */
public final class FileKeyProvider implements KeyProvider {

    private static final int LARGEST = 1 << 20;

    /** The file's bytes as they are; their version is the SHA-256 over them. */
    @Override
    public KeyMaterial fetch(KeyRef ref) {
        Path path = path(ref);
        try {
            if (Files.isDirectory(path)) {
                throw new KeyUnavailableException(place(path), "it is a directory", "name the file within it");
            }
            if (OwnerOnly.isBroken(path)) {
                throw new KeyUnavailableException(
                        place(path), "others than its owner may read or write it", "run 'chmod 600' on it");
            }
            byte[] bundle = read(path);
            return KeyMaterial.owning(bundle, Sha256.hex(bundle));
        } catch (NoSuchFileException e) {
            throw new KeyNotFoundException(
                    place(path), "name the file that has it, or make one with 'sealway keygen --out FILE'");
        } catch (AccessDeniedException e) {
            throw new KeyUnavailableException(place(path), "access is denied", "run as the user who owns the file");
        } catch (IOException e) {
            throw new KeyUnavailableException(place(path), "reading failed", "check the disk and the path");
        }
    }

    private static byte[] read(Path path) throws IOException {
        byte[] buffer = new byte[LARGEST + 1];
        try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer rest = ByteBuffer.wrap(buffer);
            while (rest.hasRemaining() && in.read(rest) >= 0) {
                continue;
            }
            if (!rest.hasRemaining()) {
                throw new KeyUnavailableException(
                        place(path), "it is larger than 1 MiB", "name the file that holds a key bundle");
            }
            return Arrays.copyOf(buffer, rest.position());
        } finally {
            Arrays.fill(buffer, (byte) 0);
        }
    }

    /** Makes the file with mode 0600 and returns when it is on disk; if that fails, no file is left. */
    @Override
    public void create(KeyRef ref, KeyMaterial material) {
        Path path = path(ref);
        try (FileChannel out = FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.attributes(path))) {
            writeOrRemove(path, out, material);
        } catch (FileAlreadyExistsException e) {
            throw SealwayException.refused(
                    "%s exists already, and a key bundle is never overwritten; choose another path"
                            .formatted(place(path)));
        } catch (NoSuchFileException e) {
            throw SealwayException.refused("the directory of %s does not exist; make it first".formatted(place(path)));
        } catch (IOException e) {
            throw SealwayException.failed(
                    "%s could not be written, and nothing was left there; check the disk and the directory's permissions"
                            .formatted(place(path)));
        }
    }

    /**
     * Writes a file beside it, mode 0600, and moves it over the old one when it is on disk. The old one is compared just
     * before; the caller must see to it that no other Sealway writes between the two.
     */
    @Override
    public void replace(KeyRef ref, KeyMaterial material, String expectedVersion) {
        Path path = path(ref);
        try {
            FileReplacement.of(path).replace(material, expectedVersion);
        } catch (FileAlreadyExistsException e) {
            throw SealwayException.refused(
                    "another replacement of %s is under way, or died on the way; if none is, remove the file that ends in .new"
                            .formatted(place(path)));
        } catch (NoSuchFileException e) {
            throw new KeyNotFoundException(place(path), "name the file that has it");
        } catch (IOException e) {
            throw SealwayException.failed(
                    "%s could not be replaced; check the disk and the directory's permissions, and which bundle is there"
                            .formatted(place(path)));
        }
    }

    static void writeOrRemove(Path path, FileChannel out, KeyMaterial material) throws IOException {
        boolean written = false;
        try {
            ByteBuffer rest = ByteBuffer.wrap(material.revealBytes());
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
            OwnerOnly.syncDirectoryOf(path);
            written = true;
        } finally {
            if (!written) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static Path path(KeyRef ref) {
        try {
            return Path.of(ref.name());
        } catch (InvalidPathException e) {
            throw SealwayException.wrongUsage("the reference of the key bundle is not a path; write one in the plan");
        }
    }

    private static String place(Path path) {
        return "file %s".formatted(path);
    }
}
