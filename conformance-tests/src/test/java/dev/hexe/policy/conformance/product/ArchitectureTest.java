package dev.hexe.policy.conformance.product;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.problem.ReportedException;
import dev.hexe.policy.api.spi.IsolationBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dependencies between modules, as the table of the design has them. */
class ArchitectureTest {
  private static final String ROOT = "dev.hexe.policy.";
  private static final long MOST_CLASSES = 30;
  private static final String[] EVERYBODY_MAY = {
    "java..", "org.jspecify.annotations..", "dev.hexe.policy.api.."
  };
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.hexe.policy");

  private static void requireMatches(String room) {
    assertTrue(
        CLASSES.stream().anyMatch(type -> isIn(type.getPackageName(), room)),
        "no class is in " + ROOT + room + ": the rule would hold for nothing");
  }

  private static boolean isIn(String packageName, String room) {
    return packageName.equals(ROOT + room) || packageName.startsWith(ROOT + room + ".");
  }

  @ParameterizedTest
  @CsvSource({
    "api, none..",
    "engine, org.jeasy.. org.apache.commons.jexl3..",
    "backend.landlock, jnr..",
    "backend.namespaces, jnr..",
    "backend.network, none..",
    "gateway, io.netty..",
    "backend.seccomp, jnr..",
    "profiles, org.snakeyaml..",
    "backend.cgroupv2, none..",
    "exposure, dev.hexe.policy.engine.. dev.hexe.policy.profiles..",
    "verification, dev.hexe.policy.engine.. jnr..",
    "importers, dev.hexe.policy.profiles.. com.google.gson.. com.sun.management.. org.luaj.. org.snakeyaml.."
  })
  void aRoomUsesWhatTheDesignGrantsIt(String room, String library) {
    requireMatches(room);
    List<String> allowed = new ArrayList<>(List.of(EVERYBODY_MAY));
    allowed.add(ROOT + room + "..");
    allowed.addAll(List.of(library.split(" ")));
    classes()
        .that()
        .resideInAPackage(ROOT + room + "..")
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new)))
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "engine", "profiles", "importers", "exposure", "verification"})
  void nothingBelowTheFaceKnowsABackend(String room) {
    requireMatches(room);
    noClasses()
        .that()
        .resideInAPackage(ROOT + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "backend..")
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(classes = {Decision.class, Decisions.class})
  void mechanismsAreKnownByNameInBackendsAlone(Class<?> asked) {
    DescribedPredicate<JavaMethodCall> byName =
        DescribedPredicate.describe(
            "ask for a mechanism by its name",
            call -> call.getName().equals("uses") && call.getTargetOwner().isEquivalentTo(asked));
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "backend..", ROOT + "api..")
        .should()
        .callMethodWhere(byName)
        .check(CLASSES);
  }

  @Test
  void nobodyKnowsTheFace() {
    requireMatches("cli");
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "cli..")
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() throws Exception {
    List<String> packages =
        CLASSES.stream().map(type -> type.getPackageName()).distinct().sorted().toList();
    assertFalse(packages.isEmpty());
    for (String name : packages) {
      assertTrue(Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class), name);
    }
  }

  @Test
  void everyClassIsInARoom() {
    List<String> rooms =
        List.of(
            "api",
            "engine",
            "backend",
            "gateway",
            "profiles",
            "importers",
            "exposure",
            "verification",
            "cli");
    List<String> homeless =
        CLASSES.stream()
            .map(type -> type.getPackageName())
            .filter(name -> rooms.stream().noneMatch(room -> isIn(name, room)))
            .distinct()
            .toList();
    assertEquals(List.of(), homeless);
  }

  @Test
  void backendsArePublicForTheirServiceFileAlone() {
    requireMatches("backend");
    classes()
        .that()
        .resideInAPackage(ROOT + "backend.*")
        .and()
        .arePublic()
        .and()
        .areTopLevelClasses()
        .and()
        .areNotInterfaces()
        .should()
        .beAssignableTo(IsolationBackend.class)
        .check(CLASSES);
  }

  @Test
  void noPackageDependsOnItselfThroughOthers() {
    SlicesRuleDefinition.slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void noPackageIsTooLargeToTakeIn() {
    Map<String, Long> large =
        CLASSES.stream()
            .filter(type -> type.isTopLevelClass())
            .collect(groupingBy(type -> type.getPackageName(), counting()));
    large.values().removeIf(classes -> classes <= MOST_CLASSES);
    assertEquals(Map.of(), large);
  }

  @Test
  void publicTypesAreNotForExtension() {
    Stream<String> open =
        CLASSES.stream()
            .filter(type -> type.isTopLevelClass() && !type.isInterface() && !type.isEnum())
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> !type.getModifiers().contains(JavaModifier.FINAL))
            .filter(type -> !type.isEquivalentTo(ReportedException.class))
            .map(type -> type.getName());
    assertEquals(List.of(), open.toList());
  }
}
