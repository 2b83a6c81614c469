package io.sluice.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The dependency rules of the design, over everything that the program is made of. */
final class ArchitectureTest {
  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("testkit"))
          .importPackages("io.sluice");

  @Test
  void dependenciesPointFromTheLauncherToTheStoreOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("io.sluice..")
        .layer("launcher")
        .definedBy("io.sluice.launcher..")
        .layer("fs")
        .definedBy("io.sluice.fs..")
        .layer("cache")
        .definedBy("io.sluice.cache..")
        .layer("stores")
        .definedBy("io.sluice.store.s3..", "io.sluice.store.gcs..", "io.sluice.store.local..")
        .layer("transfer")
        .definedBy("io.sluice.store.transfer..")
        .layer("store")
        .definedBy("io.sluice.store", "io.sluice.store.network..")
        .whereLayer("launcher")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("fs")
        .mayOnlyBeAccessedByLayers("launcher")
        .whereLayer("cache")
        .mayOnlyBeAccessedByLayers("fs", "launcher")
        .whereLayer("stores")
        .mayOnlyBeAccessedByLayers("launcher")
        .whereLayer("transfer")
        .mayOnlyBeAccessedByLayers("launcher")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers("stores", "transfer", "cache", "fs", "launcher")
        .check(PROGRAM);
  }

  @Test
  void theFileSystemKnowsOfNoTransport() {
    noClasses()
        .that()
        .resideInAPackage("io.sluice.fs")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.sluice.fs.fuse..")
        .check(PROGRAM);
  }

  @Test
  void eachSdkIsVisibleInItsOwnModuleOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.sluice.store.s3..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(PROGRAM);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.sluice.store.gcs..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google.api..", "com.google.auth..", "com.google.cloud..")
        .check(PROGRAM);
    noClasses()
        .that()
        .resideOutsideOfPackages("io.sluice.store.s3..", "io.sluice.store.gcs..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.hc..")
        .check(PROGRAM);
  }

  @Test
  void jnrIsVisibleInTheTransportOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.sluice.fs.fuse..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jnr..", "ru.serce..", "com.kenai..")
        .check(PROGRAM);
  }

  @Test
  void commandLinesAreReadInTheLauncherOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.sluice.launcher..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(PROGRAM);
  }

  @Test
  void theEnvironmentIsReadInTheLauncherOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.sluice.launcher..")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "getProperty", String.class)
        .orShould()
        .callMethod(System.class, "getProperty", String.class, String.class)
        .orShould()
        .callMethod(System.class, "setProperty", String.class, String.class)
        .orShould()
        .callMethod(System.class, "getProperties")
        .check(PROGRAM);
  }

  @Test
  void nobodyButTheProcessItselfEndsIt() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.sluice.launcher.Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(PROGRAM);
  }

  @Test
  void packagesDependOnEachOtherInOneDirection() {
    slices().matching("io.sluice.(**)").should().beFreeOfCycles().check(PROGRAM);
  }
}
