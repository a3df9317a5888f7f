package io.carillon.log.journal;

import io.carillon.log.journal.Store.StoreFile;
import io.carillon.log.journal.Store.StoreFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * A disk in memory with the manners of a real one: what was not forced is lost in a power cut, or a part of it is, in any
 * order. Its user can be killed at any operation. It can fill up, fail to sync, and rot.
 */
final class FakeDisk {
    private static final int SECTOR = 512;

    /** What the kernel has of a file, and what of that is on the disk. */
    private static final class Content {
        byte[] cached = {};
        byte[] stored = {};
        final List<Piece> unforced = new ArrayList<>();
    }

    @SuppressWarnings("ArrayRecordComponent") // nobody compares these
    private record Piece(int at, byte[] bytes) {}

    private TreeMap<String, Content> names = new TreeMap<>();
    /** The directory after each change that was not synced, the synced one first. */
    private List<TreeMap<String, Content>> unsynced = new ArrayList<>(List.of(new TreeMap<>()));

    private Random random = new Random(1);
    private int life;
    private int boot;
    private boolean inUse;
    private long killAfter = Long.MAX_VALUE;
    private long operations;
    private long capacity = Long.MAX_VALUE;
    private boolean failing;
    private int forces;

    // ---- what happens to it ----

    synchronized Store open() {
        if (inUse) {
            throw new JournalException("in use");
        }
        inUse = true;
        return new View(life);
    }

    /** The process is no more; the kernel has all that it wrote. */
    synchronized void kill() {
        life++;
        inUse = false;
        killAfter = Long.MAX_VALUE;
    }

    /** Kills the process in the middle of the n-th operation from now on. */
    synchronized void killAfter(long n, long seed) {
        random = new Random(seed);
        killAfter = operations + n;
    }

    synchronized boolean wasKilled() {
        return operations > killAfter;
    }

    /** The machine is no more; the disk has what was forced, and some of the rest. */
    synchronized void powerCut(long seed) {
        kill();
        boot++;
        random = new Random(seed);
        names = unsynced.get(random.nextInt(unsynced.size()));
        unsynced = new ArrayList<>(List.of(new TreeMap<>(names)));
        for (Content content : names.values()) {
            int luck = random.nextInt(3);
            for (Piece piece : content.unforced) {
                if (luck == 2 || (luck == 1 && random.nextBoolean())) {
                    content.stored = overwrite(content.stored, piece);
                }
            }
            content.unforced.clear();
            content.cached = content.stored.clone();
        }
    }

    /** Room for that many bytes more. */
    synchronized void leaveRoom(long bytes) {
        capacity = used() + bytes;
    }

    synchronized void makeRoom() {
        capacity = Long.MAX_VALUE;
    }

    /** Syncing fails from now on, or no longer. */
    synchronized void failToSync(boolean fail) {
        failing = fail;
    }

    synchronized void flip(String name, int at) {
        content(name).cached[at] ^= 0x10;
        content(name).stored[at] ^= 0x10;
    }

    synchronized void append(String name, byte[] bytes) {
        Content content = content(name);
        content.cached = overwrite(content.cached, new Piece(content.cached.length, bytes));
        content.stored = content.cached.clone();
    }

    synchronized void remove(String name) {
        names.remove(name);
        unsynced.forEach(one -> one.remove(name));
    }

    synchronized List<String> segments() {
        return names.keySet().stream().filter(Format::isSegment).toList();
    }

    synchronized int size(String name) {
        return content(name).cached.length;
    }

    synchronized String text(String name) {
        return new String(content(name).cached, StandardCharsets.ISO_8859_1);
    }

    synchronized long used() {
        return names.values().stream().mapToLong(one -> one.cached.length).sum();
    }

    synchronized int forces() {
        return forces;
    }

    private Content content(String name) {
        Content content = names.get(name);
        if (content == null) {
            throw new AssertionError("no file " + name + " in " + names.keySet());
        }
        return content;
    }

    private static byte[] overwrite(byte[] before, Piece piece) {
        byte[] after = Arrays.copyOf(before, Math.max(before.length, piece.at + piece.bytes.length));
        System.arraycopy(piece.bytes, 0, after, piece.at, piece.bytes.length);
        return after;
    }

    // ---- how a process sees it ----

    private final class View implements Store {
        private final int mine;

        View(int mine) {
            this.mine = mine;
        }

        /** True if this operation is the last, and is done in part. */
        private boolean step() throws IOException {
            if (mine != life || operations > killAfter) {
                throw new IOException("killed");
            }
            return ++operations > killAfter;
        }

        private void dieIf(boolean last) throws IOException {
            if (last) {
                throw new IOException("killed");
            }
        }

        @Override
        public List<String> names() {
            synchronized (FakeDisk.this) {
                return List.copyOf(names.keySet());
            }
        }

        @Override
        public StoreFile open(String name) throws IOException {
            synchronized (FakeDisk.this) {
                if (!names.containsKey(name)) {
                    change(() -> names.put(name, new Content()));
                }
                return new File(this, content(name));
            }
        }

        @Override
        public void rename(String from, String to) throws IOException {
            synchronized (FakeDisk.this) {
                Content content = content(from);
                change(() -> {
                    names.remove(from);
                    names.put(to, content);
                });
            }
        }

        @Override
        public void delete(String name) throws IOException {
            synchronized (FakeDisk.this) {
                change(() -> names.remove(name));
            }
        }

        private void change(Runnable change) throws IOException {
            boolean last = step();
            if (!last || random.nextBoolean()) {
                change.run();
                unsynced.add(new TreeMap<>(names));
            }
            dieIf(last);
        }

        @Override
        public void sync() throws IOException {
            synchronized (FakeDisk.this) {
                dieIf(step());
                unsynced = new ArrayList<>(List.of(new TreeMap<>(names)));
            }
        }

        @Override
        public String boot() {
            return "boot " + boot;
        }

        @Override
        public String path(String name) {
            return "disk/" + name;
        }

        @Override
        public void close() {
            synchronized (FakeDisk.this) {
                if (mine == life) {
                    inUse = false;
                }
            }
        }
    }

    private final class File implements StoreFile {
        private final View view;
        private final Content content;

        File(View view, Content content) {
            this.view = view;
            this.content = content;
        }

        @Override
        public long size() {
            synchronized (FakeDisk.this) {
                return content.cached.length;
            }
        }

        @Override
        public int read(ByteBuffer to, long at) {
            synchronized (FakeDisk.this) {
                int length = (int) Math.min(to.remaining(), content.cached.length - at);
                if (length <= 0) {
                    return -1;
                }
                to.put(content.cached, (int) at, length);
                return length;
            }
        }

        @Override
        public void write(ByteBuffer from, long at) throws IOException {
            synchronized (FakeDisk.this) {
                boolean last = view.step();
                int wanted = last ? random.nextInt(from.remaining() + 1) : from.remaining();
                long growth = Math.max(0, at + wanted - content.cached.length);
                int written = (int) Math.max(0, wanted - Math.max(0, used() + growth - capacity));
                int end = (int) at + written;
                for (int start = (int) at; start < end; ) {
                    byte[] bytes = new byte[Math.min(end, (start / SECTOR + 1) * SECTOR) - start];
                    from.get(bytes);
                    Piece piece = new Piece(start, bytes);
                    content.cached = overwrite(content.cached, piece);
                    content.unforced.add(piece);
                    start += bytes.length;
                }
                view.dieIf(last);
                if (written < wanted) {
                    throw new StoreFullException("the fake disk is full");
                }
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (FakeDisk.this) {
                view.dieIf(view.step());
                if (failing) {
                    content.unforced.clear(); // as Linux does: they count as written, but the disk has not got them
                    throw new IOException("the fake disk fails to sync");
                }
                forces++;
                for (Piece piece : content.unforced) {
                    content.stored = overwrite(content.stored, piece);
                }
                content.unforced.clear();
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            synchronized (FakeDisk.this) {
                view.dieIf(view.step());
                content.cached = Arrays.copyOf(content.cached, (int) size);
                content.stored = content.cached.clone();
                content.unforced.clear();
            }
        }

        @Override
        public void close() {}
    }
}
