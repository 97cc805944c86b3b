/** Vector indexes for search by similarity: exact, approximate, and in PostgreSQL. */
module juxta.search {
  requires transitive juxta.api;
  requires juxta.toolkit;
  requires com.fasterxml.jackson.databind;
  requires java.sql;
  // the PostgreSQL driver has no descriptor that asks for what it uses
  requires java.management;
  requires java.naming;
  requires java.security.jgss;
  // Lucene returns mapped files to the system with it
  requires jdk.unsupported;
  requires org.apache.lucene.core;
  requires org.postgresql.jdbc;

  exports juxta.search;

  // the records that an index's files are read into and written from
  opens juxta.search to
      com.fasterxml.jackson.databind;
}
