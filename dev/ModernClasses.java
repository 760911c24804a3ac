import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.DeadLabelsOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Writes the classes of a jar again as class files of this JDK's version: {@code java
 * ModernClasses.java JAR FOLDER}. Java's ahead-of-time cache takes no classes that are older than
 * version 50, as they say nothing about types on the stack: those tables are computed here. What
 * the classes do stays the same. Other entries of the jar, but for its META-INF, are copied.
 */
public final class ModernClasses {

    private static final String CLASS = ".class";

    private ModernClasses() {}

    public static void main(String... args) throws IOException {
        if (args.length != 2) {
            System.err.println("ModernClasses: wants a jar and a folder");
            System.exit(2);
        }
        Path jar = Path.of(args[0]);
        Path folder = Path.of(args[1]);
        try (var file = new JarFile(jar.toFile())) {
            ClassFile classes = classes(file);
            for (JarEntry entry : file.stream().toList()) {
                String name = entry.getName();
                if (entry.isDirectory()
                        || name.startsWith("META-INF/")
                        || name.endsWith("module-info" + CLASS)) {
                    continue;
                }
                byte[] bytes = read(file, entry);
                Path to = folder.resolve(name);
                Files.createDirectories(to.getParent());
                Files.write(to, name.endsWith(CLASS) ? modern(classes, bytes) : bytes);
            }
        }
    }

    /** Knows the super classes of the jar's own classes and of the JDK's. */
    private static ClassFile classes(JarFile file) {
        ClassHierarchyResolver own =
                ClassHierarchyResolver.ofResourceParsing(
                        (ClassDesc type) -> {
                            String name = type.descriptorString();
                            JarEntry entry =
                                    file.getJarEntry(name.substring(1, name.length() - 1) + CLASS);
                            try {
                                return entry == null ? null : file.getInputStream(entry);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        return ClassFile.of(
                StackMapsOption.GENERATE_STACK_MAPS,
                DeadLabelsOption.DROP_DEAD_LABELS,
                ClassFile.ClassHierarchyResolverOption.of(
                        own.orElse(ClassHierarchyResolver.defaultResolver())));
    }

    private static byte[] modern(ClassFile classes, byte[] bytes) {
        ClassModel model = classes.parse(bytes);
        if (model.majorVersion() >= ClassFile.JAVA_7_VERSION) {
            return bytes;
        }
        return classes.transformClass(
                model,
                ClassTransform.dropping(ClassFileVersion.class::isInstance)
                        .andThen(ClassTransform.transformingMethodBodies(CodeBuilder::with))
                        .andThen(
                                ClassTransform.endHandler(
                                        b -> b.withVersion(ClassFile.latestMajorVersion(), 0))));
    }

    private static byte[] read(JarFile file, JarEntry entry) throws IOException {
        try (InputStream in = file.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
