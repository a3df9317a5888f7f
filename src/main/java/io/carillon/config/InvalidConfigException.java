package io.carillon.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; the message lists everything that is wrong with it. */
public final class InvalidConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    InvalidConfigException(List<Problem> problems) {
        super(problems.stream()
                .map(problem -> System.lineSeparator() + "  " + problem)
                .collect(Collectors.joining(
                        "", "Carillon does not start, the configuration has " + count(problems) + ":", "")));
        this.problems = List.copyOf(problems);
    }

    private static String count(List<Problem> problems) {
        return problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    }

    /** All of them, in no particular order. */
    public List<Problem> problems() {
        return problems;
    }
}
