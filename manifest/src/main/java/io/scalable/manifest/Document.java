package io.scalable.manifest;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** A manifest's content, after an overlay if there is one. Names are in the order written. */
record Document(
        Project project,
        Map<String, Target> targets,
        Map<String, ComponentDefinition> components,
        Map<String, TaskDefinition> tasks) {

    private static final int VERSION = 1;

    /**
     * @param view the manifest without {@code overlays}
     * @param chosen the targets to read; the others do not matter
     * @param overlays the names that targets may mention
     * @param machine where targets of provider local would run
     */
    static Document read(
            Yaml.Fields view,
            Set<String> chosen,
            Set<String> overlays,
            Path folder,
            Machine machine,
            Problems problems) {
        Section root =
                new Field("", "the manifest", view.at(), view, problems).section(ManifestKeys.ROOT);
        checkVersion(root);
        Project project = Project.read(root.section("project"), folder);
        Section components = root.section("components");
        Section targets = root.section("targets");
        Section tasks = root.section("tasks");
        Set<String> names = components.names();
        Map<String, Target> read =
                new TargetReader(names, overlays).read(targets, chosen::contains);
        boolean here =
                read.values().stream().anyMatch(t -> t.provider().equals(Provider.LOCAL.word()));
        var document =
                new Document(
                        project,
                        read,
                        new ComponentReader(folder, here ? machine : Machine.BOUNDLESS)
                                .read(components),
                        new TaskReader(names, new ForeachReader(folder)).read(tasks));
        root.refuseUnknown();
        if (targets.names().isEmpty()) {
            warn(root, targets, Code.W_NO_TARGETS, "no targets: nothing says where to run");
        }
        if (tasks.names().isEmpty()) {
            warn(root, tasks, Code.W_NO_TASKS, "no tasks: only programs can submit work");
        }
        return document;
    }

    private static void checkVersion(Section root) {
        Field version = root.field("version");
        if (version == null) {
            root.self().error(Code.E_BAD_VERSION, "the manifest needs 'version: 1'");
            return;
        }
        Integer number = version.integer(0, Code.E_BAD_VERSION, "the number 1");
        if (number != null && number != VERSION) {
            version.error(
                    Code.E_BAD_VERSION, "version " + number + " is not known; this is version 1");
        }
    }

    private static void warn(Section root, Section section, Code code, String message) {
        Field field = section.self();
        root.self().problems().add(code, field.path(), field.keyAt(), message);
    }
}
