package io.carillon.polling;

/**
 * A header field of an answer that is still to come.
 *
 * @param alone takes the place of one of that name
 */
public record AnswerField(String name, String value, boolean alone) {}
