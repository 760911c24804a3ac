package io.scalable.worker;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The calls of Linux' C library (glibc 2.34 or newer) that start a process and wait for it, as
 * {@code spawn.h} and {@code wait.h} have them.
 */
final class SpawnCalls {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;
    private static final java.lang.foreign.AddressLayout POINTER = ValueLayout.ADDRESS;

    /** More than any C library's attributes, file actions or set of signals need, in bytes. */
    private static final int OPAQUE_BYTES = 512;

    private static final int WORD_BYTES = 8;

    /** {@code POSIX_SPAWN_SETSIGMASK} and {@code POSIX_SPAWN_SETSID}. */
    private static final short FLAGS = 0x08 | 0x80;

    private static final int O_RDONLY = 0;

    /** {@code O_WRONLY | O_CREAT | O_APPEND}. */
    private static final int APPEND = 1 | 0x40 | 0x400;

    private static final int FILE_MODE = 0666;
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private static final int EINTR = 4;
    private static final int ENOEXEC = 8;
    private static final int SIGNAL_BASE = 128;

    private static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private final Linker linker;
    private final SymbolLookup library;
    private final MethodHandle spawn;
    private final MethodHandle wait;
    private final MethodHandle describe;
    private final MethodHandle initAttributes;
    private final MethodHandle setFlags;
    private final MethodHandle setMask;
    private final MethodHandle destroyAttributes;
    private final MethodHandle initActions;
    private final MethodHandle addOpen;
    private final MethodHandle addChdir;
    private final MethodHandle addCloseFrom;
    private final MethodHandle destroyActions;

    /**
     * What a process's standard streams and working directory are.
     *
     * @param in is read
     * @param out is appended to, and made if it is not there
     * @param err the same
     */
    record Files(Path in, Path out, Path err, Path directory) {}

    /** The file can be executed, but is neither a program nor a script that names one. */
    static final class NoProgramException extends IOException {

        private static final long serialVersionUID = 1L;

        NoProgramException(String message) {
            super(message);
        }
    }

    private SpawnCalls(Linker linker) {
        this.linker = linker;
        this.library = linker.defaultLookup();
        spawn = call("posix_spawn", INT, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER);
        wait =
                linker.downcallHandle(
                        library.findOrThrow("waitpid"),
                        FunctionDescriptor.of(INT, INT, POINTER, INT),
                        Linker.Option.captureCallState("errno"));
        describe = call("strerror", POINTER, INT);
        initAttributes = call("posix_spawnattr_init", INT, POINTER);
        setFlags = call("posix_spawnattr_setflags", INT, POINTER, SHORT);
        setMask = call("posix_spawnattr_setsigmask", INT, POINTER, POINTER);
        destroyAttributes = call("posix_spawnattr_destroy", INT, POINTER);
        initActions = call("posix_spawn_file_actions_init", INT, POINTER);
        addOpen = call("posix_spawn_file_actions_addopen", INT, POINTER, INT, POINTER, INT, INT);
        addChdir = call("posix_spawn_file_actions_addchdir_np", INT, POINTER, POINTER);
        addCloseFrom = call("posix_spawn_file_actions_addclosefrom_np", INT, POINTER, INT);
        destroyActions = call("posix_spawn_file_actions_destroy", INT, POINTER);
    }

    /** The calls; empty if this C library lacks one of them. */
    static Optional<SpawnCalls> find() {
        Linker linker = Linker.nativeLinker();
        boolean there =
                linker.defaultLookup().find("posix_spawn_file_actions_addclosefrom_np").isPresent();
        return there ? Optional.of(new SpawnCalls(linker)) : Optional.empty();
    }

    private MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
        return linker.downcallHandle(
                library.findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    /**
     * Starts a process as the leader of a session of its own. It has no file of this process open
     * but those given.
     *
     * @param environment {@code NAME=value} each
     * @return its id
     * @throws NoProgramException if {@code program} is no program
     * @throws IOException if it cannot be started for another reason
     */
    int spawn(String program, List<String> argv, List<String> environment, Files files)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = opaque(arena);
            MemorySegment actions = opaque(arena);
            checked(initAttributes.invoke(attributes), "attributes");
            checked(initActions.invoke(actions), "file actions");
            try {
                checked(setFlags.invoke(attributes, FLAGS), "flags");
                // No signal is blocked: those of this thread are the JVM's affair.
                checked(setMask.invoke(attributes, opaque(arena)), "signals");
                open(actions, STDIN, files.in(), O_RDONLY, arena);
                open(actions, STDOUT, files.out(), APPEND, arena);
                open(actions, STDERR, files.err(), APPEND, arena);
                checked(
                        addChdir.invoke(actions, text(arena, files.directory().toString())),
                        "working directory");
                checked(addCloseFrom.invoke(actions, STDERR + 1), "open files");
                MemorySegment pid = arena.allocate(INT);
                int error =
                        (int)
                                spawn.invoke(
                                        pid,
                                        text(arena, program),
                                        actions,
                                        attributes,
                                        texts(arena, argv),
                                        texts(arena, environment));
                if (error == ENOEXEC) {
                    throw new NoProgramException(program + ": " + describe(error));
                }
                checked(error, program);
                return pid.get(INT, 0);
            } finally {
                checked(destroyActions.invoke(actions), "file actions");
                checked(destroyAttributes.invoke(attributes), "attributes");
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a call of the C library failed", e);
        }
    }

    /**
     * Waits for the end of a process that {@link #spawn} has started. Only once for each.
     *
     * @return its exit status; 128 + n if signal n ended it
     */
    int await(int pid) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            MemorySegment status = arena.allocate(INT);
            while ((int) wait.invoke(state, pid, status, 0) < 0) {
                int error = (int) ERRNO.get(state, 0L);
                if (error != EINTR) {
                    throw new IOException("waiting for " + pid + ": " + describe(error));
                }
            }
            int word = status.get(INT, 0);
            int signal = word & 0x7f;
            return signal == 0 ? (word >> 8) & 0xff : SIGNAL_BASE + signal;
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a call of the C library failed", e);
        }
    }

    private void open(MemorySegment actions, int stream, Path file, int flags, Arena arena)
            throws Throwable {
        checked(
                addOpen.invoke(actions, stream, text(arena, file.toString()), flags, FILE_MODE),
                file.toString());
    }

    /** The calls answer with the error's number; 0 is none. */
    private void checked(Object answer, String what) throws IOException {
        if (answer instanceof Integer error && error != 0) {
            throw new IOException(what + ": " + describe(error));
        }
    }

    private String describe(int error) {
        try {
            var text = (MemorySegment) describe.invoke(error);
            return text.reinterpret(OPAQUE_BYTES).getString(0);
        } catch (Throwable e) {
            return "error " + error;
        }
    }

    private static MemorySegment opaque(Arena arena) {
        return arena.allocate(OPAQUE_BYTES, 2 * WORD_BYTES);
    }

    private static MemorySegment text(Arena arena, String text) {
        return arena.allocateFrom(text);
    }

    private static MemorySegment texts(Arena arena, List<String> texts) {
        MemorySegment array = arena.allocate(POINTER, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(POINTER, i, text(arena, texts.get(i)));
        }
        array.setAtIndex(POINTER, texts.size(), MemorySegment.NULL);
        return array;
    }
}
