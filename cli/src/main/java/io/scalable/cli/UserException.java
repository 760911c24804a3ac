package io.scalable.cli;

/**
 * Something the user can mend; the message says what is wrong and what to do. The exit status is 1.
 */
class UserException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UserException(String message) {
        super(message);
    }
}
