package io.sluice.store;

/** The headers that a store keeps with an object and gives back with its bytes (RFC 9110). */
public enum ContentHeader {
  CONTENT_TYPE("Content-Type"),
  CONTENT_ENCODING("Content-Encoding"),
  CONTENT_LANGUAGE("Content-Language"),
  CONTENT_DISPOSITION("Content-Disposition"),
  CACHE_CONTROL("Cache-Control");

  private final String header;

  ContentHeader(String header) {
    this.header = header;
  }

  /** As it is written in a request. */
  public String header() {
    return header;
  }
}
