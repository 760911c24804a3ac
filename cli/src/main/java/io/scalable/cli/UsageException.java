package io.scalable.cli;

/**
 * The command line itself is wrong: the value of an option, or a file that is not there or cannot
 * be read. The exit status is 2, as for an unknown option.
 */
final class UsageException extends UserException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
