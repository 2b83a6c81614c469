package io.sluice.launcher.objects;

import io.sluice.launcher.cli.TextPath;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * The files below a directory, one after the other and never all of them in memory. Links are
 * followed; a circle of them is noticed.
 */
final class LocalTree {
  /** Takes what is found. */
  interface Taker {
    /** A regular file. */
    void file(Path file, long size) throws InterruptedException;

    /** Something that cannot be sent: why, in one line. */
    void unusable(String why);

    /** A directory in which there is nothing. */
    void empty(Path directory);
  }

  private LocalTree() {}

  /** Hands all of them on. */
  static void walk(Path directory, Taker taker) throws IOException, InterruptedException {
    var visitor = new Visitor(taker);
    Files.walkFileTree(
        directory, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
    if (visitor.interrupted != null) throw visitor.interrupted;
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Taker taker;

    /** How many entries each of the directories has that lead to where we are. */
    private final Deque<Integer> entries = new ArrayDeque<>();

    private @Nullable InterruptedException interrupted;

    Visitor(Taker taker) {
      this.taker = taker;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      count();
      entries.push(0);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      count();
      try {
        if (Thread.interrupted()) throw new InterruptedException();
        if (!TextPath.isText(file))
          taker.unusable(file + " has a name that is no UTF-8, as keys are: it is left out");
        else if (attributes.isRegularFile()) taker.file(file, attributes.size());
        else if (attributes.isSymbolicLink())
          taker.unusable(file + " is a link that leads nowhere: it is left out");
        else taker.unusable(file + " is no regular file: it is left out");
        return FileVisitResult.CONTINUE;
      } catch (InterruptedException e) {
        interrupted = e;
        return FileVisitResult.TERMINATE;
      }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      count();
      taker.unusable(
          e instanceof FileSystemLoopException
              ? file + " leads back to where it is in: it is left out"
              : file + " cannot be read: it is left out");
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
      if (e != null) taker.unusable(directory + " cannot be read to its end: " + e.getMessage());
      else if (entries.pop() == 0) taker.empty(directory);
      return FileVisitResult.CONTINUE;
    }

    private void count() {
      if (!entries.isEmpty()) entries.push(entries.pop() + 1);
    }
  }
}
