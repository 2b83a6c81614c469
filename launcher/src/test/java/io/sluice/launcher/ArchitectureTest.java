package io.sluice.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import picocli.CommandLine.Command;

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
        .layer("uploads")
        .definedBy("io.sluice.upload..")
        .layer("stores")
        .definedBy("io.sluice.store.s3..", "io.sluice.store.gcs..", "io.sluice.store.local..")
        .layer("http")
        .definedBy("io.sluice.store.http..")
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
        .whereLayer("http")
        .mayOnlyBeAccessedByLayers("stores")
        .whereLayer("uploads")
        .mayOnlyBeAccessedByLayers("launcher")
        .whereLayer("transfer")
        .mayOnlyBeAccessedByLayers("uploads", "launcher")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers(
            "stores", "http", "transfer", "cache", "fs", "uploads", "launcher")
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
        .resideOutsideOfPackages(
            "io.sluice.store.s3..", "io.sluice.store.gcs..", "io.sluice.store.http..")
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

  /** They are made before it is known how much is to be logged. */
  @Test
  void commandsHaveNoLoggers() {
    noFields()
        .that()
        .areDeclaredInClassesThat()
        .areAnnotatedWith(Command.class)
        .should()
        .haveRawType(Logger.class)
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
