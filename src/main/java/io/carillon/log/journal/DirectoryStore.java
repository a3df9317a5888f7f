package io.carillon.log.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** A directory of the file system, which it holds against other journals by a lock while it is open. */
final class DirectoryStore implements Store {
    private static final String LOCK = "lock";
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path directory;
    private final String mark;
    private final FileChannel lockFile;

    private DirectoryStore(Path directory, String mark, FileChannel lockFile) {
        this.directory = directory;
        this.mark = mark;
        this.lockFile = lockFile;
    }

    /** @throws JournalException another hub has it */
    @SuppressWarnings("resource") // the lock is held until the store is closed
    static DirectoryStore open(Path directory) throws IOException {
        create(directory);
        Path real = directory.toRealPath();
        String mark = "io.carillon.journal:" + real;
        // Within one JVM the system's lock is no use: a second channel would lose it for the first when it is closed.
        if (marks().putIfAbsent(mark, "open") != null) {
            throw inUse(real, "in this server");
        }
        try {
            FileChannel channel =
                    FileChannel.open(real.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw inUse(real, "in another process");
            }
            return new DirectoryStore(real, mark, channel);
        } catch (IOException | RuntimeException e) {
            marks().remove(mark);
            throw e;
        }
    }

    /** Shared by all applications of this JVM, whatever their class loaders. */
    private static Properties marks() {
        return System.getProperties();
    }

    private static JournalException inUse(Path directory, String where) {
        return new JournalException("the journal in " + directory + " is in use by another hub " + where
                + "; give each hub a directory of its own with carillon.journal.dir");
    }

    /**
     * Makes it and what is above it, so that a power cut does not take it away again. For the hub's own user only where
     * the file system knows users: publications may be private.
     */
    private static void create(Path directory) throws IOException {
        Path parent = directory.toAbsolutePath().normalize().getParent();
        if (parent == null || Files.isDirectory(directory)) {
            return;
        }
        create(parent);
        Files.createDirectories(directory);
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        sync(parent);
    }

    @Override
    public List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(LOCK))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public StoreFile open(String name) throws IOException {
        Path file = directory.resolve(name);
        return new ChannelFile(
                file,
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(directory.resolve(from), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }

    @Override
    public void sync() throws IOException {
        sync(directory);
    }

    private static void sync(Path directory) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(directory, StandardOpenOption.READ);
        } catch (IOException e) {
            return; // a system on which a directory is no file, such as Windows, has no need of it
        }
        try (channel) {
            channel.force(true);
        }
    }

    @Override
    public String boot() {
        try {
            return Files.readString(BOOT).trim();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public String path(String name) {
        return directory.resolve(name).toString();
    }

    @Override
    public void close() throws IOException {
        try {
            lockFile.close();
        } finally {
            marks().remove(mark);
        }
    }

    private record ChannelFile(Path file, FileChannel channel) implements StoreFile {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int read(ByteBuffer to, long at) throws IOException {
            return channel.read(to, at);
        }

        @Override
        public void write(ByteBuffer from, long at) throws IOException {
            try {
                for (long to = at; from.hasRemaining(); ) {
                    to += channel.write(from, to);
                }
            } catch (IOException e) {
                throw isFull(e, from.remaining()) ? new StoreFullException(String.valueOf(e.getMessage())) : e;
            }
        }

        /** The JDK has no other sign of it than the system's words, in the system's language. */
        private boolean isFull(IOException e, int missing) throws IOException {
            String message = String.valueOf(e.getMessage());
            return message.contains("No space left")
                    || message.contains("quota exceeded")
                    || message.contains("not enough space")
                    || Files.getFileStore(file).getUsableSpace() < missing;
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
            channel.force(true);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
