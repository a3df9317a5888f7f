package io.carillon.bench.generator;

/**
 * Processor time so far, in nanoseconds: of the server, of this process, and of all that runs on the machine.
 *
 * @param compilers what of the server's its JVM's compilers took; 0 if it is none
 */
public record Cpu(long server, long compilers, long generator, long machine) {
    public Cpu since(Cpu before) {
        return new Cpu(
                server - before.server,
                compilers - before.compilers,
                generator - before.generator,
                machine - before.machine);
    }
}
