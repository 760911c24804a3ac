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
     * @param overlays the names that targets may mention
     */
    static Document read(Yaml.Fields view, Set<String> overlays, Path folder, Problems problems) {
        Section root = new Field("", "the manifest", view.at(), view, problems).section();
        checkVersion(root);
        Project project = Project.read(root.section("project"), folder);
        Section components = root.section("components");
        Section targets = root.section("targets");
        Section tasks = root.section("tasks");
        Set<String> names = components.names();
        var document =
                new Document(
                        project,
                        new TargetReader(names, overlays).read(targets),
                        new ComponentReader(folder).read(components),
                        new TaskReader(names, new ForeachReader(folder)).read(tasks));
        root.refuseUnread();
        if (targets.names().isEmpty()) {
            warn(root, targets, "W_NO_TARGETS", "no targets: nothing says where to run");
        }
        if (tasks.names().isEmpty()) {
            warn(root, tasks, "W_NO_TASKS", "no tasks: only programs can submit work");
        }
        return document;
    }

    /** Only the targets, without a look at the files that tasks name. */
    static Map<String, Target> targets(Yaml.Fields view, Set<String> overlays, String file) {
        var root = new Field("", "the manifest", view.at(), view, new Problems(file)).section();
        Set<String> components = root.section("components").names();
        return new TargetReader(components, overlays).read(root.section("targets"));
    }

    private static void checkVersion(Section root) {
        Field version = root.field("version");
        if (version == null) {
            root.self().error("E_BAD_VERSION", "the manifest needs 'version: 1'");
            return;
        }
        Integer number = version.integer(0, "E_BAD_VERSION", "the number 1");
        if (number != null && number != VERSION) {
            version.error(
                    "E_BAD_VERSION", "version " + number + " is not known; this is version 1");
        }
    }

    private static void warn(Section root, Section section, String code, String message) {
        Field field = section.self();
        root.self().problems().warning(code, field.path(), field.keyAt(), message);
    }
}
