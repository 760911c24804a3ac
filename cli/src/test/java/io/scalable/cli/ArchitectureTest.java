package io.scalable.cli;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.scalable.testkit.ArchitectureRules;

/** Holds every module's classes against the rules; the command's class path has them all. */
@AnalyzeClasses(packages = "io.scalable", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest static final ArchRule DOMAIN_IS_PURE = ArchitectureRules.domainIsPure();
    @ArchTest static final ArchRule DOMAIN_HAS_NO_CLOCK = ArchitectureRules.domainHasNoClock();
    @ArchTest static final ArchRule SERVICES = ArchitectureRules.servicesDoNotKnowEachOther();
    @ArchTest static final ArchRule PLAIN_JAVA = ArchitectureRules.plainJavaStaysPlain();
    @ArchTest static final ArchRule CONTRACTS = ArchitectureRules.contractsNeedOnlyJackson();
    @ArchTest static final ArchRule NO_CYCLES = ArchitectureRules.packagesHaveNoCycles();
}
