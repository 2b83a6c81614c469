package io.sluice.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.fs.Inodes.Node;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InodesTest {
  private static final Node A = file("a", "v1");

  @Test
  void theSamePathAndVersionHaveTheSameNumberInEveryTable() {
    assertThat(new Inodes("").enter(A)).isEqualTo(new Inodes("").enter(file("a", "v1")));
  }

  @Test
  void anotherVersionOrAnotherPathHasAnotherNumber() {
    var inodes = new Inodes("");
    Set<Long> numbers = new HashSet<>();
    numbers.add(inodes.enter(A));
    numbers.add(inodes.enter(file("a", "v2")));
    numbers.add(inodes.enter(file("b", "v1")));
    numbers.add(inodes.enter(new Node("a/", Finding.DIRECTORY)));
    assertThat(numbers).hasSize(4);
  }

  @Test
  void aTimeThatChangesAloneDoesNotMakeAnotherNumber() {
    var inodes = new Inodes("");
    assertThat(inodes.enter(new Node("a", new Finding.File("v1", 1, 99))))
        .isEqualTo(inodes.enter(A));
  }

  @Test
  void theRootHasItsNumberWithoutBeingEntered() {
    var inodes = new Inodes("models/");
    assertThat(inodes.at(BucketFileSystem.ROOT)).contains(new Node("models/", Finding.DIRECTORY));
    assertThat(inodes.enter(new Node("models/", Finding.DIRECTORY)))
        .isEqualTo(BucketFileSystem.ROOT);
  }

  @Test
  void twoPathsWithTheSameHashGetDifferentNumbersAndKeepThem() {
    var inodes = new Inodes("", 100, text -> text.length());
    Node b = file("b", "v1");
    long first = inodes.enter(A);
    long second = inodes.enter(b);
    assertThat(second).isNotEqualTo(first);
    assertThat(inodes.at(first)).contains(A);
    assertThat(inodes.at(second)).contains(b);
    assertThat(inodes.enter(b)).isEqualTo(second);
  }

  @Test
  void noHashLeadsToZeroOrTheRootOrANegativeNumber() {
    for (long hash : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE})
      assertThat(new Inodes("", 100, _ -> hash).enter(A)).isGreaterThan(BucketFileSystem.ROOT);
  }

  @Test
  void aNumberHoldsUntilAGenerationOfOthersHasComeAndIsForgottenAfterTwo() {
    var inodes = new Inodes("", 10, Inodes::hashOf);
    long number = inodes.enter(A);
    for (int i = 0; i < 9; i++) inodes.enter(file("young" + i, "v"));
    assertThat(inodes.at(number)).contains(A);
    for (int i = 0; i < 20; i++) inodes.enter(file("old" + i, "v"));
    assertThat(inodes.at(number)).isEmpty();
  }

  @Test
  void aNumberThatIsUsedIsNotForgotten() {
    var inodes = new Inodes("", 10, Inodes::hashOf);
    long number = inodes.enter(A);
    for (int i = 0; i < 1000; i++) {
      inodes.enter(file("other" + i, "v"));
      assertThat(inodes.at(number)).contains(A);
    }
  }

  @Test
  void aNodeKnowsItsDirectoryAndItsName() {
    assertThat(file("a/b/c", "v").directory()).isEqualTo("a/b/");
    assertThat(file("a/b/c", "v").name()).isEqualTo("c");
    assertThat(new Node("a/b/", Finding.DIRECTORY).directory()).isEqualTo("a/");
    assertThat(new Node("a/b/", Finding.DIRECTORY).name()).isEqualTo("b");
    assertThat(A.directory()).isEmpty();
    assertThat(A.name()).isEqualTo("a");
  }

  private static Node file(String key, String tag) {
    return new Node(key, new Finding.File(tag, 1, 0));
  }
}
