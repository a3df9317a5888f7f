package io.carillon.bench.generator;

/** Processor time so far, in nanoseconds: of the server, of this process, and of all that runs on the machine. */
public record Cpu(long server, long generator, long machine) {
    Cpu since(Cpu before) {
        return new Cpu(server - before.server, generator - before.generator, machine - before.machine);
    }
}
