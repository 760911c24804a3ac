package io.scalable.cli;

import java.io.PrintWriter;
import java.util.List;

/**
 * What a person should know beside a command's result.
 *
 * @param err standard error
 */
record Messages(PrintWriter err) {

    /** What is done and takes a while. */
    void tell(String text) {
        err.println("scalable: " + text);
        err.flush();
    }

    /** What a person should know before anything starts. */
    void warn(List<String> warnings) {
        warnings.forEach(warning -> err.println("scalable: warning: " + warning));
        err.flush();
    }

    /** What is wrong with a manifest without being an error, with its place. */
    void problems(List<?> problems) {
        problems.forEach(err::println);
        err.flush();
    }
}
