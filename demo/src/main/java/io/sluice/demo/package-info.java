/**
 * {@code sluice demo}: a small model in a bucket of its own, mounted by the real program and read.
 * What it needs beyond the program, an S3 server above all, is on its own class path.
 */
@NullMarked
package io.sluice.demo;

import org.jspecify.annotations.NullMarked;
