/**
 * The end-to-end benchmark: a server with a dial, readers that behave as loaders do, and one table
 * of ratios. Nothing here is part of the product.
 */
@NullMarked
package io.sluice.bench;

import org.jspecify.annotations.NullMarked;
