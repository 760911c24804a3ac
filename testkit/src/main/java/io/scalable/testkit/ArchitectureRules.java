package io.scalable.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** The rules of ARCHITECTURE.md, so that they cannot be broken unnoticed. */
public final class ArchitectureRules {

    private static final String[] PURE = {"..domain..", "io.scalable.planning.."};

    private static final String[] FRAMEWORKS = {
        "io.quarkus..", "jakarta..", "io.smallrye..", "org.eclipse.microprofile.."
    };

    /** Packages of the services: each may know itself and the libraries, never another. */
    private static final List<String> SERVICES =
            List.of(
                    "io.scalable.dispatcher..",
                    "io.scalable.planner..",
                    "io.scalable.provider.local.service..",
                    "io.scalable.telemetry..");

    private ArchitectureRules() {}

    /** Domain code has no I/O, no framework and no threads. */
    public static ArchRule domainIsPure() {
        return noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.net.http..",
                        "java.nio..",
                        "java.util.concurrent..",
                        "org.apache.kafka..",
                        "java.sql..",
                        "javax..")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(FRAMEWORKS)
                .because("hard logic is tested in milliseconds and replayed in virtual time");
    }

    /** Domain code is told the time and rolls no dice. */
    public static ArchRule domainHasNoClock() {
        return noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(Random.class)
                .because("the same input must give the same decision, today and in a replay");
    }

    /** Services meet on topics only. */
    public static ArchRule servicesDoNotKnowEachOther() {
        return CompositeArchRule.of(
                SERVICES.stream().map(ArchitectureRules::knowsNoOtherService).toList());
    }

    private static ArchRule knowsNoOtherService(String service) {
        String[] others = SERVICES.stream().filter(o -> !o.equals(service)).toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(service)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .because("services speak only over topics");
    }

    /** Worker, client, provider-api and the libraries are plain Java. */
    public static ArchRule plainJavaStaysPlain() {
        return noClasses()
                .that()
                .resideInAnyPackage(
                        "io.scalable.worker..",
                        "io.scalable.client..",
                        "io.scalable.provider",
                        "io.scalable.provider.backend..",
                        "io.scalable.provider.cloud..",
                        "io.scalable.provider.cost..",
                        "io.scalable.provider.kafka..",
                        "io.scalable.provider.local",
                        "io.scalable.provider.container..",
                        "io.scalable.provider.reconcile..",
                        "io.scalable.provider.shell..",
                        "io.scalable.provider.slurm..",
                        "io.scalable.provider.worker..",
                        "io.scalable.storage..",
                        "io.scalable.manifest..",
                        "io.scalable.kafka..",
                        "io.scalable.contracts..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FRAMEWORKS)
                .because("they run inside users' programs and on nodes");
    }

    /** Records on topics need Java and Jackson, nothing else. */
    public static ArchRule contractsNeedOnlyJackson() {
        return classes()
                .that()
                .resideInAPackage("io.scalable.contracts..")
                .and()
                .resideOutsideOfPackages(
                        "io.scalable.contracts.kafka..", "io.scalable.contracts.trace..")
                .should()
                .onlyDependOnClassesThat(
                        JavaClass.Predicates.resideInAnyPackage(
                                "java..",
                                "com.fasterxml.jackson..",
                                "org.jspecify..",
                                "io.scalable.contracts.."));
    }

    /** No two packages need each other. */
    public static ArchRule packagesHaveNoCycles() {
        return slices().matching("io.scalable.(**)").should().beFreeOfCycles();
    }
}
