package dev.holdfast.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A process that holds a file lock as mongod does, until its standard input ends. */
final class LockHolder {
    private LockHolder() {}

    /** The running process. */
    record Process(java.lang.Process process) implements AutoCloseable {
        boolean isAlive() {
            return process.isAlive();
        }

        @Override
        public void close() throws IOException, InterruptedException {
            process.getOutputStream().close();
            if (process.waitFor() != 0) {
                throw new IOException("the lock holder failed");
            }
        }
    }

    static Process start(Path file) throws IOException {
        java.lang.Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.getInputStream().read() != 'L') {
            throw new IOException("the lock holder has no lock");
        }
        return new Process(process);
    }

    /** Locks the file that it is given. */
    public static void main(String[] args) throws IOException {
        try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            System.out.write(lock.isValid() ? 'L' : '?');
            System.out.flush();
            if (System.in.read() >= 0) {
                throw new IOException("nothing should come");
            }
        }
    }
}
