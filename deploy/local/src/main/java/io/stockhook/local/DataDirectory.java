package io.stockhook.local;

import io.stockhook.platform.PlatformException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Where one local platform keeps everything. Held by a lock for as long as it is open. */
final class DataDirectory implements AutoCloseable {

    private static final long MEBIBYTE = 1024 * 1024;
    private static final long NEEDED_MEBIBYTES = 1024;

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Opens the directory, which is created when it does not exist.
     *
     * @throws PlatformException if another platform has it open, other versions wrote it, or its disk is full
     */
    static DataDirectory open(Path path, Versions versions) {
        try {
            Files.createDirectories(path);
            requireSpace(path, Files.getFileStore(path).getUsableSpace());
            DataDirectory directory = new DataDirectory(path, lock(path));
            try {
                versions.claim(path);
                return directory;
            } catch (PlatformException refused) {
                directory.close();
                throw refused;
            }
        } catch (IOException e) {
            throw new PlatformException("The data directory %s cannot be used: %s.".formatted(path, e), e);
        }
    }

    /** @throws PlatformException if so many bytes are too few */
    static void requireSpace(Path path, long usableBytes) {
        long mebibytes = usableBytes / MEBIBYTE;
        if (mebibytes < NEEDED_MEBIBYTES) {
            throw new PlatformException("The disk of %s has %d MiB left and Stockhook needs %d MiB to start."
                    .formatted(path, mebibytes, NEEDED_MEBIBYTES));
        }
    }

    Path kafka() {
        return path.resolve("kafka");
    }

    Path postgres() {
        return path.resolve("postgres");
    }

    Path keys() {
        return path.resolve("keys");
    }

    /** The log of a process of this name. */
    Path log(String process) {
        return path.resolve("logs").resolve(process + ".log");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new PlatformException("The lock of %s could not be released: %s.".formatted(path, e), e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new PlatformException(
                    "Another Stockhook is running on %s; stop it, or name another directory with --data."
                            .formatted(path));
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }
}
