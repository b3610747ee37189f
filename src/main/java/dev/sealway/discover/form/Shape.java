package dev.sealway.discover.form;

/** A form that values of one kind have. Thread-safe. */
public interface Shape {

    /** @param value without blanks at its ends, not empty */
    boolean fits(String value);

    /** What values of this form are, in the plural: {@code e-mail addresses}. */
    String words();
}
