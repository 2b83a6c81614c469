package io.sluice.store;

/** What can be asked of a store; each is one request, or a few that belong together. */
public enum Operation {
  HEAD,
  LIST,
  GET,
  PUT,
  COPY,
  DELETE,
  GET_TAGS,
  PUT_TAGS,
  CREATE_UPLOAD,
  PUT_PART,
  LIST_PARTS,
  COMPLETE_UPLOAD,
  ABORT_UPLOAD,
  LIST_UPLOADS
}
