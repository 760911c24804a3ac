package io.scalable.contracts;

import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Says in words what is wrong with a file or a connection: the message of Java's own exceptions is
 * often the name of the file or host alone.
 */
public final class FileProblem {

    private FileProblem() {}

    /** What is wrong, with the file's name where the exception knows it. */
    public static String describe(Exception e) {
        if (e instanceof UncheckedIOException io && io.getCause() != null && saysNothing(io)) {
            return describe(io.getCause());
        }
        String file = e instanceof FileSystemException of ? of.getFile() : null;
        return file == null ? reason(e) : reason(e) + ": " + file;
    }

    /** What is wrong, without the file's name: for messages that name it themselves. */
    public static String reason(Exception e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "it is there already";
            case DirectoryNotEmptyException _ -> "the folder is not empty";
            case NotDirectoryException _ -> "not a folder";
            case FileSystemException file when file.getReason() != null ->
                    String.valueOf(file.getReason());
            case FileSystemException file -> file.getClass().getSimpleName();
            case UnknownHostException host -> "unknown host: " + host.getMessage();
            case CharacterCodingException _ -> "not UTF-8 text";
            case UncheckedIOException io when io.getCause() != null && saysNothing(io) ->
                    reason(io.getCause());
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    /** True if the message was made of the cause alone. */
    private static boolean saysNothing(UncheckedIOException e) {
        return e.getMessage() == null || e.getMessage().equals(String.valueOf(e.getCause()));
    }
}
